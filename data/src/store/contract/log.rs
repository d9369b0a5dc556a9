//! What the log says, and that it and the state say the same.

use super::{block_on, sample};
use crate::{
    model::{
        case::CaseState,
        entity::{Entity, Key, Kind, Pace},
    },
    store::{
        Store,
        change::{After, Change, LogRow, Revision},
        question::{Fact, Tail},
        version::Version,
    },
};
use std::collections::BTreeMap;

fn station(number: u64, name: &str) -> Change {
    Change::place(sample::station(number, name))
}

fn foreign(version: &Version) -> Version {
    Version::new("elsewhere", 0, version.seq()).expect("letters are an epoch")
}

/// What a follower makes of a state and the rows after it.
#[must_use]
pub fn folded(facts: Vec<Fact>, rows: Vec<LogRow>) -> Vec<Fact> {
    let mut held: BTreeMap<Key, Fact> = facts.into_iter().map(|fact| (fact.key, fact)).collect();
    for row in rows {
        match row.after {
            After::Now(entity) => {
                let fact =
                    Fact { key: row.key, revision: row.revision, areas: row.areas_after, entity: *entity };
                held.insert(row.key, fact);
            }
            After::Veiled | After::Gone => drop(held.remove(&row.key)),
        }
    }
    held.into_values().collect()
}

/// In the order of the commits, and within a commit in the order of its changes; the answer names the last.
pub async fn rows_come_in_the_order_of_the_commits(store: Store) {
    let start = store.version();
    let first = sample::stored(&store, sample::commit(vec![station(2, "乙"), station(1, "甲")])).await;
    let second = sample::stored(&store, sample::reporting(5, &[])).await;
    let rows = sample::rows_after(&store, &start).await;
    let keys: Vec<String> = rows.iter().map(|row| row.key.to_string()).collect();
    assert_eq!(keys, ["station/2", "station/1", "report/5", "case/5", "hazard/5"]);
    assert_eq!((&rows[1].version, &rows[4].version), (&first, &second));
    assert!(rows.windows(2).all(|pair| pair[1].version.reaches(&pair[0].version) && pair[0] != pair[1]));
    assert_eq!(store.version(), second);
    assert_eq!(sample::rows_after(&store, &first).await, rows[2..]);
}

/// A row carries the thing as it is after the change, when it was committed, and which views it concerns.
pub async fn rows_say_what_is_now(store: Store) {
    let start = store.version();
    sample::stored(&store, sample::commit(vec![station(1, "劳动公园驿站")])).await;
    let areas = [sample::area(1), sample::area(4)];
    let case = sample::case(3, CaseState::Received, "14", &areas);
    sample::stored(&store, sample::commit(vec![Change::within(&areas, case.clone())])).await;
    let rows = sample::rows_after(&store, &start).await;
    let now = |entity: Entity| After::Now(Box::new(entity));
    assert_eq!(rows[0].after, now(sample::station(1, "劳动公园驿站").into()));
    assert_eq!(rows[1].after, now(case.into()));
    assert_eq!((rows[0].class, rows[1].class), (Pace::Place, Pace::Affair));
    assert!(rows.iter().all(|row| row.at == sample::AT && row.revision == Revision(1)));
}

/// What people told goes into no log; who handles it reads it from the state.
pub async fn a_report_is_veiled_in_the_log_and_whole_for_its_handler(store: Store) {
    let start = store.version();
    let areas = [sample::area(1)];
    let words = "电话 13800000000，张三家";
    let commit = sample::commit(vec![Change::within(&areas, sample::report(1, words, &areas))]);
    sample::stored(&store, commit).await;
    let rows = sample::rows_after(&store, &start).await;
    assert_eq!(rows[0].after, After::Veiled);
    assert!(!format!("{rows:?}").contains("13800000000"));
    assert_eq!(rows[0].areas_after, areas);
    let whole = sample::whole(&store, sample::key(Kind::Report, 1)).await;
    assert!(matches!(whole, Entity::Report(report) if report.text == words));
}

