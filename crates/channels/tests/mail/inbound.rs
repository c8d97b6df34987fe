//! What comes in: once, never lost, whatever it is; and what must not be answered.

use crate::world::*;
use channels::*;
use desk::{MessageStatus, StatusType};
use testkit::on_both;

on_both!(the_same_mail_twice_is_one_message, |backend| {
    let world = World::new(backend);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    let again = raw.replace("somewhere by here", "elsewhere by there");
    let again = format!("Delivered-To: {CARE}\r\nReturn-Path: <{SUNITA}>\r\n{again}");
    let second = world.deliver(SUNITA, CARE, &again);
    assert_eq!(second.state, InboundState::Duplicate);
    assert_eq!(second.case_id, first.case_id, "one finds the first from it");
    assert_eq!(world.sent_to(SUNITA).len(), 1);
    let page = world.page(&world.arohi, first.case_id.unwrap());
    assert_eq!(page.messages.len(), 2, "hers and the acknowledgement");
});

on_both!(the_same_id_with_other_words_is_another_mail, |backend| {
    let world = World::new(backend);
    let one = mail(SUNITA, CARE, "1@phone", "Brakes", "They squeak.");
    let two = mail(SUNITA, CARE, "1@phone", "Lights", "They flicker.");
    assert_eq!(world.deliver(SUNITA, CARE, &one).state, InboundState::Done);
    assert_eq!(world.deliver(SUNITA, CARE, &two).state, InboundState::Done);
    assert_eq!(world.cases(&world.arohi).len(), 2);
    let no_id = "From: a@b.in\r\nSubject: x\r\n\r\nNo id\r\n";
    assert_eq!(world.deliver("a@b.in", CARE, no_id).state, InboundState::Done);
    assert_eq!(world.deliver("a@b.in", CARE, no_id).state, InboundState::Done);
    assert_eq!(world.cases(&world.arohi).len(), 4, "without an id each is its own");
});

on_both!(machines_and_lists_are_not_acknowledged, |backend| {
    let world = World::new(backend);
    let check = |from: &str, envelope: &str, head: &str| {
        let id = format!("{}@m", world.inbounds(&world.arohi).len());
        let raw = mail_with(from, CARE, &id, "News", head, "Words");
        let filed = world.deliver(envelope, CARE, &raw);
        assert!(world.sent_to(from).is_empty(), "{from} {head}");
        filed.state
    };
    let news = "news@shop.example";
    assert_eq!(check(news, news, "List-Id: <news.shop.example>\r\n"), InboundState::Done);
    assert_eq!(check(news, news, "Precedence: bulk\r\n"), InboundState::Done);
    assert_eq!(check("no-reply@shop.example", news, ""), InboundState::Done);
    assert_eq!(check(news, "", ""), InboundState::Done, "the null path of the envelope");
    let auto = "Auto-Submitted: auto-replied\r\n";
    assert_eq!(check(news, news, auto), InboundState::Ignored);
    assert_eq!(world.outbounds(&world.arohi).len(), 0);
});

on_both!(nobody_is_acknowledged_without_end, |backend| {
    let world = World::new(backend);
    for n in 0..8 {
        let raw = mail(SUNITA, CARE, &format!("{n}@example.in"), &format!("Thing {n}"), "Words");
        assert_eq!(world.deliver(SUNITA, CARE, &raw).state, InboundState::Done);
    }
    assert_eq!(world.sent_to(SUNITA).len(), 5);
    world.clock.advance_ms(base::UtcMs::DAY);
    let raw = mail(SUNITA, CARE, "next@example.in", "Next day", "Words");
    world.deliver(SUNITA, CARE, &raw);
    assert_eq!(world.sent_to(SUNITA).len(), 6);
});

