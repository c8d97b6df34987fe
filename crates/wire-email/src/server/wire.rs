//! Lines and data from a socket, and answers to it.

use std::io;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::Stream;
use super::data::{Data, Unstuffer};

const READ_BYTES: usize = 16 * 1024;

/// A connection with what has been read of it and not been used.
pub(super) struct Wire {
    stream: Stream,
    read: BytesMut,
    answers: Vec<u8>,
}

/// What came in place of a command.
#[derive(Debug)]
pub(super) enum Line {
    /// Without its CR LF.
    Text(Vec<u8>),
    TooLong,
    /// It ended in a bare LF, or had a bare CR in it.
    BareEnd,
    Closed,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, read: BytesMut::with_capacity(READ_BYTES), answers: Vec::new() }
    }

    /// The next line. Answers that wait are sent first, unless more commands have already come
    /// (PIPELINING, RFC 2920).
    pub(super) async fn line(&mut self, bytes_max: usize) -> io::Result<Line> {
        loop {
            if let Some(end) = self.read.iter().position(|&b| b == b'\n') {
                let line = self.read.split_to(end + 1);
                let Some(line) = line.strip_suffix(b"\r\n") else {
                    return Ok(Line::BareEnd);
                };
                if line.contains(&b'\r') {
                    return Ok(Line::BareEnd);
                }
                return Ok(if line.len() > bytes_max {
                    Line::TooLong
                } else {
                    Line::Text(line.to_vec())
                });
            }
            if self.read.len() > bytes_max + 2 {
                self.read.clear();
                return Ok(Line::TooLong);
            }
            self.flush().await?;
            if self.fill().await? == 0 {
                return Ok(Line::Closed);
            }
        }
    }

    /// The data of a mail up to its end; `None` when the connection closed before.
    pub(super) async fn data(&mut self, bytes_max: usize) -> io::Result<Option<Data>> {
        self.flush().await?;
        let mut unstuffer = Unstuffer::new(bytes_max);
        loop {
            if let Some(used) = unstuffer.feed(&self.read) {
                self.read.advance(used);
                return Ok(Some(unstuffer.finish()));
            }
            self.read.clear();
            if self.fill().await? == 0 {
                return Ok(None);
            }
        }
    }

    async fn fill(&mut self) -> io::Result<usize> {
        self.read.reserve(READ_BYTES);
        self.stream.read_buf(&mut self.read).await
    }

    /// Queues an answer of one line.
    pub(super) fn answer(&mut self, code: u16, text: &str) {
        self.answer_lines(code, &[text]);
    }

    /// Queues an answer of several lines. Nothing in the words can end a line early.
    pub(super) fn answer_lines(&mut self, code: u16, lines: &[&str]) {
        for (i, text) in lines.iter().enumerate() {
            let mark = if i + 1 == lines.len() { ' ' } else { '-' };
            let clean = text.chars().filter(|c| !c.is_control()).take(400);
            let line: String = clean.collect();
            self.answers.extend_from_slice(format!("{code}{mark}{line}\r\n").as_bytes());
        }
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if !self.answers.is_empty() {
            self.stream.write_all(&self.answers).await?;
            self.stream.flush().await?;
            self.answers.clear();
        }
        Ok(())
    }
}
