use super::*;
use proptest::prelude::*;

fn mail(text: &str) -> Parsed {
    parse(text.replace('\n', "\r\n").as_bytes()).unwrap()
}

const PLAIN: &str = "\
Return-Path: <asha@mail.example>
Delivered-To: care@arohi.example
From: =?utf-8?B?4KSG4KS24KS+?= <asha@mail.example>
To: Care <care@arohi.example>, \"Rao, V\" <v@arohi.example>
Cc: undisclosed-recipients:;
Subject: Meri gaadi
 kab milegi?
Message-ID: <a1@mail.example>
In-Reply-To: <s.x@arohi.example>
References: <s.w@arohi.example>
 <s.x@arohi.example>
Date: Mon, 23 Nov 2026 10:00:00 +0530
Content-Type: text/plain; charset=utf-8

Namaste,
kab milegi?
";

#[test]
fn a_plain_mail_is_read() {
    let read = mail(PLAIN);
    assert_eq!(read.from, Some(Addr::new("आशा", "asha@mail.example")));
    assert_eq!(read.to[1], Addr::new("Rao, V", "v@arohi.example"));
    assert_eq!(read.cc, vec![]);
    assert_eq!(read.subject, "Meri gaadi kab milegi?");
    assert_eq!(read.message_id.as_deref(), Some("a1@mail.example"));
    assert_eq!(read.in_reply_to, ["s.x@arohi.example"]);
    assert_eq!(read.references, ["s.w@arohi.example", "s.x@arohi.example"]);
    assert_eq!(read.date_ms, Some(1_795_408_200_000));
    assert_eq!(read.text, "Namaste,\nkab milegi?");
    assert_eq!(read.delivered_to, ["care@arohi.example"]);
    assert_eq!(read.kind(), &Kind::Person);
    assert!(read.may_be_acknowledged() && read.problems.is_empty());
}

const MANY: &str = "\
From: Asha <asha@mail.example>
Subject: Bill
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"out\"

preamble
--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain

Words
--in
Content-Type: multipart/related; boundary=rel

--rel
Content-Type: text/html

<p>Words <img src=\"cid:pic\"></p>
--rel
Content-Type: image/png
Content-ID: <pic>
Content-Transfer-Encoding: base64

iVBORw==
--rel--
--in--
--out
Content-Type: application/pdf; name*=utf-8''%E0%A4%9A.pdf
Content-Transfer-Encoding: base64

JVBERg==
--out
Content-Type: text/plain; name=\"../../notes.txt\"
Content-Disposition: attachment

secret
--out
Content-Type: message/rfc822

From: x@y.example
Subject: Inner

Inner words
--out--
";

#[test]
fn a_mail_of_many_parts_is_read() {
    let read = mail(MANY);
    assert_eq!(read.text, "Words");
    assert!(read.html.as_deref().unwrap().contains("cid:pic"));
    let files: Vec<_> = read.attachments.iter().map(|a| (a.name.as_str(), a.inline)).collect();
    let expect =
        [("attachment-1.png", true), ("च.pdf", false), ("notes.txt", false), ("Inner.eml", false)];
    assert_eq!(files, expect);
    assert_eq!(read.attachments[1].bytes, b"%PDF");
    assert_eq!(read.attachments[1].sha256, crate::codec::sha256_hex(b"%PDF"));
    assert_eq!(read.problems, vec![Problem::BadDate]);
}

#[test]
fn a_mail_that_breaks_off_keeps_what_came() {
    let read = mail(&MANY[..MANY.find("JVBER").unwrap() + 4]);
    assert_eq!(read.text, "Words");
    assert!(read.problems.contains(&Problem::CutOff));
    let read = mail("From: a@b.example\nContent-Type: multipart/mixed\n\nno parts");
    assert_eq!(read.text, "no parts");
}

#[test]
fn what_has_no_header_is_still_shown() {
    assert_eq!(parse(b" \r\n\0\n"), Err(ParseError::Empty));
    let read = mail("just words\nand more\n");
    assert!(read.text.contains("just words") && read.problems.contains(&Problem::NoHeader));
    let read = mail("Subject: x\nFrom: a@b.example\nno blank line here\nand more");
    assert_eq!((read.subject.as_str(), read.text.as_str()), ("x", "no blank line here\nand more"));
}

