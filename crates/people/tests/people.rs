//! People and organisations, on both databases.

use base::{EmailAddress, Zone};
use db::{Db, Options, Schema, Tx, verify_chain};
use people::*;
use platform::{Actor, ActorKind, Error, MemberId, Scope};
use testkit::{Backend, Place, on_both};

struct World {
    _place: Place,
    db: Db,
    actor: Actor,
}

impl World {
    fn new(backend: Backend) -> World {
        let place = backend.place();
        let mut migrations = platform::own_room().migrations;
        migrations.extend(people::room().migrations);
        let schema = Schema { migrations, version: 1, compat_min: 1 };
        let db = place.open("ws", &schema, Options::default());
        World { _place: place, db, actor: person(&["contact.read", "contact.write"]) }
    }

    fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let actor = self.actor.clone();
        self.db.write_blocking(move |tx| act(tx, &actor))
    }

    fn read<T>(&self, look: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error>) -> T {
        self.db.read(|tx| look(tx, &self.actor)).unwrap()
    }

    fn add(&self, name: &str, phones: &[&str], emails: &[&str]) -> ContactId {
        let new = NewContact {
            name: name.into(),
            phones: phones
                .iter()
                .map(|number| NewPhone { number: number.to_string(), label: String::new() })
                .collect(),
            emails: emails.iter().map(|email| email.to_string()).collect(),
            ..NewContact::default()
        };
        self.write(move |tx, actor| create_contact(tx, actor, &new)).unwrap()
    }

    fn found(&self, text: &str) -> Vec<String> {
        let found = self.read(|tx, actor| find(tx, actor, text));
        found.contacts.into_iter().map(|row| row.name).collect()
    }

    fn kinds(&self, id: ContactId) -> Vec<String> {
        let events = self.read(|tx, actor| timeline(tx, actor, id, None));
        events.into_iter().map(|event| event.kind).collect()
    }
}

fn person(grants: &[&str]) -> Actor {
    Actor {
        kind: ActorKind::Person,
        member_id: MemberId(7),
        login_id: 7,
        name: "Meera".into(),
        email: "meera@example.in".into(),
        lang: "en".into(),
        zone: Zone::india(),
        teams: Vec::new(),
        grants: grants.iter().map(|key| (key.to_string(), Scope::All)).collect(),
    }
}

fn keys(error: Error) -> Vec<(&'static str, &'static str)> {
    match error {
        Error::Invalid(errors) => errors.iter().map(|error| (error.field, error.key)).collect(),
        other => panic!("{other}"),
    }
}

on_both!(a_person_is_found_by_whatever_one_has, |backend| {
    let world = World::new(backend);
    world.add("Sunita Ingle", &["98765 43210"], &["sunita.ingle@example.in"]);
    world.add("Élodie Martin", &["+33 6 12 34 56 78"], &["elodie@example.fr"]);
    world.add("सुनीता शर्मा", &["98765 43210", "022 2202 1234"], &[]);
    for text in ["9876543210", "+91 98765 43210", "098765-43210", "43210"] {
        assert_eq!(world.found(text), ["Sunita Ingle", "सुनीता शर्मा"], "{text}");
    }
    assert_eq!(world.found("+33612345678"), ["Élodie Martin"]);
    assert_eq!(world.found("ing sun"), ["Sunita Ingle"]);
    assert_eq!(world.found("elo"), ["Élodie Martin"]);
    assert_eq!(world.found("SUNITA.INGLE@"), ["Sunita Ingle"]);
    assert_eq!(world.found("सुनी"), ["सुनीता शर्मा"]);
    assert!(world.found("sunita martin").is_empty());
    assert!(world.found("321").is_empty());
    assert!(world.found("%").is_empty());
});

