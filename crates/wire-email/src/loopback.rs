//! A mail server in memory, for the demonstration and for tests.
//!
//! It takes mail for every address on a loopback port and keeps the newest of each, so that one
//! can look at what a customer would have got. Nothing leaves the machine.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

use crate::parse::{Parsed, parse};
use crate::server::{Envelope, Limits, Protocol, Receiver, Verdict, serve};

const MAILS_PER_ADDRESS_MAX: usize = 200;
const ADDRESSES_MAX: usize = 5_000;
const MESSAGE_IDS_MAX: usize = 100_000;

/// A running server. It stops when this is dropped.
#[derive(Debug)]
pub struct Loopback {
    address: SocketAddr,
    keeper: Arc<Keeper>,
    _stop: oneshot::Sender<()>,
}

/// A mail that was taken.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Counts up from 1 in the order of arrival.
    pub id: u64,
    pub arrived_ms: i64,
    pub mail_from: String,
    pub recipients: Vec<String>,
    pub raw: Bytes,
    pub parsed: Arc<Parsed>,
}

/// How the next delivery goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// `451`: come back later.
    Temporary,
    /// `550`: never.
    Permanent,
    /// The connection breaks before the mail is kept.
    HangUpBeforeKeeping,
    /// The mail is kept, and the connection breaks before the sender learns it.
    HangUpAfterKeeping,
}

impl Loopback {
    /// Starts on a free port of 127.0.0.1.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// Starts at this address, which must be a loopback address: it would otherwise take and
    /// show everyone's mail.
    pub async fn start_at(address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(io::Error::other("the built-in mail server stays on loopback"));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let keeper = Arc::new(Keeper::default());
        let receiver: Arc<dyn Receiver> = keeper.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            let limits = Limits { shutdown_ms_max: 1_000, ..Limits::default() };
            if let Err(error) = serve(listener, Protocol::Smtp, receiver, limits, stopped).await {
                tracing::error!(%error, "The built-in mail server failed.");
            }
        });
        Ok(Self { address, keeper, _stop: stop })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The addresses that have mail, in alphabetical order.
    pub fn addresses(&self) -> Vec<String> {
        let mut addresses: Vec<_> = self.keeper.lock().boxes.keys().cloned().collect();
        addresses.sort();
        addresses
    }

    /// The newest mails of an address, oldest first.
    pub fn mails(&self, address: &str) -> Vec<Kept> {
        let state = self.keeper.lock();
        let kept = state.boxes.get(&address.to_lowercase());
        kept.into_iter().flatten().cloned().collect()
    }

    /// One mail by its number.
    pub fn mail(&self, id: u64) -> Option<Kept> {
        let state = self.keeper.lock();
        state.boxes.values().flatten().find(|kept| kept.id == id).cloned()
    }

    /// How often a mail with this Message-ID was kept. More than once is a duplicate at the
    /// customer's.
    pub fn copies(&self, message_id: &str) -> usize {
        self.keeper.lock().copies.get(message_id).copied().unwrap_or(0)
    }

    /// How many mails were kept in all.
    pub fn count(&self) -> u64 {
        self.keeper.lock().last_id
    }

    /// Waits until the address has at least `count` mails.
    pub async fn wait_for(&self, address: &str, count: usize) -> Vec<Kept> {
        let mut changed = self.keeper.changed.subscribe();
        loop {
            let mails = self.mails(address);
            if mails.len() >= count {
                return mails;
            }
            if changed.changed().await.is_err() {
                return mails;
            }
        }
    }

    /// The next `times` deliveries go wrong like this.
    pub fn fail_next(&self, times: usize, failure: Failure) {
        let failures = std::iter::repeat_n(failure, times);
        self.keeper.lock().failures.extend(failures);
    }

    /// Refuses an address for good, as a server does that does not know it.
    pub fn refuse_address(&self, address: &str) {
        self.keeper.lock().refused.push(address.to_lowercase());
    }

    /// Forgets everything that was kept.
    pub fn clear(&self) {
        let mut state = self.keeper.lock();
        state.boxes.clear();
        state.copies.clear();
        state.copies_order.clear();
    }
}

#[derive(Debug, Default)]
struct Keeper {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    last_id: u64,
    boxes: HashMap<String, VecDeque<Kept>>,
    copies: HashMap<String, usize>,
    copies_order: VecDeque<String>,
    failures: VecDeque<Failure>,
    refused: Vec<String>,
}

impl Keeper {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves nothing half-done here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, envelope: &Envelope, raw: Bytes) {
        let parsed = Arc::new(parse(&raw).unwrap_or_default());
        let mut state = self.lock();
        state.last_id += 1;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let kept = Kept {
            id: state.last_id,
            arrived_ms: i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            mail_from: envelope.mail_from.clone(),
            recipients: envelope.recipients.clone(),
            raw,
            parsed,
        };
        if let Some(id) = kept.parsed.message_id.clone() {
            state.count_copy(id);
        }
        for recipient in &envelope.recipients {
            state.put(recipient.to_lowercase(), kept.clone());
        }
        let last = state.last_id;
        drop(state);
        self.changed.send_replace(last);
    }
}

impl State {
    fn put(&mut self, address: String, kept: Kept) {
        if self.boxes.len() >= ADDRESSES_MAX && !self.boxes.contains_key(&address) {
            let newest = |mails: &VecDeque<Kept>| mails.back().map_or(0, |kept| kept.id);
            let stale = self.boxes.iter().min_by_key(|(_, mails)| newest(mails));
            if let Some(stale) = stale.map(|(address, _)| address.clone()) {
                self.boxes.remove(&stale);
            }
        }
        let mails = self.boxes.entry(address).or_default();
        mails.push_back(kept);
        while mails.len() > MAILS_PER_ADDRESS_MAX {
            mails.pop_front();
        }
    }

    fn count_copy(&mut self, message_id: String) {
        let count = self.copies.entry(message_id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            self.copies_order.push_back(message_id);
        }
        while self.copies_order.len() > MESSAGE_IDS_MAX {
            if let Some(oldest) = self.copies_order.pop_front() {
                self.copies.remove(&oldest);
            }
        }
    }
}

impl Receiver for Keeper {
    fn recipient<'a>(&'a self, rcpt: &'a str) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            if self.lock().refused.contains(&rcpt.to_lowercase()) {
                return Verdict::Permanent("5.1.1 There is no such mailbox here".to_owned());
            }
            Verdict::Accept(String::new())
        })
    }

    fn deliver(&self, envelope: Envelope, raw: Bytes) -> BoxFuture<'_, Vec<Verdict>> {
        Box::pin(async move {
            let failure = self.lock().failures.pop_front();
            if matches!(failure, None | Some(Failure::HangUpAfterKeeping)) {
                self.keep(&envelope, raw);
            }
            let verdict = match failure {
                None => Verdict::Accept(String::new()),
                Some(Failure::Temporary) => Verdict::Temporary("4.3.0 Later, please".to_owned()),
                Some(Failure::Permanent) => Verdict::Permanent("5.0.0 Not this one".to_owned()),
                Some(Failure::HangUpBeforeKeeping | Failure::HangUpAfterKeeping) => Verdict::HangUp,
            };
            vec![verdict; envelope.recipients.len()]
        })
    }
}
