//! The thread that folds the write-ahead log into the file, so that the writer does not wait for it.

use super::file;
use crate::store::commit::StoreError;
use rusqlite::{Connection, hooks::Wal};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::JoinHandle,
};

/// Pages of 4 KiB that the write-ahead log grows by before it is folded in again: 4 MiB. Each time costs two syncs, which commits wait
/// behind.
const FOLD_PAGES: u32 = 1_024;

/// The thread, and whether it has folded something in.
pub(super) struct Folding {
    has_folded: Arc<AtomicBool>,
    call: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Folding {
    /// Starts the thread, which is called by what `writer` commits from now on.
    pub(super) fn start(folder: &Path, writer: &mut Connection) -> Result<Self, StoreError> {
        let connection = file::open_for_folding(folder)?;
        let (call, calls) = sync_channel(1);
        let has_folded = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(&has_folded);
        let thread = std::thread::Builder::new()
            .name("store-fold".to_owned())
            .spawn(move || serve(&connection, &calls, &done))
            .map_err(|error| StoreError::Driver(format!("no thread to fold with: {error}")))?;
        let caller = call.clone();
        let mut called_at = 0;
        let hook = move |_: &mut Wal, pages: std::ffi::c_int| {
            let pages = pages.unsigned_abs();
            // Fewer than before: all was folded in, and the log began anew.
            called_at = called_at.min(pages);
            // When a call waits already, it is called again by the next commit.
            if pages - called_at > FOLD_PAGES && caller.try_send(()).is_ok() {
                called_at = pages;
            }
            Ok(())
        };
        writer.wal_hook(Some(hook))?;
        Ok(Self { has_folded, call, thread })
    }

    /// Whether the thread has folded something in since this was asked last: little is left, which the writer can fold in itself, so
    /// that the log begins anew.
    pub(super) fn take_folded(&self) -> bool {
        self.has_folded.swap(false, Ordering::Relaxed)
    }

    /// Ends the thread.
    pub(super) fn end(self, writer: &mut Connection) {
        // The hook holds the other end of the call.
        let unhooked = writer.wal_hook(None::<fn(&mut Wal, std::ffi::c_int) -> rusqlite::Result<()>>);
        drop(self.call);
        if unhooked.is_ok() {
            drop(self.thread.join());
        }
    }
}

/// Folds in what can be folded in without waiting for anybody. What is left is for the next time; an error of the disk shows at the
/// next commit.
pub(super) fn fold(connection: &Connection) {
    drop(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())));
}

fn serve(connection: &Connection, calls: &Receiver<()>, folded: &AtomicBool) {
    while calls.recv().is_ok() {
        fold(connection);
        folded.store(true, Ordering::Relaxed);
    }
}
