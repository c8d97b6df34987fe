//! A mailbox: an address that customers write to, and how answers leave it.

mod events;
mod list;
pub(crate) mod pages;
mod probe;
mod save;
pub(crate) mod store;

use base::{EmailAddress, EmailProblem};
use desk::{CaseType, QueueId};
use platform::{Checks, FieldError, Keys};

pub use events::{MailboxAdded, MailboxChanged};
pub use list::{find_mailbox, list_mailboxes};
pub use probe::probe_mailbox;
pub use save::{add_mailbox, change_mailbox};

base::typed_id!(
    /// A mailbox of the workspace.
    MailboxId,
);

/// A mailbox as its row says. The secret is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub id: MailboxId,
    /// In lower case; it never changes, since conversations hang on it.
    pub address: String,
    /// What customers see as the sender.
    pub name: String,
    /// Where new cases go; none leaves it to the desk.
    pub queue_id: Option<QueueId>,
    /// What new cases are; none leaves it to the desk.
    pub case_type: Option<CaseType>,
    pub lang: String,
    pub signature: String,
    pub smtp: Smtp,
    /// Whether a password is kept.
    pub has_secret: bool,
    pub active: bool,
    pub version: i64,
}

/// How answers leave: an empty host means the installation's own way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tls {
    /// Only for a server on this machine.
    None,
    #[default]
    StartTls,
    Implicit,
}

/// A mailbox as a form or a program gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxForm {
    pub address: String,
    pub name: String,
    pub queue_id: Option<QueueId>,
    pub case_type: Option<CaseType>,
    /// Empty means `en`.
    pub lang: String,
    pub signature: String,
    pub smtp_host: String,
    /// Empty means the usual port of the protection.
    pub smtp_port: String,
    /// `none`, `starttls` or `implicit`; empty means `starttls`.
    pub smtp_tls: String,
    pub smtp_user: String,
    /// Empty keeps the secret that is there.
    pub smtp_secret: String,
    pub active: bool,
}

/// What of a form is safe to store.
pub(crate) struct Checked {
    pub name: String,
    pub queue_id: Option<QueueId>,
    pub case_type: Option<CaseType>,
    pub lang: String,
    pub signature: String,
    pub smtp: Smtp,
    pub active: bool,
}

pub(crate) const SECRET_PURPOSE: &str = "mailbox/smtp";
const NAME_CHARS_MAX: usize = 120;
const SIGNATURE_CHARS_MAX: usize = 2_000;
const HOST_CHARS_MAX: usize = 253;

impl Tls {
    pub fn key(self) -> &'static str {
        match self {
            Tls::None => "none",
            Tls::StartTls => "starttls",
            Tls::Implicit => "implicit",
        }
    }

    pub fn from_key(key: &str) -> Option<Tls> {
        match key {
            "none" => Some(Tls::None),
            "starttls" | "" => Some(Tls::StartTls),
            "implicit" => Some(Tls::Implicit),
            _ => None,
        }
    }

    fn usual_port(self) -> u16 {
        match self {
            Tls::None => 25,
            Tls::StartTls => 587,
            Tls::Implicit => 465,
        }
    }
}

impl Smtp {
    /// Whether a password for the one is a password for the other.
    fn is_same_account(&self, other: &Smtp) -> bool {
        self.host.eq_ignore_ascii_case(&other.host)
            && self.port == other.port
            && self.user == other.user
            && self.tls == other.tls
    }
}

impl Mailbox {
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl MailboxForm {
    /// The form that shows this mailbox as it is.
    pub fn of(mailbox: &Mailbox) -> MailboxForm {
        let own_server = !mailbox.smtp.host.is_empty();
        MailboxForm {
            address: mailbox.address.clone(),
            name: mailbox.name.clone(),
            queue_id: mailbox.queue_id,
            case_type: mailbox.case_type,
            lang: mailbox.lang.clone(),
            signature: mailbox.signature.clone(),
            smtp_host: mailbox.smtp.host.clone(),
            smtp_port: if own_server { mailbox.smtp.port.to_string() } else { String::new() },
            smtp_tls: mailbox.smtp.tls.key().into(),
            smtp_user: mailbox.smtp.user.clone(),
            smtp_secret: String::new(),
            active: mailbox.active,
        }
    }

    pub(crate) fn check(&self) -> Result<Checked, platform::Error> {
        let mut checks = Checks::default();
        let name = checks.take(line("name", &self.name, NAME_CHARS_MAX));
        if self.name.trim().is_empty() {
            checks.add(FieldError::new("name", "error-required"));
        }
        let lang = if self.lang.is_empty() { "en" } else { self.lang.as_str() };
        if !matches!(lang, "en" | "hi") {
            checks.add(FieldError::new("lang", "error-choose-from-list"));
        }
        let signature = self.signature.replace("\r\n", "\n").trim_end().to_string();
        if signature.chars().count() > SIGNATURE_CHARS_MAX {
            let error = FieldError::new("signature", "error-too-long");
            checks.add(error.with("max", SIGNATURE_CHARS_MAX));
        }
        let smtp = self.smtp(&mut checks);
        checks.done()?;
        Ok(Checked {
            name: name.unwrap_or_default(),
            queue_id: self.queue_id,
            case_type: self.case_type,
            lang: lang.to_string(),
            signature: signature.chars().filter(|c| *c == '\n' || !c.is_control()).collect(),
            smtp,
            active: self.active,
        })
    }

    fn smtp(&self, checks: &mut Checks) -> Smtp {
        let host = checks.take(line("smtp_host", &self.smtp_host, HOST_CHARS_MAX));
        let host = host.unwrap_or_default();
        let strange = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | ':');
        if host.contains(strange) {
            checks.add(FieldError::new("smtp_host", "channels-error-host"));
        }
        let tls = Tls::from_key(&self.smtp_tls).unwrap_or_else(|| {
            checks.add(FieldError::new("smtp_tls", "error-choose-from-list"));
            Tls::default()
        });
        let port = match self.smtp_port.trim() {
            "" => tls.usual_port(),
            text => text.parse().ok().filter(|port| *port > 0).unwrap_or_else(|| {
                checks.add(FieldError::new("smtp_port", "channels-error-port"));
                tls.usual_port()
            }),
        };
        let user = checks.take(line("smtp_user", &self.smtp_user, HOST_CHARS_MAX));
        Smtp { host, port, tls, user: user.unwrap_or_default() }
    }
}

pub(crate) fn checked_address(text: &str) -> Result<EmailAddress, FieldError> {
    EmailAddress::parse(text).map_err(|problem| {
        let key = match problem {
            EmailProblem::Empty => "error-required",
            EmailProblem::Shape => "error-email-shape",
            EmailProblem::Character => "error-email-character",
            EmailProblem::TooLong => "error-email-too-long",
        };
        FieldError::new("address", key)
    })
}

/// The password of a mailbox, from its sealed form.
pub(crate) fn open_secret(keys: &Keys, sealed: &[u8]) -> Option<String> {
    String::from_utf8(keys.open(SECRET_PURPOSE, sealed).ok()?).ok()
}

fn line(field: &'static str, text: &str, chars_max: usize) -> Result<String, FieldError> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(FieldError::new(field, "error-control-character"));
    }
    if text.chars().count() > chars_max {
        return Err(FieldError::new(field, "error-too-long").with("max", chars_max));
    }
    Ok(text.to_string())
}
