//! The threads that read: each has a connection that cannot write.

use super::{file, queue::Queue};
use crate::store::commit::StoreError;
use futures_channel::oneshot;
use rusqlite::Connection;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    thread::JoinHandle,
};

/// Threads that read at the same time: the spatial questions are answered from memory, the store is asked for single things.
const THREADS: usize = 2;
/// Questions that may wait; who comes then waits before asking.
const WAITING: usize = 1_024;

type Question = Box<dyn FnOnce(&Connection) + Send>;

/// Where questions are put.
#[derive(Clone)]
pub(super) struct Desk(Arc<Queue<Question>>);

/// The threads.
pub(super) struct Readers {
    desk: Desk,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    /// Starts the threads on the file in this folder.
    pub(super) fn start(folder: &Path) -> Result<Self, StoreError> {
        let desk = Desk(Arc::new(Queue::new(WAITING)));
        let mut readers = Self { desk: desk.clone(), threads: Vec::new() };
        for number in 1..=THREADS {
            let started = file::open_for_reading(folder).and_then(|connection| {
                let desk = desk.clone();
                std::thread::Builder::new()
                    .name(format!("store-read-{number}"))
                    .spawn(move || desk.serve(&connection))
                    .map_err(|error| StoreError::Driver(format!("no thread to read with: {error}")))
            });
            match started {
                Ok(thread) => readers.threads.push(thread),
                Err(error) => {
                    readers.end();
                    return Err(error);
                }
            }
        }
        Ok(readers)
    }

    /// Where to ask them.
    pub(super) fn desk(&self) -> Desk {
        self.desk.clone()
    }

    /// Answers what was asked, then ends the threads.
    pub(super) fn end(self) {
        self.desk.0.close();
        for thread in self.threads {
            // A thread that reads ends well: it catches what a question throws.
            drop(thread.join());
        }
    }
}

impl Desk {
    /// Asks; the answer comes from a reading thread.
    pub(super) async fn ask<T, F>(&self, question: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let asked: Question = Box::new(move |connection| drop(answer.send(question(connection))));
        if !self.0.push(asked).await {
            return Err(StoreError::Closed);
        }
        answered.await.map_err(|_| StoreError::Driver("a question to the store panicked".to_owned()))?
    }

    fn serve(&self, connection: &Connection) {
        loop {
            let questions = self.0.take(1, |_| 1);
            if questions.is_empty() {
                return;
            }
            for question in questions {
                // A connection that only reads keeps nothing that a panic could leave half done.
                drop(catch_unwind(AssertUnwindSafe(|| question(connection))));
            }
        }
    }
}
