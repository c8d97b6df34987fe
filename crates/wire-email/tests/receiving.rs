//! The receiving server as a sender meets it: over real sockets, line by line.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::{Notify, oneshot};
use wire_email::server::{Envelope, Limits, Protocol, Receiver, Verdict, serve};

/// Takes mail for arohi.example; what it answers is in the recipient's name.
#[derive(Default)]
struct Desk {
    kept: Mutex<Vec<(Envelope, Bytes)>>,
    /// Holds `slow@` until it is told to go on.
    go_on: Notify,
    reached: Notify,
}

impl Receiver for Desk {
    fn recipient<'a>(&'a self, rcpt: &'a str) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            match rcpt.to_lowercase() {
                r if r.starts_with("busy@") => Verdict::Temporary(String::new()),
                r if r.ends_with("@arohi.example") => Verdict::Accept(String::new()),
                _ => Verdict::Permanent("5.7.1 No relaying".into()),
            }
        })
    }

    fn deliver(&self, envelope: Envelope, raw: Bytes) -> BoxFuture<'_, Vec<Verdict>> {
        Box::pin(async move {
            let mut verdicts = Vec::new();
            for rcpt in &envelope.recipients {
                verdicts.push(match rcpt.split('@').next() {
                    Some("later") => Verdict::Temporary("4.2.2 Full".into()),
                    Some("never") => Verdict::Permanent("5.2.1 Closed".into()),
                    Some("panic") => panic!("a defect in the receiver"),
                    Some("slow") => {
                        self.reached.notify_one();
                        self.go_on.notified().await;
                        Verdict::Accept("2.0.0 At last".into())
                    }
                    _ => Verdict::Accept("2.0.0 CMP-2026-000001".into()),
                });
            }
            self.kept.lock().unwrap().push((envelope, raw));
            verdicts
        })
    }
}

