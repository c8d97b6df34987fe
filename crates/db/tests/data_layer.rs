//! What every floor above relies on, on both databases.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};

use base::ValRef;
use db::{
    ChainFault, Db, DbError, Fault, Location, Migration, NewEvent, Options, Schema, SqliteLimits,
    Tx, replay, verify_chain,
};
use testkit::{Backend, Place, on_both};

const SCHEMA: &str = "
CREATE TABLE contact (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,
    email TEXT UNIQUE, age INTEGER CHECK (age >= 0), photo BLOB, score REAL) STRICT;
CREATE TABLE remark (id INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id), body TEXT NOT NULL) STRICT;
";

fn schema() -> Schema {
    let migrations = vec![Migration { name: "test/0001_contact", sql: SCHEMA }];
    Schema { migrations, version: 1, compat_min: 1 }
}

fn open(backend: Backend) -> (Place, Db) {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    (place, db)
}

fn event(subject_id: i64) -> NewEvent {
    NewEvent {
        kind: "contact.added",
        actor_id: 0,
        subject_kind: "contact",
        subject_id,
        contact_id: Some(subject_id),
        payload: format!("{{\"id\":{subject_id}}}"),
    }
}

fn add(tx: &mut Tx<'_>, name: &str) -> Result<i64, DbError> {
    let id: i64 = tx.next_id()?;
    tx.exec("insert into contact (id, name) values (?1, ?2)", &[&id, &name])?;
    tx.append_event(event(id))?;
    Ok(id)
}

fn names(db: &Db) -> Vec<String> {
    db.read(|tx| tx.query("select name from contact order by id", &[], |row| row.get(0))).unwrap()
}

fn sound(db: &Db, events: i64) {
    let report = db.read(verify_chain).unwrap();
    assert_eq!((report.events, report.fault), (events, None));
}

on_both!(values_of_every_type_come_back, |backend| {
    let (_place, db) = open(backend);
    db.write_blocking(|tx| {
        tx.exec(
            "insert into contact (id, name, email, age, photo, score)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            &[&7i64, &"nul\0 सुनीता", &None::<String>, &41i64, &vec![0u8, 255], &4.5f64],
        )
    })
    .unwrap();
    let row = db
        .read(|tx| {
            // The parameters stand out of order on purpose: they are numbered, not counted.
            tx.one(
                "select name, email, age, photo, score from contact where age > ?2 and id = ?1",
                &[&7i64, &40i64],
                |row| {
                    Ok((
                        row.get::<String>(0)?,
                        row.get::<Option<String>>(1)?,
                        row.get::<i64>(2)?,
                        row.get::<Vec<u8>>(3)?,
                        row.get::<f64>(4)?,
                    ))
                },
            )
        })
        .unwrap();
    let expected = ("nul\u{FFFD} सुनीता".into(), None, 41, vec![0u8, 255], 4.5);
    assert_eq!(row, expected);
    assert_eq!(ValRef::Int(1), base::ToVal::val(&true));
});

on_both!(constraints_are_named_alike, |backend| {
    let (_place, db) = open(backend);
    let put = |email: &'static str, age: i64| {
        db.write_blocking(move |tx| {
            let id: i64 = tx.next_id()?;
            tx.exec(
                "insert into contact (id, name, email, age) values (?1, 'A', ?2, ?3)",
                &[&id, &email, &age],
            )
        })
    };
    put("a@b.in", 1).unwrap();
    let twice = put("a@b.in", 1).unwrap_err();
    assert_eq!(twice, DbError::Unique { table: "contact".into(), columns: "email".into() });
    assert!(twice.is_duplicate_of("contact"));
    assert!(matches!(put("c@b.in", -1), Err(DbError::Check { .. })));
    let orphan = db.write_blocking(|tx| {
        tx.exec("insert into remark (id, contact_id, body) values (1, 99, 'x')", &[])
    });
    assert_eq!(orphan, Err(DbError::ForeignKey));
    let nameless =
        db.write_blocking(|tx| tx.exec("insert into contact (id, name) values (9, null)", &[]));
    assert_eq!(nameless, Err(DbError::Missing { column: "contact.name".into() }));
});

