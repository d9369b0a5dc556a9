//! One connection that is kept: requests byte by byte, for loads and for what no decent client would send.

use serde_json::Value;
use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// How long a reply may take. Far beyond what it needs, so that a busy machine fails no test.
const REPLY: Duration = Duration::from_mins(1);

/// One connection to a server.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// What came back, as it lies in the buffer of the connection.
#[derive(Debug)]
pub struct Reply<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The status line and the headers.
    pub head: &'a [u8],
    /// The body as it came over the wire.
    pub body: &'a [u8],
}

impl Wire {
    /// Connects to the server at `host:port`.
    ///
    /// # Errors
    /// If there is nobody.
    pub fn connect(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(REPLY))?;
        stream.set_write_timeout(Some(REPLY))?;
        Ok(Self { stream, buffer: vec![0; 16 * 1024], filled: 0 })
    }

    /// Sends a whole request, and waits for the whole reply.
    ///
    /// # Errors
    /// If the connection breaks before the reply is whole.
    pub fn ask(&mut self, request: &[u8]) -> io::Result<Reply<'_>> {
        self.send(request)?;
        self.receive()
    }

    /// Sends a whole request.
    ///
    /// # Errors
    /// If the connection is broken.
    pub fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Waits for the reply to the request that was sent last.
    ///
    /// # Errors
    /// If the connection breaks before the reply is whole, or it is in a form that the server does not use.
    pub fn receive(&mut self) -> io::Result<Reply<'_>> {
        self.filled = 0;
        let head_end = loop {
            if let Some(end) = self.buffer[..self.filled].windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            self.fill()?;
        };
        let status = status(&self.buffer[..head_end])?;
        let empty = status == 204 || status == 304;
        let length = if empty { 0 } else { content_length(&self.buffer[..head_end])? };
        while self.filled < head_end + length {
            self.fill()?;
        }
        let (head, rest) = self.buffer.split_at(head_end);
        Ok(Reply { status, head, body: &rest[..length] })
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        match self.stream.read(&mut self.buffer[self.filled..])? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.filled += read;
                Ok(())
            }
        }
    }
}

impl Reply<'_> {
    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.body).unwrap_or(Value::Null)
    }
}

fn unusable(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

fn status(head: &[u8]) -> io::Result<u16> {
    let digits = head.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| unusable("no status"))
}

fn content_length(head: &[u8]) -> io::Result<usize> {
    let name = b"\r\ncontent-length: ";
    let at = head.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name));
    let digits = &head[at.ok_or_else(|| unusable("no length"))? + name.len()..];
    let end = digits.iter().position(|byte| *byte == b'\r').unwrap_or(digits.len());
    let digits = std::str::from_utf8(&digits[..end]).ok();
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| unusable("no length"))
}

/// A GET as bytes; `headers` are whole lines without their ends.
#[must_use]
pub fn get(path: &str, headers: &[&str]) -> Vec<u8> {
    let mut lines = format!("GET {path} HTTP/1.1\r\n");
    if !headers.iter().any(|line| line.to_ascii_lowercase().starts_with("host:")) {
        lines.push_str("host: 127.0.0.1\r\n");
    }
    for line in headers {
        lines.push_str(line);
        lines.push_str("\r\n");
    }
    lines.push_str("\r\n");
    lines.into_bytes()
}

/// A POST of JSON as bytes, under a key.
#[must_use]
pub fn post(path: &str, key: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nidempotency-key: {key}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A report as bytes, under a key.
#[must_use]
pub fn report(key: &str, body: &str) -> Vec<u8> {
    post("/api/v1/reports", key, body)
}
