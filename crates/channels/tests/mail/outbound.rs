//! What goes out: the same mail each time, in order, until it is there or a person gives it up.

use crate::world::*;
use channels::*;
use desk::{CaseId, MessageStatus};
use platform::Error;
use testkit::{Backend, on_both};
use wire_email::loopback::Failure;

/// Sunita's case, its acknowledgement delivered.
fn story(backend: Backend) -> (World, i64) {
    let world = World::new(backend);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    assert_eq!(world.sent_to(SUNITA).len(), 1);
    (world, first.case_id.unwrap())
}

fn last(world: &World) -> OutboundMail {
    world.outbounds(&world.arohi).pop().unwrap()
}

fn status(world: &World, case_id: i64, id: desk::MessageId) -> MessageStatus {
    let page = world.page(&world.arohi, case_id);
    page.messages.iter().find(|message| message.id == id).unwrap().status
}

on_both!(a_failed_try_is_repeated_with_the_very_same_mail, |backend| {
    let (world, case_id) = story(backend);
    let sent = world.reply(case_id, "Please bring it in.");
    world.outside.fail_next(1, Failure::Temporary);
    world.outside.fail_next(1, Failure::HangUpBeforeKeeping);
    world.outside.fail_next(2, Failure::HangUpAfterKeeping);
    world.later(10);
    let waiting = last(&world);
    assert_eq!((waiting.state, waiting.attempts), (OutboundState::Queued, 1));
    assert_eq!(waiting.reason.as_deref(), Some("server-later"));
    assert!(waiting.detail.as_deref().unwrap().starts_with("451 "), "{waiting:?}");
    assert_eq!(waiting.next_at, MORNING.plus_ms(20_000));
    assert_eq!(status(&world, case_id, sent), MessageStatus::Queued, "a first error fails nothing");
    // The mailbox's name changes meanwhile: the mail does not.
    let mailbox = world.arohi.db.read(|tx| list_mailboxes(tx, &world.asha)).unwrap().remove(0);
    let form = MailboxForm { name: "Another name".into(), ..MailboxForm::of(&mailbox) };
    let change = change_mailbox(&world.app, &world.arohi, &world.asha, (mailbox.id, 1), &form);
    world.rt.block_on(change).unwrap();
    for seconds in [10, 20, 40, 80] {
        world.later(seconds);
    }
    let done = last(&world);
    assert_eq!((done.state, done.attempts), (OutboundState::Sent, 5));
    assert_eq!(status(&world, case_id, sent), MessageStatus::Sent);
    let copies: Vec<_> = world.sent_to(SUNITA).into_iter().skip(1).collect();
    assert_eq!(copies.len(), 3, "two were kept before the line broke, and the last");
    assert!(copies.iter().all(|copy| copy.raw == copies[0].raw), "to the byte");
    assert_eq!(world.outside.copies(&done.header_id), 3);
});

on_both!(replies_of_a_conversation_keep_their_order, |backend| {
    let (world, case_id) = story(backend);
    world.outside.fail_next(3, Failure::Temporary);
    for text in ["first", "second", "third"] {
        world.reply(case_id, text);
    }
    world.later(10);
    assert_eq!(world.sent_to(SUNITA).len(), 1, "the second does not overtake the first");
    for _ in 0..8 {
        world.later(60);
    }
    let got = world.sent_to(SUNITA);
    let words: Vec<_> =
        got[1..].iter().map(|kept| kept.parsed.text.lines().next().unwrap().to_string()).collect();
    assert_eq!(words, ["first", "second", "third"]);
    let ids: Vec<_> = got.iter().map(|kept| kept.parsed.message_id.clone().unwrap()).collect();
    assert_eq!(got[3].parsed.in_reply_to[0], ids[2]);
    assert_eq!(got[3].parsed.references[1..], ids[..3], "after the customer's own");
});

on_both!(a_lasting_refusal_comes_back_to_its_case, |backend| {
    let (world, case_id) = story(backend);
    world.outside.refuse_address(SUNITA);
    let sent = world.reply(case_id, "Please bring it in.");
    let next = world.reply(case_id, "Are you there?");
    world.later(10);
    let mails = world.outbounds(&world.arohi);
    assert_eq!(mails[1].state, OutboundState::Failed);
    assert_eq!(mails[1].reason.as_deref(), Some("recipient-refused"));
    assert_eq!(mails[2].state, OutboundState::Failed, "the one behind it had its turn");
    for id in [sent, next] {
        assert_eq!(status(&world, case_id, id), MessageStatus::Failed);
    }
    let page = world.page(&world.arohi, case_id);
    assert!(page.case.unread, "the case wants a look");
    let problem = page.messages.iter().find(|it| it.id == sent).unwrap().problem.clone().unwrap();
    assert!(problem.contains("refuses this address") && problem.contains("550"), "{problem}");
    world.later(3_600);
    assert_eq!(world.outbounds(&world.arohi)[1].attempts, 1, "it is not tried by itself");
});

