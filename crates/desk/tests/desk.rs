//! The desk's main paths, on both databases.

mod world;

use base::UtcMs;
use db::verify_chain;
use desk::*;
use platform::Error;
use testkit::{Backend, on_both};
use world::{MORNING, World, problems};

const DAY: i64 = UtcMs::DAY;

on_both!(a_mail_becomes_a_case_is_answered_and_goes_on, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Brakes squeak", "They squeak\nwhen it rains.");
    assert_eq!(first.number.to_string(), "QRY-2026-000001");
    assert_eq!(first.outcome, Outcome::Opened);
    let case = world.case(first.case_id);
    assert_eq!(
        (case.status, case.unread, case.queue_id),
        (StatusType::New, true, Some(world.front))
    );
    assert_eq!(case.snippet, "They squeak when it rains.");
    world.clock.advance_ms(5_000);
    let sent = world.reply(&world.asha, first.case_id, "Please bring it in.").unwrap();
    let case = world.case(first.case_id);
    assert_eq!((case.status, case.unread), (StatusType::Open, false));
    assert_eq!(case.owner_id, Some(world.asha.member_id), "who answers, has it");
    assert_eq!(case.first_replied_at, Some(MORNING.plus_ms(5_000)));
    let out = world.db.read(|tx| outgoing(tx, sent)).unwrap();
    assert_eq!(out.message.to[0].address, "sunita@example.in");
    assert_eq!(out.message.subject, "Re: Brakes squeak [QRY-2026-000001]");
    assert_eq!(out.conversation.mailbox_id, Some(1));
    assert_eq!(out.conversation.state, ConversationState::Waiting);
    let again = world.answer(&first, "sunita@example.in", "Tomorrow at ten?");
    assert_eq!((again.outcome, again.case_id), (Outcome::Continued, first.case_id));
    let page = world.page(first.case_id);
    let texts: Vec<&str> = page.messages.iter().map(|m| m.body_text.as_str()).collect();
    assert_eq!(texts, ["They squeak\nwhen it rains.", "Please bring it in.", "Tomorrow at ten?"]);
    assert_eq!(page.contact.contact.name, "sunita");
    assert_eq!(page.messages[1].author_name.as_deref(), Some("Asha Rao"));
    let kinds = world.kinds(first.case_id);
    let expect = [
        "case.opened",
        "message.queued",
        "case.assigned",
        "case.status_changed",
        "message.received",
    ];
    assert_eq!(kinds, expect);
    assert_eq!(world.db.read(verify_chain).unwrap().fault, None);
});

on_both!(a_finished_case_comes_back_or_a_new_one_begins, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Bill", "Wrong amount");
    let id = first.case_id;
    world.assign(&world.asha, id, Some(&world.ravi), Some(world.workshop)).unwrap();
    world.write(&world.ravi, move |tx, actor| close_case(tx, actor, id)).unwrap();
    world.clock.advance_ms(14 * DAY);
    let back = world.answer(&first, "sunita@example.in", "Still wrong");
    assert_eq!((back.outcome, back.case_id), (Outcome::Reopened, id));
    let case = world.case(id);
    assert_eq!((case.status, case.closed_at), (StatusType::Open, None));
    assert_eq!((case.owner_id, case.queue_id), (Some(world.ravi.member_id), Some(world.workshop)));
    world.write(&world.ravi, move |tx, actor| close_case(tx, actor, id)).unwrap();
    world.clock.advance_ms(14 * DAY + 1);
    let late = world.answer(&first, "sunita@example.in", "One more thing");
    assert_eq!(late.outcome, Outcome::Opened);
    assert_eq!(late.conversation_id, first.conversation_id);
    assert_eq!(late.number.to_string(), "QRY-2026-000002");
    assert_eq!(world.case(id).status, StatusType::Closed);
    let next = world.answer(&first, "sunita@example.in", "And another");
    assert_eq!(next.case_id, late.case_id, "the conversation is about the new case now");
    let kinds = world.kinds(id);
    assert!(kinds.contains(&"case.reopened".to_string()), "{kinds:?}");
});

