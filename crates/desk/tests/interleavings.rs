//! Whatever happens in whatever order: each message in one case, numbers without gaps, counts equal
//! to a recount, lists and look-ups of one mind about who may see what, and a chain that verifies.

mod world;

use std::collections::BTreeMap;

use db::{Tx, verify_chain};
use desk::*;
use platform::{Actor, Error};
use proptest::prelude::*;
use testkit::{Backend, on_both};
use world::World;

/// One thing that happens, to the conversation or case picked by its number among those there are.
#[derive(Clone, Debug)]
enum Step {
    Mail { person: u8 },
    Answer { pick: u8, person: u8, auto: bool },
    ByHand { queue: u8 },
    Reply { pick: u8, by: u8, then: u8 },
    Note { pick: u8 },
    WriteDown { pick: u8 },
    Assign { pick: u8, owner: u8, queue: u8 },
    Take { pick: u8, by: u8 },
    Status { pick: u8, to: u8 },
    Reopen { pick: u8 },
    Change { pick: u8, priority: u8 },
    Look { pick: u8 },
    Sent { pick: u8, how: u8 },
    Wait { days: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<u8>().prop_map(|person| Step::Mail { person }),
        4 => (any::<u8>(), any::<u8>(), prop::bool::weighted(0.2))
            .prop_map(|(pick, person, auto)| Step::Answer { pick, person, auto }),
        1 => any::<u8>().prop_map(|queue| Step::ByHand { queue }),
        3 => any::<(u8, u8, u8)>().prop_map(|(pick, by, then)| Step::Reply { pick, by, then }),
        1 => any::<u8>().prop_map(|pick| Step::Note { pick }),
        1 => any::<u8>().prop_map(|pick| Step::WriteDown { pick }),
        3 => any::<(u8, u8, u8)>()
            .prop_map(|(pick, owner, queue)| Step::Assign { pick, owner, queue }),
        1 => any::<(u8, u8)>().prop_map(|(pick, by)| Step::Take { pick, by }),
        4 => any::<(u8, u8)>().prop_map(|(pick, to)| Step::Status { pick, to }),
        1 => any::<u8>().prop_map(|pick| Step::Reopen { pick }),
        2 => any::<(u8, u8)>().prop_map(|(pick, priority)| Step::Change { pick, priority }),
        1 => any::<u8>().prop_map(|pick| Step::Look { pick }),
        1 => any::<(u8, u8)>().prop_map(|(pick, how)| Step::Sent { pick, how }),
        1 => (0u8..20).prop_map(|days| Step::Wait { days }),
    ]
}

/// What was acknowledged so far.
#[derive(Default)]
struct Known {
    cases: Vec<CaseId>,
    threads: Vec<Received>,
    out: Vec<MessageId>,
    messages: usize,
}

fn pick<T: Copy>(from: &[T], at: u8) -> Option<T> {
    (!from.is_empty()).then(|| from[usize::from(at) % from.len()])
}

/// Refusals are answers too; anything else is a defect.
fn told<T>(result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(Error::NotFound | Error::Denied { .. } | Error::Conflict | Error::Invalid(_)) => None,
        Err(other) => panic!("{other}"),
    }
}

fn members(world: &World) -> [&Actor; 4] {
    [&world.asha, &world.ravi, &world.meera, &world.kabir]
}

fn play(world: &World, known: &mut Known, step: &Step) {
    match *step {
        Step::Mail { person } => {
            let from = format!("person{}@example.in", person % 5);
            let received = world.mail(&from, "Something", "Some words");
            known.cases.push(received.case_id);
            known.threads.push(received);
            known.messages += 1;
        }
        Step::Answer { pick: at, person, auto } => answer(world, known, at, person, auto),
        Step::ByHand { queue } => by_hand(world, known, queue),
        Step::Wait { days } => world.clock.advance_ms(i64::from(days) * base::UtcMs::DAY),
        Step::Sent { pick: at, how } => {
            let Some(id) = pick(&known.out, at) else { return };
            let system = &world.system;
            told(world.write(system, move |tx, actor| match how % 3 {
                0 => mark_sent(tx, actor, id, None),
                1 => mark_failed(tx, actor, id, "no"),
                _ => mark_bounced(tx, actor, id, "no"),
            }));
        }
        _ => on_case(world, known, step),
    }
}