on_both!(two_of_our_workspaces_do_not_acknowledge_each_other_without_end, |backend| {
    let world = World::new(backend);
    // Where an acknowledgement arrives at a mailbox, it ends there.
    let ours = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    world.deliver(SUNITA, CARE, &ours);
    let ack = String::from_utf8(world.sent_to(SUNITA)[0].raw.to_vec()).unwrap();
    let bounced_back = world.deliver("", HELP, &ack);
    assert_eq!(bounced_back.state, InboundState::Ignored);
    let own_copy = world.deliver("", CARE, &ack);
    assert_eq!(own_copy.reason.as_deref(), Some("own-copy"));
    // Somebody forges a mail of Arohi's mailbox to Nova's.
    let raw = mail(CARE, HELP, "forged@x", "Hello", "Ping");
    let filed = world.deliver(CARE, HELP, &raw);
    assert_eq!(filed.state, InboundState::Done);
    assert!(world.outbounds(&world.nova).is_empty(), "a mailbox of ours is not acknowledged");
    assert!(world.outbounds(&world.nova).is_empty());
    assert_eq!(world.outbounds(&world.arohi).len(), 1);
});

on_both!(an_automatic_answer_stays_in_its_conversation_and_wakes_nobody, |backend| {
    let world = World::new(backend);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    let case_id = first.case_id.unwrap();
    world.reply(case_id, "Please bring it in.");
    world.later(10);
    let id = desk::CaseId(case_id);
    world.write(move |tx, actor| desk::close_case(tx, actor, id)).unwrap();
    let reply_id = world.sent_to(SUNITA)[1].parsed.message_id.clone().unwrap();
    let head = format!("Auto-Submitted: auto-replied\r\nIn-Reply-To: <{reply_id}>\r\n");
    let raw = mail_with(SUNITA, CARE, "away@example.in", "Out of office", &head, "Back on Monday");
    let away = world.deliver("", CARE, &raw);
    assert_eq!((away.state, away.reason.as_deref()), (InboundState::Done, Some("automatic")));
    assert_eq!(away.case_id, first.case_id);
    let page = world.page(&world.arohi, case_id);
    assert_eq!(page.case.status, StatusType::Closed, "it brings nothing back");
    let message = page.messages.last().unwrap();
    assert!(message.auto, "and is marked");
    let stray = mail_with(
        SUNITA,
        CARE,
        "s@example.in",
        "Out of office",
        "Auto-Submitted: auto-replied\r\n",
        "x",
    );
    let stray = world.deliver(SUNITA, CARE, &stray);
    assert_eq!((stray.state, stray.reason.as_deref()), (InboundState::Ignored, Some("automatic")));
    assert_eq!(world.sent_to(SUNITA).len(), 2);
});

/// A report as Postfix writes it.
fn bounce(of: &str, original_id: Option<&str>, action: &str, status: &str) -> String {
    let returned = match original_id {
        Some(id) => format!(
            "--b\r\nContent-Type: message/rfc822\r\n\r\n\
             Message-ID: <{id}>\r\nSubject: x\r\n\r\nx\r\n"
        ),
        None => String::new(),
    };
    format!(
        "From: MAILER-DAEMON@mail.example\r\nTo: {CARE}\r\nSubject: Undelivered Mail\r\n\
         Message-ID: <bounce{}@mail.example>\r\nAuto-Submitted: auto-replied\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mail.example\r\n\r\n\
         Final-Recipient: rfc822; {of}\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; 550 {status} User unknown\r\n\r\n{returned}--b--\r\n",
        original_id.map_or(0, str::len)
    )
}

