use super::*;
use crate::parse::{Kind, parse};
use proptest::prelude::*;

fn sample() -> Outgoing {
    Outgoing {
        from: Addr::new("Arohi Care", "care@arohi.example"),
        to: vec![Addr::new("आशा राव", "asha@mail.example")],
        cc: vec![Addr::new("Rao, Vikram \"Vik\"", "vikram@mail.example")],
        reply_to: vec![Addr::new("", "care+c5-abc@arohi.example")],
        subject: "आपकी शिकायत CMP-2026-000012 दर्ज हो गई है".into(),
        message_id: "s.abc@arohi.example".into(),
        date_ms: 1_795_330_000_000,
        in_reply_to: Some("parent@mail.example".into()),
        references: vec!["first@mail.example".into(), "parent@mail.example".into()],
        automatic: None,
        text: "नमस्ते आशा,\n\nहमें आपका मेल मिला।\n.\nFrom here on\n\n-- \nArohi".into(),
        html: None,
        attachments: Vec::new(),
    }
}

#[track_caller]
fn check_round_trip(mail: &Outgoing) {
    let raw = compose(mail);
    assert_eq!(raw, compose(mail), "a second attempt is the same mail");
    assert!(raw.is_ascii() && !String::from_utf8_lossy(&raw).replace("\r\n", "").contains('\n'));
    let longest = raw.split(|b| *b == b'\n').map(<[u8]>::len).max().unwrap_or(0);
    assert!(longest <= 999, "a line of {longest}");
    let read = parse(&raw).unwrap();
    assert_eq!(read.problems, vec![]);
    assert_eq!(read.from.as_ref(), Some(&mail.from));
    assert_eq!((&read.to, &read.cc, &read.reply_to), (&mail.to, &mail.cc, &mail.reply_to));
    assert_eq!(read.subject, mail.subject);
    assert_eq!(read.message_id.as_ref(), Some(&mail.message_id));
    assert_eq!(read.date_ms, Some(mail.date_ms / 1000 * 1000));
    assert_eq!(read.in_reply_to.first(), mail.in_reply_to.as_ref());
    assert_eq!(read.references, mail.references);
    assert_eq!(read.text, mail.text.trim_matches('\n').trim_end());
    assert_eq!(read.html.as_deref().map(str::trim), mail.html.as_deref());
    let files = read.attachments.iter().map(|a| Attached {
        name: a.name.clone(),
        mime: a.mime.clone(),
        content_id: a.content_id.clone(),
        bytes: a.bytes.clone(),
    });
    assert_eq!(files.collect::<Vec<_>>(), mail.attachments);
}

#[test]
fn a_plain_mail_returns() {
    check_round_trip(&sample());
}

#[test]
fn a_mail_with_everything_returns() {
    let mut mail = sample();
    mail.html = Some("<p>नमस्ते <img src=\"cid:logo@arohi\"></p>".into());
    let long = "सेवा चालान दो हज़ार छब्बीस की पूरी प्रति ग्राहक के लिए.pdf";
    for (name, mime, content_id, bytes) in [
        ("logo.png", "image/png", Some("logo@arohi"), vec![0x89, b'P', 0, 255]),
        (long, "application/pdf", None, b"%PDF-1.4\r\n.\r\n".to_vec()),
        ("empty.csv", "text/csv", None, Vec::new()),
    ] {
        mail.attachments.push(Attached {
            name: name.into(),
            mime: mime.into(),
            content_id: content_id.map(str::to_owned),
            bytes,
        });
    }
    check_round_trip(&mail);
}

#[test]
fn an_acknowledgement_says_that_it_is_one() {
    let mail = Outgoing { automatic: Some(Automatic::Replied), ..sample() };
    let read = parse(&compose(&mail)).unwrap();
    assert_eq!(read.auto_submitted.as_deref(), Some("auto-replied"));
    assert_eq!(read.kind(), &Kind::AutoReply);
    assert!(!read.may_be_acknowledged());
}

#[test]
fn no_field_can_add_a_header() {
    let evil = "x\r\nBcc: thief@evil.example\r\n\r\nbody";
    let mail = Outgoing {
        from: Addr::new(evil, evil),
        to: vec![Addr::new(evil, format!("a@b.example{evil}"))],
        subject: evil.into(),
        message_id: evil.into(),
        in_reply_to: Some(evil.into()),
        references: vec![evil.into()],
        attachments: vec![Attached {
            name: evil.into(),
            mime: format!("text/plain{evil}"),
            content_id: Some(evil.into()),
            bytes: vec![1],
        }],
        ..sample()
    };
    let raw = String::from_utf8(compose(&mail)).unwrap();
    assert!(!raw.contains("\nBcc:") && !raw.contains("\nbody"), "{raw}");
}

#[test]
fn references_stay_bounded_and_keep_the_first() {
    let references: Vec<_> = (0..60).map(|i| format!("{i}@mail.example")).collect();
    let mail = Outgoing { references, in_reply_to: Some("new@mail.example".into()), ..sample() };
    let read = parse(&compose(&mail)).unwrap();
    assert_eq!(read.references.len(), 21);
    assert_eq!(read.references[0], "0@mail.example");
    assert_eq!(read.references[20], "new@mail.example");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn whatever_a_person_writes_returns(
        subject in "[ -~]{0,80}|\\PC{0,60}",
        name in "[a-zA-Z.,\"'() @\\\\-]{0,30}|\\PC{0,20}",
        text in "([ -~]{0,90}\n|\\PC{0,40}\n){0,6}",
        html in proptest::option::of("<p>\\PC{0,40}</p>"),
        file in "[a-z\u{900}-\u{97f}]{1,80}\\.pdf",
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut mail = Outgoing { subject: subject.trim().into(), text, html, ..sample() };
        mail.attachments.push(Attached {
            name: file, mime: "application/pdf".into(), content_id: None, bytes,
        });
        mail.to = vec![Addr::new("", "asha@mail.example")];
        mail.cc = Vec::new();
        let raw = compose(&mail);
        let read = parse(&raw).unwrap();
        let one_line = mail.subject.replace(['\u{2028}', '\u{2029}'], "");
        prop_assert_eq!(read.subject.as_str(), one_line.trim());
        prop_assert_eq!(&read.attachments[0].bytes, &mail.attachments[0].bytes);
        prop_assert_eq!(&read.attachments[0].name, &mail.attachments[0].name);
        let lines = |text: &str| text.trim().replace('\u{feff}', "");
        if !mail.text.trim().is_empty() {
            prop_assert_eq!(lines(&read.text), lines(&mail.text));
        }
        mail.from.name = name;
        let read = parse(&compose(&mail)).unwrap();
        prop_assert_eq!(read.from.unwrap().email, mail.from.email);
    }
}