/// A reader of one area learns that a thing came to it or left it.
pub async fn rows_tell_the_areas_before_and_after(store: Store) {
    let start = store.version();
    let (one, other) = ([sample::area(1), sample::area(2)], [sample::area(1), sample::area(3)]);
    let case = || sample::case(1, CaseState::Received, "14", &one);
    sample::stored(&store, sample::commit(vec![Change::within(&one, case())])).await;
    sample::stored(&store, sample::commit(vec![Change::within(&other, case())])).await;
    sample::stored(&store, sample::commit(vec![Change::Remove(sample::key(Kind::Case, 1))])).await;
    let rows = sample::rows_after(&store, &start).await;
    let areas: Vec<_> =
        rows.iter().map(|row| (row.areas_before.as_slice(), row.areas_after.as_slice())).collect();
    assert_eq!(areas, [(&[][..], &one[..]), (&one[..], &other[..]), (&other[..], &[][..])]);
}

/// The first writing is 1; state and log say the same.
pub async fn revisions_count_up(store: Store) {
    let start = store.version();
    for name in ["一", "二", "三"] {
        sample::stored(&store, sample::commit(vec![station(1, name)])).await;
    }
    let rows = sample::rows_after(&store, &start).await;
    assert_eq!(rows.iter().map(|row| row.revision.0).collect::<Vec<_>>(), [1, 2, 3]);
    let found = store.one(sample::key(Kind::Station, 1)).await.expect("a store");
    assert_eq!(found.map(|(revision, _)| revision), Some(Revision(3)));
}

