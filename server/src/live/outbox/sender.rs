//! How the notices of one webhook leave: one at a time, in order, at least once.
//!
//! A receiver that fails is asked again, after a second at first and after five minutes at last. What it refuses for what it says, and what is
//! too old, goes into the tray and holds nobody back.

use super::{Line, hook::Hook, now_s};
use crate::clock;
use gridward_data::{
    model::time::Timestamp,
    store::{
        Store,
        commit::StoreError,
        outbox::{GivenUp, KeptNotice},
    },
};
use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};
use tokio::sync::oneshot;
use ureq::tls::{RootCerts, TlsConfig};

/// Notices read from the store at once.
const BATCH: usize = 32;
/// How long a receiver may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first and the longest wait after a failure.
const WAITS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(5));
/// The longest wait that a receiver may ask for.
const ASKED_WAIT_MAX: Duration = Duration::from_hours(1);
/// So long a receiver must have failed before anything is given up: a server that was off itself has told nobody meanwhile.
const PATIENT: Duration = Duration::from_mins(10);
/// By these answers a receiver refuses what a notice says: it would refuse it again.
const REFUSALS: [u16; 5] = [400, 410, 413, 415, 422];
/// How long to wait after the store failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What hinders a webhook.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    /// Since when.
    pub(crate) since: Timestamp,
    /// How often it was tried in vain since then.
    pub(crate) tries: u32,
    /// The last fault.
    pub(crate) fault: String,
    /// When it is tried again.
    pub(crate) next_at: Timestamp,
}

/// How a receiver took a notice.
enum Taken {
    Told,
    /// It will not take this one.
    Refused(String),
    /// It did not take it now; it may have asked for a wait.
    Failed(String, Option<Duration>),
}

/// Sends what there is to tell, until the task is ended or the store is closed.
pub(super) async fn follow(store: Store, line: Arc<Line>) {
    let agent = agent();
    loop {
        match rounds(&store, &line, &agent).await {
            Ok(()) => line.news.notified().await,
            Err(StoreError::Closed) => return,
            Err(error) => {
                tracing::error!(%error, webhook = line.hook.name, "notices cannot be read or settled; trying again");
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
            }
        }
    }
}

/// Sends until nothing is left to tell.
async fn rounds(store: &Store, line: &Line, agent: &ureq::Agent) -> Result<(), StoreError> {
    loop {
        let waiting = store.notices(&line.hook.name, BATCH).await?;
        if waiting.is_empty() {
            line.clear_trouble();
            return Ok(());
        }
        let mut failed = None;
        for kept in &waiting {
            match send(agent, &line.hook, kept).await {
                Taken::Told => drop(store.settle_notices(&[kept.number]).await?),
                Taken::Refused(reason) => give_up(store, &line.hook, kept, reason).await?,
                Taken::Failed(fault, wait) => {
                    failed = Some((fault, wait));
                    break;
                }
            }
            line.clear_trouble();
        }
        if let Some((fault, asked)) = failed {
            let (wait, for_ms) = line.note_trouble(fault.clone(), asked);
            if for_ms >= PATIENT.as_millis() as i64 {
                give_up_old(store, &line.hook, &fault).await?;
            }
            tokio::time::sleep(wait).await;
        }
    }
}

/// What has waited for too long goes into the tray: all of it, or a receiver that comes back would be told of the day before yesterday first.
async fn give_up_old(store: &Store, hook: &Hook, fault: &str) -> Result<(), StoreError> {
    let oldest = Timestamp(clock::now().0 - hook.give_up.as_millis() as i64);
    loop {
        let waiting = store.notices(&hook.name, BATCH).await?;
        let old: Vec<_> = waiting.iter().filter(|kept| kept.at < oldest).collect();
        for kept in &old {
            give_up(store, hook, kept, fault.to_owned()).await?;
        }
        if old.len() < BATCH {
            return Ok(());
        }
    }
}

async fn give_up(store: &Store, hook: &Hook, kept: &KeptNotice, reason: String) -> Result<(), StoreError> {
    tracing::warn!(
        webhook = hook.name,
        notice = kept.number,
        reason,
        "a notice is given up; it lies in the tray"
    );
    let given_up = GivenUp { at: clock::now(), reason };
    store.put_notice_aside(kept.number, Some(given_up)).await.map(drop)
}

impl Line {
    fn clear_trouble(&self) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Notes a failure; answers how long to wait: twice as long from try to try, a quarter of it by chance, so that receivers of many
    /// servers are not asked by all of them at once; and for how long it has failed, milliseconds.
    fn note_trouble(&self, fault: String, asked: Option<Duration>) -> (Duration, i64) {
        let now = clock::now();
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = trouble.as_ref().map_or(0, |trouble| trouble.tries) + 1;
        let longest = WAITS.0.saturating_mul(1 << (tries - 1).min(16)).min(WAITS.1);
        let wait = longest.mul_f64(0.75 + 0.25 * fastrand::f64());
        let wait = asked.map_or(wait, |asked| asked.clamp(wait, ASKED_WAIT_MAX));
        tracing::warn!(
            webhook = self.hook.name,
            tries,
            fault,
            wait_s = wait.as_secs_f32(),
            "a webhook does not take its notices"
        );
        let since = trouble.as_ref().map_or(now, |trouble| trouble.since);
        let next_at = Timestamp(now.0 + wait.as_millis() as i64);
        *trouble = Some(Trouble { since, tries, fault, next_at });
        (wait, now.0 - since.0)
    }
}

/// Trusts whom this machine trusts; follows no redirection, which would lead a signed notice to somebody else.
fn agent() -> ureq::Agent {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .tls_config(tls)
        .user_agent(concat!("gridward/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

async fn send(agent: &ureq::Agent, hook: &Hook, kept: &KeptNotice) -> Taken {
    let (agent, hook, kept) = (agent.clone(), hook.clone(), kept.clone());
    let (answer, answered) = oneshot::channel();
    // A thread of its own, which a stop of the server need not wait for: the notice is told again then.
    let post = move || drop(answer.send(post(&agent, &hook, &kept)));
    if let Err(error) = std::thread::Builder::new().name("webhook".to_owned()).spawn(post) {
        return Taken::Failed(format!("no thread to send with: {error}"), None);
    }
    answered.await.unwrap_or_else(|_| Taken::Failed("sending was interrupted".to_owned(), None))
}

fn post(agent: &ureq::Agent, hook: &Hook, kept: &KeptNotice) -> Taken {
    let (id, at_s) = (format!("{}-{}", hook.name, kept.number), now_s());
    let body = kept.notice.body.as_str();
    let sent = agent
        .post(&hook.url)
        .header("content-type", "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", at_s.to_string())
        .header("webhook-signature", hook.secret.sign(&id, at_s, body))
        .send(body);
    let answer = match sent {
        Ok(answer) => answer,
        Err(error) => return Taken::Failed(error.to_string(), None),
    };
    let status = answer.status();
    if status.is_success() {
        return Taken::Told;
    }
    if REFUSALS.contains(&status.as_u16()) {
        return Taken::Refused(format!("answered {status}"));
    }
    let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
    Taken::Failed(format!("answered {status}"), wait.map(Duration::from_secs))
}