#[test]
fn a_sender_without_an_address_is_found_elsewhere() {
    let read = mail("From: \"Us\" <>\nReply-To: <a@b.example>\n\nx");
    assert_eq!(read.from.unwrap().email, "a@b.example");
    assert!(read.problems.contains(&Problem::NoSender));
}

#[track_caller]
fn check_kind(header: &str, expect: Kind) {
    let read = mail(&format!("From: a@b.example\n{header}\n\nwords"));
    assert_eq!(read.kind(), &expect, "{header}");
    assert_eq!(read.may_be_acknowledged(), expect == Kind::Person);
}

#[test]
fn machines_are_told_from_people() {
    check_kind("Auto-Submitted: no", Kind::Person);
    check_kind("Auto-Submitted: auto-replied (vacation)", Kind::AutoReply);
    check_kind("X-Autoreply: yes", Kind::AutoReply);
    check_kind("Precedence: auto_reply", Kind::AutoReply);
    check_kind("Return-Path: <>", Kind::AutoReply);
    check_kind("Subject: Out of office: Re: your case", Kind::AutoReply);
    check_kind("Precedence: bulk", Kind::List);
    check_kind("List-Id: <x.example>", Kind::List);
}

#[test]
fn the_envelope_tells_a_machine() {
    let raw = b"From: a@b.example\r\nSubject: x\r\n\r\nwords";
    assert_eq!(parse_received(raw, "").unwrap().kind(), &Kind::AutoReply);
    let read = parse_received(raw, "a@b.example").unwrap();
    assert_eq!(read.return_path.as_deref(), Some("a@b.example"));
    assert!(read.may_be_acknowledged());
    let read = mail("From: a@b.example\nX-Auto-Response-Suppress: DR, OOF\n\nwords");
    assert!(read.kind() == &Kind::Person && !read.may_be_acknowledged());
    let read = mail("From: Postmaster General <office@b.example>\n\nIt was not delivered.");
    assert_eq!(read.kind(), &Kind::Person);
}

const BOUNCE: &str = "\
Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: care@arohi.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

This is the mail system.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0530

Final-Recipient: rfc822; asha@mail.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <asha@mail.example>: Recipient address
    rejected: User unknown

Final-Recipient: rfc822; ravi@mail.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full
--b
Content-Type: message/rfc822

Message-ID: <s.abc@arohi.example>
Subject: Your case

words
--b--
";

#[test]
fn a_bounce_names_the_failed_and_the_mail() {
    let Kind::Bounce(bounce) = mail(BOUNCE).kind().clone() else {
        panic!("no bounce");
    };
    assert_eq!(bounce.original_message_id.as_deref(), Some("s.abc@arohi.example"));
    let told: Vec<_> =
        bounce.recipients.iter().map(|r| (r.address.as_str(), r.hard, r.dsn.as_deref())).collect();
    let expect =
        [("asha@mail.example", true, Some("5.1.1")), ("ravi@mail.example", false, Some("5.2.2"))];
    assert_eq!(told, expect);
    assert!(bounce.recipients[0].reason.ends_with("User unknown"));
}

/// Replies that come as HTML only, built as the programs build them.
#[test]
fn history_in_html_is_folded_too() {
    for html in [
        // Gmail
        "<div dir=\"ltr\">Haan, kal.</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" \
         class=\"gmail_attr\">On Mon, 23 Nov 2026 at 10:00, Care &lt;<a \
         href=\"mailto:care@arohi.example\">care@arohi.example</a>&gt; wrote:<br></div>\
         <blockquote class=\"gmail_quote\"><div>Kab?</div></blockquote></div>",
        // Outlook
        "<html><head><style>p{margin:0}</style></head><body><p class=MsoNormal>Haan, kal.<o:p>\
         </o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border-top:solid 1pt'>\
         <p><b>From:</b> Care &lt;care@arohi.example&gt;<br><b>Sent:</b> 23 November 2026 10:00\
         <br><b>To:</b> Asha<br><b>Subject:</b> Bill</p></div><p>Kab?</p></body></html>",
        // Outlook on the web
        "<div>Haan, kal.</div><hr><div><b>From:</b> Care<br><b>Sent:</b> Monday<br><b>To:</b> \
         Asha<br><b>Subject:</b> Bill</div><div>Kab?</div>",
        // Yahoo
        "<div>Haan, kal.</div><div id=\"yahoo_quoted\"><div>On Monday, 23 November, 2026 at \
         10:00:00 am IST, Care &lt;care@arohi.example&gt; wrote:</div><div>Kab?</div></div>",
        // Apple
        "Haan, kal.<br><div><br><blockquote type=\"cite\"><div>On 23 Nov 2026, at 10:00, Care \
         &lt;care@arohi.example&gt; wrote:</div><br><div>Kab?</div></blockquote></div>",
        // Samsung
        "<div>Haan, kal.</div><div>Sent from my Galaxy</div><div>-------- Original message \
         --------</div><div>From: Care &lt;care@arohi.example&gt;</div><div>Kab?</div>",
    ] {
        let read = mail(&format!("From: a@b.example\nContent-Type: text/html\n\n{html}"));
        assert_eq!(read.reply_text, "Haan, kal.", "{html}\n{}", read.text);
        assert!(read.text.contains("Kab?"));
    }
}