on_both!(many_writers_share_one_gapless_order, |backend| {
    let (_place, db) = open(backend);
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let db = &db;
            scope.spawn(move || {
                for turn in 0..20 {
                    let kept = db.write_blocking(move |tx| {
                        let number = tx.number("CMP", 2026)?;
                        add(tx, &format!("{writer}-{turn}-{number}"))
                    });
                    assert!(kept.is_ok());
                }
            });
        }
    });
    sound(&db, 160);
    let mut numbers: Vec<i64> = names(&db)
        .iter()
        .filter_map(|name| name.rsplit_once('-').and_then(|(_, number)| number.parse().ok()))
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=160).collect::<Vec<_>>());
});

on_both!(a_refusal_is_undone_alone, |backend| {
    let (_place, db) = open(backend);
    db.write_blocking(|tx| add(tx, "first")).unwrap();
    let refused: Result<i64, DbError> = db.write_blocking(|tx| {
        tx.number("CMP", 2026)?;
        add(tx, "never")?;
        Err(DbError::Refused("not allowed".into()))
    });
    assert_eq!(refused, Err(DbError::Refused("not allowed".into())));
    let number = db.write_blocking(|tx| tx.number("CMP", 2026)).unwrap();
    assert_eq!((number, names(&db)), (1, vec!["first".to_string()]));
    sound(&db, 1);
});

on_both!(a_panic_is_undone_alone, |backend| {
    let (_place, db) = open(backend);
    let (go, wait) = mpsc::channel::<()>();
    let (began, started) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        // The first use case holds the batch open until the two others wait behind it.
        let slow = scope.spawn(|| {
            db.write_blocking(move |tx| {
                began.send(()).expect("the test listens");
                wait.recv().expect("the test says go");
                add(tx, "before")
            })
        });
        started.recv().unwrap();
        let broken = scope.spawn(|| {
            db.write_blocking(|tx| -> Result<i64, DbError> {
                add(tx, "half")?;
                panic!("a defect in a use case")
            })
        });
        let after = scope.spawn(|| db.write_blocking(|tx| add(tx, "after")));
        go.send(()).unwrap();
        assert!(slow.join().unwrap().is_ok());
        assert_eq!(broken.join().unwrap(), Err(DbError::Panicked));
        assert!(after.join().unwrap().is_ok());
    });
    let mut kept = names(&db);
    kept.sort();
    assert_eq!(kept, vec!["after", "before"]);
    sound(&db, 2);
});

on_both!(a_failed_commit_fails_every_answer, |backend| {
    let place = backend.place();
    let broken = Arc::new(AtomicBool::new(false));
    let switch = broken.clone();
    let options = Options {
        fault: Arc::new(move |fault| fault == Fault::Commit && switch.load(Ordering::SeqCst)),
        ..Options::default()
    };
    let db = place.open("ws", &schema(), options);
    db.write_blocking(|tx| add(tx, "kept")).unwrap();
    broken.store(true, Ordering::SeqCst);
    let told = Arc::new(AtomicBool::new(false));
    let (told_inside, mut events) = (told.clone(), db.subscribe());
    let lost = db.write_blocking(move |tx| {
        tx.after_commit(move || told_inside.store(true, Ordering::SeqCst));
        add(tx, "lost")
    });
    assert!(matches!(lost, Err(DbError::Aborted(_))));
    broken.store(false, Ordering::SeqCst);
    db.write_blocking(|tx| add(tx, "kept too")).unwrap();
    assert_eq!(names(&db), vec!["kept", "kept too"]);
    assert!(!told.load(Ordering::SeqCst));
    assert_eq!(events.try_recv().unwrap().seq, 2);
    assert!(events.try_recv().is_err());
    sound(&db, 2);
});

