//! What is answered when a store is asked.

use super::sample;
use crate::{
    model::{
        case::{Case, CaseState},
        entity::{Entity, Kind},
        id::{CaseId, DistrictId, MAX_ID, PatrolId, ResponderId, VisitId},
        patrol::Patrol,
        road::Mode,
        time::{Span, Timestamp},
        visit::{Visit, Visited},
    },
    store::{
        Store,
        change::{Change, Revision},
        commit::{CommitError, Notice, StoreError},
        head_count::HeadCount,
        outbox::{GivenUp, KeptNotice, TopicCount},
        question::{CaseFilter, Tail, is_public},
    },
};
use std::collections::BTreeSet;

fn district() -> DistrictId {
    DistrictId::new(1).expect("a district")
}

/// Reports and visits are for those who handle them, a patrol that has ended is over; everything else is loaded with its image.
pub async fn only_what_has_a_public_image_is_loaded(store: Store) {
    let patrol_id = PatrolId::new(1).expect("an id");
    let span = Span::since(sample::AT);
    let responder = ResponderId::new(1).expect("an id");
    let patrol = |id: u64, until: Option<i64>| Patrol {
        id: PatrolId::new(id).expect("an id"),
        responder,
        plan: None,
        area: None,
        mode: Mode::Foot,
        span: Span { until: until.map(Timestamp), ..span },
    };
    let what = Visited::Checkpoint(sample::place(1));
    let visit = Visit { id: VisitId::new(1).expect("an id"), patrol: patrol_id, what, span };
    let mut commit = sample::reporting(1, &[sample::area(1)]);
    commit.changes.extend([
        Change::place(sample::station(1, "一")),
        Change::place(patrol(1, None)),
        Change::place(patrol(2, Some(sample::AT.0 + 1))),
        Change::place(visit),
    ]);
    for change in &commit.changes {
        let Change::Put { entity, .. } = change else { continue };
        let kind = entity.key().kind;
        assert_eq!(entity.public_image().is_some(), is_public(kind), "{kind:?}");
    }
    let version = sample::stored(&store, commit.clone()).await;
    let loaded = store.load().await.expect("a store");
    assert_eq!(loaded.version, version);
    let keys: Vec<String> = loaded.facts.iter().map(|fact| fact.key.to_string()).collect();
    assert_eq!(keys, ["station/1", "case/1", "hazard/1", "patrol/1"]);
    assert_eq!(loaded.facts[1].areas, [sample::area(1)]);
    assert!(loaded.facts.iter().all(|fact| fact.revision == Revision(1) && fact.entity.key() == fact.key));
}

/// Blocks of one kind follow each other; kinds and districts count for themselves.
pub async fn numbers_are_never_given_twice(store: Store) {
    let mut given = BTreeSet::new();
    for count in [1, 10, 0, 1000, 1] {
        let block = store.allot_ids(district(), Kind::Case, count).await.expect("a store");
        assert_eq!(block.end - block.start, count);
        assert!(block.clone().all(|id| given.insert(id)), "{block:?} was given in part before");
    }
    assert_eq!(store.allot_ids(district(), Kind::Task, 2).await.expect("a store"), 1..3);
    let elsewhere = DistrictId::new(2).expect("a district");
    assert_eq!(store.allot_ids(elsewhere, Kind::Case, 2).await.expect("a store"), 1..3);
}

/// An import brings its own numbers.
pub async fn numbers_from_outside_are_not_given_again(store: Store) {
    let stations = [5, 40, 7].map(|number| Change::place(sample::station(number, "站")));
    sample::stored(&store, sample::commit(stations.to_vec())).await;
    assert_eq!(store.allot_ids(district(), Kind::Station, 2).await.expect("a store"), 41..43);
}

/// A number has 53 bits; then it is said, and nothing is given.
pub async fn numbers_do_run_out(store: Store) {
    let last = store.allot_ids(district(), Kind::Case, MAX_ID).await.expect("a store");
    assert_eq!(last, 1..MAX_ID + 1);
    let refused = store.allot_ids(district(), Kind::Case, 1).await;
    assert!(matches!(refused, Err(StoreError::Unusable { .. })), "{refused:?}");
    assert!(store.allot_ids(district(), Kind::Case, u64::MAX).await.is_err());
    assert!(store.allot_ids(district(), Kind::Task, 1).await.is_ok());
}

/// In the order of the keys, with a gap where there is nothing.
pub async fn several_things_come_in_the_order_asked(store: Store) {
    let words = "楼道";
    let report = Change::within(&[], sample::report(1, words, &[]));
    sample::stored(&store, sample::commit(vec![report, Change::place(sample::station(2, "二"))])).await;
    let keys = [(Kind::Station, 2), (Kind::Task, 1), (Kind::Report, 1), (Kind::Station, 2)];
    let found = store.several(&keys.map(|(kind, id)| sample::key(kind, id))).await.expect("a store");
    let station: Entity = sample::station(2, "二").into();
    let report: Entity = sample::report(1, words, &[]).into();
    let whole = |entity: &Entity| Some((Revision(1), entity.clone()));
    assert_eq!(found, [whole(&station), None, whole(&report), whole(&station)]);
    assert_eq!(store.several(&[]).await.expect("a store"), []);
}

