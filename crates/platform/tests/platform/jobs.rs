//! Background work: leases, retries, lanes, panics, crashes.

use std::sync::{Arc, Mutex};

use base::{TestEntropy, UtcMs};
use platform::{
    App, Error, Handlers, Job, JobFailure, JobId, Parts, Room, count_jobs, enqueue, list_jobs,
    rerun_job, run_due,
};
use testkit::{Backend, on_both};

use crate::world::{World, config, waiting};

/// What the job should do, by its word.
#[derive(serde::Serialize, serde::Deserialize)]
struct Errand {
    word: String,
    lane: Option<String>,
}

impl Job for Errand {
    const KIND: &'static str = "test.errand";
    const ATTEMPTS_MAX: i64 = 3;
    fn lane(&self) -> Option<String> {
        self.lane.clone()
    }
}

type Diary = Arc<Mutex<Vec<String>>>;

fn room(diary: &Diary) -> Room {
    let mut handlers = Handlers::default();
    let diary = diary.clone();
    handlers.add(move |seat, errand: Errand| {
        let diary = diary.clone();
        async move {
            diary.lock().unwrap().push(format!("{} {}", errand.word, seat.attempt));
            match errand.word.as_str() {
                "panic" => panic!("on purpose"),
                "fail" => Err(JobFailure::Retry { error: "no line".into(), after_ms: None }),
                "once" if seat.attempt == 1 => {
                    Err(JobFailure::Retry { error: "busy".into(), after_ms: Some(UtcMs::HOUR) })
                }
                "useless" => Err(JobFailure::GiveUp { error: "no such person".into() }),
                _ => Ok(()),
            }
        }
    });
    Room { name: "test", handlers, ..Room::default() }
}

struct Queue {
    world: World,
    diary: Diary,
}

impl Queue {
    fn new(backend: Backend) -> Queue {
        let diary = Diary::default();
        Queue { world: World::with(backend, vec![room(&diary)]), diary }
    }

    fn add(&self, word: &str, lane: Option<&str>) -> JobId {
        let errand = Errand { word: word.into(), lane: lane.map(str::to_string) };
        let add = move |tx: &mut db::Tx<'_>| {
            let now = tx.now();
            enqueue(tx, &errand, now)
        };
        self.world.write(add).unwrap()
    }

    /// Runs what is due and returns what was done.
    async fn run(&self) -> Vec<String> {
        let arohi = &self.world.arohi;
        run_due(&self.world.app, Some(arohi), &arohi.db).await.unwrap();
        std::mem::take(&mut *self.diary.lock().unwrap())
    }

    fn counts(&self) -> (i64, i64, i64) {
        let counts = self.world.arohi.db.read(count_jobs).unwrap();
        (counts.waiting, counts.running, counts.failed)
    }

    fn after(&self, ms: i64) {
        self.world.clock.advance_ms(ms);
    }
}

on_both!(work_is_done_once_and_is_gone, |backend| {
    let queue = Queue::new(backend);
    let later = Errand { word: "later".into(), lane: None };
    let at = queue.world.clock_now().plus_ms(UtcMs::HOUR);
    queue.world.write(move |tx| enqueue(tx, &later, at)).unwrap();
    queue.add("now", None);
    let undone = queue.world.write(|tx| -> Result<(), Error> {
        let now = tx.now();
        enqueue(tx, &Errand { word: "never".into(), lane: None }, now)?;
        Err(Error::Conflict)
    });
    assert!(undone.is_err());
    waiting(async {
        assert_eq!(queue.run().await, vec!["now 1"]);
        assert_eq!(queue.run().await, Vec::<String>::new());
        queue.after(UtcMs::HOUR - 1);
        assert_eq!(queue.run().await, Vec::<String>::new());
        queue.after(1);
        assert_eq!(queue.run().await, vec!["later 1"]);
        assert_eq!(queue.counts(), (0, 0, 0));
    });
});

