//! Mail servers hand mail in: LMTP and SMTP, over TCP or a Unix socket.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use platform::App;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use wire_email::server::{self, Envelope, Limits, Listener, Protocol, Receiver, Verdict};

use crate::inbound::{Accepted, accept, is_ours};
use crate::spool::drain_spool;

/// Addresses to receive mail at.
#[derive(Clone, Debug, Default)]
pub struct Listeners {
    pub lmtp: Option<SocketAddr>,
    pub smtp: Option<SocketAddr>,
}

/// Where mail is received now.
pub struct Receiving {
    pub lmtp: Option<SocketAddr>,
    pub smtp: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    running: Vec<JoinHandle<()>>,
}

/// Receives for every mailbox of the installation.
pub struct MailReceiver {
    app: App,
}

/// How often the spool is looked at; a piped mail waits no longer than this.
const SPOOL_EVERY: Duration = Duration::from_secs(3);

impl MailReceiver {
    pub fn new(app: App) -> MailReceiver {
        MailReceiver { app }
    }
}

/// Receives mail at these addresses, and takes what waits in the spool, now and every few
/// seconds, until told to stop or the program ends.
pub async fn serve_mail(app: App, listeners: Listeners) -> io::Result<Receiving> {
    let (stop, stopped) = watch::channel(false);
    let mut receiving = Receiving { lmtp: None, smtp: None, stop, running: Vec::new() };
    if let Some(address) = listeners.lmtp {
        let listener = TcpListener::bind(address).await?;
        receiving.lmtp = Some(listener.local_addr()?);
        let serving = receive_at(app.clone(), listener, Protocol::Lmtp, stopped.clone());
        receiving.running.push(tokio::spawn(serving));
    }
    if let Some(address) = listeners.smtp {
        let listener = TcpListener::bind(address).await?;
        receiving.smtp = Some(listener.local_addr()?);
        let serving = receive_at(app.clone(), listener, Protocol::Smtp, stopped.clone());
        receiving.running.push(tokio::spawn(serving));
    }
    receiving.running.push(tokio::spawn(keep_draining(app, stopped)));
    Ok(receiving)
}

/// Receives at one socket, TCP or Unix, until `stopped` is true; then lets running deliveries
/// end. A sender that is merely gone stops nothing.
pub async fn receive_at(
    app: App,
    listener: impl Into<Listener>,
    protocol: Protocol,
    stopped: watch::Receiver<bool>,
) {
    let receiver: Arc<dyn Receiver> = Arc::new(MailReceiver::new(app));
    let listener = listener.into();
    let stop = said_so(stopped);
    if let Err(error) = server::serve(listener, protocol, receiver, Limits::default(), stop).await {
        tracing::error!(%error, "Mail is no longer received at one of the sockets.");
    }
}

impl Receiving {
    /// Ends receiving: mails that are being handed over are still taken.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.running {
            // A task that failed has said so itself.
            let _ = task.await;
        }
    }
}

async fn keep_draining(app: App, stopped: watch::Receiver<bool>) {
    let mut stop = pin!(said_so(stopped));
    loop {
        if let Err(error) = drain_spool(&app).await {
            tracing::error!(%error, "The spool could not be read.");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(SPOOL_EVERY) => {}
        }
    }
}

async fn said_so(mut stopped: watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        pending::<()>().await;
    }
}

impl Receiver for MailReceiver {
    fn recipient<'a>(&'a self, rcpt: &'a str) -> BoxFuture<'a, Verdict> {
        async move { verdict(is_ours(&self.app, rcpt)) }.boxed()
    }

    fn deliver(&self, envelope: Envelope, raw: Bytes) -> BoxFuture<'_, Vec<Verdict>> {
        async move {
            let mut verdicts = Vec::with_capacity(envelope.recipients.len());
            for rcpt in &envelope.recipients {
                verdicts.push(verdict(accept(&self.app, &envelope.mail_from, rcpt, &raw).await));
            }
            verdicts
        }
        .boxed()
    }
}

/// The words go to mail servers' logs, so they are English and stable.
fn verdict(accepted: Accepted) -> Verdict {
    match accepted {
        Accepted::Kept(_) | Accepted::Known(_) => Verdict::Accept("2.1.5 Kept".into()),
        Accepted::Later => Verdict::Temporary("4.3.0 Not now, please try again later".into()),
        Accepted::NoMailbox => Verdict::Permanent("5.1.1 There is no such mailbox here".into()),
        Accepted::Closed => Verdict::Permanent("5.2.1 This mailbox takes no mail".into()),
        Accepted::TooLarge { bytes_max } => {
            let mb = bytes_max / (1024 * 1024);
            Verdict::Permanent(format!("5.3.4 At most {mb} MB are taken"))
        }
    }
}