on_both!(a_machine_wakes_nobody, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Bill", "Wrong amount");
    let id = first.case_id;
    world.write(&world.asha, move |tx, actor| resolve_case(tx, actor, id)).unwrap();
    let thread = Thread::Conversation(first.conversation_id);
    let mut away = world.letter("sunita@example.in", "Out of office", "I am away", thread);
    away.auto = true;
    let received = world.receive(away);
    assert_eq!((received.outcome, received.case_id), (Outcome::Continued, id));
    let case = world.case(id);
    assert_eq!((case.status, case.unread), (StatusType::Resolved, true));
    assert_eq!(case.snippet, "Wrong amount");
    assert_eq!(world.page(id).messages.len(), 2);
});

on_both!(a_customer_hears_the_number_in_their_language, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Bill", "Wrong amount");
    let id = first.case_id;
    let say = |lang: &'static str| {
        let url = "https://desk.example/s/arohi/abc";
        let sent = world
            .write(&world.system, move |tx, actor| acknowledge(tx, actor, id, url, lang))
            .unwrap()
            .unwrap();
        world.db.read(|tx| outgoing(tx, sent)).unwrap().message
    };
    let english = say("en");
    assert!(english.body_text.contains("Its number is QRY-2026-000001."), "{}", english.body_text);
    assert!(english.body_text.contains("https://desk.example/s/arohi/abc"));
    assert_eq!((english.author_kind, english.auto), (AuthorKind::System, true));
    assert!(say("hi").body_text.starts_with("नमस्ते sunita,"));
    let case = world.case(id);
    assert_eq!((case.first_replied_at, case.status), (None, StatusType::New));
    assert!(case.waiting_since.is_some(), "an acknowledgement is no answer");
});

on_both!(a_case_is_opened_by_hand, |backend| {
    let world = World::new(backend);
    let new = NewCase {
        customer: Customer::New(people::NewContact {
            name: "Nisha Menon".into(),
            phones: vec![people::NewPhone { number: "9876543210".into(), label: String::new() }],
            ..people::NewContact::default()
        }),
        channel: Channel::Phone,
        case_type: CaseType::Complaint,
        subject: "Car not ready".into(),
        category_id: None,
        priority: Priority::High,
        queue_id: Some(world.workshop),
        owner_id: Some(world.meera.member_id),
        message: Some("Promised for noon, not ready at four.".into()),
        attachments: Vec::new(),
    };
    let again = new.clone();
    let opened = world.write(&world.kabir, move |tx, actor| open_case(tx, actor, &new)).unwrap();
    assert_eq!(opened.number.to_string(), "CMP-2026-000001");
    assert!(!world.case(opened.case_id).unread, "who opens it has read it");
    let nowhere = world.reply(&world.meera, opened.case_id, "Sorry!");
    assert_eq!(problems(nowhere), [("to", "error-no-address")]);
    let wrong = NewCase {
        customer: Customer::Email { address: "nisha".into(), name: String::new() },
        subject: " ".into(),
        message: Some("\n".into()),
        ..again.clone()
    };
    let refused = world.write(&world.asha, move |tx, actor| open_case(tx, actor, &wrong));
    let expect = [
        ("subject", "error-required"),
        ("message", "error-required"),
        ("email", "error-email-shape"),
    ];
    assert_eq!(problems(refused), expect);
    let lost = NewCase {
        customer: Customer::Known(opened.contact_id),
        category_id: Some(CategoryId(999_999)),
        queue_id: Some(QueueId(999_999)),
        owner_id: Some(platform::MemberId(999_999)),
        ..again
    };
    let refused = world.write(&world.asha, move |tx, actor| open_case(tx, actor, &lost));
    let choose = "error-choose-from-list";
    assert_eq!(problems(refused), [("category", choose), ("queue", choose), ("owner", choose)]);
});