on_both!(what_fails_is_tried_again_and_then_shown, |backend| {
    let queue = Queue::new(backend);
    let id = queue.add("fail", None);
    waiting(async {
        assert_eq!(queue.run().await, vec!["fail 1"]);
        queue.after(9_999);
        assert_eq!(queue.run().await, Vec::<String>::new());
        queue.after(1);
        assert_eq!(queue.run().await, vec!["fail 2"]);
        queue.after(19_999);
        assert_eq!(queue.run().await, Vec::<String>::new());
        queue.after(1);
        assert_eq!(queue.run().await, vec!["fail 3"]);
        assert_eq!(queue.counts(), (0, 0, 1));
        queue.after(UtcMs::DAY);
        assert_eq!(queue.run().await, Vec::<String>::new());
        let world = &queue.world;
        let denied = world.arohi.db.read(|tx| list_jobs(tx, &world.ravi, 10));
        assert!(matches!(denied, Err(Error::Denied { permission: "job.manage" })));
        let shown = world.arohi.db.read(|tx| list_jobs(tx, &world.asha, 10)).unwrap();
        assert_eq!((shown[0].id, shown[0].last_error.as_deref()), (id, Some("no line")));
        assert!(shown[0].failed_at.is_some());
        // A person runs it again: all its tries are before it.
        let (asha, seq) = (world.asha.clone(), world.arohi.db.last_seq());
        world.write(move |tx| rerun_job(tx, &asha, id)).unwrap();
        assert_eq!(world.arohi.db.last_seq(), seq + 1, "that is in the audit");
        assert_eq!(queue.run().await, vec!["fail 1"]);
        assert_eq!(queue.counts(), (1, 0, 0));
        let asha = world.asha.clone();
        world.write(move |tx| rerun_job(tx, &asha, id)).unwrap();
        assert_eq!(world.arohi.db.last_seq(), seq + 1, "a job that waits anyway is left alone");
    });
});

on_both!(a_job_chooses_its_wait_or_gives_up, |backend| {
    let queue = Queue::new(backend);
    queue.add("once", None);
    queue.add("useless", None);
    waiting(async {
        let mut did = queue.run().await;
        did.sort();
        assert_eq!(did, vec!["once 1", "useless 1"]);
        assert_eq!(queue.counts(), (1, 0, 1));
        queue.after(UtcMs::HOUR);
        assert_eq!(queue.run().await, vec!["once 2"]);
        assert_eq!(queue.counts(), (0, 0, 1));
    });
});

on_both!(a_panic_fails_its_job_alone, |backend| {
    let queue = Queue::new(backend);
    queue.add("panic", None);
    queue.add("fine", None);
    waiting(async {
        let mut did = queue.run().await;
        did.sort();
        assert_eq!(did, vec!["fine 1", "panic 1"]);
        assert_eq!(queue.counts(), (0, 0, 1));
    });
});

on_both!(a_lane_keeps_its_order, |backend| {
    let queue = Queue::new(backend);
    queue.add("once", Some("ravi@example.in"));
    queue.add("second", Some("ravi@example.in"));
    queue.add("other", Some("asha@example.in"));
    queue.add("third", Some("ravi@example.in"));
    waiting(async {
        let mut did = queue.run().await;
        did.sort();
        assert_eq!(did, vec!["once 1", "other 1"], "the lane waits for its first");
        queue.after(UtcMs::HOUR);
        assert_eq!(queue.run().await, vec!["once 2", "second 1", "third 1"]);
    });
});

on_both!(a_lane_goes_on_behind_what_failed_for_good, |backend| {
    let queue = Queue::new(backend);
    queue.add("useless", Some("ravi@example.in"));
    queue.add("second", Some("ravi@example.in"));
    waiting(async {
        assert_eq!(queue.run().await, vec!["useless 1", "second 1"]);
    });
});

/// Ends the program in the middle of a try, which `node` had begun, and starts it again.
fn killed_and_started(
    queue: Queue,
    node: &str,
    attempts: i64,
    check: impl AsyncFnOnce(&App, &Arc<platform::Workspace>, &base::TestClock, &Diary),
) {
    let node = node.to_string();
    let lease = move |tx: &mut db::Tx<'_>| {
        let until = tx.now().plus_ms(10 * UtcMs::MINUTE);
        let sql = "update job set leased_until = ?1, leased_by = ?2, attempts = ?3";
        tx.exec(sql, &[&until, &node, &attempts])?;
        Ok(())
    };
    queue.world.write(lease).unwrap();
    let Queue { world, diary } = queue;
    let World { app, arohi, tel, place, clock, .. } = world;
    drop((app, arohi, tel));
    let entropy = Arc::new(TestEntropy::seeded(8));
    let parts = Parts::new(clock.clone(), entropy, vec![room(&diary)]);
    let app = App::open(config(&place), parts).unwrap();
    let arohi = app.workspace("arohi").unwrap();
    waiting(check(&app, &arohi, &clock, &diary));
    drop((app, arohi));
}