fn answer(world: &World, known: &mut Known, at: u8, person: u8, auto: bool) {
    if known.threads.is_empty() {
        return;
    }
    let first = &known.threads[usize::from(at) % known.threads.len()];
    let from = format!("person{}@example.in", person % 5);
    let thread = Thread::Conversation(first.conversation_id);
    let mut letter = world.letter(&from, "Re: it", "More words", thread);
    letter.auto = auto;
    let received = world.receive(letter);
    known.messages += 1;
    if received.outcome == Outcome::Opened {
        known.cases.push(received.case_id);
    }
}

fn by_hand(world: &World, known: &mut Known, queue: u8) {
    let new = NewCase {
        customer: Customer::Email { address: "walkin@example.in".into(), name: "Guest".into() },
        channel: Channel::WalkIn,
        case_type: *CaseType::ALL.get(usize::from(queue % 4)).unwrap(),
        subject: "At the counter".into(),
        category_id: None,
        priority: Priority::Normal,
        queue_id: [None, Some(world.workshop), Some(world.sales)][usize::from(queue % 3)],
        owner_id: None,
        message: queue.is_multiple_of(2).then(|| "Said".to_string()),
        attachments: Vec::new(),
    };
    known.messages += usize::from(new.message.is_some());
    let opened = world.write(&world.asha, move |tx, actor| open_case(tx, actor, &new)).unwrap();
    known.cases.push(opened.case_id);
}

fn on_case(world: &World, known: &mut Known, step: &Step) {
    let (Step::Reply { pick: at, .. }
    | Step::Note { pick: at }
    | Step::WriteDown { pick: at }
    | Step::Assign { pick: at, .. }
    | Step::Take { pick: at, .. }
    | Step::Status { pick: at, .. }
    | Step::Reopen { pick: at }
    | Step::Change { pick: at, .. }
    | Step::Look { pick: at }) = *step
    else {
        return;
    };
    let Some(id) = pick(&known.cases, at) else { return };
    let asha = &world.asha;
    match *step {
        Step::Reply { by, then, .. } => {
            let then = StatusType::ALL.get(usize::from(then % 12)).copied();
            let new = Reply { text: "An answer".into(), then, ..Reply::default() };
            let by = members(world)[usize::from(by % 4)];
            let sent = told(world.write(by, move |tx, actor| reply(tx, actor, id, &new)));
            known.messages += usize::from(sent.is_some());
            known.out.extend(sent);
        }
        Step::Note { .. } => {
            world.write(asha, move |tx, actor| add_note(tx, actor, id, "A note", &[])).unwrap();
            known.messages += 1;
        }
        Step::WriteDown { .. } => {
            let said = move |tx: &mut Tx<'_>, actor: &Actor| {
                write_down(tx, actor, id, Channel::Phone, "Said so", &[])
            };
            world.write(asha, said).unwrap();
            known.messages += 1;
        }
        Step::Assign { owner, queue, .. } => {
            let owner = members(world).get(usize::from(owner % 5)).copied();
            let queue = [None, Some(world.workshop), Some(world.sales)][usize::from(queue % 3)];
            world.assign(asha, id, owner, queue).unwrap();
        }
        Step::Take { by, .. } => {
            let by = members(world)[usize::from(by % 4)];
            told(world.write(by, move |tx, actor| take_case(tx, actor, id)));
        }
        Step::Status { to, .. } => {
            let to = StatusType::ALL[usize::from(to) % StatusType::ALL.len()];
            told(world.write(asha, move |tx, actor| {
                let statuses = list_statuses(tx)?;
                let status = statuses.iter().find(|status| status.status_type == to).unwrap();
                set_status(tx, actor, id, status.id)
            }));
        }
        Step::Reopen { .. } => {
            world.write(asha, move |tx, actor| reopen_case(tx, actor, id)).unwrap();
        }
        Step::Change { priority, .. } => change(world, id, priority),
        Step::Look { .. } => {
            world.write(asha, move |tx, actor| mark_read(tx, actor, id)).unwrap();
        }
        _ => {}
    }
}

fn change(world: &World, id: CaseId, priority: u8) {
    let case = world.case(id);
    let change = CaseChange {
        case_type: case.case_type,
        subject: case.subject,
        category_id: None,
        priority: Priority::ALL[usize::from(priority % 4)],
    };
    let version = case.version;
    world
        .write(&world.asha, move |tx, actor| change_case(tx, actor, id, version, &change))
        .unwrap();
}