/// A removal counts as a writing; a thing that comes back is newer than all that was known of it.
pub async fn what_was_removed_is_gone_and_comes_back_newer(store: Store) {
    let start = store.version();
    let key = sample::key(Kind::Station, 1);
    sample::stored(&store, sample::commit(vec![station(1, "一")])).await;
    sample::stored(&store, sample::commit(vec![Change::Remove(key)])).await;
    assert_eq!(store.one(key).await.expect("a store"), None);
    assert_eq!(store.load().await.expect("a store").facts, []);
    let mut again = sample::commit(vec![station(1, "又")]);
    again.expected = vec![(key, None)];
    sample::stored(&store, again).await;
    sample::stored(&store, sample::commit(vec![Change::Remove(key)])).await;
    let rows = sample::rows_after(&store, &start).await;
    assert_eq!(rows.iter().map(|row| row.revision.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!((&rows[1].after, &rows[3].after), (&After::Gone, &After::Gone));
}

/// No row, no revision, no error: it is as it was asked to be.
pub async fn to_remove_what_is_not_there_writes_nothing(store: Store) {
    let start = store.version();
    let key = sample::key(Kind::Station, 1);
    assert_eq!(sample::stored(&store, sample::commit(vec![Change::Remove(key)])).await, start);
    sample::stored(&store, sample::commit(vec![station(1, "一"), Change::Remove(key)])).await;
    let end = sample::stored(&store, sample::commit(vec![Change::Remove(key)])).await;
    assert_eq!(sample::rows_after(&store, &start).await.len(), 2);
    let back = sample::stored(&store, sample::commit(vec![station(1, "又")])).await;
    assert_eq!(sample::rows_after(&store, &end).await[0].revision, Revision(3));
    assert_eq!(store.version(), back);
}

/// The last word holds.
pub async fn a_thing_that_is_written_twice_in_one_commit_has_two_rows(store: Store) {
    let start = store.version();
    sample::stored(&store, sample::commit(vec![station(1, "一"), station(1, "二")])).await;
    let rows = sample::rows_after(&store, &start).await;
    assert_eq!(rows.iter().map(|row| row.revision.0).collect::<Vec<_>>(), [1, 2]);
    let whole = sample::whole(&store, sample::key(Kind::Station, 1)).await;
    assert_eq!(whole, sample::station(1, "二").into());
}

/// Piece by piece gives what all at once gives.
pub async fn the_log_is_given_in_pieces(store: Store) {
    let start = store.version();
    for number in 1..=7 {
        sample::stored(&store, sample::commit(vec![station(number, "站")])).await;
    }
    let mut pieces = Vec::new();
    let mut version = start.clone();
    loop {
        let Ok(Tail::Rows(rows)) = store.log_after(&version, 3).await else {
            panic!("the log should be there")
        };
        assert!(rows.len() <= 3);
        let Some(last) = rows.last() else { break };
        version = last.version.clone();
        pieces.extend(rows);
    }
    assert_eq!(pieces, sample::rows_after(&store, &start).await);
    assert_eq!(version, store.version());
}

/// Whoever loads at any moment and follows the log from there arrives at the same state.
pub async fn the_state_and_the_log_after_it_give_the_state_at_the_end(store: Store) {
    let mut loaded = vec![store.load().await.expect("a store")];
    let (here, there) = ([sample::area(1), sample::area(2)], [sample::area(1), sample::area(3)]);
    let moved = Change::within(&there, sample::case(3, CaseState::Closed, "14", &here));
    let commits = [
        sample::commit(vec![station(1, "一"), station(2, "二")]),
        sample::reporting(3, &here),
        sample::commit(vec![moved, Change::Remove(sample::key(Kind::Station, 1))]),
        sample::commit(vec![station(1, "又"), Change::Remove(sample::key(Kind::Report, 3))]),
    ];
    for commit in commits {
        let version = sample::stored(&store, commit).await;
        loaded.push(store.load().await.expect("a store"));
        assert_eq!(loaded.last().map(|loaded| &loaded.version), Some(&version));
    }
    let end = loaded.last().expect("the last state").facts.clone();
    assert_eq!(end.len(), 4);
    for state in loaded {
        assert_eq!(folded(state.facts, sample::rows_after(&store, &state.version).await), end);
    }
}

/// A version of another life of the store says nothing about this one.
pub async fn a_version_of_another_epoch_loads_anew(store: Store) {
    let version = sample::stored(&store, sample::commit(vec![station(1, "一")])).await;
    assert_eq!(store.log_after(&foreign(&version), 10).await.expect("a store"), Tail::Reload);
    assert_eq!(store.newer_than(&foreign(&version)).await, version);
}

/// A version beyond the end comes from a store that has lost its end, as after a restored backup.
pub async fn a_version_that_is_not_written_yet_loads_anew(store: Store) {
    let version = sample::stored(&store, sample::commit(vec![station(1, "一")])).await;
    let beyond = Version::new(version.epoch(), version.xid(), version.seq() + 1).expect("the same epoch");
    assert_eq!(store.log_after(&beyond, 10).await.expect("a store"), Tail::Reload);
}

/// At once when there is something, else with the next commit; the row is in the log by then.
pub async fn who_waits_for_something_newer_is_woken(store: Store) {
    let start = store.version();
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..3).map(|_| scope.spawn(|| block_on(store.newer_than(&start)))).collect();
        let stored = block_on(sample::stored(&store, sample::commit(vec![station(1, "一")])));
        for thread in waiting {
            let woken = thread.join().expect("a thread that ends well");
            assert_eq!(woken, stored);
        }
    });
    let newest = store.newer_than(&start).await;
    assert_eq!(sample::rows_after(&store, &start).await.last().map(|row| &row.version), Some(&newest));
}

/// Who waits for its version waits for nothing that does not come.
pub async fn a_commit_without_changes_has_the_newest_version(store: Store) {
    let version = sample::stored(&store, sample::commit(vec![station(1, "一")])).await;
    assert_eq!(sample::stored(&store, sample::commit(Vec::new())).await, version);
    assert_eq!(store.version(), version);
}
