//! Properties over interleavings: whatever mix of use cases runs at once, the order is gapless,
//! the chain verifies, and what was acknowledged is what is there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use db::{Db, DbError, Fault, Migration, NewEvent, Options, Schema, verify_chain};
use proptest::prelude::*;
use testkit::{Backend, on_both};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Keep,
    KeepTwoEvents,
    Refuse,
    Panic,
    Duplicate,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Keep),
        2 => Just(Step::KeepTwoEvents),
        2 => Just(Step::Refuse),
        1 => Just(Step::Panic),
        1 => Just(Step::Duplicate),
    ]
}

fn schema() -> Schema {
    let sql = "CREATE TABLE row_kept (id INTEGER NOT NULL PRIMARY KEY, tag TEXT UNIQUE,
        number INTEGER NOT NULL) STRICT;";
    Schema { migrations: vec![Migration { name: "test/0001_row", sql }], version: 1, compat_min: 1 }
}

fn play(db: &Db, tag: String, step: Step) -> Result<(), DbError> {
    db.write_blocking(move |tx| {
        let id: i64 = tx.next_id()?;
        let number = tx.number("CMP", 2026)?;
        let tag = if step == Step::Duplicate { "the same".to_string() } else { tag };
        tx.exec(
            "insert into row_kept (id, tag, number) values (?1, ?2, ?3)",
            &[&id, &tag, &number],
        )?;
        let events = if step == Step::KeepTwoEvents { 2 } else { 1 };
        for _ in 0..events {
            tx.append_event(NewEvent {
                kind: "row.kept",
                actor_id: 0,
                subject_kind: "row",
                subject_id: id,
                contact_id: None,
                payload: "{}".into(),
            })?;
        }
        match step {
            Step::Refuse => Err(DbError::Refused("no".into())),
            Step::Panic => panic!("a defect in a use case"),
            _ => Ok(()),
        }
    })
}

/// Plays each lane on a thread of its own and returns what was acknowledged.
fn play_lanes(db: &Db, lanes: &[Vec<Step>]) -> Vec<(String, Step)> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = lanes
            .iter()
            .enumerate()
            .map(|(lane, steps)| {
                scope.spawn(move || {
                    let mut kept = Vec::new();
                    for (turn, step) in steps.iter().enumerate() {
                        let tag = format!("{lane}/{turn}");
                        if play(db, tag.clone(), *step).is_ok() {
                            kept.push((tag, *step));
                        }
                    }
                    kept
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn holds(backend: Backend, lanes: &[Vec<Step>], faults: u32) {
    let place = backend.place();
    // Every seventh commit breaks, as often as the case says.
    let (commits, left) = (AtomicU32::new(0), AtomicU32::new(faults));
    let fault = move |_: Fault| {
        commits.fetch_add(1, Ordering::SeqCst) % 7 == 3
            && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok()
    };
    let options = Options { fault: Arc::new(fault), ..Options::default() };
    let db = place.open("ws", &schema(), options);
    let kept = play_lanes(&db, lanes);
    let rows: Vec<(String, i64)> = db
        .read(|tx| {
            tx.query("select tag, number from row_kept order by number", &[], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
        })
        .unwrap();
    let mut acknowledged: Vec<String> = kept
        .iter()
        .map(|(tag, step)| if *step == Step::Duplicate { "the same".into() } else { tag.clone() })
        .collect();
    let mut found: Vec<String> = rows.iter().map(|(tag, _)| tag.clone()).collect();
    acknowledged.sort();
    found.sort();
    assert_eq!(found, acknowledged);
    let numbers: Vec<i64> = rows.iter().map(|(_, number)| *number).collect();
    assert_eq!(numbers, (1..=rows.len() as i64).collect::<Vec<_>>());
    let events: i64 =
        kept.iter().map(|(_, step)| if *step == Step::KeepTwoEvents { 2 } else { 1 }).sum();
    let report = db.read(verify_chain).unwrap();
    assert_eq!((report.events, report.fault), (events, None));
}

on_both!(any_interleaving_keeps_exactly_what_it_acknowledged, |backend| {
    // Use cases that panic on purpose would fill the output with their traces.
    std::panic::set_hook(Box::new(|info| {
        if !info.to_string().contains("a defect in a use case") {
            eprintln!("{info}");
        }
    }));
    let lanes = prop::collection::vec(prop::collection::vec(step(), 1..12), 1..6);
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner
        .run(&(lanes, 0u32..3), |(lanes, faults)| {
            holds(backend, &lanes, faults);
            Ok(())
        })
        .unwrap();
});
