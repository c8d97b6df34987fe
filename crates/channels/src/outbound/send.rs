//! The job that sends. One conversation at a time, its oldest mail first: answers arrive in the
//! order in which they were written. The row is the truth, a job is only a knock at the door; a
//! knock too many finds nothing to do.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use base::UtcMs;
use db::Tx;
use futures_util::FutureExt;
use platform::{Actor, Error, Job, JobFailure, JobSeat, Workspace, enqueue, record};
use serde::{Deserialize, Serialize};
use wire_email::client::{Refusal, SendOutcome};

use super::{MailFailed, MailRetried, MailSent, OutboundMail, OutboundState, compose, store};
use crate::desk_side;
use crate::outbound::Transport;

/// Sends what a conversation has to send.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendMail {
    pub conversation_id: i64,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    /// Only trouble of ours counts here (a full disk); the mail's own tries are in its row.
    const ATTEMPTS_MAX: i64 = 1_000;
}

/// A try takes at most this long; a crash in the middle is noticed at the end of the lease.
const TRY_MAX: Duration = Duration::from_secs(8 * 60);
const LEASE_MS: i64 = 10 * UtcMs::MINUTE;
const BACK_OFF_FIRST_MS: i64 = 10 * UtcMs::SECOND;
const BACK_OFF_MS_MAX: i64 = UtcMs::HOUR;

/// What a try came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Verdict {
    /// Somebody has got it.
    sent: bool,
    /// Who has not, and may yet.
    open: Vec<String>,
    /// Somebody never will.
    lost: bool,
    reason: String,
    detail: String,
}

/// Runs the job.
pub(crate) async fn send_mail(
    transport: Arc<dyn Transport>,
    seat: JobSeat,
    job: SendMail,
) -> Result<(), JobFailure> {
    let Some(workspace) = seat.workspace.clone() else {
        return Err(JobFailure::GiveUp { error: "mail is sent from a workspace".into() });
    };
    let now = seat.app.clock().now();
    let open = workspace.db.read(|tx| store::first_open(tx, job.conversation_id))?;
    let Some(mail) = open else { return Ok(()) };
    if let Some(at) = not_before(&mail, now) {
        // Somebody else is at it, or its time has not come: knock again then.
        if mail.state == OutboundState::Sending {
            workspace.db.write(move |tx| enqueue(tx, &job, at)).await?;
        }
        return Ok(());
    }
    let composed = match compose::composed(&seat.app, &workspace, &mail).await {
        Ok(composed) => composed,
        Err(compose::Trouble::Passing(error)) => {
            return Err(JobFailure::Retry { error, after_ms: None });
        }
        Err(compose::Trouble::Lasting(detail)) => {
            let reason = "not-composed".to_string();
            let verdict = Verdict { lost: true, reason, detail, ..Verdict::default() };
            return Ok(settle(&seat, &workspace, mail, verdict).await?);
        }
    };
    if !claim(&workspace, &mail, &composed.sha256).await? {
        return Ok(());
    }
    let rcpts = mail.open_recipients.clone();
    let sending = transport.send(&composed.route, &composed.envelope_from, &rcpts, &composed.raw);
    let outcome = tokio::time::timeout(TRY_MAX, AssertUnwindSafe(sending).catch_unwind()).await;
    let verdict = match outcome {
        Ok(Ok(outcome)) => verdict(outcome, &rcpts),
        Ok(Err(_)) => later(&rcpts, "sender-failed", ""),
        Err(_) => later(&rcpts, "timed-out", ""),
    };
    let claimed = OutboundMail { attempts: mail.attempts + 1, ..mail };
    Ok(settle(&seat, &workspace, claimed, verdict).await?)
}

/// When this mail may be tried, if that is not now.
fn not_before(mail: &OutboundMail, now: UtcMs) -> Option<UtcMs> {
    let at = match mail.state {
        OutboundState::Sending => mail.leased_until.unwrap_or(now),
        _ => mail.next_at,
    };
    (at > now).then_some(at)
}

/// Takes the mail for this try; false when it was taken back or taken by another meanwhile.
async fn claim(workspace: &Workspace, mail: &OutboundMail, sha256: &str) -> Result<bool, Error> {
    let (id, conversation_id, sha256) = (mail.id, mail.conversation_id, sha256.to_string());
    workspace
        .db
        .write(move |tx| {
            let now = tx.now();
            let open = store::first_open(tx, conversation_id)?;
            let free = open.is_some_and(|mail| mail.id == id && not_before(&mail, now).is_none());
            if free {
                store::claim(tx, id, now.plus_ms(LEASE_MS), &sha256)?;
            }
            Ok(free)
        })
        .await
}

