//! What is told to others: notices, kept with the commit that they tell of, and sent by a task of their own.
//!
//! ```text
//! Outbox::commit ─► the decision and its notices in one transaction ─► wakes ─► sender of each webhook: one at a time, in order
//!                                                                               told ─► settled    refused or too old ─► the tray
//! ```
//! The contract for receivers is in `docs/live.md`.

pub(crate) mod hook;
mod sender;
mod signature;

use crate::{clock, live::event};
use gridward_data::store::{
    Store,
    change::{Change, Revision},
    commit::{Commit, CommitError, Committed, Notice, StoreError},
};
use hook::Hook;
use sender::Trouble;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::{sync::Notify, task::JoinSet};

/// The webhooks and how they fare.
pub(crate) struct Outbox {
    lines: Vec<Arc<Line>>,
}

/// What belongs to one webhook.
pub(crate) struct Line {
    pub(crate) hook: Hook,
    /// There may be something to tell.
    news: Notify,
    trouble: Mutex<Option<Trouble>>,
}

impl Line {
    /// What hinders it at present.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Outbox {
    /// For these webhooks; nothing is sent yet.
    pub(crate) fn new(hooks: Vec<Hook>) -> Self {
        let line = |hook| Arc::new(Line { hook, news: Notify::new(), trouble: Mutex::default() });
        Self { lines: hooks.into_iter().map(line).collect() }
    }

    /// The webhooks, in the order of the set-up.
    pub(crate) fn lines(&self) -> &[Arc<Line>] {
        &self.lines
    }

    /// Stores a decision together with what others are to be told of it.
    pub(crate) async fn commit(&self, store: &Store, mut commit: Commit) -> Result<Committed, CommitError> {
        commit.outbox.extend(self.notices(&commit));
        let told = !commit.outbox.is_empty();
        let committed = store.commit(commit).await?;
        if told {
            self.wake();
        }
        Ok(committed)
    }

    /// There may be something to tell.
    pub(crate) fn wake(&self) {
        for line in &self.lines {
            line.news.notify_one();
        }
    }

    /// Sends until the task is ended.
    pub(crate) async fn follow(self: Arc<Self>, store: Store) {
        self.warn_of_orphans(&store).await;
        let mut senders: JoinSet<()> =
            self.lines.iter().map(|line| sender::follow(store.clone(), Arc::clone(line))).collect();
        while senders.join_next().await.is_some() {}
    }

    /// Notices of a webhook that is set up no more stay: it may come back. Who runs the service is told that they are there.
    async fn warn_of_orphans(&self, store: &Store) {
        let counts = store.notices_by_topic().await.unwrap_or_default();
        for count in
            counts.iter().filter(|count| !self.lines.iter().any(|line| line.hook.name == count.topic))
        {
            tracing::warn!(
                webhook = count.topic,
                waiting = count.waiting,
                given_up = count.given_up,
                "notices are kept for a webhook that is not set up"
            );
        }
    }

    /// What each webhook is told of a commit: of each thing once, as it is after it.
    fn notices(&self, commit: &Commit) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.lines.is_empty() {
            return notices;
        }
        for (place, change) in commit.changes.iter().enumerate() {
            let key = change.key();
            if commit.changes[place + 1..].iter().any(|later| later.key() == key) {
                continue;
            }
            let mut lines = self.lines.iter().filter(|line| line.hook.kinds.contains(&key.kind)).peekable();
            if lines.peek().is_some() {
                let body = event::notice(change, revision_after(commit, change), commit.at);
                notices
                    .extend(lines.map(|line| Notice { topic: line.hook.name.clone(), body: body.clone() }));
            }
        }
        notices
    }

    /// Tries a notice in the tray again; `false` where it does not lie there.
    pub(crate) async fn try_again(&self, store: &Store, number: u64) -> Result<bool, StoreError> {
        let there = store.put_notice_aside(number, None).await?;
        self.wake();
        Ok(there)
    }
}

/// A decision has read what it changes, and a change counts the revision up by one; what is new begins with 1.
fn revision_after(commit: &Commit, change: &Change) -> Revision {
    let key = change.key();
    let read = commit.expected.iter().find_map(|(read, revision)| (*read == key).then_some(*revision)?);
    let times = commit.changes.iter().filter(|other| other.key() == key).count() as u64;
    Revision(read.map_or(0, |revision| revision.0) + times)
}

/// Seconds since 1970, as the specification of the signature wants them.
fn now_s() -> i64 {
    clock::now().0.div_euclid(1000)
}
