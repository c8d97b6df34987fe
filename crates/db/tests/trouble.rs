//! What happens when something goes wrong around a use case, on both databases.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use base::{Clock, SystemClock, UtcMs};
use db::{
    Db, DbError, Fault, Location, Migration, NewEvent, Options, Schema, SqliteLimits, Tx,
    verify_chain,
};
use testkit::{Backend, on_both};

const SCHEMA: &str = "
CREATE TABLE contact (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
";

fn schema() -> Schema {
    let migrations = vec![Migration { name: "test/0001_contact", sql: SCHEMA }];
    Schema { migrations, version: 1, compat_min: 1 }
}

fn add(tx: &mut Tx<'_>, name: &str) -> Result<i64, DbError> {
    let id: i64 = tx.next_id()?;
    tx.exec("insert into contact (id, name) values (?1, ?2)", &[&id, &name])?;
    tx.append_event(NewEvent {
        kind: "contact.added",
        actor_id: 0,
        subject_kind: "contact",
        subject_id: id,
        contact_id: Some(id),
        payload: "{}".into(),
    })?;
    Ok(id)
}

fn names(db: &Db) -> Vec<String> {
    db.read(|tx| tx.query("select name from contact order by id", &[], |row| row.get(0))).unwrap()
}

fn sound(db: &Db, events: i64) {
    let report = db.read(verify_chain).unwrap();
    assert_eq!((report.events, report.fault), (events, None));
}

/// Panics on purpose would fill the output with their traces.
fn quiet() {
    std::panic::set_hook(Box::new(|info| {
        if !info.to_string().contains("on purpose") {
            eprintln!("{info}");
        }
    }));
}

// PostgreSQL refuses every statement after one that failed. A use case that shrugs the error off
// used to work on SQLite, and on PostgreSQL to take the whole batch down with it.
on_both!(an_error_that_is_shrugged_off_fails_the_use_case, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    db.write_blocking(|tx| add(tx, "asha")).unwrap();
    let shrugged = db.write_blocking(|tx| {
        assert!(add(tx, "asha").is_err());
        Ok::<_, DbError>(1)
    });
    assert!(matches!(shrugged, Err(DbError::Unique { .. })), "{shrugged:?}");
    let went_on = db.write_blocking(|tx| {
        assert!(add(tx, "asha").is_err());
        add(tx, "ravi")
    });
    assert!(matches!(went_on, Err(DbError::Sql(_))), "{went_on:?}");
    assert_eq!(names(&db), vec!["asha"]);
    sound(&db, 1);
});

on_both!(an_attempt_is_undone_alone, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    db.write_blocking(|tx| add(tx, "asha")).unwrap();
    let second = db.write_blocking(|tx| {
        let first = tx.attempt(|tx| {
            add(tx, "half")?;
            add(tx, "asha")
        });
        assert!(first.unwrap_err().is_duplicate_of("contact"));
        let nested = tx.attempt(|tx| {
            tx.attempt(|tx| add(tx, "asha")).unwrap_err();
            add(tx, "nested")
        });
        nested?;
        add(tx, "asha the second")
    });
    assert!(second.is_ok(), "{second:?}");
    assert_eq!(names(&db), vec!["asha", "nested", "asha the second"]);
    sound(&db, 3);
    let found = db.read(|tx| {
        tx.attempt(|tx| tx.query("select nonsense from contact", &[], |_| Ok(()))).unwrap_err();
        tx.query("select id from contact", &[], |row| row.get::<i64>(0))
    });
    assert_eq!(found.unwrap().len(), 3);
});

on_both!(a_panic_after_the_commit_harms_nobody, |backend| {
    quiet();
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    let kept = db.write_blocking(|tx| {
        tx.after_commit(|| panic!("on purpose"));
        add(tx, "kept")
    });
    assert!(kept.is_ok(), "the change is on disk: {kept:?}");
    db.write_blocking(|tx| add(tx, "next")).unwrap();
    assert_eq!(names(&db), vec!["kept", "next"]);
});

