//! The thread that folds the write-ahead log into the file, so that the writer does not wait for it.

use super::file;
use crate::store::commit::StoreError;
use rusqlite::{Connection, hooks::Wal};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::JoinHandle,
};

/// Pages of 4 KiB in the write-ahead log from which it is folded in: 4 MiB.
const FOLD_PAGES: u64 = 1_024;

/// The thread, and what it knows of the write-ahead log.
pub(super) struct Folding {
    pages: Arc<AtomicU64>,
    call: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Folding {
    /// Starts the thread, which is called by what `writer` commits from now on.
    pub(super) fn start(folder: &Path, writer: &mut Connection) -> Result<Self, StoreError> {
        let connection = file::open_for_folding(folder)?;
        let (call, calls) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("store-fold".to_owned())
            .spawn(move || serve(&connection, &calls))
            .map_err(|error| StoreError::Driver(format!("no thread to fold with: {error}")))?;
        let pages = Arc::new(AtomicU64::new(0));
        let (seen, caller) = (Arc::clone(&pages), call.clone());
        let hook = move |_: &mut Wal, pages: std::ffi::c_int| {
            let pages = u64::from(pages.unsigned_abs());
            seen.store(pages, Ordering::Relaxed);
            if pages > FOLD_PAGES {
                // When it is at work already, it is called again by the next commit.
                let _ = caller.try_send(());
            }
            Ok(())
        };
        writer.wal_hook(Some(hook))?;
        Ok(Self { pages, call, thread })
    }

    /// Pages in the write-ahead log after the last commit, folded in or not.
    pub(super) fn pages(&self) -> u64 {
        self.pages.load(Ordering::Relaxed)
    }

    /// Ends the thread. The hook of the writer must be gone by then, or the thread is left to end with the connection.
    pub(super) fn end(self, writer: &mut Connection) {
        // The hook holds the other end of the call.
        let unhooked = writer.wal_hook(None::<fn(&mut Wal, std::ffi::c_int) -> rusqlite::Result<()>>);
        drop(self.call);
        if unhooked.is_ok() {
            drop(self.thread.join());
        }
    }
}

fn serve(connection: &Connection, calls: &Receiver<()>) {
    while calls.recv().is_ok() {
        // PASSIVE waits for nobody. What could not be folded in now is folded in later; a failure shows at the next commit.
        let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}
