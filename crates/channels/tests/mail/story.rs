//! A mail's life on both databases: in, filed, answered, out.

use crate::world::*;
use channels::*;
use desk::MessageStatus;
use testkit::on_both;

on_both!(a_mail_becomes_a_case_is_answered_and_comes_back_threaded, |backend| {
    let world = World::new(backend);
    let raw =
        mail("Sunita Ingle <Sunita@Example.in>", CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    assert_eq!(first.state, InboundState::Done);
    let page = world.page(&world.arohi, first.case_id.unwrap());
    assert_eq!(page.contact.contact.name, "Sunita Ingle");
    assert_eq!(page.messages[0].body_text.trim(), "They squeak.");
    let number = page.case.number.to_string();

    let got = world.sent_to(SUNITA);
    assert_eq!(got.len(), 1, "acknowledged");
    let ack = &got[0];
    assert_eq!(ack.mail_from, "", "an acknowledgement has the null path");
    assert_eq!(ack.parsed.auto_submitted.as_deref(), Some("auto-replied"));
    assert!(ack.parsed.subject.contains(&number), "{}", ack.parsed.subject);
    assert!(ack.parsed.text.contains(&number), "{}", ack.parsed.text);
    assert!(ack.parsed.text.contains("https://desk.example/s/arohi/"), "{}", ack.parsed.text);
    assert_eq!(ack.parsed.in_reply_to, ["one@example.in"]);
    assert_eq!(ack.parsed.from.as_ref().unwrap().email, CARE);

    let sent = world.reply(first.case_id.unwrap(), "Please bring it in.");
    world.run();
    assert_eq!(world.sent_to(SUNITA).len(), 1, "it can still be taken back");
    world.later(10);
    let got = world.sent_to(SUNITA);
    assert_eq!(got.len(), 2);
    let reply = &got[1].parsed;
    assert_eq!(reply.in_reply_to, [ack.parsed.message_id.clone().unwrap()]);
    assert!(reply.references.contains(&"one@example.in".to_string()));
    assert!(reply.auto_submitted.is_none());
    assert!(
        reply.text.contains("Please bring it in.\n\n-- \nArohi Motors\nPune"),
        "{}",
        reply.text
    );
    assert!(reply.text.contains("Sunita Ingle wrote:\n> They squeak."), "{}", reply.text);
    let reply_to = reply.reply_to[0].email.clone();
    assert!(reply_to.starts_with("care+c") && reply_to.ends_with("@arohi.example"), "{reply_to}");
    assert_eq!(got[1].mail_from, reply_to, "bounces come to the conversation");
    let page = world.page(&world.arohi, first.case_id.unwrap());
    let message = page.messages.iter().find(|message| message.id == sent).unwrap();
    assert_eq!(message.status, MessageStatus::Sent);

    let id = reply.message_id.clone().unwrap();
    let head = format!("In-Reply-To: <{id}>\r\n");
    let raw = mail_with(SUNITA, CARE, "two@example.in", "Re: Brakes", &head, "At ten?");
    let second = world.deliver(SUNITA, CARE, &raw);
    assert_eq!(second.case_id, first.case_id);
    assert_eq!(second.conversation_id, first.conversation_id);
    assert_eq!(world.sent_to(SUNITA).len(), 2, "only a new case is acknowledged");
    assert_eq!(world.cases(&world.arohi).len(), 1);
    assert_eq!(world.arohi.db.read(db::verify_chain).unwrap().fault, None);
});

on_both!(strangers_and_unknown_addresses_are_refused_for_good, |backend| {
    let world = World::new(backend);
    let raw = mail(SUNITA, "x@y.in", "a@b", "hi", "hello");
    assert_eq!(
        world.accept(SUNITA, "someone@elsewhere.example", raw.as_bytes()),
        Accepted::NoMailbox
    );
    assert_eq!(is_ours(&world.app, "someone@elsewhere.example"), Accepted::NoMailbox);
    assert!(matches!(is_ours(&world.app, "CARE+anything@Arohi.example"), Accepted::Kept(_)));
    let large = vec![b'x'; 26 * 1024 * 1024];
    let refused = world.accept(SUNITA, CARE, &large);
    assert_eq!(refused, Accepted::TooLarge { bytes_max: 25 * 1024 * 1024 });
    assert!(world.inbounds(&world.arohi).is_empty());
});
