//! What is on the disk when a commit is answered, and what happens when the disk fails.

use super::{embedded, with_writer};
use crate::{
    model::entity::Kind,
    store::{
        DISTRICT, Store,
        change::Change,
        commit::{CommitError, StoreError},
        contract::{block_on, folder::TestFolder, sample},
    },
};
use std::path::Path;

/// What a power cut leaves, as far as a copy can show it: the file and its write-ahead log, without an orderly end.
fn copy_as_left_by_a_crash(from: &Path, to: &Path) {
    for name in ["gridward.db", "gridward.db-wal"] {
        std::fs::copy(from.join(name), to.join(name)).expect("a file of the store");
    }
}

fn station(number: u64, letters: usize) -> Change {
    Change::place(sample::station(number, &"站".repeat(letters)))
}

#[test]
fn a_copy_taken_after_an_answer_has_everything_that_was_answered() {
    let folder = TestFolder::new();
    let store = folder.open();
    for number in 1..=40 {
        block_on(sample::stored(&store, sample::reporting(number, &[sample::area(1)])));
        if number % 8 == 0 {
            let crashed = TestFolder::new();
            copy_as_left_by_a_crash(folder.path(), crashed.path());
            let survivor = crashed.open();
            assert_eq!(block_on(survivor.load()).expect("a store"), block_on(store.load()).expect("a store"));
            assert_eq!(survivor.version(), store.version());
        }
    }
}

#[test]
fn after_an_orderly_end_everything_lies_in_one_file() {
    let folder = TestFolder::new();
    let store = folder.open();
    block_on(sample::stored(&store, sample::reporting(1, &[])));
    block_on(store.close()).expect("a store");
    assert!(!folder.path().join("gridward.db-wal").exists());
    let copy = TestFolder::new();
    let name = "gridward.db";
    std::fs::copy(folder.path().join(name), copy.path().join(name)).expect("the file");
    assert_eq!(copy.open().version(), store.version());
}

#[test]
fn every_commit_is_synced_before_it_is_answered() {
    let folder = TestFolder::new();
    let store = folder.open();
    let (synchronous, mode) = with_writer(&store, |connection| {
        let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        Ok((synchronous, mode))
    });
    assert_eq!((synchronous, mode.as_str()), (2, "wal"));
}

/// Lets the file grow by so many more pages of 4 KiB.
fn leave_room_for(store: &Store, pages: i64) {
    with_writer(store, move |connection| {
        let now: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        connection.query_row(&format!("PRAGMA max_page_count = {}", now + pages), [], |_| Ok(()))
    });
}

#[test]
fn a_full_disk_is_told_nothing_is_half_done_and_it_goes_on_when_there_is_room() {
    let folder = TestFolder::new();
    let store = folder.open();
    let before = block_on(sample::stored(&store, sample::commit(vec![station(1, 1)])));
    leave_room_for(&store, 8);
    let mut large = sample::commit((2..=400).map(|number| station(number, 100)).collect());
    large.request = Some(sample::request("large", 1, "{}"));
    assert!(matches!(block_on(store.commit(large.clone())), Err(CommitError::Full)));
    assert_eq!(store.version(), before);
    assert_eq!(block_on(store.load()).expect("a store").facts.len(), 1);
    assert_eq!(block_on(store.recall("large")).expect("a store"), None);
    leave_room_for(&store, 10_000);
    let after = block_on(sample::stored(&store, large));
    assert_eq!(after.seq(), before.seq() + 399);
    let one: String = with_writer(&store, |connection| {
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))
    });
    assert_eq!(one, "ok");
}