on_both!(numbers_follow_the_local_year, |backend| {
    let world = World::new(backend);
    let new_year = UtcMs::from_rfc3339("2026-12-31T18:29:59Z").unwrap();
    world.clock.set(new_year);
    assert_eq!(world.mail("a@example.in", "x", "x").number.to_string(), "QRY-2026-000001");
    world.clock.advance_ms(1_000);
    assert_eq!(world.mail("a@example.in", "x", "x").number.to_string(), "QRY-2027-000001");
});

on_both!(what_is_out_of_reach_is_not_there, |backend| {
    let world = World::new(backend);
    let case = world.mail("sunita@example.in", "Gearbox", "Noise").case_id;
    let sees = |actor| match world.read(actor, |tx, actor| case_by_id(tx, actor, case)) {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(other) => panic!("{other}"),
    };
    let found = |actor| !world.found(actor, "gearbox@").is_empty() || sees(actor);
    world.assign(&world.asha, case, None, Some(world.workshop)).unwrap();
    assert_eq!(
        [&world.asha, &world.ravi, &world.meera, &world.kabir].map(sees),
        [true, true, false, false]
    );
    assert!(matches!(world.reply(&world.kabir, case, "Hello"), Err(Error::NotFound)));
    world.assign(&world.asha, case, Some(&world.meera), Some(world.sales)).unwrap();
    assert_eq!([&world.ravi, &world.meera, &world.kabir].map(sees), [false, true, true]);
    assert!(!found(&world.ravi));
    let mut auditor = world.kabir.clone();
    auditor.grants.retain(|(key, _)| key != "case.reply");
    let refused = world.reply(&auditor, case, "Hello");
    assert!(matches!(refused, Err(Error::Denied { permission: "case.reply" })));
    let mut narrow = world.kabir.clone();
    narrow.grants.retain(|(key, _)| key != "case.change");
    narrow.grants.push(("case.change".into(), platform::Scope::Own));
    let refused = world.write(&narrow, move |tx, actor| resolve_case(tx, actor, case));
    assert!(matches!(refused, Err(Error::Denied { permission: "case.change" })));
});

on_both!(lists_show_the_most_urgent_within_reach, |backend| {
    let world = World::new(backend);
    let put = |subject: &str, queue, owner: Option<&platform::Actor>| {
        world.clock.advance_ms(1_000);
        let id = world.mail("sunita@example.in", subject, "x").case_id;
        world.assign(&world.asha, id, owner, Some(queue)).unwrap();
        id
    };
    let old = put("old", world.workshop, None);
    put("mine in sales", world.sales, Some(&world.ravi));
    put("meera's", world.workshop, Some(&world.meera));
    let hot = put("hot", world.workshop, None);
    put("sales", world.sales, Some(&world.kabir));
    let urgent = CaseChange {
        case_type: CaseType::Complaint,
        subject: "hot".into(),
        category_id: None,
        priority: Priority::Urgent,
    };
    world.write(&world.asha, move |tx, actor| change_case(tx, actor, hot, 1, &urgent)).unwrap();
    let list = |actor, view| world.subjects(actor, view);
    assert_eq!(list(&world.asha, View::Open), ["hot", "old", "mine in sales", "meera's", "sales"]);
    assert_eq!(list(&world.ravi, View::Open), ["hot", "old", "mine in sales", "meera's"]);
    assert_eq!(list(&world.meera, View::Open), ["meera's"]);
    assert_eq!(list(&world.kabir, View::Open), ["mine in sales", "sales"]);
    assert_eq!(list(&world.ravi, View::Mine), ["mine in sales"]);
    assert_eq!(list(&world.ravi, View::Unassigned), ["hot", "old"]);
    assert!(list(&world.meera, View::Unassigned).is_empty());
    assert_eq!(list(&world.ravi, View::Queue(world.sales)), ["mine in sales"]);
    assert_eq!(list(&world.ravi, View::Queue(world.workshop)), ["hot", "old", "meera's"]);
    let pending =
        Reply { text: "When?".into(), then: Some(StatusType::PendingCustomer), ..Reply::default() };
    world.write(&world.ravi, move |tx, actor| reply(tx, actor, old, &pending)).unwrap();
    assert_eq!(list(&world.asha, View::Waiting), ["old"]);
    assert_eq!(list(&world.ravi, View::Waiting), ["old"]);
    assert_eq!(list(&world.asha, View::Open)[4], "old", "whoever was answered waits least");
    world.write(&world.ravi, move |tx, actor| resolve_case(tx, actor, hot)).unwrap();
    assert_eq!(list(&world.ravi, View::Done), ["hot"]);
    assert!(list(&world.kabir, View::Done).is_empty());
    let counts = world.read(&world.ravi, count_cases).unwrap();
    assert_eq!((counts.mine, counts.unassigned, counts.open, counts.waiting), (2, 0, 3, 1));
    assert_eq!(counts.queues, [(world.workshop, 2), (world.sales, 1)]);
});