on_both!(after_two_days_it_is_given_up_and_can_be_tried_again, |backend| {
    let (world, case_id) = story(backend);
    world.outside.fail_next(10_000, Failure::Temporary);
    let sent = world.reply(case_id, "Please bring it in.");
    for _ in 0..60 {
        world.later(3_600);
    }
    let mail = last(&world);
    assert_eq!(mail.state, OutboundState::Failed);
    assert!((40..70).contains(&mail.attempts), "{}", mail.attempts);
    assert_eq!(status(&world, case_id, sent), MessageStatus::Failed);
    let tries = mail.attempts;
    let id = mail.id;
    world.write(move |tx, actor| retry_outbound(tx, actor, id)).unwrap();
    world.run();
    let mail = last(&world);
    assert_eq!((mail.state, mail.attempts), (OutboundState::Queued, tries + 1));
});

on_both!(a_person_may_try_now_or_give_up, |backend| {
    let (world, case_id) = story(backend);
    world.outside.fail_next(5, Failure::Temporary);
    let one = world.reply(case_id, "one");
    let two = world.reply(case_id, "two");
    world.later(10);
    let first = world.outbounds(&world.arohi)[1].clone();
    let id = first.id;
    for _ in 0..3 {
        world.write(move |tx, actor| retry_outbound(tx, actor, id)).unwrap();
        world.run();
    }
    assert_eq!(world.outbound(&world.arohi, id).attempts, 4);
    world.write(move |tx, actor| discard_outbound(tx, actor, id)).unwrap();
    assert_eq!(world.outbound(&world.arohi, id).state, OutboundState::Discarded);
    assert_eq!(status(&world, case_id, one), MessageStatus::Failed);
    let again = world.write(move |tx, actor| discard_outbound(tx, actor, id));
    assert!(matches!(again, Err(Error::Conflict)));
    world.run();
    world.later(3_600);
    assert_eq!(status(&world, case_id, two), MessageStatus::Sent, "those behind it go on");
    assert_eq!(world.sent_to(SUNITA).len(), 2);
});

on_both!(a_reply_can_be_taken_back_until_it_leaves, |backend| {
    let (world, case_id) = story(backend);
    let sent = world.reply(case_id, "Please bring it in tmorrow.");
    world.later(9);
    let text = world.write(move |tx, actor| undo_send(tx, actor, sent)).unwrap();
    assert_eq!(text, "Please bring it in tmorrow.");
    let draft = world.write(move |tx, actor| desk::find_draft(tx, actor, CaseId(case_id))).unwrap();
    assert_eq!(draft.unwrap().body, text);
    world.later(60);
    assert_eq!(world.sent_to(SUNITA).len(), 1);
    assert_eq!(last(&world).state, OutboundState::Undone);
    let twice = world.write(move |tx, actor| undo_send(tx, actor, sent));
    assert!(matches!(twice, Err(Error::Conflict)));
    let late = world.reply(case_id, "Please bring it in tomorrow.");
    world.later(10);
    let undone = world.write(move |tx, actor| undo_send(tx, actor, late));
    assert!(matches!(undone, Err(Error::Conflict)));
    let system = world.arohi.system();
    let other = world.arohi.db.write_blocking(move |tx| undo_send(tx, &system, late));
    assert!(matches!(other, Err(Error::NotFound)), "only its author");
});

on_both!(what_was_queued_leaves_after_a_crash, |backend| {
    let (world, case_id) = story(backend);
    let sent = world.reply(case_id, "Please bring it in.");
    let world = world.restart();
    // And again while the mail server was being talked to: nobody knows whether it has the mail.
    let far = MORNING.plus_ms(base::UtcMs::DAY);
    let sql = "update outbound_mail set state = 'sending', leased_until = ?1 where automatic = 0";
    let claim = move |tx: &mut db::Tx<'_>| tx.exec(sql, &[&far]);
    world.arohi.db.write_blocking(claim).unwrap();
    world.later(10);
    assert_eq!(world.sent_to(SUNITA).len(), 1, "it is another's turn, or seems so");
    let world = world.restart();
    world.later(10);
    assert_eq!(status(&world, case_id, sent), MessageStatus::Sent);
    assert_eq!(world.sent_to(SUNITA).len(), 2);
    let world = world.restart();
    world.later(3_600);
    assert_eq!(world.sent_to(SUNITA).len(), 2, "and once");
});