#[test]
fn a_commit_that_finds_no_room_does_not_harm_those_beside_it() {
    let folder = TestFolder::new();
    let store = folder.open();
    block_on(sample::stored(&store, sample::commit(vec![station(1, 1)])));
    leave_room_for(&store, 60);
    // The writer is held up until all three are queued, so that they share a transaction.
    let (held, is_held) = std::sync::mpsc::channel();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let outcomes = std::thread::scope(|scope| {
        let errand = scope.spawn(|| {
            with_writer(&store, move |_| {
                held.send(()).expect("the test waits");
                Ok(wait.recv().is_ok())
            })
        });
        is_held.recv().expect("the writer works");
        let large = sample::commit((100..=900).map(|number| station(number, 100)).collect());
        let mut threads = Vec::new();
        for commit in [sample::reporting(2, &[]), large, sample::reporting(1, &[])] {
            threads.push(scope.spawn(|| block_on(store.commit(commit))));
            while embedded(&store).inner.queue.len() < threads.len() {
                std::thread::yield_now();
            }
        }
        go.send(()).expect("the writer waits");
        assert!(errand.join().expect("the writer works"));
        threads.into_iter().map(|thread| thread.join().expect("a thread")).collect::<Vec<_>>()
    });
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
    assert!(matches!(outcomes[1], Err(CommitError::Full)), "{outcomes:?}");
    assert_eq!(block_on(store.load()).expect("a store").facts.len(), 5);
    // What was taken back with the large one was written again with all that belongs to it: its numbers are given for good.
    block_on(store.close()).expect("a store");
    let given = block_on(folder.open().allot_ids(DISTRICT, Kind::Case, 1));
    assert_eq!(given.expect("a store"), 3..4);
}

#[test]
#[cfg(unix)]
fn nothing_is_acknowledged_once_the_file_or_its_log_was_taken_away() {
    for name in ["gridward.db", "gridward.db-wal"] {
        let folder = TestFolder::new();
        let store = folder.open();
        let before = block_on(sample::stored(&store, sample::reporting(1, &[])));
        let path = folder.path().join(name);
        std::fs::rename(&path, folder.path().join("elsewhere")).expect("a file of the store");
        std::fs::copy(folder.path().join("elsewhere"), &path).expect("a copy in its place");
        for number in 2..=3 {
            match block_on(store.commit(sample::reporting(number, &[]))) {
                Err(CommitError::Store(StoreError::Driver(reason))) => {
                    assert!(reason.contains(name) && reason.contains("replaced"), "{reason}");
                }
                other => panic!("the commit must not be acknowledged: {other:?}"),
            }
        }
        assert_eq!(store.version(), before);
        assert!(block_on(store.close()).is_err());
    }
}

#[test]
fn what_is_queued_when_the_store_closes_is_still_stored() {
    let folder = TestFolder::new();
    let store = folder.open();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let send = |number| {
            let store = &store;
            scope.spawn(move || block_on(store.commit(sample::reporting(number, &[]))))
        };
        let threads: Vec<_> = (1..=16).map(send).collect();
        block_on(store.close()).expect("a store");
        threads.into_iter().map(|thread| thread.join().expect("a thread")).collect()
    });
    let stored = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    for outcome in outcomes.into_iter().filter_map(Result::err) {
        assert!(matches!(outcome, CommitError::Store(StoreError::Closed)), "{outcome:?}");
    }
    assert_eq!(block_on(folder.open().load()).expect("a store").facts.len(), 2 * stored);
}

#[test]
fn a_person_who_holds_the_file_with_a_tool_delays_commits_and_breaks_nothing() {
    let folder = TestFolder::new();
    let store = folder.open();
    with_writer(&store, |connection| connection.execute_batch("PRAGMA busy_timeout = 1"));
    let tool = rusqlite::Connection::open(folder.path().join("gridward.db")).expect("the file");
    tool.execute_batch("BEGIN IMMEDIATE").expect("nobody writes");
    match block_on(store.commit(sample::reporting(1, &[]))) {
        Err(CommitError::Store(StoreError::Driver(reason))) => {
            assert!(reason.contains("written now"), "{reason}");
        }
        other => panic!("the file is held: {other:?}"),
    }
    tool.execute_batch("COMMIT").expect("an end");
    drop(tool);
    block_on(sample::stored(&store, sample::reporting(1, &[])));
}
