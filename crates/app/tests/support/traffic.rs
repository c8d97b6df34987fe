//! Those who use the program while it is killed: mail servers that repeat what was not answered,
//! a pipe, and people who answer customers.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use serde_json::json;

use super::chance::Chance;
use super::http::Api;
use super::installation::{Installation, MAILBOX};
use super::ledger::{Ledger, Way};
use super::lmtp::{Handed, Lmtp};

const MAIL_SERVERS: u64 = 3;
const REPLIERS: u64 = 2;
/// One mail by pipe to so many other answers: each is a process of its own.
const ANSWERS_A_PIPE: usize = 6;
const REPLIES_A_LOOK: usize = 4;
/// `EX_TEMPFAIL`: the mail is still with whoever ran the pipe.
const TRY_AGAIN: i32 = 75;

/// The installation and what is known about it outside.
pub struct World {
    pub installation: Installation,
    pub ledger: Ledger,
}

/// Begins all of it; each ends after the server's last start.
pub fn begin(world: &Arc<World>, seed: u64) -> Vec<JoinHandle<()>> {
    let mail_servers = (0..MAIL_SERVERS).map(|_| {
        let world = world.clone();
        std::thread::spawn(move || hand_over(&world))
    });
    let repliers = (0..REPLIERS).map(|number| {
        let world = world.clone();
        let chance = Chance::seeded(seed.wrapping_add(number + 1));
        std::thread::spawn(move || answer_customers(&world, &chance))
    });
    let pipe = {
        let world = world.clone();
        std::thread::spawn(move || pipe(&world))
    };
    mail_servers.chain(repliers).chain([pipe]).collect()
}

/// Who sent the mail of this token. Each customer writes once.
pub fn sender(token: &str) -> String {
    format!("{token}@customer.example")
}

/// The token in a text.
pub fn token<'a>(text: &'a str, kind: &str) -> Option<&'a str> {
    let start = text.find(kind)?;
    let digits = &text[start + kind.len()..];
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    Some(&text[start..start + kind.len() + end])
}

fn letter(token: &str) -> String {
    let sender = sender(token);
    format!(
        "From: Customer <{sender}>\r\nTo: {MAILBOX}\r\nSubject: Parcel {token} has not come\r\n\
         Message-ID: <{sender}>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0530\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Where is {token}?\r\n"
    )
}

/// A mail server: what is not accepted, it brings again.
fn hand_over(world: &World) {
    let (mut run, mut pending) = (0, None);
    while let Some(current) = world.ledger.next_run(run) {
        if hand_over_while_up(world, &mut pending).is_err() {
            world.ledger.repeated();
        }
        run = current;
    }
    assert_eq!(pending, None, "the server hung up without being killed");
}

fn hand_over_while_up(world: &World, pending: &mut Option<String>) -> io::Result<()> {
    let mut lmtp = Lmtp::connect(world.installation.lmtp)?;
    loop {
        let Some(token) = pending.take().or_else(|| world.ledger.new_mail()) else {
            return Ok(());
        };
        let (from, raw) = (sender(&token), letter(&token));
        let told = pending.insert(token);
        match lmtp.hand_over(&from, MAILBOX, &raw)? {
            Handed::Accepted => {
                world.ledger.accepted(std::mem::take(told), Way::Lmtp);
                *pending = None;
            }
            Handed::Later(_) => {}
            Handed::Refused(why) => panic!("a mail was refused: {why}"),
        }
    }
}

/// A pipe takes mail whether the server runs or not.
fn pipe(world: &World) {
    let installation = &world.installation;
    while world.ledger.wait_a_while(ANSWERS_A_PIPE) {
        let Some(token) = world.ledger.new_mail() else { return };
        let (from, raw) = (sender(&token), letter(&token));
        let args = ["mail", "deliver", "-r", MAILBOX, "-f", &from];
        loop {
            let out = installation.run_with(&args, raw.as_bytes());
            match out.status.code() {
                Some(0) => break,
                Some(TRY_AGAIN) => world.ledger.repeated(),
                code => {
                    let why = String::from_utf8_lossy(&out.stderr);
                    panic!("mail deliver ended with {code:?}: {why}");
                }
            }
        }
        world.ledger.accepted(token, Way::Pipe);
    }
}

/// Somebody at the desk.
fn answer_customers(world: &World, chance: &Chance) {
    let mut run = 0;
    while let Some(current) = world.ledger.next_run(run) {
        // An error is the kill: what was not answered is in the ledger as unsure.
        let _ = answer_while_up(world, chance);
        run = current;
    }
}

fn answer_while_up(world: &World, chance: &Chance) -> io::Result<()> {
    let mut api = Api::new(world.installation.web, &world.installation.token);
    loop {
        let list = api.get("/api/v1/cases?view=open")?;
        assert_eq!(list.status, 200, "{}", list.json);
        let cases = list.json["cases"].as_array().expect("a list of cases");
        for _ in 0..REPLIES_A_LOOK {
            let Some(token_of_reply) = world.ledger.new_reply() else { return Ok(()) };
            let Some(case) = chance.one_of(cases) else { continue };
            let subject = case["subject"].as_str().expect("a subject");
            let to = sender(token(subject, "mail-").expect("a token in the subject"));
            let number = case["number"].as_str().expect("a number");
            let text = format!("It is on its way: {token_of_reply}");
            let body = json!({ "text": text, "kind": "reply" });
            match api.post(&format!("/api/v1/cases/{number}/messages"), &body) {
                Ok(answer) if answer.status == 201 => world.ledger.queued(token_of_reply, to),
                Ok(answer) => panic!("a reply was answered {}: {}", answer.status, answer.json),
                Err(error) => {
                    world.ledger.unsure(token_of_reply);
                    return Err(error);
                }
            }
        }
    }
}