on_both!(a_database_that_gives_up_fails_the_batch_and_recovers, |backend| {
    let place = backend.place();
    let limits = SqliteLimits { pages_max: Some(40), ..SqliteLimits::default() };
    let db = Db::open(place.limited("ws", limits), &schema(), Options::default()).unwrap();
    db.write_blocking(|tx| add(tx, "kept")).unwrap();
    let (go, wait) = mpsc::channel::<()>();
    let (began, started) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let innocent = scope.spawn(|| {
            db.write_blocking(move |tx| {
                began.send(()).expect("the test listens");
                wait.recv().expect("the test says go");
                add(tx, "in the same batch")
            })
        });
        started.recv().unwrap();
        let culprit = scope.spawn(|| {
            db.write_blocking(move |tx| match backend {
                // More than forty pages hold: SQLITE_FULL undoes the whole transaction.
                Backend::Sqlite => add(tx, &"x".repeat(400_000)),
                Backend::Postgres => {
                    tx.query("select pg_terminate_backend(pg_backend_pid())", &[], |_| Ok(()))?;
                    Ok(0)
                }
            })
        });
        go.send(()).unwrap();
        let (innocent, culprit) = (innocent.join().unwrap(), culprit.join().unwrap());
        assert!(culprit.is_err());
        // Both may have met in one batch or not; either way an answer of Ok means kept.
        assert_eq!(innocent.is_ok(), names(&db).contains(&"in the same batch".to_string()));
    });
    db.write_blocking(|tx| add(tx, "works again")).unwrap();
    assert_eq!(names(&db).first().map(String::as_str), Some("kept"));
    assert_eq!(names(&db).last().map(String::as_str), Some("works again"));
    sound(&db, names(&db).len() as i64);
});

on_both!(events_are_replayed_in_order, |backend| {
    let (_place, db) = open(backend);
    for name in ["a", "b", "c"] {
        db.write_blocking(move |tx| add(tx, name)).unwrap();
    }
    let page = db.read(|tx| replay(tx, 1, 1)).unwrap();
    assert_eq!(page.len(), 1);
    assert_eq!((page[0].seq, page[0].kind.as_str()), (2, "contact.added"));
    assert_eq!(db.read(|tx| replay(tx, 0, 100)).unwrap().len(), 3);
    assert_eq!(db.read(|tx| tx.event_seq()).unwrap(), 3);
    assert_eq!(db.last_seq(), 3);
});

on_both!(the_chain_survives_erasure_and_finds_tampering, |backend| {
    let (_place, db) = open(backend);
    for name in ["a", "b", "c"] {
        db.write_blocking(move |tx| add(tx, name)).unwrap();
    }
    db.write_blocking(|tx| tx.erase_event(2)).unwrap();
    let report = db.read(verify_chain).unwrap();
    assert_eq!((report.events, report.erased, report.fault), (3, 1, None));

    let tamper = |sql: &'static str| {
        db.write_blocking(move |tx| tx.exec(sql, &[])).unwrap();
        db.read(verify_chain).unwrap().fault
    };
    let changed = tamper("update event set payload = '{\"id\":9}' where seq = 1");
    assert_eq!(changed, Some(ChainFault::Payload { seq: 1 }));
    tamper("update event set payload = '{\"id\":1}' where seq = 1");
    let moved = tamper("update event set actor_id = 5 where seq = 3");
    assert_eq!(moved, Some(ChainFault::Link { seq: 3 }));
    let cut = tamper("delete from event where seq = 3");
    assert_eq!(cut, Some(ChainFault::Head));
    let hole = tamper("delete from event where seq = 1");
    assert_eq!(hole, Some(ChainFault::Gap { seq: 2 }));
});

