//! Where mails go, and that no two strangers ever share a conversation.

use crate::world::*;
use channels::*;
use testkit::{Backend, on_both};

const RAVI: &str = "ravi@elsewhere.in";

/// Sunita's case, answered once; the answer as she got it.
struct Story {
    world: World,
    first: InboundMail,
    reply_to: String,
    reply_id: String,
    number: String,
}

fn story(backend: Backend) -> Story {
    let world = World::new(backend);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    world.reply(first.case_id.unwrap(), "Please bring it in.");
    world.later(10);
    let got = world.sent_to(SUNITA);
    let reply = &got.last().unwrap().parsed;
    let number = world.page(&world.arohi, first.case_id.unwrap()).case.number.to_string();
    Story {
        reply_to: reply.reply_to[0].email.clone(),
        reply_id: reply.message_id.clone().unwrap(),
        number,
        first,
        world,
    }
}

impl Story {
    /// Delivers a mail to the care mailbox; true when it came into Sunita's conversation.
    fn joins(&self, from: &str, subject: &str, head: &str) -> (bool, InboundMail) {
        let id = format!("{}@test", self.world.inbounds(&self.world.arohi).len() + 100);
        let raw = mail_with(from, CARE, &id, subject, head, "Hello");
        let filed = self.world.deliver(from, CARE, &raw);
        assert_eq!(filed.state, InboundState::Done, "{filed:?}");
        (filed.conversation_id == self.first.conversation_id, filed)
    }

    fn related_of(&self, mail: &InboundMail) -> Option<i64> {
        let page = self.world.page(&self.world.arohi, mail.case_id.unwrap());
        page.case.related_id.map(|id| id.0)
    }
}

on_both!(our_message_id_brings_anyone_back_who_got_it, |backend| {
    let story = story(backend);
    let head = format!("References: <x@y> <{}> <z@y>\r\n", story.reply_id);
    assert!(story.joins(SUNITA, "anything", &head).0);
    let head = format!("In-Reply-To: <{}>\r\n", story.reply_id);
    let (joined, mail) = story.joins(RAVI, "from my other address", &head);
    assert!(joined, "whoever has the id got the mail");
    let page = story.world.page(&story.world.arohi, mail.case_id.unwrap());
    assert_eq!(page.messages.last().unwrap().from.address, RAVI, "and is seen to be another");
});

on_both!(a_signed_address_brings_back_wherever_it_stands, |backend| {
    let story = story(backend);
    let world = &story.world;
    let raw = mail(SUNITA, "undisclosed", "p1@test", "new words", "Hello");
    let by_envelope = world.deliver(SUNITA, &story.reply_to.to_uppercase(), &raw);
    assert_eq!(by_envelope.conversation_id, story.first.conversation_id);
    for head in ["Cc", "Delivered-To", "X-Original-To"] {
        let head = format!("{head}: <{}>\r\n", story.reply_to);
        assert!(story.joins(SUNITA, "no subject of ours", &head).0, "{head}");
        assert!(story.joins(RAVI, "no subject of ours", &head).0, "{head}");
    }
});

on_both!(a_forged_address_brings_nobody_in, |backend| {
    let story = story(backend);
    let id = story.first.conversation_id.unwrap();
    let other = story.world.app.keys().derive("plus-address/nova");
    let signed_elsewhere = wire_email::address::sign(&other, CARE, id);
    let bent = story.reply_to.replace("+c", "+c1");
    for address in [signed_elsewhere, bent, format!("care+c{id}@arohi.example")] {
        let head = format!("Cc: <{address}>\r\n");
        let (joined, mail) = story.joins(RAVI, "let me in", &head);
        assert!(!joined, "{address}");
        assert_eq!(story.related_of(&mail), None);
    }
});

on_both!(a_customers_message_id_counts_only_for_who_takes_part, |backend| {
    let story = story(backend);
    let head = "References: <one@example.in>\r\n";
    assert!(story.joins(SUNITA, "forwarded to myself", head).0);
    let (joined, mail) = story.joins(RAVI, "Re: Brakes", head);
    assert!(!joined, "anybody can write an id that a customer's program made");
    assert_eq!(story.related_of(&mail), story.first.case_id, "but it is shown as related");
});

on_both!(a_number_counts_only_for_who_takes_part, |backend| {
    let story = story(backend);
    let subject = format!("about {}", story.number.to_lowercase());
    assert!(story.joins(SUNITA, &subject, "").0);
    let (joined, mail) = story.joins(RAVI, &subject, "");
    assert!(!joined, "numbers can be counted up");
    assert_eq!(story.related_of(&mail), story.first.case_id);
    let (joined, mail) = story.joins(SUNITA, "QRY-2026-999999", "");
    assert!(!joined);
    assert_eq!(story.related_of(&mail), None, "there is no such case");
});

on_both!(who_is_copied_takes_part, |backend| {
    let story = story(backend);
    let head = format!("Cc: Ravi <{RAVI}>\r\nReferences: <one@example.in>\r\n");
    assert!(story.joins(SUNITA, "Ravi, please see", &head).0);
    let subject = format!("Re: {}", story.number);
    assert!(story.joins(RAVI, &subject, "").0, "Sunita asked him in");
});

on_both!(our_own_address_is_no_way_in, |backend| {
    let story = story(backend);
    // Everybody copies the mailbox, so the mailbox must not count as somebody who takes part.
    let (joined, _) = story.joins(CARE, &format!("Re: {}", story.number), "");
    assert!(!joined, "a forged sender");
});

on_both!(another_workspaces_clues_lead_nowhere, |backend| {
    let story = story(backend);
    let world = &story.world;
    let head = format!(
        "Cc: <{}>\r\nIn-Reply-To: <{}>\r\nReferences: <one@example.in>\r\n",
        story.reply_to, story.reply_id
    );
    let subject = format!("Re: {}", story.number);
    let raw = mail_with(SUNITA, HELP, "n1@test", &subject, &head, "Hello Nova");
    let filed = world.deliver(SUNITA, HELP, &raw);
    assert_eq!(filed.state, InboundState::Done);
    let page = world.page(&world.nova, filed.case_id.unwrap());
    assert_eq!(page.messages.len(), 2, "her words and the acknowledgement, nothing of Arohi's");
    assert_eq!(page.case.related_id, None);
    assert_eq!(world.cases(&world.arohi).len(), 1);
});

on_both!(a_mail_to_two_mailboxes_is_in_both, |backend| {
    let world = World::new(backend);
    let raw = mail(SUNITA, &format!("{CARE}, {SALES}"), "both@example.in", "Hi", "A question");
    let care = world.deliver(SUNITA, CARE, &raw);
    let sales = world.deliver(SUNITA, SALES, &raw);
    assert_eq!((care.state, sales.state), (InboundState::Done, InboundState::Done));
    assert_ne!(care.mailbox_id, sales.mailbox_id);
    // She takes part in the first, and the same mail says so.
    assert_eq!(world.inbounds(&world.arohi).len(), 2);
});
