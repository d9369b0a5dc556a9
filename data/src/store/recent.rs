//! What was stored last: the newest version, the last rows of the log in memory, and who waits for more.
//!
//! The follower of a store is seldom more than a millisecond behind, so that its question is nearly always answered from here.

use super::{change::LogRow, question::Tail, version::Version};
use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// The last rows of the log.
#[derive(Debug)]
pub(super) struct Recent {
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    newest: Version,
    /// Everything after this number is in `rows`.
    complete_after: u64,
    rows: VecDeque<LogRow>,
    capacity: usize,
    waiting: Vec<Waker>,
}

impl Recent {
    /// The end of a log that has come to `newest`, of which at most `capacity` further rows are held.
    pub(super) fn new(newest: Version, capacity: usize) -> Self {
        let held = Held {
            complete_after: newest.seq(),
            newest,
            rows: VecDeque::new(),
            capacity,
            waiting: Vec::new(),
        };
        Self { held: Mutex::new(held) }
    }

    /// The newest version.
    pub(super) fn newest(&self) -> Version {
        self.held().newest.clone()
    }

    /// These rows are stored now. In the order of the log; wakes who waits.
    pub(super) fn publish(&self, rows: Vec<LogRow>) {
        let mut held = self.held();
        let Some(last) = rows.last() else { return };
        held.newest = last.version.clone();
        for row in rows {
            if held.rows.len() == held.capacity
                && let Some(dropped) = held.rows.pop_front()
            {
                held.complete_after = dropped.version.seq();
            }
            held.rows.push_back(row);
        }
        let waiting = std::mem::take(&mut held.waiting);
        drop(held);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// What came after a version, as far as it is held here; `None` when the rows lie further back.
    pub(super) fn after(&self, after: &Version, limit: usize) -> Option<Tail> {
        let held = self.held();
        if !held.newest.reaches(after) {
            return Some(Tail::Reload);
        }
        if after.seq() < held.complete_after {
            return None;
        }
        let start = held.rows.partition_point(|row| row.version.seq() <= after.seq());
        Some(Tail::Rows(held.rows.iter().skip(start).take(limit).cloned().collect()))
    }

    /// Waits until there is something newer than `version`.
    pub(super) async fn newer_than(&self, version: &Version) -> Version {
        poll_fn(|context| {
            let mut held = self.held();
            if !version.reaches(&held.newest) {
                return Poll::Ready(held.newest.clone());
            }
            if !held.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                held.waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Nothing in here is left half done by a panic.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
