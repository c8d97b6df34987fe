//! Sending mail through the house's mail server (SMTP submission).
//!
//! It stands on lettre's connection, command by command, because the caller must know for each
//! recipient what happened, and above all whether the server may have kept the mail before a
//! connection broke: then a second attempt with the same Message-ID is right, and a second mail
//! at the customer's is possible.

mod pool;
mod trouble;

use std::time::Duration;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

use pool::{Lease, Pool};
pub use trouble::Trouble;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Plain: only for a server on this machine or in a trusted network.
    None,
    /// Plain at first, then TLS; nothing is sent when the server does not offer it. Port 587.
    StartTls,
    /// TLS from the first byte. Port 465.
    Implicit,
}

/// Where and how mail is sent.
#[derive(Clone)]
pub struct Config {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: Option<String>,
    pub password: Option<String>,
    /// A certificate authority of the house, in PEM, besides the public ones.
    pub extra_root_pem: Option<Vec<u8>>,
    /// The name given in EHLO; this machine's when it is empty.
    pub helo: String,
    pub connect_ms_max: u64,
    /// How long one answer may take.
    pub command_ms_max: u64,
    /// How long the server may take to keep the mail.
    pub data_ms_max: u64,
    /// Connections at the same time.
    pub connections_max: usize,
    /// A connection that was idle for longer is not used again.
    pub idle_ms_max: u64,
}

impl Config {
    /// The usual time limits.
    pub fn new(host: impl Into<String>, port: u16, tls: Tls) -> Self {
        Self {
            host: host.into(),
            port,
            tls,
            user: None,
            password: None,
            extra_root_pem: None,
            helo: String::new(),
            connect_ms_max: 15_000,
            command_ms_max: 60_000,
            data_ms_max: 5 * 60_000,
            connections_max: 4,
            idle_ms_max: 30_000,
        }
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A password has no place in a log.
        write!(f, "Config({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

/// A recipient whom the server did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub recipient: String,
    pub code: u16,
    pub text: String,
}

impl Refusal {
    /// Whether trying again may help.
    pub fn is_temporary(&self) -> bool {
        (400..500).contains(&self.code)
    }
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The server has kept it, for all recipients but the refused.
    Sent { response: String, refused: Vec<Refusal> },
    /// The server took none of the recipients.
    Refused { recipients: Vec<Refusal> },
    /// Not now; try again later.
    Temporary { code: u16, text: String },
    /// The server will never take this mail.
    Permanent { code: u16, text: String },
    /// The server could not be talked to; try again later.
    Unreachable {
        trouble: Trouble,
        text: String,
        /// The connection broke after the data and before the answer: the server may have it.
        maybe_sent: bool,
    },
}

impl SendOutcome {
    /// Whether the same mail should be tried again, for those recipients who did not get it.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Sent { refused, .. } => refused.iter().any(Refusal::is_temporary),
            Self::Refused { recipients } => recipients.iter().any(Refusal::is_temporary),
            Self::Temporary { .. } | Self::Unreachable { .. } => true,
            Self::Permanent { .. } => false,
        }
    }
}

/// What a set-up assistant learns from a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Probe {
    /// The server's name as it introduces itself.
    pub name: String,
    pub connected: bool,
    pub encrypted: bool,
    pub offers_starttls: bool,
    /// The user name and the password were accepted; `false` when none were given.
    pub logged_in: bool,
    pub trouble: Option<Trouble>,
    /// The server's or the system's own words.
    pub detail: String,
}

/// Sends mail through one server, over a few connections that it keeps open for a while.
#[derive(Debug)]
pub struct Sender {
    pool: Pool,
}

impl Sender {
    /// A sender for this server. It connects when there is something to send.
    pub fn new(config: Config) -> Result<Self, Trouble> {
        Ok(Self { pool: Pool::new(config)? })
    }

    /// Sends `raw` to `rcpts`; `from` is empty for the null path of acknowledgements.
    pub async fn send(&self, from: &str, rcpts: &[String], raw: &[u8]) -> SendOutcome {
        let from = match path(from) {
            Ok(from) => from,
            Err(text) => return SendOutcome::Permanent { code: 553, text },
        };
        let raw = wire_form(raw);
        let Some(_slot) = self.pool.slot().await else {
            return unreachable(Trouble::Closed, String::new());
        };
        if let Some(lease) = self.pool.idle().await {
            // The server may have closed an idle connection at any time; then a new one is
            // tried, as long as nothing of the mail was sent.
            match self.try_send(lease, &from, rcpts, &raw).await {
                SendOutcome::Unreachable { maybe_sent: false, .. }
                | SendOutcome::Temporary { code: 421, .. } => {}
                outcome => return outcome,
            }
        }
        match self.pool.connect().await {
            Ok(lease) => self.try_send(lease, &from, rcpts, &raw).await,
            Err(outcome) => outcome,
        }
    }

    /// Connects and logs in as for sending, and reports how far it came.
    pub async fn probe(&self) -> Probe {
        self.pool.probe().await
    }

    async fn try_send(
        &self,
        mut lease: Lease,
        from: &Option<lettre::Address>,
        rcpts: &[String],
        raw: &[u8],
    ) -> SendOutcome {
        let outcome = self.transaction(&mut lease.connection, from, rcpts, raw).await;
        match &outcome {
            Ok(SendOutcome::Sent { .. }) => self.pool.put_back(lease).await,
            // After a refusal the server waits for RSET; a new connection is simpler and rare.
            _ => self.pool.abandon(lease).await,
        }
        outcome.unwrap_or_else(|outcome| outcome)
    }