/// Notes what came of a try, and sees that the next knock comes.
async fn settle(
    seat: &JobSeat,
    workspace: &Workspace,
    mail: OutboundMail,
    verdict: Verdict,
) -> Result<(), Error> {
    let actor = workspace.system();
    if verdict.sent {
        seat.app.metrics().mail_out.add(1);
    }
    if !verdict.open.is_empty() {
        seat.app.metrics().mail_retries.add(1);
    }
    workspace
        .db
        .write(move |tx| {
            note(tx, &actor, &mail, &verdict)?;
            knock(tx, mail.conversation_id)
        })
        .await
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mail: &OutboundMail,
    verdict: &Verdict,
) -> Result<(), Error> {
    let (outbound_id, case_id) = (mail.id.0, mail.case_id);
    let now = tx.now();
    if verdict.sent {
        desk_side::mark_sent(tx, actor, mail.desk_message_id, &mail.header_id)?;
    }
    let next_at = now.plus_ms(back_off_ms(mail.attempts));
    if !verdict.open.is_empty() && next_at <= mail.give_up_at {
        store::set_open_recipients(tx, mail.id, &verdict.open)?;
        store::wait(tx, mail.id, next_at, &verdict.reason, &verdict.detail)?;
        record(tx, actor, &MailRetried { outbound_id, case_id })?;
        return Ok(());
    }
    let incomplete = verdict.lost || !verdict.open.is_empty();
    if verdict.sent && !incomplete {
        store::end(tx, mail.id, OutboundState::Sent, None, None)?;
        record(tx, actor, &MailSent { outbound_id, case_id })?;
        return Ok(());
    }
    let why = (verdict.reason.as_str(), verdict.detail.as_str());
    store::end(tx, mail.id, OutboundState::Failed, Some(why.0), Some(why.1))?;
    record(tx, actor, &MailFailed { outbound_id, case_id })?;
    // The first says so of a message that nobody has got, the second of one that some have.
    desk_side::mark_failed(tx, actor, mail.desk_message_id, why)?;
    desk_side::mark_bounced(tx, actor, mail.desk_message_id, why)
}

/// A job for the conversation's oldest open mail, at its time. Nothing open, no job.
pub(crate) fn knock(tx: &mut Tx<'_>, conversation_id: i64) -> Result<(), Error> {
    let now = tx.now();
    if let Some(mail) = store::first_open(tx, conversation_id)? {
        let at = not_before(&mail, now).unwrap_or(now);
        enqueue(tx, &SendMail { conversation_id }, at)?;
    }
    Ok(())
}

fn back_off_ms(attempts: i64) -> i64 {
    let doublings = (attempts - 1).clamp(0, 20) as u32;
    (BACK_OFF_FIRST_MS << doublings).min(BACK_OFF_MS_MAX)
}

fn later(rcpts: &[String], reason: &str, detail: &str) -> Verdict {
    Verdict {
        open: rcpts.to_vec(),
        reason: reason.into(),
        detail: detail.into(),
        ..Verdict::default()
    }
}

/// What a server's answer means.
fn verdict(outcome: Option<SendOutcome>, rcpts: &[String]) -> Verdict {
    let Some(outcome) = outcome else { return later(rcpts, "no-route", "") };
    match outcome {
        SendOutcome::Sent { refused, .. } => Verdict { sent: true, ..refusals(&refused) },
        SendOutcome::Refused { recipients } => refusals(&recipients),
        SendOutcome::Temporary { code, text } => later(rcpts, "server-later", &said(code, &text)),
        SendOutcome::Permanent { code, text } => Verdict {
            lost: true,
            reason: "server-refused".into(),
            detail: said(code, &text),
            ..Verdict::default()
        },
        SendOutcome::Unreachable { trouble, text, .. } => later(rcpts, trouble.key(), &text),
    }
}

/// A lasting refusal is the one to tell of; the others may mend themselves.
fn refusals(refused: &[Refusal]) -> Verdict {
    let lasting = refused.iter().find(|refusal| !refusal.is_temporary());
    let told = lasting.or(refused.first());
    let waiting = refused.iter().filter(|refusal| refusal.is_temporary());
    let reason = match lasting {
        Some(_) => "recipient-refused",
        None => "server-later",
    };
    Verdict {
        sent: false,
        open: waiting.map(|refusal| refusal.recipient.clone()).collect(),
        lost: lasting.is_some(),
        reason: if refused.is_empty() { String::new() } else { reason.into() },
        detail: told.map(|refusal| said(refusal.code, &refusal.text)).unwrap_or_default(),
    }
}

/// The server's words with its code, which some servers put into the text as well.
fn said(code: u16, text: &str) -> String {
    let code = code.to_string();
    let whole = if text.starts_with(&code) { text.to_string() } else { format!("{code} {text}") };
    whole.chars().filter(|c| !c.is_control()).take(500).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire_email::client::Trouble;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<i64> = [1, 2, 3, 9, 10, 99].map(|n| back_off_ms(n) / 1_000).to_vec();
        assert_eq!(waits, vec![10, 20, 40, 2560, 3600, 3600]);
    }

    fn check(outcome: Option<SendOutcome>, expect: &str) {
        let all = ["a@x".to_string(), "b@x".to_string()];
        let it = verdict(outcome, &all);
        let (sent, open, lost) = (it.sent, it.open.join(","), it.lost);
        let told = format!("sent {sent}, open [{open}], lost {lost}: {} {}", it.reason, it.detail);
        assert_eq!(told.trim_end(), expect);
    }

    #[test]
    fn servers_are_understood() {
        let refusal = |recipient: &str, code| Refusal {
            recipient: recipient.into(),
            code,
            text: "who".into(),
        };
        check(None, "sent false, open [a@x,b@x], lost false: no-route");
        let sent = |refused| SendOutcome::Sent { response: "250".into(), refused };
        check(Some(sent(vec![])), "sent true, open [], lost false:");
        check(
            Some(sent(vec![refusal("b@x", 450)])),
            "sent true, open [b@x], lost false: server-later 450 who",
        );
        let recipients = vec![refusal("a@x", 450), refusal("b@x", 550)];
        check(
            Some(SendOutcome::Refused { recipients }),
            "sent false, open [a@x], lost true: recipient-refused 550 who",
        );
        let (trouble, text) = (Trouble::LoginRefused, String::new());
        check(
            Some(SendOutcome::Unreachable { trouble, text, maybe_sent: false }),
            "sent false, open [a@x,b@x], lost false: login-refused",
        );
        check(
            Some(SendOutcome::Permanent { code: 552, text: "552 too big".into() }),
            "sent false, open [], lost true: server-refused 552 too big",
        );
    }
}
