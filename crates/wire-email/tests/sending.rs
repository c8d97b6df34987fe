//! Sending over real sockets, to the built-in loopback server and to servers that misbehave.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wire_email::client::{Config, SendOutcome, Sender, Tls, Trouble};
use wire_email::loopback::{Failure, Loopback};
use wire_email::{Addr, Outgoing, compose};

const ASHA: &str = "asha@mail.example";

fn mail() -> Vec<u8> {
    compose(&Outgoing {
        from: Addr::new("Arohi Care", "care@arohi.example"),
        to: vec![Addr::new("आशा", ASHA)],
        subject: "आपका मेल".into(),
        message_id: "s.1@arohi.example".into(),
        date_ms: 1_795_330_000_000,
        text: ".\nनमस्ते\n.".into(),
        ..Outgoing::default()
    })
}

fn config(address: SocketAddr) -> Config {
    Config {
        helo: "desk.arohi.example".into(),
        ..Config::new("127.0.0.1", address.port(), Tls::None)
    }
}

fn sender(server: &Loopback) -> Sender {
    Sender::new(config(server.address())).unwrap()
}

fn to(rcpts: &[&str]) -> Vec<String> {
    rcpts.iter().map(|rcpt| (*rcpt).to_owned()).collect()
}

#[tokio::test]
async fn a_mail_arrives_byte_by_byte() {
    let server = Loopback::start().await.unwrap();
    let sender = sender(&server);
    let raw = mail();
    for times in 1..=3 {
        let outcome = sender.send("care@arohi.example", &to(&[ASHA]), &raw).await;
        assert!(matches!(outcome, SendOutcome::Sent { ref refused, .. } if refused.is_empty()));
        let kept = server.wait_for(ASHA, times).await;
        assert_eq!(kept[times - 1].raw, raw);
        assert_eq!(server.copies("s.1@arohi.example"), times);
    }
    let kept = &server.mails("ASHA@mail.example")[0];
    assert_eq!(
        (kept.mail_from.as_str(), kept.parsed.subject.as_str()),
        ("care@arohi.example", "आपका मेल")
    );
    assert_eq!(server.addresses(), [ASHA]);
    assert_eq!(server.mail(2).unwrap().id, 2);
}

#[tokio::test]
async fn one_bad_recipient_does_not_keep_the_others_from_theirs() {
    let server = Loopback::start().await.unwrap();
    server.refuse_address("gone@mail.example");
    let sender = sender(&server);
    let rcpts = to(&[ASHA, "gone@mail.example", "no address", "ravi@mail.example"]);
    let SendOutcome::Sent { refused, .. } = sender.send("", &rcpts, &mail()).await else {
        panic!("not sent");
    };
    let refused: Vec<_> = refused.iter().map(|r| (r.recipient.as_str(), r.code)).collect();
    assert_eq!(refused, [("gone@mail.example", 550), ("no address", 553)]);
    assert_eq!(server.mails("ravi@mail.example").len(), 1);
    let outcome = sender.send("", &to(&["gone@mail.example"]), &mail()).await;
    assert!(matches!(&outcome, SendOutcome::Refused { recipients } if recipients.len() == 1));
    assert!(!outcome.is_retryable());
}

#[tokio::test]
async fn failures_are_told_apart() {
    let server = Loopback::start().await.unwrap();
    let sender = sender(&server);
    let rcpts = to(&[ASHA]);
    server.fail_next(1, Failure::Temporary);
    let outcome = sender.send("", &rcpts, &mail()).await;
    assert_eq!(outcome, SendOutcome::Temporary { code: 451, text: "4.3.0 Later, please".into() });
    assert!(outcome.is_retryable());
    server.fail_next(1, Failure::Permanent);
    let outcome = sender.send("", &rcpts, &mail()).await;
    assert_eq!(outcome, SendOutcome::Permanent { code: 550, text: "5.0.0 Not this one".into() });
    for (failure, kept) in [(Failure::HangUpBeforeKeeping, 0), (Failure::HangUpAfterKeeping, 1)] {
        server.fail_next(1, failure);
        let outcome = sender.send("", &rcpts, &mail()).await;
        assert!(matches!(outcome, SendOutcome::Unreachable { maybe_sent: true, .. }));
        assert_eq!(server.copies("s.1@arohi.example"), kept);
    }
    let outcome = sender.send("", &rcpts, &mail()).await;
    assert!(matches!(outcome, SendOutcome::Sent { .. }));
    assert_eq!(server.copies("s.1@arohi.example"), 2);
}