on_both!(a_list_goes_on_where_the_page_ended, |backend| {
    let world = World::new(backend);
    for at in 0..120 {
        let id = world.mail("sunita@example.in", &format!("case {at}"), "x").case_id;
        let queue = if at % 2 == 0 { world.workshop } else { world.sales };
        let owner = (at % 3 == 0).then_some(&world.ravi);
        world.assign(&world.asha, id, owner, Some(queue)).unwrap();
    }
    for (actor, expect) in [(&world.asha, 120), (&world.ravi, 80)] {
        for order in [Order::Urgent, Order::Newest] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let list = world
                    .read(actor, |tx, actor| list_cases(tx, actor, View::Open, order, after))
                    .unwrap();
                assert!(list.rows.len() <= ROWS_MAX);
                seen.extend(list.rows.into_iter().map(|row| row.id));
                after = list.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), expect);
            if order == Order::Newest {
                seen.reverse();
            }
            assert!(seen.is_sorted(), "all are equally urgent, so the oldest is first");
        }
    }
});

on_both!(a_case_is_found_at_once, |backend| {
    let world = World::new(backend);
    let id = world.mail("sunita@example.in", "Brakes", "x").case_id;
    let contact_id = world.case(id).contact_id;
    world
        .write(&world.asha, move |tx, actor| {
            let phone = people::NewPhone { number: "98765 43210".into(), label: String::new() };
            people::add_phone(tx, actor, contact_id, &phone)
        })
        .unwrap();
    world.mail("other@example.in", "Bill", "x");
    let texts = ["QRY-2026-000001", "qry 2026 1", "1", "000001", "43210", "sunita", "SUNITA@ex"];
    for text in texts {
        assert_eq!(world.found(&world.asha, text), ["Brakes"], "{text}");
    }
    for text in ["CMP-2026-1", "QRY-2025-1", "99", "ravi", ""] {
        assert!(world.found(&world.asha, text).is_empty(), "{text}");
    }
    assert!(world.found(&world.kabir, "QRY-2026-000001").is_empty());
});

on_both!(a_stale_form_is_a_conflict_and_a_reply_never_is, |backend| {
    let world = World::new(backend);
    let id = world.mail("sunita@example.in", "Bill", "x").case_id;
    let change = |subject: &str, version| {
        let change = CaseChange {
            case_type: CaseType::Complaint,
            subject: subject.into(),
            category_id: None,
            priority: Priority::High,
        };
        world.write(&world.asha, move |tx, actor| change_case(tx, actor, id, version, &change))
    };
    assert_eq!(change("Bill of May", 1).unwrap(), 2);
    assert!(matches!(change("Bill of June", 1), Err(Error::Conflict)));
    world.reply(&world.asha, id, "We look into it.").unwrap();
    assert_eq!(change("Bill of May", 2).unwrap(), 2, "a reply makes no form stale");
    let case = world.case(id);
    assert_eq!(
        (case.case_type, case.number.to_string().as_str()),
        (CaseType::Complaint, "QRY-2026-000001")
    );
    world.write(&world.ravi, move |tx, actor| take_case(tx, actor, id)).unwrap_err();
    world.assign(&world.asha, id, None, Some(world.workshop)).unwrap();
    world.write(&world.ravi, move |tx, actor| take_case(tx, actor, id)).unwrap();
    let late = world.write(&world.asha, move |tx, actor| take_case(tx, actor, id));
    assert!(matches!(late, Err(Error::Conflict)));
});