    async fn transaction(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: &Option<lettre::Address>,
        rcpts: &[String],
        raw: &[u8],
    ) -> Result<SendOutcome, SendOutcome> {
        let limit = Duration::from_millis(self.pool.config.command_ms_max);
        let params = params(connection, from, rcpts, raw)?;
        let mail = Mail::new(from.clone(), params);
        answer(limit, connection.command(mail)).await.map_err(failure)?;
        let mut refused = Vec::new();
        for rcpt in rcpts {
            let refuse = |code, text| Refusal { recipient: rcpt.clone(), code, text };
            let address = match path(rcpt) {
                Ok(Some(address)) => address,
                Ok(None) => {
                    refused.push(refuse(553, "5.1.3 the address is empty".to_owned()));
                    continue;
                }
                Err(text) => {
                    refused.push(refuse(553, text));
                    continue;
                }
            };
            match answer(limit, connection.command(Rcpt::new(address, Vec::new()))).await {
                Ok(_) => {}
                Err(Fault::Said(421, text)) => {
                    return Err(SendOutcome::Temporary { code: 421, text });
                }
                Err(Fault::Said(code, text)) => refused.push(refuse(code, text)),
                Err(fault) => return Err(failure(fault)),
            }
        }
        if refused.len() == rcpts.len() {
            return Ok(SendOutcome::Refused { recipients: refused });
        }
        answer(limit, connection.command(Data)).await.map_err(failure)?;
        let limit = Duration::from_millis(self.pool.config.data_ms_max);
        match answer(limit, connection.message(raw)).await {
            Ok(response) => Ok(SendOutcome::Sent { response, refused }),
            Err(Fault::Broken(trouble, text)) => {
                Err(SendOutcome::Unreachable { trouble, text, maybe_sent: true })
            }
            Err(fault) => Err(failure(fault)),
        }
    }
}

/// What went wrong with one command.
enum Fault {
    /// The server answered with a refusal.
    Said(u16, String),
    Broken(Trouble, String),
}

async fn answer<T>(limit: Duration, command: T) -> Result<String, Fault>
where
    T: Future<
        Output = Result<
            lettre::transport::smtp::response::Response,
            lettre::transport::smtp::Error,
        >,
    >,
{
    match tokio::time::timeout(limit, command).await {
        Ok(Ok(response)) => {
            let lines: Vec<_> = response.message().collect();
            Ok(format!("{} {}", response.code(), lines.join(" ")))
        }
        Ok(Err(error)) => Err(trouble::fault(&error)),
        Err(_) => Err(Fault::Broken(Trouble::TimedOut, String::new())),
    }
}

fn failure(fault: Fault) -> SendOutcome {
    match fault {
        Fault::Said(code, text) if code >= 500 => SendOutcome::Permanent { code, text },
        Fault::Said(code, text) => SendOutcome::Temporary { code, text },
        Fault::Broken(trouble, text) => unreachable(trouble, text),
    }
}

fn unreachable(trouble: Trouble, text: String) -> SendOutcome {
    SendOutcome::Unreachable { trouble, text, maybe_sent: false }
}

/// What the mail needs of the server; an error when the server cannot do it.
fn params(
    connection: &AsyncSmtpConnection,
    from: &Option<lettre::Address>,
    rcpts: &[String],
    raw: &[u8],
) -> Result<Vec<MailParameter>, SendOutcome> {
    let server = connection.server_info();
    let mut params = Vec::new();
    let foreign = |address: &str| !address.is_ascii();
    if from.as_ref().is_some_and(|a| foreign(a.as_ref())) || rcpts.iter().any(|r| foreign(r)) {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            let text = "5.6.7 the server takes no address outside ASCII".to_owned();
            return Err(SendOutcome::Permanent { code: 553, text });
        }
        params.push(MailParameter::SmtpUtfEight);
    }
    if !raw.is_ascii() {
        if !server.supports_feature(Extension::EightBitMime) {
            let text = "5.6.3 the server takes no mail outside ASCII".to_owned();
            return Err(SendOutcome::Permanent { code: 554, text });
        }
        params.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(params)
}

/// `None` for the null path. An address that could break out of its command is refused.
fn path(address: &str) -> Result<Option<lettre::Address>, String> {
    let address = address.trim();
    if address.is_empty() {
        return Ok(None);
    }
    let bad = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>');
    match address.rsplit_once('@') {
        Some((local, domain))
            if !local.is_empty() && !domain.is_empty() && !address.contains(bad) =>
        {
            Ok(Some(lettre::Address::new_dangerous(local, domain)))
        }
        _ => Err("5.1.3 this is no address".to_owned()),
    }
}

/// Lines that end in CR LF, and none at the very end: the end of data brings its own.
fn wire_form(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 40);
    let mut bytes = raw.iter().copied().peekable();
    while let Some(b) = bytes.next() {
        match b {
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                out.extend_from_slice(b"\r\n");
            }
            b'\n' => out.extend_from_slice(b"\r\n"),
            _ => out.push(b),
        }
    }
    if out.ends_with(b"\r\n") {
        out.truncate(out.len() - 2);
    }
    out
}
