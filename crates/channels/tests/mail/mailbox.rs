//! Mailboxes: claimed in the whole installation, checked at each field, secrets kept.

use crate::world::*;
use channels::*;
use platform::{Error, FieldError};
use testkit::on_both;

fn fields(result: Result<impl std::fmt::Debug, Error>) -> Vec<(&'static str, &'static str)> {
    match result {
        Err(Error::Invalid(fields)) => {
            fields.iter().map(|it: &FieldError| (it.field, it.key)).collect()
        }
        other => panic!("expected field errors: {other:?}"),
    }
}

fn form(address: &str) -> MailboxForm {
    MailboxForm {
        address: address.into(),
        name: "Care".into(),
        active: true,
        ..MailboxForm::default()
    }
}

on_both!(an_address_belongs_to_one_workspace, |backend| {
    let world = World::new(backend);
    let add = |form: &MailboxForm| {
        let adding = add_mailbox(&world.app, &world.nova, &world.asha, form);
        world.rt.block_on(adding)
    };
    assert_eq!(fields(add(&form(CARE))), [("address", "error-address-taken")]);
    assert_eq!(fields(add(&form(HELP))), [("address", "channels-error-mailbox-exists")]);
    assert!(add(&form("Second@Nova.example")).is_ok());
    assert!(matches!(is_ours(&world.app, "second@nova.example"), Accepted::Kept(_)));
});

on_both!(every_field_says_what_is_wrong, |backend| {
    let world = World::new(backend);
    let wrong = MailboxForm {
        address: "care at arohi".into(),
        name: " ".into(),
        lang: "xx".into(),
        signature: "x".repeat(3_000),
        smtp_host: "smtp example/in".into(),
        smtp_port: "70000".into(),
        smtp_tls: "maybe".into(),
        ..MailboxForm::default()
    };
    let adding = add_mailbox(&world.app, &world.arohi, &world.asha, &wrong);
    let found = fields(world.rt.block_on(adding));
    let names: Vec<_> = found.iter().map(|(field, _)| *field).collect();
    let expect = ["address", "name", "lang", "signature", "smtp_host", "smtp_tls", "smtp_port"];
    assert_eq!(names, expect);
    let nowhere =
        MailboxForm { queue_id: Some(desk::QueueId(999_999)), ..form("new@arohi.example") };
    let adding = add_mailbox(&world.app, &world.arohi, &world.asha, &nowhere);
    assert_eq!(fields(world.rt.block_on(adding)), [("queue", "error-choose-from-list")]);
    assert_eq!(is_ours(&world.app, "new@arohi.example"), Accepted::NoMailbox);
    let free = form("new@arohi.example");
    let taken_back = add_mailbox(&world.app, &world.nova, &world.asha, &free);
    assert!(world.rt.block_on(taken_back).is_ok(), "a claim without its mailbox was given back");
    let mut stranger = world.asha.clone();
    stranger.grants.clear();
    let new = form("other@arohi.example");
    let adding = add_mailbox(&world.app, &world.arohi, &stranger, &new);
    assert!(matches!(world.rt.block_on(adding), Err(Error::Denied { .. })));
});

on_both!(a_password_is_sealed_and_goes_only_to_its_server, |backend| {
    let world = World::new(backend);
    let with_secret = MailboxForm {
        smtp_host: "smtp.example.in".into(),
        smtp_user: "care".into(),
        smtp_secret: "correct horse".into(),
        ..form("new@arohi.example")
    };
    let adding = add_mailbox(&world.app, &world.arohi, &world.asha, &with_secret);
    let id = world.rt.block_on(adding).unwrap();
    let read = || world.arohi.db.read(|tx| find_mailbox(tx, &world.asha, id)).unwrap();
    assert!(read().has_secret);
    assert_eq!(read().smtp.port, 587, "the usual port of STARTTLS");
    let sealed: Vec<u8> = world
        .arohi
        .db
        .read(|tx| {
            let sql = "select smtp_secret from mailbox where id = ?1";
            tx.one(sql, &[&id], |row| row.get(0))
        })
        .map_err(|error: db::DbError| error)
        .unwrap();
    assert!(!sealed.windows(5).any(|part| part == b"horse"));
    let change = |version: i64, form: MailboxForm| {
        let to = (id, version);
        let changing = change_mailbox(&world.app, &world.arohi, &world.asha, to, &form);
        world.rt.block_on(changing)
    };
    let elsewhere =
        MailboxForm { smtp_host: "smtp.thief.example".into(), ..MailboxForm::of(&read()) };
    let refused = fields(change(1, elsewhere.clone()));
    assert_eq!(refused, [("smtp_secret", "channels-error-secret-again")]);
    let probing = probe_mailbox(&world.app, &world.arohi, &world.asha, Some(id), &elsewhere);
    let refused = fields(world.rt.block_on(probing));
    assert_eq!(refused, [("smtp_secret", "channels-error-secret-again")]);
    change(1, MailboxForm { name: "Renamed".into(), ..MailboxForm::of(&read()) }).unwrap();
    assert!(read().has_secret, "an empty password keeps the one that is there");
    let stale = change(1, MailboxForm::of(&read()));
    assert!(matches!(stale, Err(Error::Conflict)));
    change(2, MailboxForm { smtp_user: String::new(), ..MailboxForm::of(&read()) }).unwrap();
    assert!(!read().has_secret, "no user, no password");
});

on_both!(a_new_case_is_what_its_mailbox_is_for, |backend| {
    let world = World::new(backend);
    let complaints = MailboxForm {
        case_type: Some(desk::CaseType::Complaint),
        lang: "hi".into(),
        ..form("complaints@arohi.example")
    };
    let adding = add_mailbox(&world.app, &world.arohi, &world.asha, &complaints);
    world.rt.block_on(adding).unwrap();
    let raw = mail(SUNITA, "complaints@arohi.example", "one@x", "Brakes", "They squeak.");
    let filed = world.deliver(SUNITA, "complaints@arohi.example", &raw);
    let page = world.page(&world.arohi, filed.case_id.unwrap());
    assert_eq!(page.case.case_type, desk::CaseType::Complaint);
    let ack = &world.sent_to(SUNITA)[0].parsed;
    assert!(ack.text.contains("नमस्ते"), "{}", ack.text);
    assert_eq!(ack.from.as_ref().unwrap().email, "complaints@arohi.example");
});
