//! The last step out of the house: which mail server, and what it said.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use wire_email::client::{Config, Probe, SendOutcome, Sender, Tls as WireTls};

use crate::mailbox::{Smtp, Tls};

/// Which mail server a mail leaves by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Route {
    /// The mailbox's own server; none is the installation's.
    pub server: Option<RouteServer>,
}

/// A mail server and how to log in.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RouteServer {
    pub host: String,
    pub port: u16,
    /// `none`, `starttls` or `implicit`.
    pub tls: &'static str,
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for RouteServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A password has no place in a log.
        write!(f, "RouteServer({}:{}, {})", self.host, self.port, self.tls)
    }
}

impl Route {
    /// The way of a mailbox with these settings.
    pub fn of(smtp: &Smtp, password: Option<String>) -> Route {
        let server = (!smtp.host.is_empty()).then(|| RouteServer {
            host: smtp.host.clone(),
            port: smtp.port,
            tls: smtp.tls.key(),
            user: smtp.user.clone(),
            password: password.unwrap_or_default(),
        });
        Route { server }
    }
}

/// What carries mails away. Tests and the demonstration have their own.
pub trait Transport: Send + Sync {
    /// Hands a mail over; `from` is empty for the null path. None where no way is known.
    fn send<'a>(
        &'a self,
        route: &'a Route,
        from: &'a str,
        rcpts: &'a [String],
        raw: &'a [u8],
    ) -> BoxFuture<'a, Option<SendOutcome>>;

    /// Connects and logs in as for sending. None where no way is known.
    fn probe<'a>(&'a self, route: &'a Route) -> BoxFuture<'a, Option<Probe>>;
}

/// The real one: SMTP, a few connections kept open to each server.
pub struct SmtpTransport {
    default: Option<Config>,
    senders: Mutex<HashMap<Route, Arc<Sender>>>,
}

/// More servers than this are not remembered at once.
const SENDERS_MAX: usize = 200;

impl SmtpTransport {
    /// `default` is the way of mailboxes that have none of their own.
    pub fn new(default: Option<Config>) -> SmtpTransport {
        SmtpTransport { default, senders: Mutex::default() }
    }

    fn sender(&self, route: &Route) -> Option<Result<Arc<Sender>, SendOutcome>> {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = senders.get(route) {
            return Some(Ok(sender.clone()));
        }
        let sender = match Sender::new(self.config(route)?) {
            Ok(sender) => Arc::new(sender),
            Err(trouble) => {
                let text = trouble.to_string();
                return Some(Err(SendOutcome::Unreachable { trouble, text, maybe_sent: false }));
            }
        };
        if senders.len() >= SENDERS_MAX {
            senders.clear();
        }
        senders.insert(route.clone(), sender.clone());
        Some(Ok(sender))
    }

    fn config(&self, route: &Route) -> Option<Config> {
        let Some(server) = &route.server else { return self.default.clone() };
        let tls = match Tls::from_key(server.tls).unwrap_or_default() {
            Tls::None => WireTls::None,
            Tls::StartTls => WireTls::StartTls,
            Tls::Implicit => WireTls::Implicit,
        };
        let mut config = Config::new(server.host.clone(), server.port, tls);
        // A house's own certificate authority counts for its mailboxes too.
        config.extra_root_pem = self.default.as_ref().and_then(|it| it.extra_root_pem.clone());
        if !server.user.is_empty() {
            config.user = Some(server.user.clone());
            config.password = Some(server.password.clone());
        }
        Some(config)
    }
}

impl Transport for SmtpTransport {
    fn send<'a>(
        &'a self,
        route: &'a Route,
        from: &'a str,
        rcpts: &'a [String],
        raw: &'a [u8],
    ) -> BoxFuture<'a, Option<SendOutcome>> {
        async move {
            match self.sender(route)? {
                Ok(sender) => Some(sender.send(from, rcpts, raw).await),
                Err(outcome) => Some(outcome),
            }
        }
        .boxed()
    }

    fn probe<'a>(&'a self, route: &'a Route) -> BoxFuture<'a, Option<Probe>> {
        async move {
            let config = self.config(route)?;
            match Sender::new(config) {
                Ok(sender) => Some(sender.probe().await),
                Err(trouble) => Some(Probe { trouble: Some(trouble), ..Probe::default() }),
            }
        }
        .boxed()
    }
}
