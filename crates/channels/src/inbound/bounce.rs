//! A mail of ours came back: the message it is about is marked, and its case comes up again.
//! A bounce never opens a case and is never answered.

use db::Tx;
use platform::{Actor, Error};
use wire_email::parse::{Action, Bounce, FailedRecipient};

use super::InboundState;
use super::digest::message_key;
use super::store::Filed;
use super::take::{Prepared, ended, ignored};
use crate::desk_side;
use crate::outbound::{OutboundMail, store as outbound};
use crate::reference::store as refs;

/// Files a report.
pub(super) fn file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    prepared: &Prepared,
    report: &Bounce,
) -> Result<(), Error> {
    let Some(mail) = about(tx, prepared, report)? else {
        return ignored(tx, actor, prepared, "bounce-unknown");
    };
    let filed = Filed {
        conversation_id: Some(mail.conversation_id),
        case_id: Some(mail.case_id),
        desk_message_id: None,
    };
    let failed = report.recipients.iter().find(|one| one.action == Action::Failed);
    // A report that names nobody is about the one recipient that our mails have.
    let is_failure = failed.is_some() || report.recipients.is_empty();
    if !is_failure {
        return ended(tx, actor, prepared, InboundState::Done, Some("bounce-delayed"), filed);
    }
    let words = failed.map(words).filter(|words| !words.is_empty());
    let words = words.unwrap_or_else(|| mail.recipient.clone());
    let is_hard = failed.is_some_and(|one| one.hard);
    let reason = if is_hard { "bounced-hard" } else { "bounced" };
    desk_side::mark_bounced(tx, actor, mail.desk_message_id, (reason, &words))?;
    ended(tx, actor, prepared, InboundState::Done, Some("bounce"), filed)
}

/// The mail it is about: by the Message-ID that came back with it, else by the conversation that
/// our envelope named and the address that failed.
fn about(
    tx: &mut Tx<'_>,
    prepared: &Prepared,
    report: &Bounce,
) -> Result<Option<OutboundMail>, Error> {
    let answers = prepared.clues.answers.iter().cloned();
    let keys = report.original_message_id.iter().map(|id| message_key(id)).chain(answers);
    for key in keys.collect::<Vec<_>>() {
        let ours = refs::with_key(tx, &key)?.into_iter().find(|known| known.outbound);
        if let Some(known) = ours {
            return outbound::of_message(tx, known.desk_message_id);
        }
    }
    for conversation_id in &prepared.clues.signed {
        for failed in &report.recipients {
            let address = failed.address.to_lowercase();
            let mail = outbound::latest_to(tx, *conversation_id, &address)?;
            if mail.is_some() {
                return Ok(mail);
            }
        }
    }
    Ok(None)
}

/// The server's words with its status, for the person who wrote.
fn words(failed: &FailedRecipient) -> String {
    let dsn = failed.dsn.as_deref().unwrap_or_default();
    let reason = failed.reason.trim();
    let whole = match reason.contains(dsn) {
        true => reason.to_string(),
        false => format!("{dsn} {reason}"),
    };
    whole.trim().chars().filter(|c| !c.is_control()).take(400).collect()
}
