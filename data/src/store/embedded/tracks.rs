//! Where people were: a file for each day, and one thread that writes and reads them.
//!
//! ```text
//! tracks/2026-11-23.db   fixes of the patrols that began that day, coded (`store/tracks/coding.rs`), and what was reckoned from them
//! ```
//!
//! Batches that wait go into one transaction for each day, which is answered when it is on the disk, as with facts. Files stay open while they are used.

use super::{
    file::{self, Watch},
    queue::Queue,
    statement::HERE,
};
use crate::{
    model::{calendar::Day, id::PatrolId},
    store::{
        commit::{CommitError, StoreError},
        tracks::{DeviceFixes, FixBatch, FixesKept, News, Run, coding, news},
    },
};
use futures_channel::oneshot;
use rusqlite::Connection;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

/// The folder of the files, within that of the store.
const FOLDER: &str = "tracks";
/// Jobs that may wait; who comes then waits before asking.
const WAITING: usize = 1_024;
/// Fixes in one transaction, about: bounds what is held up behind one sync.
const GROUP_FIXES: usize = 8_192;
/// Files that are open at once: today's and those of late batches.
const OPEN_MAX: usize = 8;

type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

enum Job {
    Keep(FixBatch, Answer<FixesKept>),
    /// Something to be done with the file of a day, or with all of them.
    Do(Box<dyn FnOnce(&mut Days) + Send>),
}

/// Where batches and questions are put.
pub(super) struct Tracks {
    queue: Arc<Queue<Job>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Tracks {
    /// Starts the thread on the folder of a store.
    pub(super) fn start(folder: &Path) -> Result<Self, StoreError> {
        let queue = Arc::new(Queue::new(WAITING));
        let mut days = Days { folder: folder.join(FOLDER), open: BTreeMap::new() };
        let jobs = Arc::clone(&queue);
        let thread = std::thread::Builder::new()
            .name("store-track".to_owned())
            .spawn(move || days.serve(&jobs))
            .map_err(|error| StoreError::Driver(format!("no thread to keep tracks with: {error}")))?;
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    pub(super) async fn keep(&self, batch: FixBatch) -> Result<FixesKept, StoreError> {
        let (answer, answered) = oneshot::channel();
        if !self.queue.push(Job::Keep(batch, answer)).await {
            return Err(StoreError::Closed);
        }
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// The fixes of a patrol, by device and number.
    pub(super) async fn fixes(&self, day: Day, patrol: PatrolId) -> Result<Vec<DeviceFixes>, StoreError> {
        self.ask(move |days| days.if_there(day, |file| read_fixes(file, day, patrol))).await
    }

    pub(super) async fn keep_walked(
        &self,
        day: Day,
        patrol: PatrolId,
        fixes: usize,
        body: String,
    ) -> Result<(), StoreError> {
        self.ask(move |days| {
            let file = days.file(day)?;
            let text = include_str!("queries/walked_keep.sql");
            file.connection.prepare_cached(text)?.execute((
                HERE,
                patrol.number() as i64,
                body,
                fixes as i64,
            ))?;
            Ok(())
        })
        .await
    }

    pub(super) async fn walked(&self, day: Day) -> Result<Vec<(PatrolId, Option<String>)>, StoreError> {
        self.ask(move |days| {
            days.if_there(day, |file| {
                let mut statement =
                    file.connection.prepare_cached(include_str!("queries/walked_of_day.sql"))?;
                let mut rows = statement.query([HERE])?;
                let mut walked = Vec::new();
                while let Some(row) = rows.next()? {
                    walked.push((patrol_id(row.get(0)?, day)?, row.get(1)?));
                }
                Ok(walked)
            })
        })
        .await
    }

    pub(super) async fn days(&self) -> Result<Vec<Day>, StoreError> {
        self.ask(|days| days.all()).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Days) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let asked = Job::Do(Box::new(move |days| drop(answer.send(question(days)))));
        if !self.queue.push(asked).await {
            return Err(StoreError::Closed);
        }
        answered.await.map_err(|_| StoreError::Driver("a question about tracks panicked".to_owned()))?
    }

    /// Does what waits, closes the files, and ends.
    pub(super) fn end(&self) {
        self.queue.close();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // What panicked has not answered: nobody counts on it.
            drop(thread.join());
        }
    }
}

/// The file of one day.
struct DayFile {
    connection: Connection,
    watch: Watch,
}

/// The files, those that are used open.
struct Days {
    folder: PathBuf,
    open: BTreeMap<Day, DayFile>,
}

impl Days {
    fn serve(&mut self, queue: &Queue<Job>) {
        let weigh = |job: &Job| match job {
            Job::Keep(batch, _) => 1 + batch.fixes.len(),
            Job::Do(_) => 1,
        };
        loop {
            let jobs = queue.take(GROUP_FIXES, weigh);
            if jobs.is_empty() {
                return;
            }
            let mut together: Vec<(FixBatch, Answer<FixesKept>)> = Vec::new();
            for job in jobs {
                match job {
                    Job::Keep(batch, answer) => together.push((batch, answer)),
                    Job::Do(question) => {
                        self.keep(std::mem::take(&mut together));
                        question(self);
                    }
                }
            }
            self.keep(together);
        }
    }

