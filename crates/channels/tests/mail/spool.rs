//! The pipe, the spool and the sockets.

use crate::world::*;
use channels::*;
use testkit::on_both;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn drained(world: &World) -> Drained {
    world.rt.block_on(drain_spool(&world.app)).unwrap()
}

on_both!(a_piped_mail_waits_in_the_spool_and_is_taken_once, |backend| {
    let world = World::new(backend);
    let data = world.app.config().data.clone();
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let piped = Piped { recipient: CARE, sender: SUNITA, raw: raw.as_bytes() };
    let done = deliver_from_pipe(&data, piped, |_| Asked::NobodyThere).unwrap();
    assert_eq!(done, Delivered::Spooled);
    let names: Vec<_> = std::fs::read_dir(data.join("spool")).unwrap().collect();
    let path = names[0].as_ref().unwrap().path();
    let sealed = std::fs::read(&path).unwrap();
    assert!(!sealed.windows(6).any(|part| part == b"squeak"), "sealed while it waits");
    assert_eq!(drained(&world).taken, 1);
    // The program ended between taking the mail and removing its file.
    std::fs::write(&path, &sealed).unwrap();
    let world = world.restart();
    assert_eq!(drained(&world), Drained { taken: 1, set_aside: 0, waiting: 0 });
    assert_eq!(drained(&world), Drained::default());
    world.run();
    assert_eq!(world.inbounds(&world.arohi).len(), 1);
    assert_eq!(world.cases(&world.arohi).len(), 1);
});

on_both!(what_the_spool_cannot_place_is_set_aside_and_kept, |backend| {
    let world = World::new(backend);
    let data = world.app.config().data.clone();
    spool::put(&data, "nobody@elsewhere.in", SUNITA, b"From: a@b.in\r\n\r\nx").unwrap();
    spool::put(&data, CARE, SUNITA, b"From: a@b.in\r\n\r\nfine").unwrap();
    std::fs::write(data.join("spool/000-rubbish.mail"), b"rubbish").unwrap();
    std::fs::write(data.join("spool/half.draft"), b"half").unwrap();
    assert_eq!(drained(&world), Drained { taken: 1, set_aside: 2, waiting: 0 });
    assert_eq!(std::fs::read_dir(data.join("spool-refused")).unwrap().count(), 2);
    let elsewhere = world.place.path().join("nothing-here");
    assert!(matches!(spool::put(&elsewhere, CARE, SUNITA, b"x"), Err(DeliverError::Temporary(_))));
});

on_both!(the_pipe_hears_what_the_server_says, |backend| {
    let world = World::new(backend);
    let data = world.app.config().data.clone();
    let ask = |said: Accepted| {
        let piped = Piped { recipient: CARE, sender: SUNITA, raw: b"x" };
        deliver_from_pipe(&data, piped, |_| Asked::Answered(said))
    };
    assert_eq!(ask(Accepted::Kept(InboundId(1))).unwrap(), Delivered::ByServer);
    assert!(matches!(ask(Accepted::Later), Err(DeliverError::Temporary(_))));
    assert!(matches!(ask(Accepted::NoMailbox), Err(DeliverError::Permanent(_))));
    assert!(matches!(ask(Accepted::Closed), Err(DeliverError::Permanent(_))));
    assert!(!data.join("spool").exists());
});

/// Speaks line by line as a mail server does; gives back the answers.
async fn speak(address: std::net::SocketAddr, lines: &[&str]) -> Vec<String> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut answers = vec![answer(&mut stream).await];
    for line in lines {
        stream.write_all(line.as_bytes()).await.unwrap();
        stream.write_all(b"\r\n").await.unwrap();
        answers.push(answer(&mut stream).await);
    }
    answers
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0u8; 4_096];
    loop {
        let read = stream.read(&mut buffer).await.unwrap();
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        let last = text.trim_end().lines().last().unwrap_or_default();
        if read == 0 || (text.ends_with('\n') && last.as_bytes().get(3) == Some(&b' ')) {
            return text;
        }
    }
}

on_both!(mail_comes_by_lmtp_and_by_smtp, |backend| {
    let world = World::new(backend);
    let local = Some("127.0.0.1:0".parse().unwrap());
    let listeners = Listeners { lmtp: local, smtp: local };
    let receiving = world.rt.block_on(serve_mail(world.app.clone(), listeners)).unwrap();
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let data = format!("{raw}.");
    let from = format!("MAIL FROM:<{SUNITA}>");
    let to = format!("RCPT TO:<{CARE}>");
    let lines = ["LHLO here", &from, &to, "RCPT TO:<who@elsewhere.in>", "DATA", &data, "QUIT"];
    let said = world.rt.block_on(speak(receiving.lmtp.unwrap(), &lines));
    assert!(said[3].starts_with("250"), "{said:?}");
    assert!(said[4].starts_with("550 5.1.1"), "no open relay: {said:?}");
    assert!(said[6].starts_with("250 2.1.5"), "{said:?}");
    let lines = ["EHLO here", &from, &to, "DATA", &data, "QUIT"];
    let said = world.rt.block_on(speak(receiving.smtp.unwrap(), &lines));
    assert!(said[5].starts_with("250"), "{said:?}");
    world.run();
    let states: Vec<_> = world.inbounds(&world.arohi).iter().map(|mail| mail.state).collect();
    assert_eq!(states, [InboundState::Duplicate, InboundState::Done]);
    world.rt.block_on(receiving.stop());
});
