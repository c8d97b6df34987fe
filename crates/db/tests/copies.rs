//! A database as a file, and back into either database, also by a later program.

use std::os::unix::fs::PermissionsExt;

use base::ValRef;
use db::{
    Db, DbError, Location, Migration, NewEvent, Options, Schema, edit, inspect, is_new, load, look,
    snapshot, verify_chain,
};
use testkit::{Backend, Place, on_both};

const FIRST: &str = "
CREATE TABLE person (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,
    leader_id INTEGER REFERENCES person (id), photo BLOB, score REAL) STRICT;
CREATE INDEX person_leader ON person (leader_id);
CREATE TABLE \"order\" (id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id)) STRICT;
CREATE VIEW person_name AS SELECT id, name FROM person;
";
/// A later program's step that changes rows, and one that brings rows of its own.
const SECOND: &str = "
ALTER TABLE person ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE person SET folded = lower(name);
CREATE TABLE kind (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO kind (id, name) VALUES (1, 'complaint');
";

fn schema(version: i64) -> Schema {
    let steps = [
        Migration { name: "test/0001_person", sql: FIRST },
        Migration { name: "test/0002_folded", sql: SECOND },
    ];
    Schema { migrations: steps[..version as usize].to_vec(), version, compat_min: 1 }
}

fn fill(db: &Db) {
    db.write_blocking(|tx| {
        let (asha, ravi): (i64, i64) = (tx.next_id()?, tx.next_id()?);
        tx.number("CMP", 2026)?;
        let insert = "insert into person (id, name, leader_id, photo, score)
            values (?1, ?2, ?3, ?4, ?5)";
        // The one who is led has the lower number: rows do not come in the order of their links.
        tx.exec(insert, &[&asha, &"Asha", &None::<i64>, &vec![0u8, 255], &4.5])?;
        tx.exec(insert, &[&ravi, &"Ravi 'R\u{1F600}'", &None::<i64>, &ValRef::Null, &1.0])?;
        tx.exec("update person set leader_id = ?2 where id = ?1", &[&asha, &ravi])?;
        tx.exec("insert into \"order\" (id, person_id) values (?1, ?2)", &[&7i64, &asha])?;
        tx.append_event(NewEvent {
            kind: "person.added",
            actor_id: 0,
            subject_kind: "person",
            subject_id: asha,
            contact_id: None,
            payload: "{}".into(),
        })?;
        Ok::<_, DbError>(())
    })
    .unwrap();
}

type Person = (i64, String, Option<i64>, Option<Vec<u8>>, f64);

fn people(at: &Location) -> Vec<Person> {
    look(at, |tx| {
        tx.query("select id, name, leader_id, photo, score from person order by id", &[], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
    })
    .unwrap()
}

fn targets(backend: Backend) -> Vec<Place> {
    let other = match backend {
        Backend::Sqlite => Backend::postgres(),
        Backend::Postgres => Some(Backend::Sqlite),
    };
    [Some(backend), other].into_iter().flatten().map(Backend::place).collect()
}

on_both!(a_copy_goes_into_either_database_and_a_later_version, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(1), Options::default());
    fill(&db);
    let file = place.path().join("copy.db");
    snapshot(db.location(), &file).unwrap();
    assert!(matches!(snapshot(db.location(), &file), Err(DbError::Refused(_))));
    let private = |name: &str| {
        let about = std::fs::metadata(place.path().join(name));
        about.is_ok_and(|about| about.permissions().mode() & 0o777 == 0o600)
    };
    assert!(private("copy.db"));
    if backend == Backend::Sqlite {
        assert!(private("ws.db") && private("ws.db-wal") && private("ws.db-shm"));
    }
    for (version, target) in
        [1, 2].into_iter().flat_map(|v| targets(backend).into_iter().map(move |t| (v, t)))
    {
        let to = target.location("copied");
        assert!(is_new(&to).unwrap());
        load(&file, &to, &schema(version)).unwrap();
        assert!(!is_new(&to).unwrap());
        assert!(load(&file, &to, &schema(version)).is_err(), "it is not empty any more");
        assert_eq!(people(&to), people(db.location()));
        let copied = Db::open(to, &schema(version), Options::default()).unwrap();
        assert_eq!(copied.read(verify_chain).unwrap().fault, None);
        // Ids and numbers go on where they stood, links hold again.
        let next = copied
            .write_blocking(|tx| Ok::<_, DbError>((tx.next_id::<i64>()?, tx.number("CMP", 2026)?)));
        assert_eq!(next.unwrap(), (3, 2));
        let orphan = copied.write_blocking(|tx| {
            tx.exec("insert into \"order\" (id, person_id) values (8, 99)", &[])
        });
        assert_eq!(orphan, Err(DbError::ForeignKey));
        if version == 2 {
            let later = copied.read(|tx| {
                let folded: String =
                    tx.one("select folded from person where id = 1", &[], |row| row.get(0))?;
                let kinds: i64 = tx.one("select count(*) from kind", &[], |row| row.get(0))?;
                Ok::<_, DbError>((folded, kinds))
            });
            assert_eq!(later.unwrap(), ("asha".to_string(), 1));
        }
    }
});

on_both!(a_file_tells_what_it_holds_and_forgets_what_is_removed, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(2), Options::default());
    fill(&db);
    let file = place.path().join("copy.db");
    snapshot(db.location(), &file).unwrap();
    let contents = inspect(&file).unwrap();
    assert_eq!((contents.chain.events, contents.chain.fault), (1, None));
    assert_eq!(contents.migrations, ["db/0001_head", "test/0001_person", "test/0002_folded"]);
    let rows: Vec<(&str, i64)> =
        contents.rows.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let expect = [
        ("event", 1),
        ("head", 1),
        ("kind", 1),
        ("migration", 3),
        ("order", 1),
        ("person", 2),
        ("series", 1),
    ];
    assert_eq!(rows, expect);
    // An older program cannot place what it does not know.
    let older = load(&file, &Backend::Sqlite.place().location("ws"), &schema(1));
    assert!(matches!(older, Err(DbError::Refused(_) | DbError::Sql(_))), "{older:?}");
    edit(&file, |tx| tx.exec("delete from person where name = 'Asha'", &[])).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(4).any(|window| window == b"Asha"));
    let nowhere = Location::Sqlite {
        path: place.path().join("nowhere.db"),
        limits: db::SqliteLimits::default(),
    };
    assert!(look(&nowhere, |tx| tx.event_seq()).is_err());
    assert!(is_new(&nowhere).unwrap());
    assert!(!place.path().join("nowhere.db").exists(), "looking makes nothing");
    // Killed between making the file and its first table.
    std::fs::write(place.path().join("nowhere.db"), "").unwrap();
    assert!(is_new(&nowhere).unwrap());
});