on_both!(a_hook_works_inside_the_same_transaction, |backend| {
    let place = backend.place();
    let hook: db::Hook = Arc::new(|tx, event| {
        if event.subject_id == 2 {
            return Err(DbError::Refused("the listener refuses".into()));
        }
        let id: i64 = event.subject_id;
        tx.exec("insert into remark (id, contact_id, body) values (?1, ?1, 'heard')", &[&id])?;
        Ok(())
    });
    let db = place.open("ws", &schema(), Options { hooks: vec![hook], ..Options::default() });
    db.write_blocking(|tx| add(tx, "one")).unwrap();
    assert!(db.write_blocking(|tx| add(tx, "two")).is_err());
    let heard: Vec<i64> =
        db.read(|tx| tx.query("select contact_id from remark", &[], |row| row.get(0))).unwrap();
    assert_eq!((heard, names(&db)), (vec![1], vec!["one".to_string()]));
});

on_both!(a_reader_sees_one_snapshot_and_changes_nothing, |backend| {
    let (_place, db) = open(backend);
    db.write_blocking(|tx| add(tx, "one")).unwrap();
    let seen = db.read(|tx| {
        let before = tx.event_seq()?;
        db.write_blocking(|tx| add(tx, "two")).unwrap();
        let after = tx.event_seq()?;
        let names: Vec<String> = tx.query("select name from contact", &[], |row| row.get(0))?;
        Ok::<_, DbError>((before, after, names))
    });
    assert_eq!(seen.unwrap(), (1, 1, vec!["one".to_string()]));
    let refused = db.read(|tx| tx.exec("delete from contact", &[]));
    assert!(refused.is_err());
    assert!(db.read(|tx| add(tx, "three")).is_err());
    assert_eq!(names(&db).len(), 2);
});

on_both!(a_full_queue_says_try_again, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options { queue_max: 1, ..Options::default() });
    let (go, wait) = mpsc::channel::<()>();
    let (began, started) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| {
            db.write_blocking(move |tx| {
                began.send(()).expect("the test listens");
                wait.recv().expect("the test says go");
                add(tx, "slow")
            })
        });
        started.recv().unwrap();
        let (filled, full) = mpsc::channel::<()>();
        let queued = scope.spawn({
            let db = &db;
            move || {
                let use_case = db.write(|tx| add(tx, "queued"));
                let mut use_case = std::pin::pin!(use_case);
                let waker = std::task::Waker::noop();
                let mut context = std::task::Context::from_waker(waker);
                // The first poll puts it in the queue.
                assert!(use_case.as_mut().poll(&mut context).is_pending());
                filled.send(()).unwrap();
                tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(use_case)
            }
        });
        full.recv().unwrap();
        let refused = db.write_blocking(|tx| add(tx, "one too many"));
        assert_eq!(refused, Err(DbError::Busy));
        go.send(()).unwrap();
        assert!(slow.join().unwrap().is_ok());
        assert!(queued.join().unwrap().is_ok());
    });
    assert_eq!(names(&db), vec!["slow", "queued"]);
});

on_both!(a_database_of_a_newer_program_is_refused, |backend| {
    let place = backend.place();
    let location = place.location("ws");
    let newer = Schema { version: 9, compat_min: 8, ..schema() };
    drop(Db::open(location.clone(), &newer, Options::default()).unwrap());
    let refused = |schema: &Schema| Db::open(location.clone(), schema, Options::default()).err();
    assert_eq!(refused(&schema()), Some(DbError::TooNew { needs: 8, have: 1 }));
    let beside = Schema { version: 8, compat_min: 1, ..schema() };
    assert_eq!(refused(&beside), None);
});

on_both!(what_was_acknowledged_is_there_after_opening_again, |backend| {
    let place = backend.place();
    let location: Location = place.location("ws");
    {
        let db = Db::open(location.clone(), &schema(), Options::default()).unwrap();
        db.write_blocking(|tx| add(tx, "kept")).unwrap();
    }
    let db = Db::open(location, &schema(), Options::default()).unwrap();
    let next: i64 = db.write_blocking(|tx| tx.next_id()).unwrap();
    assert_eq!((names(&db), next), (vec!["kept".to_string()], 2));
    sound(&db, 1);
});