#[test]
fn a_file_in_the_text_is_taken_out_of_it() {
    let read = mail("From: a@b.example\n\nSee this.\n\nbegin 644 ../cat.txt\n#0V%T\n`\nend\nBye.");
    assert_eq!(read.text, "See this.\n\nBye.");
    assert_eq!(read.attachments[0].name, "cat.txt");
    assert_eq!(read.attachments[0].bytes, b"Cat");
    let read = mail("From: a@b.example\n\nbegin 644 the work\nand end it");
    assert_eq!(read.text, "begin 644 the work\nand end it");
}

#[test]
fn hostile_html_takes_no_time() {
    for piece in ["<a =\">", "<a", "<!--", "&", "<blockquote>", "<style>", "<table><td>x", "=?a?q?"]
    {
        let started = std::time::Instant::now();
        let body = piece.repeat(512 * 1024 / piece.len());
        let read = mail(&format!("From: {body}\nContent-Type: text/html\n\n{body}"));
        assert!(started.elapsed().as_secs() < 5, "{piece}: {:?}", started.elapsed());
        assert!(read.text.len() < 3 * 1024 * 1024);
    }
}

#[test]
fn a_hostile_report_takes_no_time() {
    let started = std::time::Instant::now();
    let head = BOUNCE.split_once("Reporting-MTA").unwrap().0;
    for block in ["a: b\n\n", "Final-Recipient: rfc822; a@b.example\n\n", "<a@b.example> 550\n"] {
        let read = mail(&format!("{head}{}", block.repeat(1024 * 1024 / block.len())));
        if let Kind::Bounce(bounce) = read.kind() {
            assert!(bounce.recipients.len() <= 100);
        }
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn hostile_nesting_stays_bounded() {
    let mut deep = String::from("From: a@b.example\n");
    for i in 0..20_000 {
        deep += &format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
    }
    assert!(mail(&deep).problems.contains(&Problem::TooDeep));
    let wide = format!(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: image/png\n\nx\n".repeat(20_000)
    );
    let read = mail(&wide);
    assert!(read.attachments.len() <= 400 && read.problems.contains(&Problem::TooManyParts));
    let fields = "X-A: b\n".repeat(100_000);
    assert!(mail(&fields).problems.contains(&Problem::TooManyFields));
    let messages = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert_eq!(mail(&messages).attachments.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn no_mutation_makes_the_reader_fail(
        which in 0usize..3,
        cuts in proptest::collection::vec((any::<usize>(), any::<u8>(), 0u8..4), 1..12),
    ) {
        let mut raw = [PLAIN, MANY, BOUNCE][which].replace('\n', "\r\n").into_bytes();
        for (at, byte, how) in cuts {
            if raw.is_empty() { break; }
            let at = at % raw.len();
            match how {
                0 => raw[at] = byte,
                1 => raw.insert(at, byte),
                2 => { raw.remove(at); }
                _ => {
                    let tail = raw[at..].to_vec();
                    raw.extend(tail);
                }
            }
        }
        if let Ok(read) = parse(&raw) {
            prop_assert!(!read.problems.contains(&Problem::ReaderFailed));
            prop_assert!(!read.text.contains('\0') && !read.subject.contains('\0'));
            prop_assert!(read.text.is_empty() || !read.reply_text.is_empty());
        }
    }

    #[test]
    fn noise_is_read_or_refused(raw in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(read) = parse(&raw) {
            prop_assert!(!read.problems.contains(&Problem::ReaderFailed));
        }
    }
}