on_both!(statuses_move_by_type, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Bill", "x");
    let id = first.case_id;
    let statuses = world.db.read(list_statuses).unwrap();
    let of = |kind| statuses.iter().find(|status| status.status_type == kind).unwrap().id;
    let set = |kind| {
        let status_id = of(kind);
        world.write(&world.asha, move |tx, actor| set_status(tx, actor, id, status_id))
    };
    set(StatusType::OnHold).unwrap();
    assert_eq!(problems(set(StatusType::New)), [("status", "error-status-new-again")]);
    world.answer(&first, "sunita@example.in", "Any news?");
    assert_eq!(world.case(id).status, StatusType::Open, "the customer's word takes it off hold");
    set(StatusType::Resolved).unwrap();
    assert!(world.case(id).waiting_since.is_none());
    world.write(&world.asha, move |tx, actor| reopen_case(tx, actor, id)).unwrap();
    set(StatusType::Closed).unwrap();
    let said = world
        .write(&world.asha, move |tx, actor| {
            write_down(tx, actor, id, Channel::Phone, "It is wrong again.", &[])
        })
        .unwrap();
    let case = world.case(id);
    assert_eq!((case.status, case.snippet.as_str()), (StatusType::Open, "It is wrong again."));
    assert!(world.page(id).messages.iter().any(|message| message.id == said));
});

on_both!(a_message_goes_its_way_and_telling_twice_does_no_harm, |backend| {
    let world = World::new(backend);
    let id = world.mail("sunita@example.in", "Bill", "x").case_id;
    let sent = world.reply(&world.asha, id, "Corrected.").unwrap();
    let state = || world.db.read(|tx| outgoing(tx, sent)).unwrap().message;
    let tell = |act: fn(&mut db::Tx<'_>, &platform::Actor, MessageId) -> Result<(), Error>| {
        world.write(&world.system, move |tx, actor| act(tx, actor, sent)).unwrap();
    };
    let failed = |tx: &mut db::Tx<'_>, actor: &platform::Actor, id| {
        mark_failed(tx, actor, id, "The server of example.in did not answer for two days.")
    };
    tell(failed);
    assert_eq!(state().status, MessageStatus::Failed);
    assert!(state().problem.unwrap().contains("did not answer"));
    assert!(world.case(id).unread, "a failure needs a look");
    for _ in 0..2 {
        tell(|tx, actor, id| mark_sent(tx, actor, id, Some("<1@desk>")));
    }
    tell(mark_delivered);
    tell(mark_delivered);
    tell(mark_read_by_customer);
    assert_eq!((state().status, state().problem), (MessageStatus::Read, None));
    for _ in 0..2 {
        tell(|tx, actor, id| mark_bounced(tx, actor, id, "No such person."));
    }
    assert_eq!(state().status, MessageStatus::Failed);
    let moves: Vec<String> =
        world.kinds(id).into_iter().filter(|kind| kind.starts_with("message.")).collect();
    let expect = [
        "message.queued",
        "message.failed",
        "message.sent",
        "message.delivered",
        "message.read",
        "message.bounced",
    ];
    assert_eq!(moves, expect);
    let found = world.db.read(|tx| case_of_channel_key(tx, "<1@desk>")).unwrap();
    assert_eq!(found.map(|(message, case, _)| (message, case)), Some((sent, id)));
});

