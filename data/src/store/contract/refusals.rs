//! When a commit is refused, and that nothing of it is left.

use super::{block_on, sample};
use crate::{
    model::{
        case::CaseState,
        entity::{Entity, Key, Kind},
        id::DistrictId,
    },
    store::{
        Store,
        change::{Change, Revision},
        commit::{CommitError, Committed, Notice, UniqueName},
    },
};
use std::sync::Barrier;

const STATION: Key = Key { kind: Kind::Station, id: 1 };

fn put(name: &str) -> Change {
    Change::place(sample::station(1, name))
}

async fn name_of(store: &Store) -> String {
    match sample::whole(store, STATION).await {
        Entity::Station(station) => station.name,
        other => panic!("a station was expected, not {other:?}"),
    }
}

fn name(text: &str, bearer: u64) -> UniqueName {
    UniqueName {
        namespace: "platform:12345".to_owned(),
        name: text.to_owned(),
        bearer: sample::key(Kind::Report, bearer),
    }
}

/// A commit whose decision saw an older revision is refused with the revision that is there.
pub async fn a_stale_read_set_leaves_nothing_behind_and_names_the_winner(store: Store) {
    sample::stored(&store, sample::commit(vec![put("一")])).await;
    let before = sample::stored(&store, sample::commit(vec![put("二")])).await;
    let mut stale = sample::commit(vec![Change::place(sample::station(2, "别处")), put("三")]);
    stale.expected = vec![(STATION, Some(Revision(1)))];
    stale.request = Some(sample::request("stale", 1, "{}"));
    match store.commit(stale).await {
        Err(CommitError::Conflict { key, expected, found }) => {
            assert_eq!((key, expected, found), (STATION, Some(Revision(1)), Some(Revision(2))));
        }
        other => panic!("a conflict was expected, not {other:?}"),
    }
    assert_eq!(store.version(), before);
    assert_eq!(sample::rows_after(&store, &before).await, []);
    assert_eq!(name_of(&store).await, "二");
    assert_eq!(store.one(sample::key(Kind::Station, 2)).await.expect("a store"), None);
    assert_eq!(store.recall("stale").await.expect("a store"), None);
}

/// `None` in the read set: the thing must not be there; a revision: it must.
pub async fn what_must_not_exist_must_not_exist(store: Store) {
    let mut first = sample::commit(vec![put("一")]);
    first.expected = vec![(STATION, None)];
    sample::stored(&store, first.clone()).await;
    let found = Some(Revision(1));
    assert!(
        matches!(store.commit(first).await, Err(CommitError::Conflict { found: there, .. }) if there == found)
    );
    let mut unborn = sample::commit(vec![put("二")]);
    unborn.expected = vec![(sample::key(Kind::Task, 9), found)];
    assert!(matches!(store.commit(unborn).await, Err(CommitError::Conflict { found: None, .. })));
}

/// Two decisions that saw the same revision: the second to come is refused.
pub async fn of_two_commits_on_one_thing_exactly_one_wins(store: Store) {
    sample::stored(&store, sample::commit(vec![put("一")])).await;
    let decided = |name| {
        let mut commit = sample::commit(vec![put(name)]);
        commit.expected = vec![(STATION, Some(Revision(1)))];
        commit
    };
    sample::stored(&store, decided("二")).await;
    assert!(matches!(store.commit(decided("三")).await, Err(CommitError::Conflict { .. })));
    assert_eq!(name_of(&store).await, "二");
}

/// Eight decisions that saw the same revision, from eight threads at once, in sixteen rounds.
pub async fn of_many_commits_at_once_on_one_thing_exactly_one_wins(store: Store) {
    const THREADS: u64 = 8;
    sample::stored(&store, sample::commit(vec![put("0")])).await;
    for round in 1..=16 {
        let barrier = Barrier::new(THREADS as usize);
        let attempt = |thread: u64| {
            let mut commit = sample::commit(vec![put(&format!("{round}.{thread}"))]);
            commit.expected = vec![(STATION, Some(Revision(round)))];
            barrier.wait();
            block_on(store.commit(commit)).map(|_| thread)
        };
        let attempts: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || attempt(thread))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a thread that ends well")).collect()
        });
        let winners: Vec<u64> =
            attempts.iter().filter_map(|attempt| attempt.as_ref().ok().copied()).collect();
        assert_eq!(winners.len(), 1, "round {round}: {attempts:?}");
        for attempt in attempts.iter().filter_map(|attempt| attempt.as_ref().err()) {
            assert!(
                matches!(attempt, CommitError::Conflict { found: Some(there), .. } if there.0 == round + 1)
            );
        }
        assert_eq!(name_of(&store).await, format!("{round}.{}", winners[0]));
    }
}