// The program dies between taking a job and noting its end: it takes the job back at its start.
// Waiting for the lease used to hold up mail for ten minutes after each crash.
on_both!(a_crash_gives_the_job_back, |backend| {
    let queue = Queue::new(backend);
    queue.add("fine", None);
    let node = queue.world.app.node().to_string();
    killed_and_started(queue, &node, 1, async |app, arohi, _, diary| {
        assert_eq!(app.node(), node);
        assert_eq!(run_due(app, Some(arohi), &arohi.db).await.unwrap(), 1);
        assert_eq!(*diary.lock().unwrap(), vec!["fine 2"]);
    });
});

on_both!(another_nodes_job_waits_for_its_lease, |backend| {
    let queue = Queue::new(backend);
    queue.add("fine", None);
    killed_and_started(queue, "another node", 1, async |app, arohi, clock, diary| {
        clock.advance_ms(10 * UtcMs::MINUTE - 1);
        assert_eq!(run_due(app, Some(arohi), &arohi.db).await.unwrap(), 0);
        clock.advance_ms(1);
        assert_eq!(run_due(app, Some(arohi), &arohi.db).await.unwrap(), 1);
        assert_eq!(*diary.lock().unwrap(), vec!["fine 2"]);
    });
});

// A job that takes the whole program down each time would keep it from ever starting.
on_both!(a_job_that_never_comes_back_is_set_aside, |backend| {
    let queue = Queue::new(backend);
    queue.add("fine", None);
    let node = queue.world.app.node().to_string();
    killed_and_started(queue, &node, Errand::ATTEMPTS_MAX, async |app, arohi, _, diary| {
        run_due(app, Some(arohi), &arohi.db).await.unwrap();
        assert_eq!(*diary.lock().unwrap(), Vec::<String>::new());
        assert_eq!(arohi.db.read(count_jobs).unwrap().failed, 1);
    });
});

/// Stands still until the test lets it go on.
#[derive(serde::Serialize, serde::Deserialize)]
struct Slow;

impl Job for Slow {
    const KIND: &'static str = "test.slow";
}

// A try that outlives its lease used to note its end over the next try's: a failure gave the job
// back a third time, a success removed it under the one that still ran.
on_both!(a_try_whose_lease_ran_out_notes_nothing, |backend| {
    let mut handlers = Handlers::default();
    let (began, mut started) = tokio::sync::mpsc::unbounded_channel::<i64>();
    let go = Arc::new(tokio::sync::Semaphore::new(0));
    let gate = go.clone();
    handlers.add(move |seat, _: Slow| {
        let (began, gate) = (began.clone(), gate.clone());
        async move {
            began.send(seat.attempt).unwrap();
            gate.acquire().await.unwrap().forget();
            match seat.attempt {
                1 => Err(JobFailure::GiveUp { error: "too late to matter".into() }),
                _ => Ok(()),
            }
        }
    });
    let world = World::with(backend, vec![Room { name: "slow", handlers, ..Room::default() }]);
    world
        .write(|tx| {
            let now = tx.now();
            enqueue(tx, &Slow, now)
        })
        .unwrap();
    waiting(async {
        let run = || {
            let (app, arohi) = (world.app.clone(), world.arohi.clone());
            tokio::spawn(async move { run_due(&app, Some(&arohi), &arohi.db).await.unwrap() })
        };
        let first = run();
        assert_eq!(started.recv().await, Some(1));
        world.clock.advance_ms(10 * UtcMs::MINUTE);
        let second = run();
        assert_eq!(started.recv().await, Some(2));
        // The first in line to be let go is the first try.
        go.add_permits(1);
        assert_eq!(first.await.unwrap(), 1);
        let counts = world.arohi.db.read(count_jobs).unwrap();
        assert_eq!((counts.running, counts.failed), (1, 0), "the second try still has it");
        go.add_permits(1);
        assert_eq!(second.await.unwrap(), 1);
        let counts = world.arohi.db.read(count_jobs).unwrap();
        assert_eq!(counts.waiting + counts.running + counts.failed, 0);
    });
});