#[tokio::test]
async fn an_address_cannot_carry_a_command() {
    let server = Loopback::start().await.unwrap();
    let evil = "a@b.example>\r\nRCPT TO:<thief@evil.example";
    let outcome = sender(&server).send(evil, &to(&[ASHA]), &mail()).await;
    assert!(matches!(outcome, SendOutcome::Permanent { code: 553, .. }));
    let outcome = sender(&server).send("", &to(&[evil]), &mail()).await;
    assert!(matches!(outcome, SendOutcome::Refused { .. }));
    assert_eq!(server.count(), 0);
}

/// A server that says these words to each who connects, and hangs up.
async fn server_that_says(words: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut heard = [0; 1024];
            for line in words.split_inclusive('|') {
                let _ = stream.write_all(line.trim_end_matches('|').as_bytes()).await;
                let _ = stream.read(&mut heard).await;
            }
        }
    });
    address
}

#[tokio::test]
async fn troubles_have_names() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let plain = server_that_says("220 x ESMTP\r\n|250 x\r\n|").await;
    let web = server_that_says("HTTP/1.1 400 Bad Request\r\n\r\n|").await;
    let login = "220 x ESMTP\r\n|250-x\r\n250 AUTH PLAIN\r\n|535 5.7.8 Wrong\r\n|";
    let login = server_that_says(login).await;
    let with_user = |config: Config| Config { user: Some("care".into()), ..config };
    for (config, trouble) in [
        (config(closed), Trouble::ConnectionRefused),
        (Config { tls: Tls::Implicit, ..config(closed) }, Trouble::ConnectionRefused),
        (Config { host: "no-such-host.invalid".into(), ..config(plain) }, Trouble::NameNotFound),
        (config(web), Trouble::NoMailServer),
        (Config { tls: Tls::StartTls, ..config(plain) }, Trouble::TlsNotOffered),
        (Config { tls: Tls::Implicit, ..config(plain) }, Trouble::TlsFailed),
        (with_user(config(plain)), Trouble::LoginNotOffered),
        (with_user(config(login)), Trouble::LoginRefused),
    ] {
        let name = format!("{config:?}");
        let probe = Sender::new(config.clone()).unwrap().probe().await;
        assert_eq!(probe.trouble, Some(trouble), "{name}: {probe:?}");
        let outcome = Sender::new(config).unwrap().send("", &to(&[ASHA]), &mail()).await;
        assert!(outcome.is_retryable(), "{name}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_server_that_never_speaks_costs_only_the_time_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config { connect_ms_max: 50, ..config(listener.local_addr().unwrap()) };
    let probe = Sender::new(config).unwrap().probe().await;
    assert_eq!(probe.trouble, Some(Trouble::TimedOut));
}

#[tokio::test]
async fn a_probe_tells_what_the_server_can() {
    let server = Loopback::start().await.unwrap();
    let probe = sender(&server).probe().await;
    assert!(probe.connected && !probe.encrypted && !probe.offers_starttls && !probe.logged_in);
    assert_eq!((probe.name.as_str(), probe.trouble), ("Sampark", None));
}

#[tokio::test]
async fn the_built_in_server_stays_on_loopback() {
    assert!(Loopback::start_at("0.0.0.0:0".parse().unwrap()).await.is_err());
}

#[tokio::test]
async fn a_closed_idle_connection_is_replaced() {
    let server = Loopback::start().await.unwrap();
    let address = server.address();
    let sender = sender(&server);
    assert!(matches!(sender.send("", &to(&[ASHA]), &mail()).await, SendOutcome::Sent { .. }));
    drop(server);
    let mut again = Loopback::start_at(address).await;
    while again.is_err() {
        tokio::task::yield_now().await;
        again = Loopback::start_at(address).await;
    }
    let again = again.unwrap();
    assert!(matches!(sender.send("", &to(&[ASHA]), &mail()).await, SendOutcome::Sent { .. }));
    assert_eq!(again.count(), 1);
}
