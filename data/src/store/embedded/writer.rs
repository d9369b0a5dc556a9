//! The one thread that writes: it takes what is queued, makes one transaction of it, and answers when that is on the disk.
//!
//! ```text
//! queue ─► take a group ─► BEGIN IMMEDIATE ─► apply each ─► COMMIT (one sync for all) ─► still our files? ─► recent rows ─► answers
//!                                               └─ one fails half way ─► ROLLBACK, then each in a transaction of its own
//! ```
//!
//! A commit that is refused by its checks has written nothing, so it needs no savepoint and harms nobody.

use super::{
    apply::{self, Outcome},
    file::Watch,
    folding::{self, Folding},
    lock::FolderLock,
    next_ids::NextIds,
    queue::Queue,
    readers::Readers,
};
use crate::{
    model::{entity::Kind, id::DistrictId, time::Timestamp},
    store::{
        change::LogRow,
        commit::{Commit, CommitError, Committed, StoreError},
        recent::Recent,
        version::Version,
    },
};
use futures_channel::oneshot;
use rusqlite::Connection;
use std::{ops::Range, sync::Arc};

/// Changes in one transaction of a group: bounds what is held up behind one sync, and what is written again when one fails.
const GROUP_CHANGES: usize = 4_096;
/// A request is remembered for seven days, milliseconds.
const REQUEST_KEPT_MS: i64 = 7 * 24 * 3_600_000;
/// After so many commits, old requests are forgotten, a few more than have come.
pub(super) const FORGET_EVERY: usize = 256;
/// What the writer is asked to do.
pub(super) enum Job {
    /// To store a commit.
    Commit(Box<Commit>, Answer<Committed, CommitError>),
    /// To give numbers.
    Allot(DistrictId, Kind, u64, Answer<Range<u64>, StoreError>),
    /// To do something in a transaction of its own.
    Do(Errand),
}

/// How an answer goes back.
pub(super) type Answer<T, E> = oneshot::Sender<Result<T, E>>;
/// Something to be done with the writer's connection.
pub(super) type Errand = Box<dyn FnOnce(&Connection) + Send>;

impl Job {
    fn weight(&self) -> usize {
        match self {
            Self::Commit(commit, _) => 1 + commit.changes.len(),
            Self::Allot(..) | Self::Do(_) => 1,
        }
    }
}

/// What became of a job inside its transaction.
enum Done {
    Commit(Outcome),
    Allot(Range<u64>),
}

/// The thread's own things.
pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) next_ids: NextIds,
    pub(super) queue: Arc<Queue<Job>>,
    pub(super) recent: Arc<Recent>,
    pub(super) readers: Readers,
    pub(super) folding: Folding,
    pub(super) watch: Watch,
    pub(super) lock: FolderLock,
    /// Why nothing is stored any more.
    pub(super) broken: Option<String>,
    /// Whether the disk was full for one of this group.
    pub(super) full: bool,
    pub(super) commits_since_forgetting: usize,
}

impl Writer {
    /// Works until the queue is closed and empty, then tidies up and lets go of the folder.
    pub(super) fn run(mut self) -> Result<(), StoreError> {
        // However this thread ends, nobody waits for it for ever.
        let _abandon = Abandon(Arc::clone(&self.queue));
        loop {
            let jobs = self.queue.take(GROUP_CHANGES, Job::weight);
            if jobs.is_empty() {
                break;
            }
            self.group(jobs);
            // On a full disk the write-ahead log can begin anew in the room that it has.
            if std::mem::take(&mut self.full) || self.folding.take_folded() {
                folding::fold(&self.connection);
            }
        }
        self.end()
    }

    /// One group: one transaction, one sync.
    fn group(&mut self, jobs: Vec<Job>) {
        let mut together = Vec::with_capacity(jobs.len());
        for job in jobs {
            if let Job::Do(errand) = job {
                self.store(std::mem::take(&mut together));
                errand(&self.connection);
            } else {
                together.push(job);
            }
        }
        self.store(together);
    }

    fn store(&mut self, mut jobs: Vec<Job>) {
        if jobs.is_empty() {
            return;
        }
        if let Some(reason) = &self.broken {
            for job in jobs {
                refuse(job, StoreError::Driver(reason.clone()).into());
            }
            return;
        }
        if let Err(error) = self.begin() {
            // Somebody else holds the file: to try each alone would wait for each alone.
            for job in jobs {
                refuse(job, StoreError::Driver(format!("the file cannot be written now: {error}")).into());
            }
            return;
        }
        match self.transaction(&jobs) {
            Ok(done) => self.answer(jobs, done),
            Err(refusal) if jobs.len() == 1 => {
                self.full |= matches!(refusal, CommitError::Full);
                if let Some(job) = jobs.pop() {
                    refuse(job, refusal);
                }
            }
            // One of them failed half way and took the others with it: each for itself.
            Err(_) => jobs.into_iter().for_each(|job| self.store(vec![job])),
        }
    }

    fn begin(&self) -> rusqlite::Result<()> {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([]).map(drop)
    }

