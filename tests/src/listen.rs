//! A reader of the stream of what happens: Server-Sent Events over a connection of its own.

use serde_json::Value;
use std::{
    io::{self, BufRead, BufReader, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

/// How long a reader waits for an event. Far beyond what it needs, so that a busy machine fails no test.
const PATIENCE: Duration = Duration::from_secs(30);

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// How far the reader has come with it; empty where it does not say.
    pub id: String,
    /// What kind of event.
    pub name: String,
    /// What it says.
    pub data: Value,
}

/// A reader who is connected.
#[derive(Debug)]
pub struct Listener {
    lines: BufReader<TcpStream>,
    /// The number of the stream.
    pub stream: String,
    /// The `id` of the last event that had one.
    pub last_id: String,
}

impl Listener {
    /// Connects to the server at `host:port` and waits for the first word. `query` begins with `?`, or is empty.
    ///
    /// # Panics
    /// If the server does not take the reader.
    #[must_use]
    pub fn join(address: &str, query: &str, last_id: Option<&str>) -> Self {
        Self::try_join(address, query, last_id).unwrap_or_else(|error| panic!("GET /live{query}: {error}"))
    }

    /// The same with a server that may be gone.
    ///
    /// # Errors
    /// What went wrong on the way.
    pub fn try_join(address: &str, query: &str, last_id: Option<&str>) -> io::Result<Self> {
        let mut wire = TcpStream::connect(address)?;
        wire.set_read_timeout(Some(PATIENCE))?;
        let resume = last_id.map_or_else(String::new, |id| format!("Last-Event-ID: {id}\r\n"));
        // Of HTTP/1.0 the answer comes as it is, without the lengths of its pieces.
        write!(wire, "GET /api/v1/live{query} HTTP/1.0\r\nHost: {address}\r\n{resume}\r\n")?;
        let mut lines = BufReader::new(wire);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if lines.read_line(&mut head)? == 0 {
                return Err(io::Error::other(format!("the answer broke off: {head}")));
            }
        }
        if !head.starts_with("HTTP/1.0 200") {
            return Err(io::Error::other(head));
        }
        let mut listener = Self { lines, stream: String::new(), last_id: String::new() };
        let hello = listener.try_next()?.ok_or_else(|| io::Error::other("the stream ended at once"))?;
        if hello.name != "hello" {
            return Err(io::Error::other(format!("the first word was {hello:?}")));
        }
        hello.data["stream"].as_str().unwrap_or_default().clone_into(&mut listener.stream);
        Ok(listener)
    }

    /// The next event; `None` where the server ended the stream.
    ///
    /// # Errors
    /// If nothing comes, or what comes is no event.
    pub fn try_next(&mut self) -> io::Result<Option<Event>> {
        let mut event = Event { id: String::new(), name: String::new(), data: Value::Null };
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            let line = line.trim_end_matches('\n');
            match line.split_once(": ") {
                Some(("id", id)) => id.clone_into(&mut event.id),
                Some(("event", name)) => name.clone_into(&mut event.name),
                Some(("data", data)) => event.data = serde_json::from_str(data)?,
                None if line.is_empty() => break,
                _ => return Err(io::Error::other(format!("no line of an event: {line}"))),
            }
        }
        if !event.id.is_empty() {
            event.id.clone_into(&mut self.last_id);
        }
        Ok(Some(event))
    }

    /// The next event that is wanted; what comes before it is passed over.
    ///
    /// # Panics
    /// If it does not come.
    pub fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        let since = Instant::now();
        let mut passed = Vec::new();
        while since.elapsed() < PATIENCE {
            match self.try_next() {
                Ok(Some(event)) if wanted(&event) => return event,
                Ok(Some(event)) => passed.push(event.name),
                Ok(None) => panic!("the stream ended; before that: {passed:?}"),
                Err(error) => panic!("{error}; before that: {passed:?}"),
            }
        }
        panic!("it did not come; what came: {passed:?}")
    }

    /// The next fact of a kind: that it is now so, or gone.
    ///
    /// # Panics
    /// If none comes.
    pub fn fact(&mut self, kind: &str) -> Event {
        self.until(|event| ["change", "gone"].contains(&event.name.as_str()) && event.data["kind"] == kind)
    }

    /// All events up to the next beat.
    ///
    /// # Panics
    /// If none comes.
    pub fn up_to_beat(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            match self.try_next() {
                Ok(Some(event)) if event.name == "beat" => return events,
                Ok(Some(event)) => events.push(event),
                Ok(None) => panic!("the stream ended; before that: {events:?}"),
                Err(error) => panic!("{error}; before that: {events:?}"),
            }
        }
    }
}