on_both!(of_two_workers_one_gets_a_job, |backend| {
    let queue = Queue::new(backend);
    for turn in 0..40 {
        queue.add(&turn.to_string(), None);
    }
    waiting(async {
        let (app, arohi) = (&queue.world.app, &queue.world.arohi);
        let run = || run_due(app, Some(arohi), &arohi.db);
        let (one, two) = tokio::join!(run(), run());
        assert_eq!(one.unwrap() + two.unwrap(), 40);
        let mut did = std::mem::take(&mut *queue.diary.lock().unwrap());
        assert_eq!(did.len(), 40);
        did.sort();
        did.dedup();
        assert_eq!(did.len(), 40);
    });
});

// Two app nodes on one PostgreSQL, each with a data folder of its own and the same key file. (On
// SQLite there is one node; it stands in for both.)
on_both!(of_two_nodes_one_gets_a_job, |backend| {
    let queue = Queue::new(backend);
    for turn in 0..40 {
        queue.add(&turn.to_string(), None);
    }
    let (world, second) = (&queue.world, queue.world.place.path().join("second"));
    let other = match backend {
        Backend::Sqlite => world.app.clone(),
        Backend::Postgres => {
            std::fs::create_dir(&second).unwrap();
            let key = world.place.path().join("data/sampark.key");
            std::fs::copy(key, second.join("sampark.key")).unwrap();
            let config = platform::Config { data: second, ..config(&world.place) };
            let entropy = Arc::new(TestEntropy::seeded(9));
            let parts = Parts::new(world.clock.clone(), entropy, vec![room(&queue.diary)]);
            let other = App::open(config, parts).unwrap();
            assert_ne!(other.node(), world.app.node());
            other
        }
    };
    let theirs = other.workspace("arohi").unwrap();
    waiting(async {
        let run = |app: App, arohi: Arc<platform::Workspace>| {
            tokio::spawn(async move { run_due(&app, Some(&arohi), &arohi.db).await.unwrap() })
        };
        let one = run(world.app.clone(), world.arohi.clone());
        let two = run(other.clone(), theirs.clone());
        assert_eq!(one.await.unwrap() + two.await.unwrap(), 40);
        let mut did = std::mem::take(&mut *queue.diary.lock().unwrap());
        did.sort();
        did.dedup();
        assert_eq!(did.len(), 40);
    });
    drop((other, theirs));
});

on_both!(work_that_no_code_knows_is_kept, |backend| {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Unknown;
    impl Job for Unknown {
        const KIND: &'static str = "test.unknown";
    }
    let queue = Queue::new(backend);
    queue
        .world
        .write(|tx| {
            let now = tx.now();
            enqueue(tx, &Unknown, now)
        })
        .unwrap();
    waiting(async {
        assert_eq!(queue.run().await, Vec::<String>::new());
        queue.after(UtcMs::DAY);
        assert_eq!(queue.counts(), (1, 0, 0));
    });
});

// The real worker, woken by the commit itself and not by a timer.
on_both!(a_worker_is_woken_by_the_commit, |backend| {
    let mut handlers = Handlers::default();
    let (done, mut heard) = tokio::sync::mpsc::unbounded_channel::<String>();
    handlers.add(move |_, errand: Errand| {
        let done = done.clone();
        async move {
            done.send(errand.word).unwrap();
            Ok(())
        }
    });
    let world = World::with(backend, vec![Room { name: "test", handlers, ..Room::default() }]);
    waiting(async {
        world.app.start_workers().unwrap();
        for word in ["one", "two"] {
            let errand = Errand { word: word.into(), lane: None };
            world
                .write(move |tx| {
                    let now = tx.now();
                    enqueue(tx, &errand, now)
                })
                .unwrap();
            assert_eq!(heard.recv().await.as_deref(), Some(word));
        }
    });
});