fn holds(world: &World, known: &Known) {
    assert_eq!(world.db.read(verify_chain).unwrap().fault, None);
    world.db.read(counts_equal_a_recount).unwrap();
    let rows: Vec<(i64, i64, i64)> = world
        .db
        .read(|tx| {
            tx.query(
                "select m.case_id, m.conversation_id, c.conversation_id from message m
                 join desk_case c on c.id = m.case_id",
                &[],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .unwrap();
    assert_eq!(rows.len(), known.messages, "each acknowledged message is in one case");
    assert!(rows.iter().all(|(_, own, of_case)| own == of_case));
    let mut series: BTreeMap<(CaseType, i64), Vec<i64>> = BTreeMap::new();
    let cases: Vec<Case> = known.cases.iter().map(|id| world.case(*id)).collect();
    for case in &cases {
        let number = case.number;
        series.entry((number.kind, number.year)).or_default().push(number.serial);
        let ended = (case.resolved_at.is_some(), case.closed_at.is_some());
        let expect = match case.status {
            StatusType::Closed => (true, true),
            StatusType::Resolved => (true, false),
            _ => (false, false),
        };
        assert_eq!(ended, expect, "{case:?}");
    }
    for (kind, mut serials) in series {
        serials.sort();
        let expect: Vec<i64> = (1..=serials.len() as i64).collect();
        assert_eq!(serials, expect, "{kind:?}");
    }
    for member in members(world) {
        lists_agree(world, member, &cases);
    }
}

fn counts_equal_a_recount(tx: &mut Tx<'_>) -> Result<(), db::DbError> {
    let mut read = |sql: &str| {
        tx.query(sql, &[], |row| {
            Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?, row.get::<i64>(3)?))
        })
    };
    let kept = read(
        "select owner_id, queue_id, status_type, cases from case_count where cases <> 0
         order by owner_id, queue_id, status_type",
    )?;
    let counted = read(
        "select owner_id, queue_id, status_type, count(*) from desk_case
         group by owner_id, queue_id, status_type order by owner_id, queue_id, status_type",
    )?;
    assert_eq!(kept, counted);
    let wrong = read(
        "select id, live, status_type, 0 from desk_case
         where live <> case when status_type in ('resolved', 'closed') then 0 else 1 end",
    )?;
    assert!(wrong.is_empty());
    Ok(())
}

/// Each view shows exactly the cases that the member may read one by one, in order, and the counts
/// say how many.
fn lists_agree(world: &World, member: &Actor, cases: &[Case]) {
    let mut readable: Vec<&Case> = cases
        .iter()
        .filter(|case| world.read(member, |tx, actor| case_by_id(tx, actor, case.id)).is_ok())
        .collect();
    readable.sort_by_key(|case| (case.urgency(), case.id));
    let me = Some(member.member_id);
    let expect = |keep: &dyn Fn(&Case) -> bool| -> Vec<CaseId> {
        readable.iter().filter(|case| keep(case)).map(|case| case.id).collect()
    };
    let live = |case: &Case| case.status.is_live();
    let views: [(View, Vec<CaseId>); 6] = [
        (View::Open, expect(&|case| live(case))),
        (View::Mine, expect(&|case| live(case) && case.owner_id == me)),
        (View::Unassigned, expect(&|case| live(case) && case.owner_id.is_none())),
        (View::Waiting, expect(&|case| case.status == StatusType::PendingCustomer)),
        (
            View::Queue(world.workshop),
            expect(&|case| live(case) && case.queue_id == Some(world.workshop)),
        ),
        (View::Done, {
            let mut done = expect(&|case| !live(case));
            done.sort_by_key(|id| std::cmp::Reverse(*id));
            done
        }),
    ];
    for (view, mut expect) in views {
        let list = world
            .read(member, |tx, actor| list_cases(tx, actor, view, Order::Urgent, None))
            .unwrap();
        let shown: Vec<CaseId> = list.rows.iter().map(|row| row.id).collect();
        assert_eq!(list.next.is_some(), expect.len() > ROWS_MAX);
        expect.truncate(ROWS_MAX);
        assert_eq!(shown, expect, "{} {view}", member.name);
    }
    let counts = world.read(member, count_cases).unwrap();
    let open = readable.iter().filter(|case| live(case)).count();
    let mine = readable.iter().filter(|case| live(case) && case.owner_id == me).count();
    assert_eq!((counts.open, counts.mine), (open as i64, mine as i64));
}

fn run(backend: Backend, cases: u32) {
    let config = ProptestConfig { cases, failure_persistence: None, ..Default::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let steps = prop::collection::vec(step(), 1..60);
    runner
        .run(&steps, |steps| {
            let world = World::new(backend);
            let mut known = Known::default();
            for step in &steps {
                play(&world, &mut known, step);
            }
            holds(&world, &known);
            Ok(())
        })
        .unwrap();
}

on_both!(any_interleaving_keeps_the_desk_sound, |backend| {
    run(backend, 16);
});
