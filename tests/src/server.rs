//! A server under test: started on a free port, stopped or killed when the test wants it.

use crate::{binary, http::Client};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

/// How long a server may take until it serves. Far beyond what it needs, so that a busy machine fails no test.
const START: Duration = Duration::from_mins(1);

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    client: Client,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Serves a store on a free port of this machine.
    ///
    /// # Panics
    /// If it does not come up; with what it said.
    #[must_use]
    pub fn start(store: &Path) -> Self {
        Self::try_start(store, &[]).unwrap_or_else(|said| panic!("the server did not come up:\n{said}"))
    }

    /// The same; where it does not come up, what it said.
    ///
    /// # Errors
    /// Everything that it said, if it ended or was silent.
    ///
    /// # Panics
    /// If the binary cannot be run.
    pub fn try_start(store: &Path, arguments: &[&str]) -> Result<Self, String> {
        let mut child = Command::new(binary())
            .args(["serve", "--listen", "127.0.0.1:0", "--store"])
            .arg(store)
            .args(arguments)
            .env("GRIDWARD_LOG", "info")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary can be run");
        let log = Arc::new(Mutex::new(String::new()));
        let (sender, address) = mpsc::channel();
        let (lines, kept) = (BufReader::new(child.stderr.take().expect("piped")), log.clone());
        thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                if let Some(at) = line.find("serving http://") {
                    let rest = &line[at + "serving http://".len()..];
                    let _ = sender.send(rest.split_whitespace().next().unwrap_or("").to_owned());
                }
                let mut kept = kept.lock().expect("no thread panicked");
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        if let Ok(address) = address.recv_timeout(START) {
            return Ok(Self { child, client: Client::new(&address), log });
        }
        let _ = child.kill();
        let _ = child.wait();
        Err(log.lock().expect("no thread panicked").clone())
    }

    /// Asks it over HTTP.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Its process number.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Everything that it said so far.
    ///
    /// # Panics
    /// If the thread that listens to it panicked.
    #[must_use]
    pub fn said(&self) -> String {
        self.log.lock().expect("no thread panicked").clone()
    }

    /// Ends it at once, as a power cut of the process would: `kill -9`.
    ///
    /// # Panics
    /// If it cannot be killed.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop, waits until it has, and answers what it said.
    ///
    /// # Panics
    /// If it does not end well.
    #[must_use]
    pub fn stop(mut self) -> String {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill can be run");
        assert!(told.success(), "the server could not be told to stop");
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "it ended with {status}:\n{}", self.said());
        self.said()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
