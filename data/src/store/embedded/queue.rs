//! What waits for a thread: a bounded queue that is filled by futures and emptied by threads.

use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// A queue of at most so many jobs.
#[derive(Debug)]
pub(super) struct Queue<T> {
    held: Mutex<Held<T>>,
    filled: Condvar,
    bound: usize,
}

#[derive(Debug)]
struct Held<T> {
    jobs: VecDeque<T>,
    open: bool,
    waiting: Vec<Waker>,
}

impl<T> Queue<T> {
    /// An empty queue.
    pub(super) fn new(bound: usize) -> Self {
        let held = Held { jobs: VecDeque::new(), open: true, waiting: Vec::new() };
        Self { held: Mutex::new(held), filled: Condvar::new(), bound }
    }

    /// Appends a job; waits while the queue is full. `false`: the queue is closed, the job is dropped.
    pub(super) async fn push(&self, job: T) -> bool {
        let mut job = Some(job);
        poll_fn(move |context| {
            let mut held = self.held();
            if !held.open {
                return Poll::Ready(false);
            }
            if held.jobs.len() >= self.bound {
                if !held.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                    held.waiting.push(context.waker().clone());
                }
                return Poll::Pending;
            }
            held.jobs.extend(job.take());
            drop(held);
            self.filled.notify_one();
            Poll::Ready(true)
        })
        .await
    }

    /// Takes jobs in order, at least one, further ones while their weights do not add up to more than `weight`. Blocks while there
    /// is none. Empty: the queue is closed and there is nothing left.
    pub(super) fn take(&self, weight: usize, weigh: impl Fn(&T) -> usize) -> Vec<T> {
        let mut held = self.held();
        while held.jobs.is_empty() && held.open {
            held = self.filled.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        let mut taken = Vec::new();
        let mut sum = 0;
        while let Some(job) = held.jobs.front() {
            sum += weigh(job);
            if sum > weight && !taken.is_empty() {
                break;
            }
            taken.extend(held.jobs.pop_front());
        }
        // All of them, since one that stopped waiting would not pass the word on.
        let waiting = std::mem::take(&mut held.waiting);
        drop(held);
        waiting.into_iter().for_each(Waker::wake);
        taken
    }

    /// Whether it takes jobs.
    pub(super) fn is_open(&self) -> bool {
        self.held().open
    }

    /// How many jobs wait.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.held().jobs.len()
    }

    /// Takes no more jobs. What is queued is still to be done.
    pub(super) fn close(&self) {
        let mut held = self.held();
        held.open = false;
        let waiting = std::mem::take(&mut held.waiting);
        drop(held);
        self.filled.notify_all();
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Takes no more jobs and drops what is queued, which tells those who wait for an answer that none will come.
    pub(super) fn abandon(&self) {
        self.close();
        let dropped = std::mem::take(&mut self.held().jobs);
        drop(dropped);
    }

    fn held(&self) -> MutexGuard<'_, Held<T>> {
        // Nothing in here is left half done by a panic.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