on_both!(answers_go_where_the_opening_mail_asked_for_them, |backend| {
    let world = World::new(backend);
    let head = "Reply-To: Family <family@example.in>\r\n";
    let raw = mail_with(SUNITA, CARE, "one@example.in", "Brakes", head, "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    assert_eq!(world.sent_to("family@example.in").len(), 1);
    world.reply(first.case_id.unwrap(), "Please bring it in.");
    world.later(10);
    assert_eq!(world.sent_to("family@example.in").len(), 2);
    assert_eq!(world.sent_to(SUNITA).len(), 0);
    // A later mail, which knows only the number, cannot lead the answers away.
    let number = world.page(&world.arohi, first.case_id.unwrap()).case.number.to_string();
    let head = "Reply-To: thief@elsewhere.in\r\n";
    let raw = mail_with(SUNITA, CARE, "two@example.in", &number, head, "Send me everything");
    assert_eq!(world.deliver(SUNITA, CARE, &raw).case_id, first.case_id);
    world.reply(first.case_id.unwrap(), "Which of you is it?");
    world.later(10);
    assert!(world.sent_to("thief@elsewhere.in").is_empty());
    assert_eq!(world.sent_to("family@example.in").len(), 3);
});

on_both!(a_mail_server_that_is_not_there_is_waited_for, |backend| {
    let (world, case_id) = story(backend);
    let mailbox = world.arohi.db.read(|tx| list_mailboxes(tx, &world.asha)).unwrap().remove(0);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let form = MailboxForm {
        smtp_host: "127.0.0.1".into(),
        smtp_port: port.to_string(),
        smtp_tls: "none".into(),
        ..MailboxForm::of(&mailbox)
    };
    let change = change_mailbox(&world.app, &world.arohi, &world.asha, (mailbox.id, 1), &form);
    world.rt.block_on(change).unwrap();
    world.reply(case_id, "Please bring it in.");
    world.later(10);
    let mail = last(&world);
    assert_eq!(mail.state, OutboundState::Queued);
    assert_eq!(mail.reason.as_deref(), Some("connection-refused"));
    let at = world.outside.address();
    let form = MailboxForm { smtp_port: at.port().to_string(), ..form };
    let change = change_mailbox(&world.app, &world.arohi, &world.asha, (mailbox.id, 2), &form);
    world.rt.block_on(change).unwrap();
    world.later(10);
    assert_eq!(last(&world).state, OutboundState::Sent);
});

on_both!(no_mailbox_is_told_to_who_wrote, |backend| {
    let world = World::new(backend);
    let mailboxes = world.arohi.db.read(|tx| list_mailboxes(tx, &world.asha)).unwrap();
    for mailbox in mailboxes {
        let form = MailboxForm { active: false, ..MailboxForm::of(&mailbox) };
        let change = change_mailbox(&world.app, &world.arohi, &world.asha, (mailbox.id, 1), &form);
        world.rt.block_on(change).unwrap();
    }
    assert_eq!(world.accept(SUNITA, CARE, b"From: a@b.in\r\n\r\nx"), Accepted::Closed);
    let opened = world
        .write(|tx, actor| {
            let customer = desk::Customer::Email { address: SUNITA.into(), name: "Sunita".into() };
            let new = desk::NewCase {
                customer,
                channel: desk::Channel::Phone,
                case_type: desk::CaseType::Complaint,
                subject: "Brakes".into(),
                category_id: None,
                priority: desk::Priority::Normal,
                queue_id: None,
                owner_id: None,
                message: Some("They squeak.".into()),
                attachments: vec![],
            };
            desk::open_case(tx, actor, &new)
        })
        .unwrap();
    let sent = world.reply(opened.case_id.0, "We call you.");
    let page = world.page(&world.arohi, opened.case_id.0);
    let message = page.messages.iter().find(|message| message.id == sent).unwrap();
    assert_eq!(message.status, MessageStatus::Failed);
    assert!(message.problem.as_deref().unwrap().contains("no active mailbox"));
});
