//! Whatever bytes come as a mail: reading them must not panic, must stay bounded, and what was
//! read must be writable again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire_email::parse::Problem;
use wire_email::{Attached, Outgoing, compose, parse_received};

fuzz_target!(|raw: &[u8]| {
    let Ok(read) = parse_received(raw, "asha@mail.example") else {
        return;
    };
    assert!(!read.problems.contains(&Problem::ReaderFailed), "the reader panicked");
    assert!(read.attachments.len() <= 500 && !read.text.contains('\0'));
    assert!(read.text.len() <= 1024 * 1024);
    read.inspect_json("mail");
    read.bounce_json("mail");
    let attachments = read.attachments.iter().map(|file| Attached {
        name: file.name.clone(),
        mime: file.mime.clone(),
        content_id: file.content_id.clone(),
        bytes: file.bytes.clone(),
    });
    let again = compose(&Outgoing {
        from: read.from.clone().unwrap_or_default(),
        to: read.to.clone(),
        subject: read.subject.clone(),
        message_id: read.message_id.clone().unwrap_or_default(),
        references: read.references.clone(),
        text: read.text.clone(),
        html: read.html.clone(),
        attachments: attachments.collect(),
        ..Outgoing::default()
    });
    assert!(parse_received(&again, "").is_ok());
});