/// The same key with the same digest: the first answer and version, and nothing is written, whatever happened since.
pub async fn a_request_that_is_sent_again_gets_its_first_answer(store: Store) {
    let first = sample::stored(&store, sample::reporting(7, &[])).await;
    let newest = sample::stored(&store, sample::commit(vec![put("一")])).await;
    match store.commit(sample::reporting(7, &[])).await {
        Ok(Committed::Repeated { answer, version }) => {
            assert_eq!((answer.as_str(), version), (r#"{"report":7}"#, first));
        }
        other => panic!("a repetition was expected, not {other:?}"),
    }
    assert_eq!(store.version(), newest);
    let kept = store.recall("request-7").await.expect("a store");
    assert_eq!(kept, Some(sample::request("request-7", 7, r#"{"report":7}"#)));
    assert_eq!(store.recall("request-8").await.expect("a store"), None);
}

/// The same key with another digest is another request.
pub async fn a_key_of_another_request_is_refused(store: Store) {
    sample::stored(&store, sample::reporting(7, &[])).await;
    let mut other = sample::reporting(8, &[]);
    other.request = Some(sample::request("request-7", 8, "{}"));
    assert!(matches!(store.commit(other).await, Err(CommitError::KeyReused)));
    assert_eq!(store.one(sample::key(Kind::Report, 8)).await.expect("a store"), None);
}

/// A repetition is answered although its read set is stale by now; a conflict is told before a name that is taken.
pub async fn the_request_comes_before_the_read_set_and_that_before_the_names(store: Store) {
    let mut first = sample::reporting(7, &[]);
    first.unique = vec![name("A1", 7)];
    sample::stored(&store, first.clone()).await;
    assert!(matches!(store.commit(first.clone()).await, Ok(Committed::Repeated { .. })));
    first.unique = vec![name("A1", 9)];
    first.request = None;
    assert!(matches!(store.commit(first.clone()).await, Err(CommitError::Conflict { .. })));
    first.expected = Vec::new();
    assert!(matches!(store.commit(first).await, Err(CommitError::NameTaken { .. })));
}

/// A name stays with its bearer, who may take it again.
pub async fn a_name_is_given_once(store: Store) {
    let with = |text: &str, number| {
        let mut commit = sample::reporting(number, &[]);
        commit.unique = vec![name("B2", number), name(text, number)];
        (commit.expected, commit.request) = (Vec::new(), None);
        commit
    };
    sample::stored(&store, with("A1", 1)).await;
    sample::stored(&store, with("A1", 1)).await;
    match store.commit(with("C3", 2)).await {
        Err(CommitError::NameTaken { namespace, name, bearer }) => {
            assert_eq!((namespace.as_str(), name.as_str(), bearer.id), ("platform:12345", "B2", 1));
        }
        other => panic!("the name should have been taken: {other:?}"),
    }
    // Nothing of the refused commit was taken: C3 is free.
    let mut third = sample::reporting(3, &[]);
    third.unique = vec![name("C3", 3)];
    sample::stored(&store, third).await;
}

/// One commit cannot give one name to two.
pub async fn a_name_taken_twice_in_one_commit_is_refused(store: Store) {
    let mut commit = sample::commit(vec![put("一")]);
    commit.unique = vec![name("A1", 1), name("A1", 2)];
    assert!(
        matches!(store.commit(commit).await, Err(CommitError::NameTaken { bearer, .. }) if bearer.id == 1)
    );
    assert_eq!(store.one(STATION).await.expect("a store"), None);
}

/// A refused request may be sent again under its key; its notices are not told; its numbers may be lost.
pub async fn a_refused_commit_keeps_no_request_and_no_notice(store: Store) {
    let district = DistrictId::new(1).expect("a district");
    let ids = store.allot_ids(district, Kind::Case, 1).await.expect("a store");
    let areas = [sample::area(1)];
    let mut commit = sample::reporting(ids.start, &areas);
    commit.outbox = vec![Notice { topic: "12345".to_owned(), body: "{}".to_owned() }];
    commit.expected.push((STATION, Some(Revision(1))));
    assert!(matches!(store.commit(commit.clone()).await, Err(CommitError::Conflict { .. })));
    assert_eq!(store.notices("12345", 10).await.expect("a store"), []);
    commit.expected.pop();
    commit.changes.push(Change::within(&areas, sample::case(99, CaseState::Closed, "01", &areas)));
    sample::stored(&store, commit).await;
    assert_eq!(store.notices("12345", 10).await.expect("a store").len(), 1);
}
