//! A store in a folder: one `SQLite` file, one thread that writes, two that read.
//!
//! A commit is answered when it is on the disk (write-ahead log, `synchronous = FULL`). The folder belongs to one process at a time.
//!
//! ```text
//! gridward.db       state, log, names, requests, outbox, audit (`migrations/`); readable by its owner alone
//! gridward.db-wal   what is not folded into it yet; gone when the server was stopped in order
//! gridward.lock     the number of the process that holds the folder
//! tracks/           where people were on their patrols, a file for each day (`tracks.rs`)
//! ```

mod apply;
mod failure;
mod file;
mod folding;
mod head_counts;
mod load;
mod lock;
mod next_ids;
mod outbox;
mod queue;
mod read;
mod readers;
mod statement;
#[cfg(test)]
mod tests;
mod tracks;
mod writer;

use super::{
    change::Revision,
    commit::{Commit, CommitError, Committed, Request, StoreError},
    head_count::HeadCount,
    outbox::{GivenUp, KeptNotice, TopicCount},
    question::{CaseFilter, Loaded, Tail},
    recent::Recent,
    tracks::{DeviceFixes, FixBatch, FixesKept},
    version::Version,
};
use crate::model::{
    calendar::Day,
    case::Case,
    entity::{Entity, Key, Kind},
    id::{CaseId, DistrictId, PatrolId},
    time::Timestamp,
    visit::Visit,
};
use folding::Folding;
use futures_channel::oneshot;
use lock::FolderLock;
use next_ids::NextIds;
use queue::Queue;
use readers::{Desk, Readers};
use rusqlite::Connection;
use std::{
    collections::BTreeMap,
    ops::Range,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};
use tracks::Tracks;
use writer::{Job, Writer};

/// Jobs that may wait for the writer; who comes then waits before asking. At 5,000 a second this is less than a second's work.
const WAITING: usize = 4_096;
/// Rows of the log that are held in memory.
const RECENT_ROWS: usize = 8_192;

/// Facts in a folder. Clones are the same store; when the last is dropped, the folder is free.
#[derive(Clone)]
pub struct EmbeddedStore {
    inner: Arc<Inner>,
}

struct Inner {
    queue: Arc<Queue<Job>>,
    recent: Arc<Recent>,
    desk: Desk,
    tracks: Tracks,
    /// The writer, until somebody waits for its end.
    thread: Mutex<Option<JoinHandle<Result<(), StoreError>>>>,
}

impl std::fmt::Debug for EmbeddedStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedStore").field("version", &self.inner.recent.newest()).finish_non_exhaustive()
    }
}

