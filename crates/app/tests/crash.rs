//! `kill -9` while mail flows in and replies flow out, against a ledger kept outside the program.
//!
//! Every mail accepted (250, or exit 0 of the pipe) is in exactly one case; every reply queued is
//! delivered; a customer gets a mail twice only where a send was under way at a kill, and then
//! the very same mail. `SAMPARK_KILLS` sets how often, `SAMPARK_SEED` repeats the choices.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::chance::{Chance, number, seed};
use support::http::Api;
use support::installation::Installation;
use support::ledger::{Ledger, Way};
use support::traffic::{World, begin, sender, token};
use tokio::runtime::Runtime;
use wire_email::loopback::{Kept, Loopback};

const KILLS: u64 = 50;
/// A kill comes after at most so many answers since the start.
const ANSWERS_MAX: usize = 40;
/// The program's own bound: so many mails of a workspace are under way at once.
const SENDS_AT_ONCE_MAX: usize = 16;
const DELIVERED_WITHIN: Duration = Duration::from_secs(120);

testkit::on_both!(what_was_accepted_survives_every_kill, |backend| {
    let (kills, seed, start) = (number("SAMPARK_KILLS").unwrap_or(KILLS), seed(), Instant::now());
    say(&format!("{backend:?}: {kills} kills, SAMPARK_SEED={seed}"));
    let runtime = Runtime::new().unwrap();
    let customers = runtime.block_on(Loopback::start()).unwrap();
    let installation = Installation::new(backend, customers.address());
    let world = Arc::new(World { installation, ledger: Ledger::default() });
    let traffic = begin(&world, seed);
    let chance = Chance::seeded(seed);
    let mut runs: Vec<Run> =
        (0..kills).map(|_| run_and_kill(&world, &customers, &chance)).collect();

    let server = world.installation.start();
    runs.push(Run { up: customers.count(), down: u64::MAX });
    world.ledger.server_is_up(true);
    traffic.into_iter().for_each(|one| one.join().unwrap());
    let wanted = wanted(&world.ledger);
    runtime.block_on(async {
        let delivered = all_delivered(&wanted, &customers);
        // What is missing is told below.
        let _ = tokio::time::timeout(DELIVERED_WITHIN, delivered).await;
    });
    let missing: Vec<String> = wanted.iter().flat_map(|one| one.missing(&customers)).collect();
    assert!(missing.is_empty(), "lost: {missing:?}\n{}", world.installation.log());
    let cases = judge_cases(&world);
    let sends = judge_sends(&wanted, &customers, &runs);
    drop(server);
    let (is_well, report) = world.installation.doctor();
    assert!(is_well && report.contains("chain whole") && report.contains(" 0 failed"), "{report}");
    say(&format!(
        "{backend:?}: {kills} kills, SAMPARK_SEED={seed}, {:.1} s\n  {}\n  {cases}\n  \
         {sends}\n  {}",
        start.elapsed().as_secs_f64(),
        accounts(&world.ledger),
        report.trim()
    ));
});

/// How many mails customers had got when the server had come up, and when it was killed.
struct Run {
    up: u64,
    down: u64,
}

fn run_and_kill(world: &World, customers: &Loopback, chance: &Chance) -> Run {
    let server = world.installation.start();
    let up = customers.count();
    let more = chance.up_to(ANSWERS_MAX);
    let answers = world.ledger.state().answers() + more;
    world.ledger.server_is_up(false);
    let is_busy = world.ledger.wait_for_answers(answers);
    assert!(is_busy, "no {more} answers in time:\n{}", world.installation.log());
    let down = customers.count();
    world.ledger.server_is_down();
    server.kill();
    Run { up, down }
}

/// What one customer must have in the mailbox.
struct Wanted {
    address: String,
    replies: BTreeSet<String>,
}

fn wanted(ledger: &Ledger) -> Vec<Wanted> {
    let mut replies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let state = ledger.state();
    for reply in &state.replies {
        replies.entry(reply.to.clone()).or_default().insert(reply.token.clone());
    }
    let addresses = state.mails.iter().map(|mail| sender(&mail.token));
    addresses
        .map(|address| Wanted { replies: replies.remove(&address).unwrap_or_default(), address })
        .collect()
}

impl Wanted {
    /// The acknowledgement and the replies that are not there.
    fn missing(&self, customers: &Loopback) -> Vec<String> {
        let mails = customers.mails(&self.address);
        let there: BTreeSet<_> = mails.iter().map(reply_in).collect();
        let replies = self.replies.iter().filter(|one| !there.contains(&Some(one.to_string())));
        let acknowledgement = (!there.contains(&None)).then(|| "acknowledgement".to_string());
        replies
            .cloned()
            .chain(acknowledgement)
            .map(|what| format!("{what} to {}", self.address))
            .collect()
    }
}