on_both!(a_bounce_is_noted_at_its_message_and_opens_nothing, |backend| {
    let world = World::new(backend);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    let case_id = first.case_id.unwrap();
    let one = world.reply(case_id, "Please bring it in.");
    world.later(10);
    let two = world.reply(case_id, "Tomorrow at ten.");
    world.later(10);
    let got = world.sent_to(SUNITA);
    let status_of = |id| {
        let page = world.page(&world.arohi, case_id);
        page.messages.iter().find(|message| message.id == id).unwrap().clone()
    };
    let delayed = bounce(SUNITA, got[1].parsed.message_id.as_deref(), "delayed", "4.4.1");
    let filed = world.deliver("", CARE, &delayed);
    assert_eq!(filed.reason.as_deref(), Some("bounce-delayed"));
    assert_eq!(status_of(one).status, MessageStatus::Sent);

    let by_id = bounce(SUNITA, got[1].parsed.message_id.as_deref(), "failed", "5.1.1");
    let filed = world.deliver("", CARE, &by_id);
    assert_eq!((filed.state, filed.reason.as_deref()), (InboundState::Done, Some("bounce")));
    assert_eq!(filed.case_id, first.case_id);
    let message = status_of(one);
    assert_eq!(message.status, MessageStatus::Failed);
    assert!(message.problem.unwrap().contains("User unknown"));
    assert!(world.page(&world.arohi, case_id).case.unread, "the case wants a look");

    // Without the original: by the address it came to and the recipient that failed.
    let by_envelope = bounce(SUNITA, None, "failed", "5.1.1");
    let filed = world.deliver("", &got[2].mail_from, &by_envelope);
    assert_eq!(filed.reason.as_deref(), Some("bounce"));
    assert_eq!(status_of(two).status, MessageStatus::Failed);

    let stranger = bounce("nobody@else.in", Some("not-ours@x"), "failed", "5.1.1");
    let filed = world.deliver("", CARE, &stranger);
    assert_eq!(
        (filed.state, filed.reason.as_deref()),
        (InboundState::Ignored, Some("bounce-unknown"))
    );
    assert_eq!(world.cases(&world.arohi).len(), 1);
    assert_eq!(world.sent_to(SUNITA).len(), 3, "nothing was answered");
});

on_both!(hostile_mails_are_kept_and_harm_nobody, |backend| {
    let world = World::new(backend);
    let many_headers: String = (0..10_000).map(|n| format!("X-{n}: y\r\n")).collect();
    let mut deep = String::from("From: a@b.in\r\nMIME-Version: 1.0\r\n");
    for n in 0..300 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"));
    }
    let mails: Vec<(Vec<u8>, InboundState)> = vec![
        (Vec::new(), InboundState::Failed),
        (b"\r\n\r\n\0\0\0".to_vec(), InboundState::Failed),
        (b"no header at all".to_vec(), InboundState::Done),
        (format!("From: a@b.in\r\n{many_headers}\r\nx").into_bytes(), InboundState::Done),
        (deep.into_bytes(), InboundState::Done),
        (b"From: a@b.in\r\nSubject: a\0b\r\n\r\nx\0y\0".to_vec(), InboundState::Done),
        (
            b"From: a@b.in\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n\xff\xfe\xfd\x80x"
                .to_vec(),
            InboundState::Done,
        ),
        (
            b"From: =?x?Q?=?= <a@b.in>\r\nSubject: =?utf-8?B?////?=\r\n\r\nx".to_vec(),
            InboundState::Done,
        ),
        (b"From: <>\r\nMessage-ID: <>\r\n\r\nx".to_vec(), InboundState::Done),
        (
            [b"From: a@b.in\r\nMessage-ID: <".as_slice(), &[b'i'; 5_000], b"@x>\r\n\r\nlong id"]
                .concat(),
            InboundState::Done,
        ),
    ];
    for (raw, expect) in &mails {
        let Accepted::Kept(id) = world.accept("s@b.in", CARE, raw) else { panic!("refused") };
        world.run();
        let mail = world.inbound(id);
        assert_eq!(mail.state, *expect, "{mail:?}");
        let (_, kept) = inbound_raw(&world.arohi, &world.asha, id).unwrap();
        assert_eq!(kept.bytes, *raw, "as it came");
    }
    let failed: Vec<_> = world
        .inbounds(&world.arohi)
        .into_iter()
        .filter(|mail| mail.state == InboundState::Failed)
        .collect();
    assert_eq!(failed.len(), 2);
    assert!(failed.iter().all(|mail| mail.reason.as_deref() == Some("empty")));
    let id = failed[0].id;
    world.write(move |tx, actor| rerun_inbound(tx, actor, id)).unwrap();
    assert_eq!(world.inbound(id).state, InboundState::Received);
    world.run();
    let again = world.inbound(id);
    assert_eq!((again.state, again.attempts), (InboundState::Failed, 2));
});

