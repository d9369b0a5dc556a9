//! Another platform that is told by webhook: takes what is sent to it, and answers as the test wants.

use crate::{ground::Ground, store::Folder};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for a notice. Far beyond what it needs, so that a busy machine fails no test.
const PATIENCE: Duration = Duration::from_secs(30);

/// What receiver and server share: 32 bytes in Base64.
pub const SECRET: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// A notice as it came.
#[derive(Clone, Debug)]
pub struct Told {
    /// The headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body, byte for byte.
    pub text: String,
}

/// A receiver that listens.
#[derive(Debug)]
pub struct Receiver {
    folder: Folder,
    port: u16,
    answer: Arc<Mutex<String>>,
    told: mpsc::Receiver<Told>,
}

impl Told {
    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Receiver {
    /// Listens on a free port of this machine and takes everything.
    ///
    /// # Panics
    /// If there is no port, or no folder for its secret.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let folder = Folder::new();
        fs::write(folder.path().join("secret"), format!("whsec_{SECRET}\n")).expect("written");
        let answer = Arc::new(Mutex::new("HTTP/1.1 204 No Content\r\n\r\n".to_owned()));
        let (sender, told) = mpsc::channel();
        let says = Arc::clone(&answer);
        thread::spawn(move || {
            for wire in listener.incoming().map_while(Result::ok) {
                let says = says.lock().expect("no thread panicked").clone();
                if let Ok(notice) = take(wire, &says)
                    && sender.send(notice).is_err()
                {
                    return;
                }
            }
        });
        Self { folder, port, answer, told }
    }

    /// From now on this is answered, with these further headers (each with its end of line).
    ///
    /// # Panics
    /// If the thread that answers panicked.
    pub fn answer(&self, status: &str, headers: &str) {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n{headers}\r\n");
        *self.answer.lock().expect("no thread panicked") = answer;
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/in", self.port)
    }

    /// A set-up file in which this receiver is told of these kinds under the name `city`.
    ///
    /// # Panics
    /// If it cannot be written.
    #[must_use]
    pub fn config(&self, kinds: &[&str], more: &str) -> String {
        let path = self.folder.path().join("gridward.toml");
        let url = self.url();
        let text = format!(
            "[[webhook]]\nname = \"city\"\nurl = \"{url}\"\nkinds = {kinds:?}\nsecret_file = \"secret\"\n{more}\n"
        );
        fs::write(&path, text).expect("written");
        path.display().to_string()
    }

    /// The next notice.
    ///
    /// # Panics
    /// If none comes.
    #[must_use]
    pub fn next(&self) -> Told {
        self.told.recv_timeout(PATIENCE).expect("a notice")
    }

    /// A notice that has come already.
    #[must_use]
    pub fn come(&self) -> Option<Told> {
        self.told.try_recv().ok()
    }
}

/// Takes one request and answers it.
fn take(wire: TcpStream, answer: &str) -> io::Result<Told> {
    wire.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(wire);
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    lines.read_line(&mut line)?;
    loop {
        line.clear();
        lines.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    lines.read_exact(&mut body)?;
    lines.get_mut().write_all(answer.as_bytes())?;
    let text = String::from_utf8(body).map_err(io::Error::other)?;
    Ok(Told { headers, text })
}

impl Ground {
    /// `GET /notices`, once it says what is wanted.
    ///
    /// # Panics
    /// If it does not within half a minute.
    #[must_use]
    pub fn notices(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let since = Instant::now();
        loop {
            let notices = self.ask("/notices");
            if wanted(&notices) {
                return notices;
            }
            assert!(since.elapsed() < PATIENCE, "the notices did not come to that: {notices}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The numbers of so many notices that lie in the tray.
    ///
    /// # Panics
    /// If there are not so many within half a minute.
    #[must_use]
    pub fn refused_notices(&self, count: usize) -> Vec<u64> {
        let tray = |notices: &Value| notices["tray"].as_array().cloned().unwrap_or_default();
        let notices = self.notices(|notices| tray(notices).len() >= count);
        tray(&notices).iter().take(count).map(|notice| notice["number"].as_u64().expect("a number")).collect()
    }
}
