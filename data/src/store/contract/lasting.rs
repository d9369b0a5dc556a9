//! What is still so when a store is opened again. Each function is given a way to open the same store; it closes it before the next.

use super::sample;
use crate::{
    model::{
        calendar::Day,
        entity::Kind,
        id::{DistrictId, PatrolId},
    },
    store::{
        Store,
        change::Change,
        commit::{CommitError, Committed, UniqueName},
        question::CaseFilter,
        tracks::FixBatch,
    },
};

/// State, revisions, counts, cases, notices.
pub async fn everything_is_there_after_a_reopen(open: impl Fn() -> Store) {
    let store = open();
    let areas = [sample::area(1), sample::area(2)];
    sample::stored(&store, sample::reporting(1, &areas)).await;
    sample::stored(&store, sample::reporting(2, &areas)).await;
    sample::stored(&store, sample::commit(vec![Change::Remove(sample::key(Kind::Case, 1))])).await;
    let (loaded, counts) = (store.load().await.expect("a store"), store.counts().await.expect("a store"));
    let report = sample::whole(&store, sample::key(Kind::Report, 1)).await;
    store.close().await.expect("a store");
    for _ in 0..2 {
        let store = open();
        assert_eq!(store.load().await.expect("a store"), loaded);
        assert_eq!(store.counts().await.expect("a store"), counts);
        assert_eq!(sample::whole(&store, sample::key(Kind::Report, 1)).await, report);
        let filter = CaseFilter { area: Some(areas[1]), ..CaseFilter::default() };
        assert_eq!(store.cases(filter, None, 10).await.expect("a store").len(), 1);
        // Dropped without a close: the next open must not mind.
    }
}

/// A block that was given is given, whether or not it was used.
pub async fn numbers_are_never_given_twice_after_a_reopen(open: impl Fn() -> Store) {
    let district = DistrictId::new(1).expect("a district");
    let mut last = 0;
    for _ in 0..3 {
        let store = open();
        let block = store.allot_ids(district, Kind::Case, 100).await.expect("a store");
        assert!(block.start > last);
        last = block.end + 10;
        let station = Change::place(sample::station(block.start, "站"));
        sample::stored(&store, sample::commit(vec![station])).await;
        let case = sample::case(last, crate::model::case::CaseState::Received, "14", &[]);
        sample::stored(&store, sample::commit(vec![Change::within(&[], case)])).await;
        store.close().await.expect("a store");
    }
}

/// A phone sends again after the server was restarted.
pub async fn requests_and_names_are_known_after_a_reopen(open: impl Fn() -> Store) {
    let name = |bearer| UniqueName {
        namespace: "platform:12345".to_owned(),
        name: "A1".to_owned(),
        bearer: sample::key(Kind::Report, bearer),
    };
    let mut first = sample::reporting(1, &[]);
    first.unique = vec![name(1)];
    let store = open();
    let stored = sample::stored(&store, first.clone()).await;
    store.close().await.expect("a store");
    let store = open();
    match store.commit(first).await {
        Ok(Committed::Repeated { version, .. }) => assert_eq!(version, stored),
        other => panic!("a repetition was expected, not {other:?}"),
    }
    let mut second = sample::reporting(2, &[]);
    second.unique = vec![name(2)];
    assert!(
        matches!(store.commit(second).await, Err(CommitError::NameTaken { bearer, .. }) if bearer.id == 1)
    );
}

/// The epoch stays, the old rows are there, new ones follow.
pub async fn the_log_goes_on_after_a_reopen(open: impl Fn() -> Store) {
    let store = open();
    let start = store.version();
    let first = sample::stored(&store, sample::reporting(1, &[sample::area(1)])).await;
    let rows = sample::rows_after(&store, &start).await;
    store.close().await.expect("a store");
    drop(store);
    let store = open();
    assert_eq!(store.version(), first);
    assert_eq!(sample::rows_after(&store, &start).await, rows);
    assert_eq!(sample::rows_after(&store, &first).await, []);
    let second = sample::stored(&store, sample::reporting(2, &[])).await;
    assert!(second.reaches(&first) && second != first);
    assert_eq!(sample::rows_after(&store, &start).await.len(), 6);
    assert_eq!(sample::rows_after(&store, &first).await.len(), 3);
}

/// A device forgets what was acknowledged.
pub async fn fixes_are_there_after_a_reopen(open: impl Fn() -> Store) {
    let day = Day::in_china(sample::AT);
    let patrol = PatrolId::new(1).expect("an id");
    let batch = |numbers: std::ops::RangeInclusive<u64>| FixBatch {
        day,
        patrol,
        device: "a".to_owned(),
        at: sample::AT,
        fixes: numbers.map(sample::fix).collect(),
        refused: Vec::new(),
    };
    for part in 0..3_u64 {
        let store = open();
        let kept = store.keep_fixes(batch(part * 10 + 1..=part * 10 + 10)).await.expect("a store");
        assert_eq!(kept.through, part * 10 + 10);
        let fixes = (part as usize + 1) * 10;
        store.keep_walked(day, patrol, fixes, format!("{part}")).await.expect("a store");
        if part == 0 {
            store.close().await.expect("a store");
        }
        // Else dropped without a close: the next open must not mind.
    }
    let store = open();
    let fixes = store.fixes(day, patrol).await.expect("a store");
    assert_eq!(fixes[0].fixes, (1..=30).map(sample::fix).collect::<Vec<_>>());
    assert_eq!(store.walked(day).await.expect("a store"), [(patrol, Some("2".to_owned()))]);
}