on_both!(only_who_takes_part_joins_by_number, |backend| {
    let world = World::new(backend);
    let thread = Thread::New { related: None };
    let mut letter = world.letter("sunita@example.in", "Bill", "x", thread);
    letter.channel_key = Some("<a@example.in>".into());
    letter.cc = vec![Address { address: "son@example.in".into(), name: "Son".into() }];
    let first = world.receive(letter);
    let joined = |address: &str| {
        let address = base::EmailAddress::parse(address).unwrap();
        world.db.read(|tx| conversation_of(tx, &first.number, &address)).unwrap()
    };
    let own = Some((first.case_id, first.conversation_id));
    assert_eq!(joined("sunita@example.in"), own);
    assert_eq!(joined("SON@example.in"), own);
    assert_eq!(joined("stranger@example.in"), None);
    let keys = world.db.read(|tx| channel_keys(tx, first.conversation_id)).unwrap();
    assert_eq!(keys, ["<a@example.in>"]);
    let guest = world.answer(&first, "son@example.in", "Mother asks again");
    assert_eq!(guest.case_id, first.case_id);
    assert_ne!(guest.contact_id, first.contact_id, "the writer is a person of their own");
    assert_eq!(world.case(first.case_id).contact_id, first.contact_id);
    let sent = world.reply(&world.asha, first.case_id, "Done.").unwrap();
    let to = world.db.read(|tx| outgoing(tx, sent)).unwrap().message.to;
    assert_eq!(to[0].address, "son@example.in", "an answer goes to who wrote last");
});

on_both!(files_notes_drafts_and_links, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Bill", "x");
    let (id, number) = (first.case_id, first.number);
    let file = world
        .write(&world.asha, |tx, _| {
            let bytes = platform::StoredBytes { sha256: "0".repeat(64), size_bytes: 9 };
            platform::add_file(tx, &bytes, "bill.pdf", "application/pdf")
        })
        .unwrap();
    world
        .write(&world.asha, move |tx, actor| {
            save_draft(tx, actor, id, DraftMode::Reply, "Dear Suni")
        })
        .unwrap();
    assert_eq!(world.page(id).draft.unwrap().body, "Dear Suni");
    let others = world.read(&world.ravi, |tx, actor| find_draft(tx, actor, id)).unwrap();
    assert!(others.is_none());
    world
        .write(&world.asha, move |tx, actor| add_note(tx, actor, id, "Ask billing", &[file]))
        .unwrap();
    let page = world.page(id);
    assert!(page.draft.is_none(), "what was written is not a draft any more");
    assert_eq!(page.messages[1].direction, Direction::Note);
    assert_eq!(page.case.snippet, "x", "a note is nothing the customer could read");
    let attachment = page.attachments[0].clone();
    assert_eq!(attachment.name, "bill.pdf");
    let look = |actor| world.read(actor, |tx, actor| find_attachment(tx, actor, attachment.id));
    assert!(look(&world.asha).is_ok());
    assert!(matches!(look(&world.kabir), Err(Error::NotFound)));
    let missing = platform::FileId(999_999);
    let refused =
        world.write(&world.asha, move |tx, actor| add_note(tx, actor, id, "x", &[missing]));
    assert_eq!(problems(refused), [("attachments", "error-file-missing")]);
    let until = MORNING.plus_ms(DAY);
    world
        .write(&world.system, move |tx, actor| add_status_link(tx, actor, id, "sesame", until))
        .unwrap();
    let shown = |token: &str| world.db.read(|tx| case_by_status_link(tx, token)).unwrap();
    assert_eq!(shown("sesame").unwrap().number, number);
    assert!(shown("guess").is_none());
    world.clock.advance_ms(DAY);
    assert!(shown("sesame").is_none(), "it has expired");
});

on_both!(a_long_conversation_is_read_in_parts, |backend| {
    let world = World::new(backend);
    let first = world.mail("sunita@example.in", "Bill", "0");
    for at in 1..130 {
        world.answer(&first, "sunita@example.in", &at.to_string());
    }
    let page = world.page(first.case_id);
    assert_eq!((page.messages.len(), page.has_older), (100, true));
    assert_eq!(page.messages[99].body_text, "129");
    let before = page.messages[0].id;
    let (older, _, more) = world
        .read(&world.asha, |tx, actor| older_messages(tx, actor, first.case_id, before))
        .unwrap();
    assert_eq!((older.len(), more, older[0].body_text.as_str()), (30, false, "0"));
});