on_both!(an_organisation_is_found_with_its_people, |backend| {
    let world = World::new(backend);
    let gstin = "27abcde1234f1z5".to_string();
    let account = AccountChange { name: "Arohi Motors Pune".into(), gstin };
    let account_id = world.write(move |tx, actor| create_account(tx, actor, &account)).unwrap();
    let id = world.add("Asha Rao", &[], &[]);
    let change = ContactChange {
        name: "Asha Rao".into(),
        language: "mr".into(),
        account_id: Some(account_id),
    };
    world.write(move |tx, actor| update_contact(tx, actor, id, 1, &change)).unwrap();
    let found = world.read(|tx, actor| find(tx, actor, "mot aro"));
    assert_eq!(found.accounts[0].name, "Arohi Motors Pune");
    assert_eq!(found.accounts[0].gstin.as_deref(), Some("27ABCDE1234F1Z5"));
    let rows = world.read(|tx, actor| contacts_of_account(tx, actor, account_id));
    assert_eq!(rows[0].account_name.as_deref(), Some("Arohi Motors Pune"));
    let page = world.read(|tx, actor| contact_page(tx, actor, id));
    assert_eq!(page.account_name.as_deref(), Some("Arohi Motors Pune"));
    let named = AccountChange { name: "Arohi Wheels".into(), gstin: String::new() };
    let same = named.clone();
    let version =
        world.write(move |tx, actor| update_account(tx, actor, account_id, 1, &named)).unwrap();
    assert_eq!(version, 2);
    let stale = world.write(move |tx, actor| update_account(tx, actor, account_id, 1, &same));
    assert!(matches!(stale, Err(Error::Conflict)));
    assert!(world.read(|tx, actor| find(tx, actor, "motors")).accounts.is_empty());
    assert_eq!(world.read(|tx, actor| list_accounts(tx, actor, None)).len(), 1);
    assert!(world.read(|tx, actor| list_accounts(tx, actor, Some(account_id))).is_empty());
});

on_both!(everything_wrong_is_said_at_once, |backend| {
    let world = World::new(backend);
    let new = NewContact {
        name: " ".into(),
        language: "English".into(),
        phones: vec![NewPhone { number: "12345".into(), label: "x".repeat(31) }],
        emails: vec!["asha".into()],
        account_id: None,
    };
    let refused = world.write(move |tx, actor| create_contact(tx, actor, &new)).unwrap_err();
    let expect = [
        ("name", "error-required"),
        ("language", "error-language"),
        ("email", "error-email-shape"),
        ("phone", "error-phone-invalid"),
        ("label", "error-too-long"),
    ];
    assert_eq!(keys(refused), expect);
    world.add("Asha", &[], &["asha@rao.in"]);
    let twin = NewContact {
        name: "Asha".into(),
        emails: vec!["ASHA@rao.in".into()],
        ..NewContact::default()
    };
    let taken = world.write(move |tx, actor| create_contact(tx, actor, &twin)).unwrap_err();
    assert_eq!(keys(taken), [("email", "error-email-taken")]);
    assert_eq!(world.read(|tx, actor| list_contacts(tx, actor, None)).len(), 1);
});

on_both!(a_form_made_from_an_old_record_is_a_conflict, |backend| {
    let world = World::new(backend);
    let id = world.add("Asha Rao", &[], &[]);
    let change = |name: &str, version: i64| {
        let change = ContactChange { name: name.into(), language: "hi".into(), account_id: None };
        world.write(move |tx, actor| update_contact(tx, actor, id, version, &change))
    };
    assert_eq!(change("Asha Rao-Patil", 1).unwrap(), 2);
    assert!(matches!(change("Asha R", 1), Err(Error::Conflict)));
    assert_eq!(change("Asha Rao-Patil", 2).unwrap(), 2, "nothing changed, nothing recorded");
    assert_eq!(world.found("patil"), ["Asha Rao-Patil"]);
    assert_eq!(world.kinds(id), ["contact.changed", "contact.added"]);
    let stray = ContactChange {
        name: "Asha".into(),
        language: "hi".into(),
        account_id: Some(AccountId(99)),
    };
    let refused = world.write(move |tx, actor| update_contact(tx, actor, id, 2, &stray));
    assert_eq!(keys(refused.unwrap_err()), [("account", "error-choose-from-list")]);
});

on_both!(numbers_addresses_and_notes_come_and_go, |backend| {
    let world = World::new(backend);
    let id = world.add("Asha", &["9876543210"], &[]);
    let again = NewPhone { number: "+919876543210".into(), label: "home".into() };
    let refused = world.write(move |tx, actor| add_phone(tx, actor, id, &again)).unwrap_err();
    assert_eq!(keys(refused), [("phone", "error-phone-already-there")]);
    let driver = NewPhone { number: "9822012345".into(), label: "driver".into() };
    let phone_id = world.write(move |tx, actor| add_phone(tx, actor, id, &driver)).unwrap();
    let email_id = world.write(move |tx, actor| add_email(tx, actor, id, "Asha@Rao.in")).unwrap();
    world.write(move |tx, actor| add_note(tx, actor, id, "Calls after six.\r\n")).unwrap();
    let page = world.read(|tx, actor| contact_page(tx, actor, id));
    assert_eq!(page.phones[1].label, "driver");
    assert_eq!(page.emails[0].address, "asha@rao.in");
    assert_eq!(page.notes[0].body, "Calls after six.");
    world.write(move |tx, actor| remove_phone(tx, actor, id, phone_id)).unwrap();
    world.write(move |tx, actor| remove_email(tx, actor, id, email_id)).unwrap();
    let gone = world.write(move |tx, actor| remove_email(tx, actor, id, email_id));
    assert!(matches!(gone, Err(Error::NotFound)));
    assert!(world.read(|tx, actor| contact_emails(tx, actor, id)).is_empty());
    assert!(world.found("9822012345").is_empty());
    let events = world.kinds(id);
    assert_eq!(events.len(), 6);
    assert_eq!(events[2], "contact.noted");
    assert_eq!(world.db.read(verify_chain).unwrap().fault, None);
});

