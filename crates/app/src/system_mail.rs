//! Sends the installation's own mail: invitations and resets, by the installation's relay.

use std::sync::Arc;

use admin::SystemMail;
use base::Entropy;
use channels::{Route, Transport};
use platform::{App, JobFailure, Room};
use wire_email::client::SendOutcome;
use wire_email::{Addr, Automatic, Outgoing, compose};

/// The room that has nothing but this job.
pub fn room(transport: Arc<dyn Transport>, entropy: Arc<dyn Entropy>) -> Room {
    let mut room = Room { name: "app", ..Room::default() };
    room.handlers.add(move |seat, mail: SystemMail| {
        let (transport, entropy) = (transport.clone(), entropy.clone());
        async move { send(&seat.app, transport.as_ref(), entropy.as_ref(), mail).await }
    });
    room
}

async fn send(
    app: &App,
    transport: &dyn Transport,
    entropy: &dyn Entropy,
    mail: SystemMail,
) -> Result<(), JobFailure> {
    let now = app.clock().now();
    if mail.expires_at.is_some_and(|end| now >= end) {
        return Ok(());
    }
    let text =
        mail.body(app.keys()).map_err(|error| JobFailure::GiveUp { error: error.to_string() })?;
    let mut random = [0u8; 16];
    entropy.fill(&mut random);
    let host = host_of(&app.config().base_url);
    let from = format!("sampark@{host}");
    let raw = compose(&Outgoing {
        from: Addr::new("Sampark", from.as_str()),
        to: vec![Addr::new("", mail.to.as_str())],
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: mail.subject.clone(),
        message_id: wire_email::address::new_message_id(random, host),
        date_ms: now.0,
        in_reply_to: None,
        references: Vec::new(),
        automatic: Some(Automatic::Generated),
        text,
        html: None,
        attachments: Vec::new(),
    });
    let retry = |error: String| JobFailure::Retry { error, after_ms: None };
    match transport.send(&Route::default(), &from, &[mail.to], &raw).await {
        None => Err(retry("no relay is set (--relay host:port)".into())),
        Some(SendOutcome::Sent { .. }) => Ok(()),
        Some(outcome) if outcome.is_retryable() => Err(retry(format!("{outcome:?}"))),
        Some(outcome) => Err(JobFailure::GiveUp { error: format!("{outcome:?}") }),
    }
}

/// The host in an address such as `https://desk.example.in:8300`.
fn host_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or("localhost")
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn the_sender_is_named_after_the_host() {
        assert_eq!(host_of("https://desk.example.in"), "desk.example.in");
        assert_eq!(host_of("http://127.0.0.1:8300/"), "127.0.0.1");
    }
}