struct BrittleClock(AtomicBool);

impl Clock for BrittleClock {
    fn now(&self) -> UtcMs {
        assert!(!self.0.load(Ordering::SeqCst), "on purpose");
        SystemClock.now()
    }
}

on_both!(a_panic_of_the_writer_itself_hangs_nobody, |backend| {
    quiet();
    let place = backend.place();
    let clock = Arc::new(BrittleClock(AtomicBool::new(false)));
    let options = Options { clock: clock.clone(), ..Options::default() };
    let db = place.open("ws", &schema(), options);
    clock.0.store(true, Ordering::SeqCst);
    assert_eq!(db.write_blocking(|tx| add(tx, "lost")), Err(DbError::Closed));
    clock.0.store(false, Ordering::SeqCst);
    db.write_blocking(|tx| add(tx, "kept")).unwrap();
    assert_eq!(names(&db), vec!["kept"]);
    sound(&db, 1);
});

// PostgreSQL commits, the network dies before the answer: told "nothing was saved", a person would
// save it again.
on_both!(a_commit_whose_answer_is_lost_is_looked_up, |backend| {
    let place = backend.place();
    let lost = Arc::new(AtomicBool::new(true));
    let once = lost.clone();
    let fault = move |fault| fault == Fault::CommitAnswer && once.swap(false, Ordering::SeqCst);
    let options = Options { fault: Arc::new(fault), ..Options::default() };
    let db = place.open("ws", &schema(), options);
    let mut events = db.subscribe();
    db.write_blocking(|tx| add(tx, "kept")).unwrap();
    assert_eq!(lost.load(Ordering::SeqCst), backend == Backend::Sqlite, "only a server can do it");
    assert_eq!(events.try_recv().unwrap().seq, 1);
    db.write_blocking(|tx| add(tx, "next")).unwrap();
    assert_eq!(names(&db), vec!["kept", "next"]);
    sound(&db, 2);
});

on_both!(a_server_that_went_away_is_met_again, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    db.write_blocking(|tx| add(tx, "before")).unwrap();
    // Several readers lie idle when the server ends every connection.
    db.read(|_| {
        db.read(|_| db.read(|_| Ok::<_, DbError>(())))?;
        Ok::<_, DbError>(())
    })
    .unwrap();
    if backend == Backend::Postgres {
        let other = place.open("other", &schema(), Options::default());
        let ended = other.write_blocking(|tx| {
            tx.query(
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()",
                &[],
                |_| Ok(()),
            )
        });
        assert!(ended.unwrap().len() >= 3);
    }
    let glanced: Vec<String> =
        db.glance(|tx| tx.query("select name from contact", &[], |row| row.get(0))).unwrap();
    assert_eq!((glanced, names(&db)), (vec!["before".to_string()], vec!["before".to_string()]));
    db.write_blocking(|tx| add(tx, "after")).unwrap();
    assert_eq!(names(&db), vec!["before", "after"]);
});

// A page with many parts on a slow day must not take every connection the server has.
on_both!(readers_beyond_the_bound_wait_their_turn, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    db.write_blocking(|tx| add(tx, "asha")).unwrap();
    let connections = |tx: &mut Tx<'_>| {
        let sql = "select count(*) from pg_stat_activity where datname = current_database()";
        if tx.is_postgres() { tx.one(sql, &[], |row| row.get::<i64>(0)) } else { Ok(0) }
    };
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..80)
            .map(|_| {
                scope.spawn(|| {
                    let read = db.read(|tx| {
                        tx.query("select name from contact", &[], |row| row.get::<String>(0))?;
                        connections(tx)
                    });
                    read.unwrap()
                })
            })
            .collect();
        for reader in readers {
            let open = reader.join().unwrap();
            assert!(open <= 34, "{open} connections");
        }
    });
    let refused = db.glance(|tx| tx.exec("delete from contact", &[]));
    assert!(refused.is_err(), "a glance changes nothing");
    assert_eq!(names(&db), vec!["asha"]);
});

