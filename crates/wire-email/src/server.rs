//! Receiving mail: an SMTP and LMTP server (RFC 5321, RFC 2033).
//!
//! It stands on loopback or behind a mail server of the house such as Postfix, which faces the
//! internet with its TLS, its block lists and its queue. So it offers no STARTTLS and no AUTH,
//! and it relays nothing: a [`Receiver`] decides for each recipient whether it is ours.
//!
//! `250` after the data means that [`Receiver::deliver`] has kept the mail. Whatever goes wrong
//! before, the sender still has it and tries again.

mod command;
mod data;
mod session;
mod wire;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};

/// Which of the two protocols is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// One answer for all recipients of a mail.
    Smtp,
    /// An answer for each recipient: what Postfix and Dovecot deliver by.
    Lmtp,
}

/// What the server does for no sender beyond.
#[derive(Debug, Clone)]
pub struct Limits {
    pub connections_max: usize,
    pub recipients_max: usize,
    pub mail_bytes_max: usize,
    pub command_bytes_max: usize,
    pub mails_per_connection_max: usize,
    /// Commands that make no sense, before the connection is closed.
    pub errors_max: usize,
    /// How long the next command may take.
    pub command_ms_max: u64,
    /// How long the data of one mail may take.
    pub data_ms_max: u64,
    /// How long a connection may last.
    pub connection_ms_max: u64,
    /// How long a delivery may take before the sender is told to come back.
    pub deliver_ms_max: u64,
    /// How long a running delivery is waited for when the server stops.
    pub shutdown_ms_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 100,
            recipients_max: 100,
            mail_bytes_max: 35 * 1024 * 1024,
            command_bytes_max: 2_048,
            mails_per_connection_max: 1_000,
            errors_max: 10,
            command_ms_max: 5 * 60_000,
            data_ms_max: 10 * 60_000,
            connection_ms_max: 60 * 60_000,
            deliver_ms_max: 60_000,
            shutdown_ms_max: 20_000,
        }
    }
}

/// The envelope of a mail, which is not what its header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub protocol: Protocol,
    /// The name the client gave itself.
    pub helo: String,
    /// `None` on a Unix socket.
    pub peer: Option<SocketAddr>,
    /// Empty for the null path of bounces.
    pub mail_from: String,
    pub recipients: Vec<String>,
}

/// An answer to a sender. The text may begin with an enhanced status such as `5.1.1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Accept(String),
    /// The sender keeps it and tries again.
    Temporary(String),
    Permanent(String),
    /// Closes the connection without an answer: to try out what a sender does then.
    HangUp,
}

/// Who the server receives for.
pub trait Receiver: Send + Sync + 'static {
    /// Whether mail to this address is taken.
    fn recipient<'a>(&'a self, rcpt: &'a str) -> BoxFuture<'a, Verdict>;

    /// Keeps a mail: one verdict for each recipient, in their order. `Accept` means that it is
    /// on the disk. It may be called twice for the same mail, when an answer got lost.
    fn deliver(&self, envelope: Envelope, raw: Bytes) -> BoxFuture<'_, Vec<Verdict>>;
}

/// A listening socket.
#[derive(Debug)]
pub enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl From<TcpListener> for Listener {
    fn from(listener: TcpListener) -> Self {
        Self::Tcp(listener)
    }
}

impl From<UnixListener> for Listener {
    fn from(listener: UnixListener) -> Self {
        Self::Unix(listener)
    }
}

/// Receives until `shutdown` completes; then tells idle senders to come back, and waits for the
/// deliveries that are under way.
pub async fn serve(
    listener: impl Into<Listener>,
    protocol: Protocol,
    receiver: Arc<dyn Receiver>,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let listener = listener.into();
    let (stop, stopped) = watch::channel(false);
    let slots = Arc::new(Semaphore::new(limits.connections_max));
    let grace = Duration::from_millis(limits.shutdown_ms_max);
    let limits = Arc::new(limits);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener) => accepted,
        };
        let (mut stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Most often too many open files; it passes when a connection ends.
                tracing::warn!(%error, "A mail connection could not be taken.");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(slot) = slots.clone().try_acquire_owned() else {
            tokio::spawn(async move {
                let busy = b"421 4.3.2 Too many connections, please try again later\r\n";
                let _ = tokio::time::timeout(Duration::from_secs(2), stream.write_all(busy)).await;
            });
            continue;
        };
        let session = session::Session::new(
            protocol,
            peer,
            receiver.clone(),
            limits.clone(),
            stopped.clone(),
        );
        tokio::spawn(async move {
            session.run(stream).await;
            drop(slot);
        });
    }
    drop(listener);
    let _ = stop.send(true);
    let every = u32::try_from(limits.connections_max).unwrap_or(u32::MAX);
    // Whoever is not done by then has not been answered, and tries again.
    let _ = tokio::time::timeout(grace, slots.acquire_many(every)).await;
    Ok(())
}

type Stream = Box<dyn Duplex>;

trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

async fn accept(listener: &Listener) -> io::Result<(Stream, Option<SocketAddr>)> {
    match listener {
        Listener::Tcp(tcp) => {
            let (stream, peer) = tcp.accept().await?;
            // Answers are short and waited for.
            let _ = stream.set_nodelay(true);
            Ok((Box::new(stream), Some(peer)))
        }
        Listener::Unix(unix) => {
            let (stream, _) = unix.accept().await?;
            Ok((Box::new(stream), None))
        }
    }
}
