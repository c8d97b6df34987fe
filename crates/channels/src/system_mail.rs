//! Mail of the installation itself (invitations, resets): it waits in the control database and
//! leaves by the installation's own mail server.

use std::sync::Arc;

use admin::SystemMail;
use platform::{JobFailure, JobSeat};
use ring::digest::{SHA256, digest};
use ui::L;
use wire_email::client::SendOutcome;
use wire_email::{Addr, Automatic, Outgoing};

use crate::outbound::{Route, Transport};

/// Runs the job. A repeated try carries the same Message-ID.
pub(crate) async fn send_system_mail(
    transport: Arc<dyn Transport>,
    seat: JobSeat,
    mail: SystemMail,
) -> Result<(), JobFailure> {
    let now = seat.app.clock().now();
    if mail.expires_at.is_some_and(|at| at <= now) {
        return Ok(());
    }
    let text = mail
        .body(seat.app.keys())
        .map_err(|error| JobFailure::GiveUp { error: error.to_string() })?;
    let domain = domain(&seat.app.config().base_url);
    let raw = wire_email::compose(&Outgoing {
        from: Addr::new(L::bare(ui::Lang::En).t("ui-brand"), format!("no-reply@{domain}")),
        to: vec![Addr::new("", mail.to.clone())],
        subject: mail.subject.clone(),
        message_id: message_id(&mail, &text, domain),
        date_ms: now.0,
        automatic: Some(Automatic::Generated),
        text,
        ..Outgoing::default()
    });
    let outcome = transport.send(&Route::default(), "", &[mail.to], &raw).await;
    let refused = |text: String| JobFailure::GiveUp { error: text };
    let later = |text: String| JobFailure::Retry { error: text, after_ms: None };
    match outcome {
        Some(SendOutcome::Sent { .. }) => Ok(()),
        Some(SendOutcome::Permanent { code, text }) => Err(refused(format!("{code} {text}"))),
        Some(SendOutcome::Refused { recipients }) => match recipients.first() {
            Some(it) if !it.is_temporary() => Err(refused(format!("{} {}", it.code, it.text))),
            _ => Err(later("the mail server asks to come again later".into())),
        },
        Some(SendOutcome::Temporary { code, text }) => Err(later(format!("{code} {text}"))),
        Some(SendOutcome::Unreachable { trouble, text, .. }) => {
            Err(later(format!("{trouble}: {text}")))
        }
        None => Err(later("no mail server is set for the installation".into())),
    }
}

fn message_id(mail: &SystemMail, text: &str, domain: &str) -> String {
    let whole = [mail.to.as_str(), mail.subject.as_str(), text].join("\0");
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest(&SHA256, whole.as_bytes()).as_ref()[..16]);
    wire_email::address::new_message_id(bytes, domain)
}

/// The host of the address that people reach the installation by.
fn domain(base_url: &str) -> &str {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_the_domain() {
        assert_eq!(domain("https://desk.example.in:8443"), "desk.example.in");
        assert_eq!(domain("http://127.0.0.1:8300"), "127.0.0.1");
        assert_eq!(domain(""), "localhost");
    }
}