on_both!(a_use_case_that_would_wait_for_itself_is_refused, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    let other = place.open("other", &schema(), Options::default());
    let inner = db.clone();
    let refused = db.write_blocking(move |_| inner.write_blocking(|tx| add(tx, "inner")));
    assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?}");
    let beside = db.write_blocking(move |tx| {
        other.write_blocking(|tx| add(tx, "other"))?;
        add(tx, "outer")
    });
    assert!(beside.is_ok());
    assert_eq!(names(&db), vec!["outer"]);
});

on_both!(many_may_open_a_new_database_at_once, |backend| {
    let place = backend.place();
    let location: Location = place.location("ws");
    let opened = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let db = Db::open(location.clone(), &schema(), Options::default());
                opened.lock().unwrap().push(db.unwrap());
            });
        }
    });
    // Each is a writer of its own, as app nodes are; the head row keeps them in one order.
    let opened = opened.into_inner().unwrap();
    std::thread::scope(|scope| {
        for (node, db) in opened.iter().enumerate() {
            scope.spawn(move || {
                for turn in 0..5 {
                    db.write_blocking(move |tx| add(tx, &format!("{node}/{turn}"))).unwrap();
                }
            });
        }
    });
    assert_eq!(names(&opened[0]).len(), 20);
    sound(&opened[0], 20);
});

on_both!(every_runtime_may_hold_a_database, |backend| {
    let place = backend.place();
    let single = tokio::runtime::Builder::new_current_thread().build().unwrap();
    single.block_on(async {
        let db = place.open("ws", &schema(), Options::default());
        db.write_blocking(|tx| add(tx, "waiting")).unwrap();
        db.write(|tx| add(tx, "awaiting")).await.unwrap();
    });
    let many = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    many.block_on(async {
        let db = place.open("ws", &schema(), Options::default());
        tokio::spawn(async move {
            assert_eq!(names(&db).len(), 2);
            db.write_blocking(|tx| add(tx, "third")).unwrap();
        })
        .await
        .unwrap();
    });
    let read = catch_unwind(AssertUnwindSafe(|| {
        names(&place.open("ws", &schema(), Options::default())).len()
    }));
    assert_eq!(read.unwrap(), 3);
});

on_both!(a_value_of_the_wrong_type_is_no_passing_trouble, |backend| {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    let wrong = db.write_blocking(|tx| {
        tx.exec("insert into contact (id, name) values (?1, 'x')", &[&"no number"])
    });
    assert!(!wrong.unwrap_err().is_passing());
    db.write_blocking(|tx| add(tx, "next")).unwrap();
});

// A reader that looks for long keeps SQLite's log from being reused, and it used to stay as large
// as it had grown.
#[test]
fn an_overgrown_log_is_emptied_once_readers_are_gone() {
    let place = Backend::Sqlite.place();
    let limits = SqliteLimits { log_bytes_max: 200_000, ..SqliteLimits::default() };
    let db = Db::open(place.limited("ws", limits), &schema(), Options::default()).unwrap();
    let log = || std::fs::metadata(place.path().join("ws.db-wal")).unwrap().len();
    let grow = |from: usize| {
        for turn in from..from + 40 {
            let name = format!("{turn}-{}", "x".repeat(10_000));
            db.write_blocking(move |tx| add(tx, &name)).unwrap();
        }
    };
    db.read(|tx| {
        tx.event_seq()?;
        grow(0);
        Ok::<_, DbError>(())
    })
    .unwrap();
    assert!(log() > 1_500_000, "{}", log());
    grow(40);
    assert!(log() < 1_200_000, "{}", log());
    sound(&db, 80);
}
