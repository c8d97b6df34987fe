//! A mail server that hands mail over by LMTP, and knows only what it was answered.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

use super::http::{connect, line};

/// A connection on which one mail after the other is handed over.
pub struct Lmtp {
    stream: BufReader<TcpStream>,
}

/// What was answered to a mail.
#[derive(Debug, PartialEq, Eq)]
pub enum Handed {
    /// 250: it is theirs now.
    Accepted,
    /// 4xx: ours still; to be brought again.
    Later(String),
    /// 5xx.
    Refused(String),
}

impl Lmtp {
    pub fn connect(address: SocketAddr) -> io::Result<Lmtp> {
        let mut lmtp = Lmtp { stream: BufReader::new(connect(address)?) };
        lmtp.expect(2)?;
        lmtp.say("LHLO mx.customer.example")?;
        lmtp.expect(2)?;
        Ok(lmtp)
    }

    /// Hands over a mail for one recipient. An error means that there was no answer.
    pub fn hand_over(&mut self, from: &str, to: &str, raw: &str) -> io::Result<Handed> {
        for command in [format!("MAIL FROM:<{from}>"), format!("RCPT TO:<{to}>")] {
            self.say(&command)?;
            if let Some(no) = no(self.answer()?) {
                self.say("RSET")?;
                self.expect(2)?;
                return Ok(no);
            }
        }
        self.say("DATA")?;
        self.expect(3)?;
        self.stream.get_mut().write_all(format!("{raw}.\r\n").as_bytes())?;
        Ok(no(self.answer()?).unwrap_or(Handed::Accepted))
    }

    fn say(&mut self, command: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(format!("{command}\r\n").as_bytes())
    }

    /// The last line of an answer.
    fn answer(&mut self) -> io::Result<String> {
        loop {
            let line = line(&mut self.stream)?;
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(line);
            }
        }
    }

    fn expect(&mut self, class: u8) -> io::Result<()> {
        let answer = self.answer()?;
        match answer.as_bytes().first() {
            Some(first) if *first == b'0' + class => Ok(()),
            _ => Err(io::Error::other(answer)),
        }
    }
}

fn no(answer: String) -> Option<Handed> {
    match answer.as_bytes().first() {
        Some(b'2') => None,
        Some(b'4') => Some(Handed::Later(answer)),
        _ => Some(Handed::Refused(answer)),
    }
}