struct House {
    address: SocketAddr,
    desk: Arc<Desk>,
    stop: Option<oneshot::Sender<()>>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl House {
    async fn open(protocol: Protocol, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Arc::new(Desk::default());
        let (stop, stopped) = oneshot::channel::<()>();
        let receiver = desk.clone();
        let server = tokio::spawn(async move {
            serve(listener, protocol, receiver, limits, async { drop(stopped.await) }).await
        });
        Self { address, desk, stop: Some(stop), server }
    }

    async fn smtp() -> Self {
        Self::open(Protocol::Smtp, Limits::default()).await
    }

    async fn talk(&self) -> Talk<TcpStream> {
        let mut talk = Talk::new(TcpStream::connect(self.address).await.unwrap());
        talk.expect("220").await;
        talk
    }

    fn kept(&self) -> Vec<(Envelope, Bytes)> {
        self.desk.kept.lock().unwrap().clone()
    }
}

struct Talk<S> {
    stream: BufReader<S>,
}

impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin> Talk<S> {
    fn new(stream: S) -> Self {
        Self { stream: BufReader::new(stream) }
    }

    async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Reads one answer of one or more lines.
    #[track_caller]
    fn expect(&mut self, start: &str) -> impl Future<Output = String> {
        let caller = std::panic::Location::caller();
        let start = start.to_owned();
        async move {
            let mut answer = String::new();
            loop {
                let mut line = String::new();
                self.stream.read_line(&mut line).await.unwrap();
                answer += &line;
                if line.as_bytes().get(3) != Some(&b'-') {
                    break;
                }
            }
            assert!(answer.starts_with(&start), "{answer:?} instead of {start} at {caller}");
            answer
        }
    }

    #[track_caller]
    fn say(&mut self, line: &str, start: &str) -> impl Future<Output = String> {
        let caller = std::panic::Location::caller();
        let (line, start) = (format!("{line}\r\n"), start.to_owned());
        async move {
            self.send(line).await;
            let answer = self.expect("").await;
            assert!(answer.starts_with(&start), "{answer:?} instead of {start} at {caller}");
            answer
        }
    }

    async fn hello(&mut self, rcpt: &str) {
        self.say("EHLO client.example", "250").await;
        self.say("MAIL FROM:<asha@mail.example>", "250").await;
        self.say(&format!("RCPT TO:<{rcpt}>"), "250").await;
    }

    async fn expect_end(&mut self) {
        let mut rest = Vec::new();
        // A reset is an end, too.
        let _ = self.stream.read_to_end(&mut rest).await;
        assert_eq!(String::from_utf8_lossy(&rest), "");
    }
}

#[tokio::test]
async fn a_mail_is_kept_byte_by_byte() {
    let house = House::smtp().await;
    let mut talk = house.talk().await;
    let offers = talk.say("EHLO client.example", "250").await;
    for offer in ["PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8"] {
        assert!(offers.contains(offer), "{offers}");
    }
    talk.hello("care@arohi.example").await;
    talk.say("DATA", "354").await;
    talk.send("Subject: x\r\n\r\n..dot\r\nनमस्ते\tx\0y \r\n.\r\n").await;
    talk.expect("250 2.0.0 CMP-2026-000001").await;
    talk.say("QUIT", "221").await;
    talk.expect_end().await;
    let (envelope, raw) = house.kept().remove(0);
    assert_eq!(raw, "Subject: x\r\n\r\n.dot\r\nनमस्ते\tx\0y \r\n");
    assert_eq!(envelope.mail_from, "asha@mail.example");
    assert_eq!(envelope.recipients, ["care@arohi.example"]);
    assert_eq!(envelope.helo, "client.example");
    assert!(envelope.peer.unwrap().ip().is_loopback());
}

#[tokio::test]
async fn commands_may_come_in_one_piece() {
    let house = House::smtp().await;
    let mut talk = house.talk().await;
    talk.send(
        "EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<care@arohi.example>\r\n\
         RCPT TO:<x@other.example>\r\nDATA\r\n",
    )
    .await;
    for start in ["250-", "250 2.1.0", "250 2.1.5", "550 5.7.1", "354"] {
        talk.expect(start).await;
    }
    talk.send("a\r\n.\r\nMAIL FROM:<>\r\nQUIT\r\n").await;
    for start in ["250", "250", "221"] {
        talk.expect(start).await;
    }
    let kept = house.kept();
    assert_eq!((kept.len(), kept[0].0.mail_from.as_str()), (1, ""));
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let dir = std::env::temp_dir().join(format!("wire-email-lmtp-{}", std::process::id()));
    let _ = std::fs::remove_file(&dir);
    let listener = UnixListener::bind(&dir).unwrap();
    let desk: Arc<Desk> = Arc::default();
    let never = std::future::pending();
    tokio::spawn(serve(listener, Protocol::Lmtp, desk.clone(), Limits::default(), never));
    let mut talk = Talk::new(UnixStream::connect(&dir).await.unwrap());
    talk.expect("220").await;
    talk.say("EHLO c.example", "500").await;
    talk.say("LHLO c.example", "250").await;
    talk.say("MAIL FROM:<a@b.example>", "250").await;
    for rcpt in ["care", "later", "never", "sales"] {
        talk.say(&format!("RCPT TO:<{rcpt}@arohi.example>"), "250").await;
    }
    talk.say("RCPT TO:<busy@arohi.example>", "450").await;
    talk.say("DATA", "354").await;
    talk.send("x\r\n.\r\n").await;
    for start in ["250", "451 4.2.2", "550 5.2.1", "250"] {
        talk.expect(start).await;
    }
    assert_eq!(desk.kept.lock().unwrap()[0].0.peer, None);
    std::fs::remove_file(&dir).unwrap();
}

#[tokio::test]
async fn smtp_answers_once_and_the_worst_wins() {
    let house = House::smtp().await;
    for (rcpts, answer) in [
        (&["care", "sales"][..], "250"),
        (&["care", "never"], "550"),
        (&["never", "later", "care"], "451"),
        (&["panic"], "451"),
    ] {
        let mut talk = house.talk().await;
        talk.say("HELO c.example", "250").await;
        talk.say("MAIL FROM:<a@b.example>", "250").await;
        for rcpt in rcpts {
            talk.say(&format!("RCPT TO:<{rcpt}@arohi.example>"), "250").await;
        }
        talk.say("DATA", "354").await;
        talk.send("x\r\n.\r\n").await;
        talk.expect(answer).await;
        talk.say("NOOP", "250").await;
    }
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let house = House::smtp().await;
    let mut talk = house.talk().await;
    talk.say("MAIL FROM:<a@b.example>", "503").await;
    talk.say("EHLO c.example", "250").await;
    talk.say("RCPT TO:<care@arohi.example>", "503").await;
    talk.say("DATA", "503").await;
    talk.say("MAIL FROM:<a@b.example>", "250").await;
    talk.say("MAIL FROM:<a@b.example>", "503").await;
    talk.say("DATA", "503").await;
    talk.say("RSET", "250").await;
    talk.say("RCPT TO:<care@arohi.example>", "503").await;
    talk.say("VRFY asha", "502").await;
    talk.say("STARTTLS", "502").await;
}

#[tokio::test]
async fn limits_are_kept() {
    let limits = Limits {
        mail_bytes_max: 20,
        recipients_max: 1,
        errors_max: 4,
        command_bytes_max: 100,
        ..Limits::default()
    };
    let house = House::open(Protocol::Smtp, limits).await;
    let mut talk = house.talk().await;
    talk.say("EHLO c.example", "250").await;
    talk.say("MAIL FROM:<a@b.example> SIZE=21", "552").await;
    talk.say("MAIL FROM:<a@b.example> SIZE=20", "250").await;
    talk.say("RCPT TO:<care@arohi.example>", "250").await;
    talk.say("RCPT TO:<sales@arohi.example>", "452").await;
    talk.say("DATA", "354").await;
    talk.send("123456789012345678901234567890\r\n.\r\n").await;
    talk.expect("552").await;
    talk.say(&"x".repeat(101), "500").await;
    talk.say("FOO", "500").await;
    talk.say("FOO", "500").await;
    talk.expect("421").await;
    talk.expect_end().await;
    assert!(house.kept().is_empty());
}

#[tokio::test]
async fn connections_are_limited() {
    let limits = Limits { connections_max: 1, ..Limits::default() };
    let house = House::open(Protocol::Smtp, limits).await;
    let mut first = house.talk().await;
    let mut second = Talk::new(TcpStream::connect(house.address).await.unwrap());
    second.expect("421").await;
    second.expect_end().await;
    first.say("NOOP", "250").await;
}

#[tokio::test]
async fn a_second_mail_cannot_be_smuggled_in() {
    let house = House::smtp().await;
    for end in ["\n.\r\n", "\r\n.\n", "\n.\n", "\r\n.\r"] {
        let mut talk = house.talk().await;
        talk.hello("care@arohi.example").await;
        talk.say("DATA", "354").await;
        let smuggled = format!("a{end}MAIL FROM:<boss@arohi.example>\r\nDATA\r\n.\r\n");
        talk.send(smuggled).await;
        talk.expect("550 5.5.2").await;
        talk.expect_end().await;
    }
    let mut talk = house.talk().await;
    talk.send("EHLO c.example\n").await;
    talk.expect("500").await;
    talk.expect_end().await;
    assert!(house.kept().is_empty());
}

#[tokio::test]
async fn whoever_is_silent_is_sent_away() {
    let limits = Limits { command_ms_max: 30, data_ms_max: 30, ..Limits::default() };
    let house = House::open(Protocol::Smtp, limits).await;
    let mut talk = house.talk().await;
    talk.expect("421 4.4.2").await;
    talk.expect_end().await;
    let mut talk = house.talk().await;
    talk.send(
        "EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<care@arohi.example>\r\nDATA\r\nhalf a mail",
    )
    .await;
    for start in ["250", "250", "250", "354", "421 4.4.2"] {
        talk.expect(start).await;
    }
    assert!(house.kept().is_empty());
}

#[tokio::test]
async fn a_delivery_that_takes_too_long_is_to_come_again() {
    let limits = Limits { deliver_ms_max: 30, ..Limits::default() };
    let house = House::open(Protocol::Smtp, limits).await;
    let mut talk = house.talk().await;
    talk.hello("slow@arohi.example").await;
    talk.say("DATA", "354").await;
    talk.send("x\r\n.\r\n").await;
    talk.expect("451").await;
}

#[tokio::test]
async fn stopping_sends_idle_senders_away_and_finishes_deliveries() {
    let mut house = House::smtp().await;
    let mut idle = house.talk().await;
    let mut busy = house.talk().await;
    busy.hello("slow@arohi.example").await;
    busy.say("DATA", "354").await;
    busy.send("x\r\n.\r\n").await;
    house.desk.reached.notified().await;
    house.stop.take().unwrap().send(()).unwrap();
    idle.expect("421 4.3.2").await;
    idle.expect_end().await;
    house.desk.go_on.notify_one();
    busy.expect("250 2.0.0 At last").await;
    busy.expect("421 4.3.2").await;
    house.server.await.unwrap().unwrap();
    assert!(TcpStream::connect(house.address).await.is_err());
}
