//! Where people were: what a store must do with fixes and with what was reckoned from them.

use super::sample;
use crate::{
    model::{
        calendar::Day,
        id::{PatrolId, VisitId},
        time::{Span, Timestamp},
        visit::{Visit, Visited},
    },
    store::{
        Store,
        change::Change,
        commit::StoreError,
        tracks::{FixBatch, FixesKept},
    },
};

fn patrol(number: u64) -> PatrolId {
    PatrolId::new(number).expect("an id")
}

fn day() -> Day {
    Day::in_china(sample::AT)
}

fn batch(patrol_number: u64, device: &str, numbers: &[u64], refused: &[u64]) -> FixBatch {
    FixBatch {
        day: day(),
        patrol: patrol(patrol_number),
        device: device.to_owned(),
        at: Timestamp(sample::AT.0 + 1),
        fixes: numbers.iter().map(|number| sample::fix(*number)).collect(),
        refused: refused.to_vec(),
    }
}

async fn kept(store: &Store, batch: FixBatch) -> (u64, usize) {
    let FixesKept { through, new } = store.keep_fixes(batch).await.expect("a store");
    (through, new)
}

async fn numbers(store: &Store, patrol_number: u64) -> Vec<(String, Vec<u64>)> {
    let fixes = store.fixes(day(), patrol(patrol_number)).await.expect("a store");
    let numbers = fixes.into_iter().map(|of| (of.device, of.fixes.iter().map(|fix| fix.sequence).collect()));
    numbers.collect()
}

/// Parts come in any order, some twice; what is asked for is all of it, by number, and `through` says from where on something is missing.
pub async fn fixes_are_kept_once_in_whichever_parts_they_come(store: Store) {
    assert_eq!(kept(&store, batch(1, "a", &[4, 5], &[])).await, (0, 2));
    assert_eq!(kept(&store, batch(1, "a", &[1, 2], &[])).await, (2, 2));
    assert_eq!(kept(&store, batch(1, "a", &[2, 4], &[])).await, (2, 0));
    assert_eq!(kept(&store, batch(1, "a", &[7], &[3])).await, (5, 2));
    assert_eq!(kept(&store, batch(1, "a", &[], &[6])).await, (7, 1));
    let fixes = store.fixes(day(), patrol(1)).await.expect("a store");
    assert_eq!(fixes.len(), 1);
    let wanted: Vec<_> = [1, 2, 4, 5, 7].map(sample::fix).to_vec();
    assert_eq!((fixes[0].device.as_str(), &fixes[0].fixes), ("a", &wanted));
}

/// What was stored under a number stays.
pub async fn a_number_that_is_known_keeps_its_fix(store: Store) {
    kept(&store, batch(1, "a", &[1], &[])).await;
    let mut other = batch(1, "a", &[1], &[]);
    other.fixes[0].place = sample::place(900);
    assert_eq!(kept(&store, other).await, (1, 0));
    assert_eq!(store.fixes(day(), patrol(1)).await.expect("a store")[0].fixes, [sample::fix(1)]);
    // A number that was refused stays refused.
    kept(&store, batch(1, "a", &[], &[2])).await;
    assert_eq!(kept(&store, batch(1, "a", &[2], &[])).await, (2, 0));
    assert_eq!(numbers(&store, 1).await, [("a".to_owned(), vec![1])]);
}

/// Devices, patrols and days count for themselves.
pub async fn fixes_of_others_are_apart(store: Store) {
    kept(&store, batch(1, "a", &[1, 2], &[])).await;
    assert_eq!(kept(&store, batch(1, "b", &[1], &[])).await, (1, 1));
    assert_eq!(kept(&store, batch(2, "a", &[1], &[])).await, (1, 1));
    let elsewhere = FixBatch { day: day().next(), ..batch(1, "a", &[1, 2, 3], &[]) };
    assert_eq!(kept(&store, elsewhere).await, (3, 3));
    assert_eq!(numbers(&store, 1).await, [("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![1])]);
    assert_eq!(numbers(&store, 2).await, [("a".to_owned(), vec![1])]);
    assert!(numbers(&store, 3).await.is_empty());
}

/// Visits of a patrol, and of no other.
pub async fn visits_are_found_by_their_patrol(store: Store) {
    let visit = |number: u64, of: u64| Visit {
        id: VisitId::new(number).expect("an id"),
        patrol: patrol(of),
        what: Visited::Checkpoint(sample::place(number)),
        span: Span::since(sample::AT),
    };
    let visits = [(3, 1), (1, 1), (2, 11), (4, 2)];
    let changes = visits.map(|(number, of)| Change::within(&[], visit(number, of)));
    sample::stored(&store, sample::commit(changes.to_vec())).await;
    assert_eq!(store.visits(patrol(1)).await.expect("a store"), [visit(1, 1), visit(3, 1)]);
    assert_eq!(store.visits(patrol(9)).await.expect("a store"), []);
}

/// Nothing is acknowledged that nobody keeps.
pub async fn a_closed_store_keeps_no_fixes(store: Store) {
    store.close().await.expect("a store");
    let refused = store.keep_fixes(batch(1, "a", &[1], &[])).await;
    assert!(matches!(refused, Err(StoreError::Closed)), "{refused:?}");
    assert!(matches!(store.fixes(day(), patrol(1)).await, Err(StoreError::Closed)));
}

/// What was reckoned is kept by patrol, the last word counts, and of a day of which nothing is known there is nothing.
pub async fn what_was_walked_is_kept_by_day(store: Store) {
    assert!(store.walked(day()).await.expect("a store").is_empty());
    for (number, body) in [(2, "two"), (1, "one"), (2, "two again")] {
        store.keep_walked(day(), patrol(number), 0, body.to_owned()).await.expect("a store");
    }
    store.keep_walked(day().next(), patrol(3), 0, "three".to_owned()).await.expect("a store");
    let walked = store.walked(day()).await.expect("a store");
    assert_eq!(walked, [(patrol(1), Some("one".to_owned())), (patrol(2), Some("two again".to_owned()))]);
    assert_eq!(store.days_walked().await.expect("a store"), [day(), day().next()]);
}

/// What was reckoned from fewer fixes than there are is not what was walked.
pub async fn what_was_walked_is_to_be_reckoned_anew_when_fixes_come(store: Store) {
    let walked = async || store.walked(day()).await.expect("a store");
    kept(&store, batch(1, "a", &[1, 2], &[3])).await;
    assert_eq!(walked().await, [(patrol(1), None)]);
    store.keep_walked(day(), patrol(1), 2, "of two".to_owned()).await.expect("a store");
    assert_eq!(walked().await, [(patrol(1), Some("of two".to_owned()))]);
    // A repetition brings nothing new.
    kept(&store, batch(1, "a", &[1], &[])).await;
    assert_eq!(walked().await, [(patrol(1), Some("of two".to_owned()))]);
    kept(&store, batch(1, "b", &[1], &[])).await;
    assert_eq!(walked().await, [(patrol(1), None)]);
    // Somebody who reckoned from the two comes too late.
    store.keep_walked(day(), patrol(1), 2, "of two".to_owned()).await.expect("a store");
    assert_eq!(walked().await, [(patrol(1), None)]);
    store.keep_walked(day(), patrol(1), 3, "of three".to_owned()).await.expect("a store");
    assert_eq!(walked().await, [(patrol(1), Some("of three".to_owned()))]);
}