    /// Does all jobs in the transaction that was begun, and ends it. An error: nothing was stored.
    fn transaction(&mut self, jobs: &[Job]) -> Result<Vec<Done>, CommitError> {
        let written = self.try_transaction(jobs);
        if written.is_err() {
            // Some errors have rolled back already.
            let rolled_back =
                self.connection.is_autocommit() || self.connection.execute_batch("ROLLBACK").is_ok();
            match NextIds::read(&self.connection) {
                Ok(next_ids) if rolled_back => self.next_ids = next_ids,
                _ => {
                    self.broken =
                        Some("a transaction could not be taken back: restart the server".to_owned());
                }
            }
        }
        written
    }

    fn try_transaction(&mut self, jobs: &[Job]) -> Result<Vec<Done>, CommitError> {
        let mut newest = self.recent.newest();
        let mut done = Vec::with_capacity(jobs.len());
        for job in jobs {
            done.push(match job {
                Job::Commit(commit, _) => {
                    let outcome = apply::apply(&self.connection, &mut self.next_ids, &newest, commit)?;
                    if let Outcome::Written(version, _) = &outcome {
                        newest = version.clone();
                    }
                    Done::Commit(outcome)
                }
                Job::Allot(district, kind, count, _) => Done::Allot(self.allot(*district, *kind, *count)?),
                Job::Do(_) => unreachable!("errands are done outside of groups"),
            });
        }
        self.forget_requests(jobs)?;
        self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]))?;
        if let Err(reason) = self.watch.check() {
            // It may be stored in a file that nobody will ever open: it must not be acknowledged.
            self.broken = Some(reason.clone());
            return Err(StoreError::Driver(reason).into());
        }
        Ok(done)
    }

    fn allot(&mut self, district: DistrictId, kind: Kind, count: u64) -> Result<Range<u64>, CommitError> {
        let allotted = self.next_ids.allot(&self.connection, district.number() as i64, kind, count);
        allotted?.ok_or_else(|| {
            let reason = format!("the numbers for {} are used up", kind.word());
            StoreError::Unusable { place: super::file::NAME.to_owned(), reason }.into()
        })
    }

    /// Forgets the oldest requests now and then, by the time of the newest commit.
    fn forget_requests(&mut self, jobs: &[Job]) -> rusqlite::Result<()> {
        self.commits_since_forgetting += jobs.len();
        let newest: Option<Timestamp> = jobs.iter().filter_map(at).max();
        let Some(now) = newest.filter(|_| self.commits_since_forgetting >= FORGET_EVERY) else {
            return Ok(());
        };
        let text = include_str!("queries/request_forget.sql");
        let limit = (2 * self.commits_since_forgetting) as i64;
        self.connection.prepare_cached(text)?.execute((now.0.saturating_sub(REQUEST_KEPT_MS), limit))?;
        self.commits_since_forgetting = 0;
        Ok(())
    }

    /// The transaction stands: first the log, then those who wait, so that the follower has a start.
    fn answer(&self, jobs: Vec<Job>, done: Vec<Done>) {
        let mut rows: Vec<LogRow> = Vec::new();
        let mut answers = Vec::with_capacity(jobs.len());
        for (job, done) in jobs.into_iter().zip(done) {
            match (job, done) {
                (Job::Commit(_, answer), Done::Commit(Outcome::Written(version, written))) => {
                    rows.extend(written);
                    answers.push((answer, Ok(Committed::Stored { version })));
                }
                (Job::Commit(_, answer), Done::Commit(Outcome::Answered(verdict))) => {
                    answers.push((answer, verdict));
                }
                (Job::Allot(.., answer), Done::Allot(range)) => drop(answer.send(Ok(range))),
                _ => unreachable!("every job is done as what it is"),
            }
        }
        self.recent.publish(rows);
        for (answer, verdict) in answers {
            // Who stopped waiting does not mind.
            drop(answer.send(verdict));
        }
    }

    /// The last things, in this order: nobody reads, everything lies in the one file, the folder is free.
    fn end(mut self) -> Result<(), StoreError> {
        self.readers.end();
        self.folding.end(&mut self.connection);
        let folded = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        let closed = self.connection.close().map_err(|(_, error)| error);
        drop(self.lock);
        match self.broken {
            Some(reason) => Err(StoreError::Driver(reason)),
            None => Ok(folded.and(closed)?),
        }
    }
}

fn at(job: &Job) -> Option<Timestamp> {
    if let Job::Commit(commit, _) = job { Some(commit.at) } else { None }
}

fn refuse(job: Job, refusal: CommitError) {
    match job {
        Job::Commit(_, answer) => drop(answer.send(Err(refusal))),
        Job::Allot(.., answer) => drop(answer.send(Err(match refusal {
            CommitError::Store(error) => error,
            CommitError::Full => StoreError::Full,
            other => StoreError::Driver(other.to_string()),
        }))),
        Job::Do(_) => {}
    }
}

/// The version at the end of the log.
pub(super) fn newest(connection: &Connection, epoch: &str) -> Result<Version, StoreError> {
    let seq: i64 = connection.query_row(include_str!("queries/newest.sql"), [], |row| row.get(0))?;
    Version::new(epoch, 0, seq as u64)
        .map_err(|error| StoreError::Unreadable { key: "the epoch".to_owned(), reason: error.to_string() })
}

/// Empties the queue of a thread that ends, also of one that panics.
struct Abandon(Arc<Queue<Job>>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
