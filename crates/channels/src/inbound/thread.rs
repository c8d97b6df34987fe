//! Where a mail belongs. The order is from proof to hint, and a hint never puts a stranger into
//! somebody's conversation:
//!
//! 1. a plus-address that we signed: only who got a mail of that conversation has it;
//! 2. a Message-ID that we drew at random: the same;
//! 3. a Message-ID that a customer's program wrote: anybody can write it, so the sender must
//!    belong to the conversation;
//! 4. a case number in the subject: anybody can count, so the sender must belong to the case.

use base::EmailAddress;
use db::Tx;
use desk::CaseId;
use platform::{Actor, Error};
use wire_email::Parsed;
use wire_email::address::verify;

use super::digest::message_key;
use crate::desk_side::{self, Numbered};
use crate::outbound;
use crate::reference::store as refs;

/// What a mail says about where it belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clues {
    /// Conversations whose plus-address it carries, nearest to the envelope first.
    pub signed: Vec<i64>,
    /// Keys of the Message-IDs it answers, nearest first.
    pub answers: Vec<String>,
    /// Case numbers in its subject.
    pub numbers: Vec<String>,
}

/// Where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Conversation(i64),
    /// A new one; it pointed at this case, and its sender does not belong there.
    New {
        related: Option<CaseId>,
    },
}

const ANSWERS_MAX: usize = 40;
const NUMBERS_MAX: usize = 3;
/// Mails of strangers that are looked at: more is no conversation but a trick.
const HELD_MAX: usize = 20;

impl Clues {
    /// Reads the clues of a mail to `recipient`. `mailboxes` are the workspace's addresses.
    pub(super) fn of(
        mail: &Parsed,
        recipient: &str,
        mailboxes: &[String],
        key: &[u8; 32],
    ) -> Clues {
        let named = mail.delivered_to.iter().map(String::as_str);
        let listed = mail.to.iter().chain(&mail.cc).map(|addr| addr.email.as_str());
        let mut signed = Vec::new();
        for address in std::iter::once(recipient).chain(named).chain(listed) {
            // Most addresses have no plus sign; those that have are few.
            if !address.contains('+') {
                continue;
            }
            let found = mailboxes.iter().find_map(|mailbox| verify(key, mailbox, address));
            if let Some(id) = found
                && !signed.contains(&id)
            {
                signed.push(id);
            }
        }
        let mut answers: Vec<String> = Vec::new();
        for id in mail.in_reply_to.iter().chain(mail.references.iter().rev()) {
            let known = message_key(id);
            if !known.is_empty() && !answers.contains(&known) && answers.len() < ANSWERS_MAX {
                answers.push(known);
            }
        }
        Clues { signed, answers, numbers: numbers_in(&mail.subject) }
    }
}

/// Finds the place in the workspace's own rows: another workspace's ids lead nowhere here.
pub(super) fn place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    clues: &Clues,
    sender: &EmailAddress,
) -> Result<Place, Error> {
    for id in &clues.signed {
        // Only mails of ours carry the address, so a true one has sent something before.
        if outbound::store::has_conversation(tx, *id)? {
            return Ok(Place::Conversation(*id));
        }
    }
    let mut related = None;
    let mut held = Vec::new();
    for key in &clues.answers {
        for known in refs::with_key(tx, key)? {
            if known.outbound {
                return Ok(Place::Conversation(known.conversation_id));
            }
            held.push(known);
        }
    }
    for known in held.iter().take(HELD_MAX) {
        if desk_side::belongs(tx, actor, known.desk_message_id, sender)? {
            return Ok(Place::Conversation(known.conversation_id));
        }
        if related.is_none() {
            related = Some(desk_side::case_of_message(tx, known.desk_message_id)?);
        }
    }
    for number in &clues.numbers {
        match desk_side::by_number(tx, actor, number, sender)? {
            Some(Numbered::Conversation(id)) => return Ok(Place::Conversation(id)),
            Some(Numbered::Stranger(case_id)) => related = related.or(Some(case_id)),
            None => {}
        }
    }
    Ok(Place::New { related })
}

/// Case numbers as customers leave them in a subject: `Re: [CMP-2026-000123] brakes`.
fn numbers_in(subject: &str) -> Vec<String> {
    let upper = subject.to_uppercase();
    let words = upper.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut found: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim_matches('-');
        let mut parts = word.split('-');
        let (Some(kind), Some(year), Some(serial), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let whole = (2..=5).contains(&kind.len())
            && kind.bytes().all(|b| b.is_ascii_uppercase())
            && year.len() == 4
            && digits(year)
            && (1..=12).contains(&serial.len())
            && digits(serial);
        if whole && !found.iter().any(|known| known == word) && found.len() < NUMBERS_MAX {
            found.push(word.to_string());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [3; 32];

    fn check_numbers(subject: &str, expect: &[&str]) {
        assert_eq!(numbers_in(subject), expect, "{subject}");
    }

    #[test]
    fn numbers_are_found_in_subjects() {
        check_numbers("Re: [CMP-2026-000123] brakes", &["CMP-2026-000123"]);
        check_numbers("aw: req-2026-7: and CMP-2026-000123.", &["REQ-2026-7", "CMP-2026-000123"]);
        check_numbers("CMP-2026-000123-4, 12-2026-1, CMP-26-1, CMP-2026-, x", &[]);
        check_numbers("शिकायत CMP-2026-000009 के बारे में", &["CMP-2026-000009"]);
    }

    #[test]
    fn clues_come_nearest_first_and_bounded() {
        let signed = wire_email::address::sign(&KEY, "care@arohi.example", 12);
        let forged = signed.replace("+c", "+c1");
        let ids: String = (0..60).map(|n| format!(" <r{n}@x>")).collect();
        let text = format!(
            "From: a@x.in\r\nTo: {forged}\r\nCc: {signed}\r\nIn-Reply-To: <p@x>\r\n\
             References:{ids}\r\nSubject: hi\r\n\r\nhello"
        );
        let mail = wire_email::parse(text.as_bytes()).unwrap();
        let mailboxes = ["care@arohi.example".to_string()];
        let clues = Clues::of(&mail, "care@arohi.example", &mailboxes, &KEY);
        assert_eq!(clues.signed, [12]);
        assert_eq!(clues.answers.len(), ANSWERS_MAX);
        assert_eq!(clues.answers[..2], ["p@x".to_string(), "r59@x".to_string()]);
        let elsewhere = Clues::of(&mail, "care@arohi.example", &mailboxes, &[4; 32]);
        assert!(elsewhere.signed.is_empty());
    }
}
