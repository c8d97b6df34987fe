//! One connection, from greeting to farewell.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

use super::command::{self, Command};
use super::data::Data;
use super::wire::{Line, Wire};
use super::{Envelope, Limits, Protocol, Receiver, Stream, Verdict};

/// What is known of a connection and of the mail it is sending.
pub(super) struct Session {
    protocol: Protocol,
    peer: Option<SocketAddr>,
    receiver: Arc<dyn Receiver>,
    limits: Arc<Limits>,
    stopped: watch::Receiver<bool>,
    helo: Option<String>,
    mail_from: Option<String>,
    recipients: Vec<String>,
    errors: usize,
    mails: usize,
}

#[derive(PartialEq)]
enum Next {
    Go,
    Close,
}

impl Session {
    pub(super) fn new(
        protocol: Protocol,
        peer: Option<SocketAddr>,
        receiver: Arc<dyn Receiver>,
        limits: Arc<Limits>,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        Self {
            protocol,
            peer,
            receiver,
            limits,
            stopped,
            helo: None,
            mail_from: None,
            recipients: Vec::new(),
            errors: 0,
            mails: 0,
        }
    }

    pub(super) async fn run(mut self, stream: Stream) {
        let mut wire = Wire::new(stream);
        if let Err(error) = self.talk(&mut wire).await {
            // The sender still has the mail; there is nothing to be done here.
            tracing::debug!(%error, "A mail connection broke off.");
        }
        let _ = timeout(Duration::from_secs(2), wire.flush()).await;
    }

    async fn talk(&mut self, wire: &mut Wire) -> io::Result<()> {
        let end = Instant::now() + Duration::from_millis(self.limits.connection_ms_max);
        let name = match self.protocol {
            Protocol::Smtp => "Sampark ESMTP ready",
            Protocol::Lmtp => "Sampark LMTP ready",
        };
        wire.answer(220, name);
        loop {
            let Some(line) = self.next_line(wire, end).await? else {
                return Ok(());
            };
            if self.line(wire, line).await? == Next::Close {
                return Ok(());
            }
            if self.errors > self.limits.errors_max {
                wire.answer(421, "4.7.0 Too many errors");
                return Ok(());
            }
        }
    }

