//! Connections: opened, logged in, kept for a while.

use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::{Config, Fault, Probe, SendOutcome, Tls, Trouble, trouble, unreachable};

pub(super) struct Pool {
    pub(super) config: Config,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<Lease>>,
    slots: Arc<Semaphore>,
}

/// A connection that is ready to send.
pub(super) struct Lease {
    pub(super) connection: AsyncSmtpConnection,
    used_at: Instant,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Pool {
    pub(super) fn new(config: Config) -> Result<Self, Trouble> {
        let tls = match config.tls {
            Tls::None => None,
            Tls::StartTls | Tls::Implicit => Some(tls_parameters(&config)?),
        };
        let slots = Arc::new(Semaphore::new(config.connections_max.max(1)));
        Ok(Self { config, tls, idle: Mutex::new(Vec::new()), slots })
    }

    /// Waits until one more connection may be in use.
    pub(super) async fn slot(&self) -> Option<OwnedSemaphorePermit> {
        self.slots.clone().acquire_owned().await.ok()
    }

    /// The connection used last, when it is fresh enough.
    pub(super) async fn idle(&self) -> Option<Lease> {
        let mut idle = self.idle.lock().await;
        let age_max = Duration::from_millis(self.config.idle_ms_max);
        idle.retain(|lease| lease.used_at.elapsed() < age_max);
        idle.pop()
    }

    pub(super) async fn put_back(&self, mut lease: Lease) {
        lease.used_at = Instant::now();
        let mut idle = self.idle.lock().await;
        if idle.len() < self.config.connections_max && self.config.idle_ms_max > 0 {
            idle.push(lease);
        }
    }

    pub(super) async fn abandon(&self, mut lease: Lease) {
        let _ = timeout(Duration::from_secs(2), lease.connection.abort()).await;
    }

    pub(super) async fn connect(&self) -> Result<Lease, SendOutcome> {
        let mut progress = Probe::default();
        match self.open(&mut progress).await {
            Ok(connection) => Ok(Lease { connection, used_at: Instant::now() }),
            // A refused log-in is a wrong setting, not a fault of the mail: it is tried again
            // when someone has corrected it.
            Err(Fault::Said(code, text)) if progress.connected => {
                Err(SendOutcome::Temporary { code, text })
            }
            Err(Fault::Said(_, text)) => Err(unreachable(Trouble::NoMailServer, text)),
            Err(Fault::Broken(trouble, text)) => Err(unreachable(trouble, text)),
        }
    }

    pub(super) async fn probe(&self) -> Probe {
        let mut probe = Probe::default();
        match self.open(&mut probe).await {
            Ok(mut connection) => {
                let _ = timeout(Duration::from_secs(2), connection.quit()).await;
            }
            Err(Fault::Said(code, text)) => {
                let login = probe.connected && self.config.user.is_some();
                let trouble = if login { Trouble::LoginRefused } else { Trouble::NoMailServer };
                probe.trouble = Some(trouble);
                probe.detail = format!("{code} {text}");
            }
            Err(Fault::Broken(trouble, text)) => {
                probe.trouble = Some(trouble);
                probe.detail = text;
            }
        }
        probe
    }

    /// Opens a connection up to the point where mail can be sent.
    async fn open(&self, progress: &mut Probe) -> Result<AsyncSmtpConnection, Fault> {
        let limit = Duration::from_millis(self.config.connect_ms_max);
        let helo = self.helo();
        let greeted = async {
            let mut connection = self.greet(limit, &helo).await?;
            let info = connection.server_info();
            progress.connected = true;
            progress.name = info.name().to_owned();
            progress.offers_starttls = info.supports_feature(Extension::StartTls);
            if self.config.tls == Tls::StartTls {
                if !connection.can_starttls() {
                    return Err(Fault::Broken(Trouble::TlsNotOffered, String::new()));
                }
                let Some(tls) = self.tls.clone() else {
                    return Err(Fault::Broken(Trouble::TlsFailed, String::new()));
                };
                connection.starttls(tls, &helo).await.map_err(|e| trouble::fault(&e))?;
            }
            progress.encrypted = connection.is_encrypted();
            Ok(connection)
        };
        let mut connection = match timeout(limit, greeted).await {
            Ok(greeted) => greeted?,
            Err(_) => return Err(Fault::Broken(Trouble::TimedOut, String::new())),
        };
        self.log_in(&mut connection).await?;
        progress.logged_in = self.config.user.is_some();
        Ok(connection)
    }

    async fn greet(&self, limit: Duration, helo: &ClientId) -> Result<AsyncSmtpConnection, Fault> {
        let opened = if self.config.tls == Tls::Implicit {
            let server = (self.config.host.as_str(), self.config.port);
            let tls = self.tls.clone();
            AsyncSmtpConnection::connect_tokio1(server, Some(limit), helo, tls, None).await
        } else {
            let stream = self.dial(limit).await?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), helo).await
        };
        opened.map_err(|error| trouble::fault(&error))
    }

    async fn dial(&self, limit: Duration) -> Result<TcpStream, Fault> {
        let server = (self.config.host.as_str(), self.config.port);
        match timeout(limit, TcpStream::connect(server)).await {
            Ok(Ok(stream)) => {
                let _ = stream.set_nodelay(true);
                Ok(stream)
            }
            Ok(Err(error)) => Err(Fault::Broken(Trouble::of_connect(&error), error.to_string())),
            Err(_) => Err(Fault::Broken(Trouble::TimedOut, String::new())),
        }
    }

    async fn log_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), Fault> {
        let Some(user) = &self.config.user else {
            return Ok(());
        };
        const KNOWN: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];
        if connection.server_info().get_auth_mechanism(&KNOWN).is_none() {
            return Err(Fault::Broken(Trouble::LoginNotOffered, String::new()));
        }
        let password = self.config.password.clone().unwrap_or_default();
        let credentials = Credentials::new(user.clone(), password);
        let limit = Duration::from_millis(self.config.command_ms_max);
        match timeout(limit, connection.auth(&KNOWN, &credentials)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(trouble::fault(&error)),
            Err(_) => Err(Fault::Broken(Trouble::TimedOut, String::new())),
        }
    }

    fn helo(&self) -> ClientId {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '[' | ']' | ':');
        let name = self.config.helo.trim();
        if name.is_empty() || !name.chars().all(good) {
            return ClientId::default();
        }
        ClientId::Domain(name.to_owned())
    }
}

fn tls_parameters(config: &Config) -> Result<TlsParameters, Trouble> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.extra_root_pem {
        let root = Certificate::from_pem(pem).map_err(|_| Trouble::BadRootCertificate)?;
        builder = builder.add_root_certificate(root);
    }
    builder.build().map_err(|_| Trouble::TlsFailed)
}