fn numbers(cases: &[(Revision, Case)]) -> Vec<u64> {
    cases.iter().map(|(_, case)| case.id.number()).collect()
}

/// Page after page, each before the last of the one before.
pub async fn cases_are_paged_the_newest_first(store: Store) {
    for number in [3, 1, 9, 4, 7] {
        let case = sample::case(number, CaseState::Received, "14", &[]);
        sample::stored(&store, sample::commit(vec![Change::within(&[], case)])).await;
    }
    let page = async |before: Option<u64>, limit| {
        let before = before.map(|number| CaseId::new(number).expect("an id"));
        numbers(&store.cases(CaseFilter::default(), before, limit).await.expect("a store"))
    };
    assert_eq!(page(None, 2).await, [9, 7]);
    assert_eq!(page(Some(7), 2).await, [4, 3]);
    assert_eq!(page(Some(3), 2).await, [1]);
    assert_eq!(page(Some(1), 2).await, [0; 0]);
    assert_eq!(page(None, 0).await, [0; 0]);
    assert_eq!(page(None, usize::MAX).await, [9, 7, 4, 3, 1]);
}

/// Every filter alone and all together, against the plain meaning; areas are those of the last change.
pub async fn cases_are_found_by_state_category_and_area(store: Store) {
    let states = [CaseState::Received, CaseState::Handled, CaseState::Closed, CaseState::Dismissed];
    let grids = [sample::area(10), sample::area(11)];
    let mut all = Vec::new();
    for number in 1..=16_u64 {
        let state = states[number as usize % 4];
        let areas = vec![sample::area(1), grids[(number as usize / 4) % 2]];
        let mut case = sample::case(number, state, if number % 3 == 0 { "14" } else { "02" }, &areas);
        if number == 5 {
            case.category = None;
        }
        all.push((case.clone(), areas.clone()));
        sample::stored(&store, sample::commit(vec![Change::within(&areas, case)])).await;
    }
    // One moves to the other grid, one is closed, one is removed.
    all[0].1 = vec![sample::area(1), grids[1]];
    all[3].0.state = CaseState::Closed;
    let put = |place: usize| Change::within(&all[place].1, all[place].0.clone());
    sample::stored(&store, sample::commit(vec![put(0), put(3), Change::Remove(sample::key(Kind::Case, 9))]))
        .await;
    all.remove(8);
    let categories =
        [None, Some(sample::category("14")), Some(sample::category("02")), Some(sample::category("03"))];
    let areas = [None, Some(sample::area(1)), Some(grids[0]), Some(grids[1]), Some(sample::area(12))];
    for open in [None, Some(true), Some(false)] {
        for category in categories {
            for area in areas {
                let filter = CaseFilter { open, category, area };
                let taken = all.iter().rev().filter(|(case, areas)| filter.takes(case, areas));
                let wanted: Vec<u64> = taken.map(|(case, _)| case.id.number()).collect();
                let found = store.cases(filter, None, 100).await.expect("a store");
                assert_eq!(numbers(&found), wanted, "{filter:?}");
            }
        }
    }
}

/// Every kind is named, also those of which there is none.
pub async fn counts_name_every_kind(store: Store) {
    sample::stored(&store, sample::reporting(1, &[])).await;
    sample::stored(&store, sample::reporting(2, &[])).await;
    sample::stored(&store, sample::commit(vec![Change::Remove(sample::key(Kind::Hazard, 1))])).await;
    let counts = store.counts().await.expect("a store");
    assert_eq!(counts.len(), Kind::ALL.len());
    let some: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(some, [(Kind::Report, 2), (Kind::Case, 2), (Kind::Hazard, 1)]);
}

/// By topic, the oldest first, each until it is settled under its number.
pub async fn notices_stay_until_they_are_settled(store: Store) {
    let notice = |topic: &str, body: &str| Notice { topic: topic.to_owned(), body: body.to_owned() };
    let mut commit = sample::commit(vec![Change::place(sample::station(1, "一"))]);
    commit.outbox = vec![notice("12345", "1"), notice("110", "2"), notice("12345", "3")];
    sample::stored(&store, commit.clone()).await;
    commit.outbox = vec![notice("12345", "4")];
    sample::stored(&store, commit.clone()).await;
    let pending = store.notices("12345", 10).await.expect("a store");
    let bodies: Vec<&str> = pending.iter().map(|kept| kept.notice.body.as_str()).collect();
    assert_eq!(bodies, ["1", "3", "4"]);
    assert!(pending.iter().all(|kept| kept.at == commit.at && kept.given_up.is_none()), "{pending:?}");
    assert_eq!(store.notices("12345", 2).await.expect("a store"), pending[..2]);
    assert_eq!(store.settle_notices(&[pending[0].number, pending[2].number, 99]).await.expect("a store"), 2);
    assert_eq!(store.notices("12345", 10).await.expect("a store"), pending[1..2]);
    let count = |topic: &str| TopicCount { topic: topic.to_owned(), waiting: 1, given_up: 0 };
    assert_eq!(store.notices_by_topic().await.expect("a store"), [count("110"), count("12345")]);
}