    fn keep(&mut self, batches: Vec<(FixBatch, Answer<FixesKept>)>) {
        let mut by_day: BTreeMap<Day, Vec<(FixBatch, Answer<FixesKept>)>> = BTreeMap::new();
        for (batch, answer) in batches {
            by_day.entry(batch.day).or_default().push((batch, answer));
        }
        for (day, batches) in by_day {
            let kept = self.file(day).and_then(|file| file.keep(batches.iter().map(|(batch, _)| batch)));
            if kept.is_err() {
                // A file that failed is opened anew next time.
                self.open.remove(&day);
            }
            let mut kept = kept.map(Vec::into_iter);
            for (_, answer) in batches {
                let verdict = match &mut kept {
                    Ok(kept) => kept.next().ok_or(StoreError::Closed),
                    Err(StoreError::Full) => Err(StoreError::Full),
                    Err(error) => Err(StoreError::Driver(error.to_string())),
                };
                // Who stopped waiting sends again.
                drop(answer.send(verdict));
            }
        }
    }

    /// The file of a day, made if it is not there.
    fn file(&mut self, day: Day) -> Result<&mut DayFile, StoreError> {
        if !self.open.contains_key(&day) {
            file::make_folder(&self.folder)?;
            let name = name_of(day);
            let connection = file::open_tracks(&self.folder, &name)?;
            let watch = Watch::begin(&self.folder, &name)?;
            if self.open.len() >= OPEN_MAX {
                self.open.pop_first();
            }
            self.open.insert(day, DayFile { connection, watch });
        }
        self.open.get_mut(&day).ok_or(StoreError::Closed)
    }

    /// Asks the file of a day, if there is one; of a day without a file nothing is known, and none is made.
    fn if_there<T: Default>(
        &mut self,
        day: Day,
        ask: impl FnOnce(&mut DayFile) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if !self.open.contains_key(&day) && !self.folder.join(name_of(day)).exists() {
            return Ok(T::default());
        }
        ask(self.file(day)?)
    }

    /// The days that have a file, in order.
    fn all(&self) -> Result<Vec<Day>, StoreError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::Driver(error.to_string())),
        };
        let day = |entry: std::fs::DirEntry| -> Option<Day> {
            entry.file_name().to_str()?.strip_suffix(".db")?.parse().ok()
        };
        let mut days: Vec<Day> = entries.filter_map(Result::ok).filter_map(day).collect();
        days.sort_unstable();
        Ok(days)
    }
}

impl DayFile {
    /// Keeps batches in one transaction; what became of each, in their order.
    fn keep<'a>(
        &mut self,
        batches: impl Iterator<Item = &'a FixBatch>,
    ) -> Result<Vec<FixesKept>, StoreError> {
        let transaction = self.connection.transaction()?;
        let kept: Result<Vec<FixesKept>, rusqlite::Error> =
            batches.map(|batch| keep_one(&transaction, batch)).collect();
        let kept = kept.and_then(|kept| transaction.commit().map(|()| kept));
        let kept = kept.map_err(|error| match CommitError::from(error) {
            CommitError::Full => StoreError::Full,
            CommitError::Store(error) => error,
            other => StoreError::Driver(other.to_string()),
        })?;
        // It may be kept in a file that nobody will ever open: it must not be acknowledged.
        self.watch.check().map_err(StoreError::Driver)?;
        Ok(kept)
    }
}

fn keep_one(connection: &Connection, batch: &FixBatch) -> rusqlite::Result<FixesKept> {
    let patrol = batch.patrol.number() as i64;
    let text =
        "SELECT first, last FROM fixes WHERE district = ?1 AND patrol = ?2 AND device = ?3 ORDER BY first";
    let run = |row: &rusqlite::Row<'_>| {
        Ok(Run { first: row.get::<_, i64>(0)? as u64, last: row.get::<_, i64>(1)? as u64 })
    };
    let known: Vec<Run> = connection
        .prepare_cached(text)?
        .query_map((HERE, patrol, &batch.device), run)?
        .collect::<rusqlite::Result<_>>()?;
    let News { runs, kept } = news(batch, &known);
    let mut insert = connection.prepare_cached(include_str!("queries/fixes_keep.sql"))?;
    if kept.new > 0 {
        let text = "DELETE FROM walked WHERE district = ?1 AND patrol = ?2";
        connection.prepare_cached(text)?.execute((HERE, patrol))?;
    }
    for (run, fixes) in runs {
        let body = fixes.map(|fixes| coding::encode(&fixes));
        let (first, last) = (run.first as i64, run.last as i64);
        insert.execute((HERE, patrol, &batch.device, first, last, batch.at.0, body))?;
    }
    Ok(kept)
}

fn read_fixes(file: &mut DayFile, day: Day, patrol: PatrolId) -> Result<Vec<DeviceFixes>, StoreError> {
    let mut statement = file.connection.prepare_cached(include_str!("queries/fixes_of_patrol.sql"))?;
    let mut rows = statement.query((HERE, patrol.number() as i64))?;
    let mut found: Vec<DeviceFixes> = Vec::new();
    while let Some(row) = rows.next()? {
        let device: String = row.get(0)?;
        let fixes = coding::decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?);
        let fixes = fixes.map_err(|error| StoreError::Unreadable {
            key: format!("the fixes of patrol {patrol} of {day}"),
            reason: error.to_string(),
        })?;
        match found.last_mut() {
            Some(of) if of.device == device => of.fixes.extend(fixes),
            _ => found.push(DeviceFixes { device, fixes }),
        }
    }
    Ok(found)
}

fn patrol_id(number: i64, day: Day) -> Result<PatrolId, StoreError> {
    PatrolId::new(number as u64).map_err(|error| StoreError::Unreadable {
        key: format!("a patrol of {day}"),
        reason: error.to_string(),
    })
}

fn name_of(day: Day) -> String {
    format!("{day}.db")
}
