//! Questions over HTTP, and answers that a test can read.

use serde_json::Value;
use std::time::Duration;

/// How long an answer may take. Far beyond what it needs, so that a busy machine fails no test.
const ANSWER: Duration = Duration::from_mins(1);

/// Asks one server; keeps its connections.
#[derive(Clone, Debug)]
pub struct Client {
    agent: ureq::Agent,
    root: String,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as it came over the wire.
    pub body: Vec<u8>,
}

impl Client {
    /// Asks the server at `host:port`.
    #[must_use]
    pub fn new(address: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(ANSWER))
            .max_redirects(0)
            .max_idle_connections_per_host(256)
            .max_idle_connections(512)
            .proxy(None);
        Self { agent: config.build().into(), root: format!("http://{address}") }
    }

    /// The root of the server.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Asks with GET.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Asks with GET and headers.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request =
            self.agent.get(format!("{}{path}", self.root)).header("accept-encoding", "identity");
        for (name, value) in headers {
            request.headers_mut().expect("the request is well formed").remove(*name);
            request = request.header(*name, *value);
        }
        Answer::of(request.call().unwrap_or_else(|error| panic!("GET {path}: {error}")))
    }

    /// Sends JSON under a key.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.try_post(path, key, body).unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Sends JSON under a key, to a server that may die meanwhile.
    ///
    /// # Errors
    /// What went wrong on the way.
    pub fn try_post(&self, path: &str, key: &str, body: &Value) -> Result<Answer, String> {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.try_send(path, &headers, body.to_string().as_bytes())
    }

    /// Sends bytes as they are, with headers as they are.
    ///
    /// # Errors
    /// What went wrong on the way.
    pub fn try_send(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, String> {
        let mut request = self.agent.post(format!("{}{path}", self.root));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send(body).map_err(|error| error.to_string())?;
        let status = response.status();
        let answer = Answer::of(response);
        if answer.body.is_empty() && status != 204 {
            Err("the answer broke off".to_owned())
        } else {
            Ok(answer)
        }
    }
}

impl Answer {
    fn of(mut response: ureq::http::Response<ureq::Body>) -> Self {
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            status: response.status().as_u16(),
            headers: response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: response.body_mut().read_to_vec().unwrap_or_default(),
        }
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, of an answer that must have this status.
    ///
    /// # Panics
    /// If the status is another or the body is no JSON; with the body.
    #[must_use]
    pub fn json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The slug of a problem that must have this status.
    ///
    /// # Panics
    /// If it is no problem document with this status.
    #[must_use]
    pub fn problem(&self, status: u16) -> String {
        let problem = self.json(status);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        assert_eq!(problem["status"], status, "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
        problem["type"].as_str().expect("a type").trim_start_matches("/problems/").to_owned()
    }
}
