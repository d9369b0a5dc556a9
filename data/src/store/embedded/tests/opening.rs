//! Which folders are opened, and what is said of the others.

use crate::store::{
    Store,
    commit::StoreError,
    contract::{block_on, folder::TestFolder, sample},
};
use rusqlite::Connection;
use std::path::Path;

fn refusal(folder: &Path) -> String {
    match Store::open(folder) {
        Err(error @ (StoreError::Unusable { .. } | StoreError::InUse { .. })) => error.to_string(),
        other => panic!("the folder should have been refused: {other:?}"),
    }
}

#[test]
fn a_second_server_is_refused_by_the_number_of_the_first_until_that_one_closes() {
    let folder = TestFolder::new();
    let first = folder.open();
    let said = refusal(folder.path());
    assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
    assert!(said.contains(&folder.path().display().to_string()), "{said}");
    block_on(first.close()).expect("a store");
    let second = folder.open();
    // The first is closed, but still there: its end must not take the folder from the second.
    drop(first);
    assert!(matches!(Store::open(folder.path()), Err(StoreError::InUse { .. })));
    drop(second);
    drop(folder.open());
}

#[test]
fn what_a_killed_server_left_in_the_lock_file_stops_nobody() {
    let folder = TestFolder::new();
    std::fs::write(folder.path().join("gridward.lock"), "4194305\n").expect("a folder of our own");
    let store = folder.open();
    block_on(sample::stored(&store, sample::reporting(1, &[])));
}

#[test]
fn a_folder_that_is_absent_is_made_and_its_files_are_for_their_owner_alone() {
    let folder = TestFolder::new();
    let deep = folder.path().join("a/b");
    let store = Store::open(&deep).expect("a folder that can be made");
    block_on(sample::stored(&store, sample::reporting(1, &[])));
    #[cfg(unix)]
    for name in ["gridward.db", "gridward.db-wal", "gridward.db-shm"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(deep.join(name)).expect("a file of the store").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let folder = TestFolder::new();
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("a folder of our own");
    assert!(refusal(&file).contains("cannot be made"));
}

#[test]
fn a_file_that_is_no_sqlite_file_is_refused_and_left_as_it_was() {
    let folder = TestFolder::new();
    let file = folder.path().join("gridward.db");
    let text = "Dear diary, today the grid was empty. ".repeat(100);
    std::fs::write(&file, &text).expect("a folder of our own");
    let said = refusal(folder.path());
    assert!(said.contains("no SQLite file") && said.contains("move it away"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), text);
}

#[test]
fn a_file_of_another_program_is_refused_and_left_as_it_was() {
    for set_up in ["CREATE TABLE recipe (name TEXT)", "PRAGMA application_id = 1196444487"] {
        let folder = TestFolder::new();
        let file = folder.path().join("gridward.db");
        let other = Connection::open(&file).expect("a file of our own");
        other.execute_batch(set_up).expect("a schema");
        drop(other);
        let before = std::fs::read(&file).expect("the file");
        let said = refusal(folder.path());
        assert!(said.contains("another program"), "{said}");
        assert_eq!(std::fs::read(&file).expect("the file"), before);
    }
}

#[test]
fn a_schema_of_a_newer_release_is_refused_and_so_is_one_changed_by_hand() {
    let newer = "INSERT INTO refinery_schema_history VALUES (900, 'later', '2030-01-01T00:00:00Z', '1')";
    let changed = "UPDATE refinery_schema_history SET checksum = '1'";
    for (change, remedy) in [(newer, "newer release"), (changed, "restore a backup")] {
        let folder = TestFolder::new();
        drop(folder.open());
        let file = Connection::open(folder.path().join("gridward.db")).expect("the file");
        file.execute_batch(change).expect("a change of the history");
        drop(file);
        let said = refusal(folder.path());
        assert!(said.contains(remedy) && said.contains("gridward.db"), "{said}");
    }
}

#[test]
fn an_open_that_was_interrupted_before_the_schema_was_made_is_taken_up_again() {
    let folder = TestFolder::new();
    let file = Connection::open(folder.path().join("gridward.db")).expect("a file of our own");
    file.execute_batch("PRAGMA application_id = 1196905028").expect("a mark");
    drop(file);
    block_on(sample::stored(&folder.open(), sample::reporting(1, &[])));
}