/// A notice in the tray is not told, does not hold back others, and takes its old place when it is tried again.
pub async fn a_notice_that_was_given_up_lies_in_the_tray(store: Store) {
    let notice = |body: &str| Notice { topic: "12345".to_owned(), body: body.to_owned() };
    let mut commit = sample::commit(vec![Change::place(sample::station(1, "一"))]);
    commit.outbox = vec![notice("1"), notice("2")];
    sample::stored(&store, commit.clone()).await;
    let pending = store.notices("12345", 10).await.expect("a store");
    let given_up = GivenUp { at: Timestamp(commit.at.0 + 1), reason: "410 Gone".to_owned() };
    let first = pending[0].number;
    assert!(store.put_notice_aside(first, Some(given_up.clone())).await.expect("a store"));
    assert!(!store.put_notice_aside(first, Some(given_up.clone())).await.expect("a store"), "it lies there");
    assert_eq!(store.notices("12345", 10).await.expect("a store"), pending[1..]);
    let tray = store.notices_given_up(10).await.expect("a store");
    assert_eq!(tray, [KeptNotice { given_up: Some(given_up), ..pending[0].clone() }]);
    let count = TopicCount { topic: "12345".to_owned(), waiting: 1, given_up: 1 };
    assert_eq!(store.notices_by_topic().await.expect("a store"), [count]);
    assert!(
        !store.drop_notice(pending[1].number).await.expect("a store"),
        "it waits, and is not thrown away"
    );
    assert!(store.put_notice_aside(first, None).await.expect("a store"));
    assert!(!store.put_notice_aside(first, None).await.expect("a store"), "it waits");
    assert!(!store.put_notice_aside(99, None).await.expect("a store"), "there is no such notice");
    assert_eq!(store.notices("12345", 10).await.expect("a store"), pending);
    assert_eq!(store.notices_given_up(10).await.expect("a store"), []);
    let again = GivenUp { at: commit.at, reason: "no answer".to_owned() };
    assert!(store.put_notice_aside(first, Some(again)).await.expect("a store"));
    assert!(store.drop_notice(first).await.expect("a store"));
    assert!(!store.drop_notice(first).await.expect("a store"), "it is gone");
    assert_eq!(store.notices("12345", 10).await.expect("a store"), pending[1..]);
}

/// Of each moment one count; asked for a moment, the last one before it; those that are too old are gone.
pub async fn head_counts_are_found_by_their_moment(store: Store) {
    let count = |at, count| HeadCount {
        at: Timestamp(at),
        grids: vec![(sample::area(1), count), (sample::area(9), 1)],
    };
    let found = async |at| store.head_count(Timestamp(at)).await.expect("a store");
    assert_eq!(found(100).await, None);
    for (at, oldest) in [(10, 0), (20, 0), (30, 0)] {
        store.keep_head_count(count(at, 3), Timestamp(oldest)).await.expect("a store");
    }
    assert_eq!(found(9).await, None);
    assert_eq!(found(10).await, Some(count(10, 3)));
    assert_eq!(found(29).await, Some(count(20, 3)));
    store.keep_head_count(count(30, 4), Timestamp(20)).await.expect("a store");
    assert_eq!(found(100).await, Some(count(30, 4)), "the second count of a moment");
    assert_eq!(found(19).await, None, "it was too old");
    assert_eq!(found(20).await, Some(count(20, 3)));
}

/// As an import does it: ten thousand things at once, in one piece of the log.
pub async fn a_large_commit_is_one_commit(store: Store) {
    let start = store.version();
    let stations = (1..=10_000).map(|number| Change::place(sample::station(number, "站")));
    let version = sample::stored(&store, sample::commit(stations.collect())).await;
    assert_eq!(store.load().await.expect("a store").facts.len(), 10_000);
    let first = store.log_after(&start, 2).await.expect("a store");
    let Tail::Rows(rows) = first else { panic!("the log should be there") };
    assert_eq!(rows.iter().map(|row| row.key.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(sample::rows_after(&store, &start).await.last().map(|row| row.version.clone()), Some(version));
}

/// Closing twice is harmless; whatever is asked afterwards says that the store is closed.
pub async fn a_closed_store_says_so(store: Store) {
    let version = sample::stored(&store, sample::reporting(1, &[])).await;
    store.close().await.expect("a store");
    store.clone().close().await.expect("a store that is closed");
    let refused = store.commit(sample::reporting(2, &[])).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Closed))), "{refused:?}");
    assert!(matches!(store.load().await, Err(StoreError::Closed)));
    assert!(matches!(store.log_after(&version, 1).await, Err(StoreError::Closed)));
    assert!(matches!(store.one(sample::key(Kind::Case, 1)).await, Err(StoreError::Closed)));
    assert!(matches!(store.allot_ids(district(), Kind::Case, 1).await, Err(StoreError::Closed)));
    assert!(matches!(store.counts().await, Err(StoreError::Closed)));
}