on_both!(the_desk_is_set_up_with_care, |backend| {
    let world = World::new(backend);
    let save = |id, parent_id, name: &str| {
        let name = name.to_string();
        let change = CategoryChange { id, parent_id, name, type_hint: None, active: true };
        world.write(&world.asha, move |tx, actor| save_category(tx, actor, &change))
    };
    let cars = save(None, None, "Cars").unwrap();
    let brakes = save(None, Some(cars), "Brakes").unwrap();
    let pads = save(None, Some(brakes), "Pads").unwrap();
    let Err(Error::Invalid(ring)) = save(Some(cars), Some(pads), "Cars") else { panic!() };
    assert_eq!(ring[0].key, "error-category-cycle");
    assert_eq!(ring[0].args, [("cycle", "Cars › Brakes › Pads › Cars".to_string())]);
    assert_eq!(problems(save(None, Some(cars), "Brakes")), [("name", "error-name-taken")]);
    let tree = world.db.read(list_categories).unwrap();
    let at = tree.iter().position(|category| category.id == cars).unwrap();
    assert_eq!(tree[at + 2].path, "Cars › Brakes › Pads");

    let statuses = world.db.read(list_statuses).unwrap();
    assert_eq!(statuses.len(), StatusType::ALL.len());
    let open = statuses.iter().find(|s| s.status_type == StatusType::Open).unwrap().clone();
    let change = |id, label: &str, status_type, active| {
        let change = StatusChange { id, label: label.into(), status_type, position: 2, active };
        world.write(&world.asha, move |tx, actor| save_status(tx, actor, &change))
    };
    let last = change(Some(open.id), "Open", StatusType::Open, false);
    assert_eq!(problems(last), [("active", "error-status-last-of-type")]);
    let other = change(Some(open.id), "Open", StatusType::OnHold, true);
    assert_eq!(problems(other), [("type", "error-status-type-fixed")]);
    change(Some(open.id), "Being worked on", StatusType::Open, true).unwrap();
    let case = world.mail("sunita@example.in", "Bill", "x").case_id;
    world.reply(&world.asha, case, "Hello").unwrap();
    assert_eq!(world.page(case).status_label, "Being worked on");

    let close = |id, name: &str| {
        let change = QueueChange { id: Some(id), name: name.into(), team_id: None, active: false };
        world.write(&world.asha, move |tx, actor| save_queue(tx, actor, &change))
    };
    close(world.front, "Front desk").unwrap();
    let next = world.mail("sunita@example.in", "Bill", "x").case_id;
    assert_eq!(world.case(next).queue_id, Some(world.workshop), "the oldest that is in use");
    close(world.sales, "Sales").unwrap();
    assert_eq!(problems(close(world.workshop, "Workshop")), [("active", "error-queue-last")]);
    let refused = world.write(&world.ravi, |tx, actor| {
        let change = QueueChange { id: None, name: "Mine".into(), team_id: None, active: true };
        save_queue(tx, actor, &change)
    });
    assert!(matches!(refused, Err(Error::Denied { permission: "desk.configure" })));
});

#[test]
fn words_are_complete_in_both_languages() {
    assert_eq!(ui::i18n::problems(&[people::CATALOGUE, CATALOGUE]), [""; 0]);
}

#[test]
fn built_in_roles_get_what_they_need() {
    let room = desk::room();
    let scope = |role, key| {
        room.role_grants.iter().find(|g| g.role == role && g.key == key).map(|g| g.scope)
    };
    use platform::Scope::{All, Team};
    assert_eq!(scope("Administrator", "desk.configure"), Some(All));
    assert_eq!(scope("Team lead", "case.assign"), Some(Team));
    assert_eq!(scope("Executive", "case.create"), Some(All));
    assert_eq!(scope("Auditor", "case.read"), Some(All));
    assert_eq!(scope("Auditor", "case.reply"), None);
    let _a_world_opens = World::new(Backend::Sqlite);
}