on_both!(a_stranger_becomes_known_by_writing, |backend| {
    let world = World::new(backend);
    let make = |hint: &'static str| {
        world
            .write(move |tx, _| {
                let address = EmailAddress::parse("New.Person@example.in").unwrap();
                find_or_make_by_email(tx, &Actor::system(Zone::india()), &address, hint, "hi")
            })
            .unwrap()
    };
    let first = make("\"Nisha\u{7} Menon\"");
    assert_eq!(
        (first.name.as_str(), first.language.as_str(), first.is_new),
        ("Nisha Menon", "hi", true)
    );
    let second = make("Somebody Else");
    assert_eq!((second.id, second.name.as_str(), second.is_new), (first.id, "Nisha Menon", false));
    assert_eq!(world.found("new.per"), ["Nisha Menon"]);
    assert_eq!(world.kinds(first.id), ["contact.added"]);
});

on_both!(a_list_goes_on_where_the_page_ended, |backend| {
    let world = World::new(backend);
    world
        .write(|tx, actor| {
            for at in 0..120 {
                // Equal names must not be lost between pages.
                let name = format!("Person {}", at / 3);
                create_contact(tx, actor, &NewContact { name, ..NewContact::default() })?;
            }
            Ok(())
        })
        .unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let rows = world.read(|tx, actor| list_contacts(tx, actor, after));
        let full = rows.len() == PAGE_ROWS_MAX;
        seen.extend(rows.into_iter().map(|row| (base::fold(&row.name), row.id)));
        after = seen.last().map(|(_, id)| *id);
        if !full {
            break;
        }
    }
    assert_eq!(seen.len(), 120);
    assert!(seen.is_sorted());
});

on_both!(who_may_not_is_refused, |backend| {
    let mut world = World::new(backend);
    let id = world.add("Asha", &[], &[]);
    world.actor = person(&["contact.read"]);
    let denied = world.write(move |tx, actor| add_note(tx, actor, id, "x"));
    assert!(matches!(denied, Err(Error::Denied { permission: "contact.write" })));
    world.actor = person(&[]);
    let looked = world.db.read(|tx| find(tx, &world.actor, "asha"));
    assert!(matches!(looked, Err(Error::Denied { permission: "contact.read" })));
});

#[test]
fn words_are_complete_in_both_languages() {
    assert_eq!(ui::i18n::problems(&[CATALOGUE]), [""; 0]);
}

/// Each way to find a person goes through an index.
#[test]
fn finding_reads_no_whole_table() {
    let world = World::new(Backend::Sqlite);
    let plan = |sql: &str| -> String {
        let read = |tx: &mut Tx<'_>| tx.query(sql, &[], |row| row.get::<String>(3));
        world.db.read(read).unwrap().join("\n")
    };
    for sql in [
        "select c.id from contact_phone f join contact c on c.id = f.contact_id
         where f.reversed >= '0123' and f.reversed < '0124' order by f.reversed, f.contact_id",
        "select c.id from contact_email f join contact c on c.id = f.contact_id
         where f.address >= 'a' and f.address < 'b' order by f.address",
        "select c.id from contact_word w join contact c on c.id = w.contact_id
         where w.word >= 'a' and w.word < 'b' and exists (select 1 from contact_word x
         where x.contact_id = w.contact_id and x.word >= 'c' and x.word < 'd')
         order by w.word, w.contact_id",
        "select id from contact where (name_key, id) > ('a', 1) order by name_key, id limit 50",
        "select seq from event where contact_id = 1 and seq < 9 order by seq desc limit 50",
    ] {
        let plan = plan(&format!("explain query plan {sql}"));
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
    }
}