/// The reply that a mail is; none is the acknowledgement.
fn reply_in(mail: &Kept) -> Option<String> {
    token(&mail.parsed.text, "reply-").map(str::to_string)
}

async fn all_delivered(wanted: &[Wanted], customers: &Loopback) {
    for one in wanted {
        loop {
            let count = customers.mails(&one.address).len();
            if one.missing(customers).is_empty() {
                break;
            }
            customers.wait_for(&one.address, count + 1).await;
        }
    }
}

/// Each accepted mail is in one case, each case has one; each reply stands in its case once.
fn judge_cases(world: &World) -> String {
    let mut api = Api::new(world.installation.web, &world.installation.token);
    let cases = api.pages("/api/v1/cases?view=open", "cases");
    let (mut mails, mut replies) = (BTreeMap::new(), BTreeMap::new());
    for case in &cases {
        let number = case["number"].as_str().unwrap();
        let case = api.get(&format!("/api/v1/cases/{number}")).unwrap();
        assert_eq!(case.status, 200, "{}", case.json);
        for message in case.json["messages"].as_array().unwrap() {
            let (text, direction) = (words(&message["text"]), words(&message["direction"]));
            if direction == "in" {
                let token = token(text, "mail-").expect("only our mails come in");
                mails.entry(token.to_string()).or_insert_with(Vec::new).push(number.to_string());
            } else if let Some(reply) = token(text, "reply-") {
                assert_eq!(words(&message["status"]), "sent", "{number}: {message}");
                replies.entry(reply.to_string()).or_insert_with(Vec::new).push(number.to_string());
            }
        }
    }
    let state = world.ledger.state();
    let accepted: BTreeSet<_> = state.mails.iter().map(|mail| mail.token.clone()).collect();
    assert_eq!(accepted.len(), state.mails.len());
    let found: BTreeSet<_> = mails.keys().cloned().collect();
    assert_eq!(found, accepted, "mails in cases, and mails accepted");
    let twice: Vec<_> = mails.iter().filter(|(_, cases)| cases.len() != 1).collect();
    assert!(twice.is_empty(), "mails in more than one place: {twice:?}");
    assert_eq!(cases.len(), accepted.len(), "one case for each mail");
    let twice: Vec<_> = replies.iter().filter(|(_, cases)| cases.len() != 1).collect();
    assert!(twice.is_empty(), "replies that stand twice: {twice:?}");
    for reply in &state.replies {
        assert!(replies.contains_key(&reply.token), "{} is in no case", reply.token);
    }
    format!("cases: {}, each with its one mail; replies in them: {}", cases.len(), replies.len())
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A reply and an acknowledgement have one Message-ID each; what came twice was under way at a
/// kill and is the same to the byte.
fn judge_sends(wanted: &[Wanted], customers: &Loopback, runs: &[Run]) -> String {
    let mut because_of = vec![0; runs.len()];
    let (mut sent, mut copies) = (0, 0);
    for one in wanted {
        let mut ids: BTreeMap<Option<String>, &str> = BTreeMap::new();
        let mut last: BTreeMap<&str, &Kept> = BTreeMap::new();
        let mails = customers.mails(&one.address);
        for mail in &mails {
            let id = mail.parsed.message_id.as_deref().expect("a Message-ID");
            copies += 1;
            let known = *ids.entry(reply_in(mail)).or_insert(id);
            assert_eq!(known, id, "sent anew to {}: {:?}", one.address, mail.parsed.text);
            if let Some(earlier) = last.insert(id, mail) {
                assert_eq!(earlier.raw, mail.raw, "the same mail, other bytes");
                because_of[kill_between(runs, earlier, mail)] += 1;
            }
        }
        sent += last.len();
    }
    let worst = because_of.iter().copied().max().unwrap_or_default();
    assert!(worst <= SENDS_AT_ONCE_MAX, "{worst} mails came twice because of one kill");
    let twice = copies - sent;
    format!("mails to customers: {sent}, second copies: {twice}, at most {worst} a kill")
}

/// The kill because of which a mail came again.
fn kill_between(runs: &[Run], first: &Kept, second: &Kept) -> usize {
    let kill = runs.windows(2).position(|pair| {
        let [before, after] = pair else { return false };
        first.id <= after.up && second.id > before.down
    });
    let id = second.parsed.message_id.as_deref();
    kill.unwrap_or_else(|| panic!("{id:?} was sent twice though nothing was killed in between"))
}

fn accounts(ledger: &Ledger) -> String {
    let state = ledger.state();
    let by_pipe = state.mails.iter().filter(|mail| mail.way == Way::Pipe).count();
    format!(
        "mails accepted: {} ({by_pipe} by pipe), handed over again: {}; \
         replies queued: {}, without an answer: {}",
        state.mails.len(),
        state.repeated,
        state.replies.len(),
        state.unsure.len()
    )
}

/// Writes past the test harness, which hides what passing tests print.
fn say(text: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "\n{text}");
}