impl EmbeddedStore {
    /// Opens the store in this folder, see [`super::Store::open`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        file::make_folder(folder)?;
        let lock = FolderLock::take(folder)?;
        let mut connection = file::open_for_writing(folder)?;
        let epoch = read::epoch(&connection)?;
        let newest = writer::newest(&connection, &epoch)?;
        let watch = file::Watch::begin(folder, file::NAME)?;
        let next_ids = NextIds::read(&connection)?;
        let tracks = Tracks::start(folder)?;
        let readers = Readers::start(folder)?;
        let desk = readers.desk();
        let folding = match Folding::start(folder, &mut connection) {
            Ok(folding) => folding,
            Err(error) => {
                readers.end();
                return Err(error);
            }
        };
        let queue = Arc::new(Queue::new(WAITING));
        let recent = Arc::new(Recent::new(newest, RECENT_ROWS));
        let writer = Writer {
            connection,
            next_ids,
            queue: Arc::clone(&queue),
            recent: Arc::clone(&recent),
            readers,
            folding,
            watch,
            lock,
            broken: None,
            full: false,
            commits_since_forgetting: 0,
        };
        let thread = std::thread::Builder::new()
            .name("store-write".to_owned())
            .spawn(move || writer.run())
            .map_err(|error| StoreError::Driver(format!("no thread to write with: {error}")))?;
        let thread = Mutex::new(Some(thread));
        Ok(Self { inner: Arc::new(Inner { queue, recent, desk, tracks, thread }) })
    }

    pub(super) fn recent(&self) -> &Recent {
        &self.inner.recent
    }

    pub(super) async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let (answer, answered) = oneshot::channel();
        self.order(Job::Commit(Box::new(commit), answer)).await?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    pub(super) async fn allot_ids(
        &self,
        district: DistrictId,
        kind: Kind,
        count: u64,
    ) -> Result<Range<u64>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.order(Job::Allot(district, kind, count, answer)).await?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    pub(super) async fn load(&self) -> Result<Loaded, StoreError> {
        let epoch = self.inner.recent.newest().epoch().to_owned();
        self.inner.desk.ask(move |connection| load::load(connection, &epoch)).await
    }

    pub(super) async fn log_after(&self, after: &Version, limit: usize) -> Result<Tail, StoreError> {
        if !self.inner.queue.is_open() {
            return Err(StoreError::Closed);
        }
        if let Some(tail) = self.inner.recent.after(after, limit) {
            return Ok(tail);
        }
        let after = after.clone();
        self.inner.desk.ask(move |connection| read::log_after(connection, &after, limit)).await
    }

    pub(super) async fn recall(&self, key: &str) -> Result<Option<Request>, StoreError> {
        let key = key.to_owned();
        let found = self.inner.desk.ask(move |connection| Ok(apply::recall(connection, &key)?)).await?;
        Ok(found.map(|(request, _)| request))
    }

    pub(super) async fn several(&self, keys: &[Key]) -> Result<Vec<Option<(Revision, Entity)>>, StoreError> {
        let keys = keys.to_vec();
        self.inner.desk.ask(move |connection| read::several(connection, &keys)).await
    }

    pub(super) async fn cases(
        &self,
        filter: CaseFilter,
        before: Option<CaseId>,
        limit: usize,
    ) -> Result<Vec<(Revision, Case)>, StoreError> {
        self.inner.desk.ask(move |connection| read::cases(connection, filter, before, limit)).await
    }

    pub(super) async fn counts(&self) -> Result<BTreeMap<Kind, u64>, StoreError> {
        self.inner.desk.ask(read::counts).await
    }

    pub(super) async fn notices(&self, topic: &str, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        let topic = topic.to_owned();
        self.inner.desk.ask(move |connection| outbox::waiting(connection, &topic, limit)).await
    }

    pub(super) async fn notices_given_up(&self, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        self.inner.desk.ask(move |connection| outbox::given_up(connection, limit)).await
    }

    pub(super) async fn notices_by_topic(&self) -> Result<Vec<TopicCount>, StoreError> {
        self.inner.desk.ask(outbox::by_topic).await
    }

    pub(super) async fn settle_notices(&self, numbers: &[u64]) -> Result<usize, StoreError> {
        let numbers = numbers.to_vec();
        self.errand(move |connection| outbox::settle(connection, &numbers)).await
    }

    pub(super) async fn put_notice_aside(
        &self,
        number: u64,
        given_up: Option<GivenUp>,
    ) -> Result<bool, StoreError> {
        Ok(self.errand(move |connection| outbox::put_aside(connection, number, given_up)).await? > 0)
    }

    pub(super) async fn drop_notice(&self, number: u64) -> Result<bool, StoreError> {
        Ok(self.errand(move |connection| outbox::throw_away(connection, number)).await? > 0)
    }

    pub(super) async fn keep_head_count(
        &self,
        count: HeadCount,
        oldest: Timestamp,
    ) -> Result<(), StoreError> {
        self.errand(move |connection| head_counts::keep(connection, &count, oldest)).await
    }

    pub(super) async fn head_count(&self, at: Timestamp) -> Result<Option<HeadCount>, StoreError> {
        self.inner.desk.ask(move |connection| head_counts::last(connection, at)).await
    }

    pub(super) async fn visits(&self, patrol: PatrolId) -> Result<Vec<Visit>, StoreError> {
        self.inner.desk.ask(move |connection| read::visits(connection, patrol)).await
    }

    pub(super) async fn keep_fixes(&self, batch: FixBatch) -> Result<FixesKept, StoreError> {
        self.inner.tracks.keep(batch).await
    }

    pub(super) async fn fixes(&self, day: Day, patrol: PatrolId) -> Result<Vec<DeviceFixes>, StoreError> {
        self.inner.tracks.fixes(day, patrol).await
    }

    pub(super) async fn keep_walked(
        &self,
        day: Day,
        patrol: PatrolId,
        fixes: usize,
        body: String,
    ) -> Result<(), StoreError> {
        self.inner.tracks.keep_walked(day, patrol, fixes, body).await
    }

    pub(super) async fn walked(&self, day: Day) -> Result<Vec<(PatrolId, Option<String>)>, StoreError> {
        self.inner.tracks.walked(day).await
    }

    pub(super) async fn days_walked(&self) -> Result<Vec<Day>, StoreError> {
        self.inner.tracks.days().await
    }

    /// Has the writer do something between two groups.
    async fn errand<F, T>(&self, errand: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let errand = move |connection: &Connection| drop(answer.send(errand(connection)));
        self.order(Job::Do(Box::new(errand))).await?;
        Ok(answered.await.map_err(|_| StoreError::Closed)??)
    }

    async fn order(&self, job: Job) -> Result<(), StoreError> {
        if self.inner.queue.push(job).await { Ok(()) } else { Err(StoreError::Closed) }
    }

    pub(super) async fn close(&self) -> Result<(), StoreError> {
        self.inner.queue.close();
        let thread = self.inner.take_thread();
        let Some(thread) = thread else { return Ok(()) };
        let (done, ended) = oneshot::channel();
        // Waiting for a thread blocks: a thread of its own does it.
        let inner = Arc::clone(&self.inner);
        std::thread::spawn(move || {
            inner.tracks.end();
            drop(done.send(join(thread)));
        });
        ended.await.map_err(|_| StoreError::Closed)?
    }
}

fn join(thread: JoinHandle<Result<(), StoreError>>) -> Result<(), StoreError> {
    thread.join().map_err(|_| StoreError::Driver("the thread that writes panicked".to_owned()))?
}

impl Inner {
    fn take_thread(&self) -> Option<JoinHandle<Result<(), StoreError>>> {
        self.thread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queue.close();
        // Before the folder is free for another process.
        self.tracks.end();
        if let Some(thread) = self.take_thread() {
            // Nobody is left to hear of a failure.
            drop(join(thread));
        }
    }
}