on_both!(who_wrote_nowhere_says_so_waits_for_a_person, |backend| {
    let world = World::new(backend);
    let raw = "Subject: who am I\r\n\r\nx\r\n";
    let mail = world.deliver("", CARE, raw);
    // The null path makes it a machine's; nothing is lost either way.
    assert_eq!((mail.state, mail.reason.as_deref()), (InboundState::Failed, Some("no-sender")));
    let with_envelope = world.deliver(SUNITA, CARE, "Subject: it is me\r\n\r\nx\r\n");
    assert_eq!(with_envelope.state, InboundState::Done, "the envelope said it");
});

on_both!(what_cannot_be_kept_stays_with_its_sender, |backend| {
    let world = World::new(backend);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    // The disk fails: where the files' folder was, nothing can be written.
    let folder = world.arohi.files.folder().to_path_buf();
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, b"in the way").unwrap();
    assert_eq!(world.accept(SUNITA, CARE, raw.as_bytes()), Accepted::Later);
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    let Accepted::Kept(id) = world.accept(SUNITA, CARE, raw.as_bytes()) else { panic!("refused") };
    // And what was kept and then lost its file is shown, not forgotten.
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    world.run();
    let mail = world.inbound(id);
    assert_eq!((mail.state, mail.reason.as_deref()), (InboundState::Failed, Some("raw-missing")));
});

on_both!(a_crash_between_answer_and_reading_loses_nothing, |backend| {
    let world = World::new(backend);
    let mut ids = Vec::new();
    for n in 0..5 {
        let raw = mail(SUNITA, CARE, &format!("{n}@example.in"), &format!("Thing {n}"), "Words");
        let Accepted::Kept(id) = world.accept(SUNITA, CARE, raw.as_bytes()) else { panic!() };
        ids.push(id);
    }
    let world = world.restart();
    assert!(ids.iter().all(|id| world.inbound(*id).state == InboundState::Received));
    world.run();
    let filed: Vec<_> = ids.iter().map(|id| world.inbound(*id)).collect();
    assert!(filed.iter().all(|mail| mail.state == InboundState::Done));
    let order: Vec<_> = filed.iter().map(|mail| mail.case_id.unwrap()).collect();
    assert!(order.is_sorted(), "in the order in which they came");
    assert_eq!(world.cases(&world.arohi).len(), 5);
    let world = world.restart();
    world.run();
    assert_eq!(world.cases(&world.arohi).len(), 5);
    assert_eq!(world.sent_to(SUNITA).len(), 5);
});

on_both!(attachments_and_html_come_with_the_message, |backend| {
    let world = World::new(backend);
    let raw = format!(
        "From: {SUNITA}\r\nTo: {CARE}\r\nMessage-ID: <a@x>\r\n\
         Subject: Photo\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=m\r\n\r\n\
         --m\r\nContent-Type: text/html\r\n\r\n<b>See</b> <img src=\"cid:p@x\">\r\n\
         --m\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\nContent-Disposition: inline\r\n\
         Content-Transfer-Encoding: base64\r\n\r\ncG5n\r\n\
         --m\r\nContent-Type: application/pdf\r\n\
         Content-Disposition: attachment; filename=\"bill.pdf\"\r\n\r\n%PDF\r\n--m--\r\n"
    );
    let filed = world.deliver(SUNITA, CARE, &raw);
    let page = world.page(&world.arohi, filed.case_id.unwrap());
    let names: Vec<_> =
        page.attachments.iter().map(|file| (file.name.as_str(), file.inline)).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.contains(&("bill.pdf", false)));
    assert!(page.messages[0].html_file_id.is_some());
});