    /// The next line; `None` when it is time to part.
    async fn next_line(&mut self, wire: &mut Wire, end: Instant) -> io::Result<Option<Line>> {
        let command_end = Instant::now() + Duration::from_millis(self.limits.command_ms_max);
        let line = wire.line(self.limits.command_bytes_max);
        let mut stopped = self.stopped.clone();
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => {}
            line = timeout_at(end.min(command_end), line) => match line {
                Ok(line) => return line.map(Some),
                Err(_) => {
                    wire.answer(421, "4.4.2 This took too long");
                    return Ok(None);
                }
            },
        }
        wire.answer(421, "4.3.2 The server is stopping, please try again later");
        Ok(None)
    }

    async fn line(&mut self, wire: &mut Wire, line: Line) -> io::Result<Next> {
        let refusal = match line {
            Line::Closed => return Ok(Next::Close),
            Line::BareEnd => {
                wire.answer(500, "5.5.2 Lines end in CR LF");
                return Ok(Next::Close);
            }
            Line::TooLong => (500, "5.5.2 The line is too long"),
            Line::Text(text) => match command::parse(&text) {
                Ok(command) => return self.command(wire, command).await,
                Err(refusal) => refusal,
            },
        };
        self.refuse(wire, refusal.0, refusal.1);
        Ok(Next::Go)
    }

    fn refuse(&mut self, wire: &mut Wire, code: u16, text: &str) {
        self.errors += 1;
        wire.answer(code, text);
    }

    async fn command(&mut self, wire: &mut Wire, command: Command) -> io::Result<Next> {
        match command {
            Command::Helo(name) if self.protocol == Protocol::Smtp => self.hello(wire, name, false),
            Command::Ehlo(name) if self.protocol == Protocol::Smtp => self.hello(wire, name, true),
            Command::Lhlo(name) if self.protocol == Protocol::Lmtp => self.hello(wire, name, true),
            Command::Helo(_) | Command::Ehlo(_) | Command::Lhlo(_) => {
                self.refuse(wire, 500, "5.5.1 This server speaks another protocol");
            }
            Command::Mail { path, size } => self.mail(wire, path, size),
            Command::Rcpt { path } => return Ok(self.rcpt(wire, path).await),
            Command::Data => return self.data(wire).await,
            Command::Rset => {
                self.forget();
                wire.answer(250, "2.0.0 Forgotten");
            }
            Command::Noop => wire.answer(250, "2.0.0 Still here"),
            Command::Help => wire.answer(214, "2.0.0 See RFC 5321"),
            Command::Quit => {
                wire.answer(221, "2.0.0 Goodbye");
                return Ok(Next::Close);
            }
        }
        Ok(Next::Go)
    }

    fn hello(&mut self, wire: &mut Wire, name: String, extended: bool) {
        self.forget();
        self.helo = Some(name);
        if !extended {
            wire.answer(250, "Sampark");
            return;
        }
        let size = format!("SIZE {}", self.limits.mail_bytes_max);
        let offers =
            ["Sampark", "PIPELINING", &size, "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];
        wire.answer_lines(250, &offers);
    }

    fn mail(&mut self, wire: &mut Wire, path: String, size: Option<usize>) {
        if self.helo.is_none() {
            return self.refuse(wire, 503, "5.5.1 Say hello first");
        }
        if self.mail_from.is_some() {
            return self.refuse(wire, 503, "5.5.1 One mail at a time");
        }
        if size.is_some_and(|size| size > self.limits.mail_bytes_max) {
            return self.refuse(wire, 552, "5.3.4 The mail is too big");
        }
        if self.mails >= self.limits.mails_per_connection_max {
            return self.refuse(wire, 452, "4.5.3 Enough for one connection, please come again");
        }
        self.mail_from = Some(path);
        wire.answer(250, "2.1.0 Good");
    }

    async fn rcpt(&mut self, wire: &mut Wire, path: String) -> Next {
        if self.mail_from.is_none() {
            self.refuse(wire, 503, "5.5.1 From whom?");
            return Next::Go;
        }
        if self.recipients.len() >= self.limits.recipients_max {
            self.refuse(wire, 452, "4.5.3 Too many recipients");
            return Next::Go;
        }
        let verdict = self.receiver.recipient(&path);
        let verdict = match self.in_time(verdict).await {
            Some(verdict) => verdict,
            None => Verdict::Temporary("4.3.0 Please try again later".to_owned()),
        };
        match verdict {
            Verdict::Accept(text) => {
                self.recipients.push(path);
                wire.answer(250, &or(&text, "2.1.5 Good"));
            }
            Verdict::Temporary(text) => {
                wire.answer(450, &or(&text, "4.2.0 Please try again later"))
            }
            Verdict::Permanent(text) => {
                self.refuse(wire, 550, &or(&text, "5.1.1 There is no such mailbox here"));
            }
            Verdict::HangUp => return Next::Close,
        }
        Next::Go
    }

    async fn in_time<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        timeout(Duration::from_millis(self.limits.deliver_ms_max), work).await.ok()
    }

    async fn data(&mut self, wire: &mut Wire) -> io::Result<Next> {
        if self.mail_from.is_none() || self.recipients.is_empty() {
            self.refuse(wire, 503, "5.5.1 To whom?");
            return Ok(Next::Go);
        }
        wire.answer(354, "Go ahead, end with a line of one dot");
        let data_max = Duration::from_millis(self.limits.data_ms_max);
        let data = match timeout(data_max, wire.data(self.limits.mail_bytes_max)).await {
            Ok(data) => data?,
            Err(_) => {
                wire.answer(421, "4.4.2 This took too long");
                return Ok(Next::Close);
            }
        };
        let count = if self.protocol == Protocol::Lmtp { self.recipients.len() } else { 1 };
        match data {
            None => return Ok(Next::Close),
            Some(Data::Mail(raw)) => return Ok(self.deliver(wire, raw).await),
            Some(Data::TooBig) => {
                (0..count).for_each(|_| wire.answer(552, "5.3.4 The mail is too big"));
            }
            Some(Data::Forged) => {
                let text = "5.5.2 The mail holds a forged end of data";
                (0..count).for_each(|_| wire.answer(550, text));
                return Ok(Next::Close);
            }
        }
        self.forget();
        Ok(Next::Go)
    }

    async fn deliver(&mut self, wire: &mut Wire, raw: Vec<u8>) -> Next {
        self.mails += 1;
        let envelope = Envelope {
            protocol: self.protocol,
            helo: self.helo.clone().unwrap_or_default(),
            peer: self.peer,
            mail_from: self.mail_from.take().unwrap_or_default(),
            recipients: std::mem::take(&mut self.recipients),
        };
        let count = envelope.recipients.len();
        let receiver = self.receiver.clone();
        // A task of its own: neither a panic nor a broken connection may end it half-way.
        let task = tokio::spawn(async move { receiver.deliver(envelope, Bytes::from(raw)).await });
        let mut verdicts = match self.in_time(task).await {
            Some(Ok(verdicts)) => verdicts,
            Some(Err(error)) => {
                tracing::error!(%error, "The delivery of a mail failed.");
                Vec::new()
            }
            None => {
                tracing::error!("The delivery of a mail took too long.");
                Vec::new()
            }
        };
        // What was not answered for was not kept.
        verdicts.resize(count, Verdict::Temporary("4.3.0 Please try again later".to_owned()));
        if self.protocol == Protocol::Smtp {
            verdicts = vec![together(verdicts)];
        }
        for verdict in verdicts {
            match verdict {
                Verdict::Accept(text) => wire.answer(250, &or(&text, "2.0.0 Kept")),
                Verdict::Temporary(text) => {
                    wire.answer(451, &or(&text, "4.3.0 Please try again later"));
                }
                Verdict::Permanent(text) => wire.answer(550, &or(&text, "5.0.0 Refused")),
                Verdict::HangUp => return Next::Close,
            }
        }
        self.forget();
        Next::Go
    }

    fn forget(&mut self) {
        self.mail_from = None;
        self.recipients.clear();
    }
}

/// One answer for all recipients: kept only when all have kept it; otherwise come again, as
/// long as that may help anyone.
fn together(verdicts: Vec<Verdict>) -> Verdict {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Accept(_) => 0,
        Verdict::Permanent(_) => 1,
        Verdict::Temporary(_) => 2,
        Verdict::HangUp => 3,
    };
    let worst = verdicts.into_iter().max_by_key(rank);
    worst.unwrap_or_else(|| Verdict::Temporary(String::new()))
}

fn or(text: &str, default: &'static str) -> String {
    if text.trim().is_empty() { default.to_owned() } else { text.to_owned() }
}
