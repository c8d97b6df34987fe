//! A program that uses the API: just enough HTTP/1.1 over one connection that is kept.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

const ANSWER_WITHIN: Duration = Duration::from_secs(60);

/// A client with a token.
pub struct Api {
    address: SocketAddr,
    token: String,
    kept: Option<BufReader<TcpStream>>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub json: Value,
}

impl Api {
    pub fn new(address: SocketAddr, token: &str) -> Api {
        Api { address, token: token.to_string(), kept: None }
    }

    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, "")
    }

    pub fn post(&mut self, path: &str, body: &Value) -> io::Result<Answer> {
        self.ask("POST", path, &body.to_string())
    }

    /// Each page of a list in turn, until the last.
    pub fn pages(&mut self, path: &str, key: &str) -> Vec<Value> {
        let (mut all, mut after) = (Vec::new(), None::<String>);
        loop {
            let more = after.map(|cursor| format!("&after={cursor}")).unwrap_or_default();
            let page = self.get(&format!("{path}{more}")).unwrap();
            assert_eq!(page.status, 200, "{path}: {}", page.json);
            all.extend(page.json[key].as_array().unwrap().iter().cloned());
            match &page.json["next"] {
                Value::Null => return all,
                Value::String(cursor) => after = Some(cursor.clone()),
                cursor => after = Some(cursor.to_string()),
            }
        }
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let answer = self.ask_once(method, path, body);
        if answer.is_err() {
            // What was half said on it must not become the next answer.
            self.kept = None;
        }
        answer
    }

    fn ask_once(&mut self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let mut stream = match self.kept.take() {
            Some(stream) => stream,
            None => BufReader::new(connect(self.address)?),
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes())?;
        let (answer, keep) = read_answer(&mut stream)?;
        self.kept = keep.then_some(stream);
        Ok(answer)
    }
}

/// A connection that gives up at last.
pub fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, ANSWER_WITHIN)?;
    stream.set_read_timeout(Some(ANSWER_WITHIN))?;
    stream.set_write_timeout(Some(ANSWER_WITHIN))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn read_answer(stream: &mut BufReader<TcpStream>) -> io::Result<(Answer, bool)> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("not an answer: {first:?}")))?;
    let (mut length, mut chunked, mut keep) = (0, false, true);
    loop {
        let field = line(stream)?.to_ascii_lowercase();
        match field.split_once(':').map(|(name, value)| (name, value.trim())) {
            None => break,
            Some(("content-length", value)) => {
                length = value.parse().map_err(io::Error::other)?;
            }
            Some(("transfer-encoding", value)) => chunked = value == "chunked",
            Some(("connection", value)) => keep = value != "close",
            Some(_) => {}
        }
    }
    let body = if chunked { chunks(stream)? } else { exactly(stream, length)? };
    let json = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
    Ok((Answer { status, json }, keep))
}

fn chunks(stream: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&line(stream)?, 16).map_err(io::Error::other)?;
        body.extend(exactly(stream, length)?);
        line(stream)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn exactly(stream: &mut BufReader<TcpStream>, length: usize) -> io::Result<Vec<u8>> {
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}

/// A line without its end. The end of the connection is an error: something was still to come.
pub fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    match stream.read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end().to_string()),
    }
}
