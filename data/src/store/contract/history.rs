//! Whether a store does, over any history, what a plain list of what was written says it must.

use super::{block_on, log::folded, sample};
use crate::{
    model::{
        case::CaseState,
        entity::{Entity, Key, Kind},
        id::AreaId,
    },
    store::{
        DISTRICT, Store,
        change::{After, Change, LogRow, Revision},
        commit::{Commit, CommitError, Committed, UniqueName},
        question::{CaseFilter, Fact, Tail},
        version::Version,
    },
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What is done to a store.
#[derive(Clone, Debug)]
enum Step {
    Commit(Plan),
    Allot(Kind, u64),
    Reopen,
}

/// A commit before it is known what it meets.
#[derive(Clone, Debug)]
struct Plan {
    saw: Vec<(Key, Saw)>,
    changes: Vec<Change>,
    names: Vec<(u8, Key)>,
    request: Option<(u8, u8)>,
}

/// What a decision saw of a thing.
#[derive(Clone, Copy, Debug)]
enum Saw {
    ItAsItIs,
    Nothing,
    Revision(u64),
}

/// A thing with its areas.
type Put = (Entity, Vec<AreaId>);

/// All that was written, in order: the oracle. Everything else is found by going through it.
#[derive(Default)]
struct Written {
    /// What was put, with its areas, or taken away.
    changes: Vec<(Key, Option<Put>)>,
    names: Vec<(u8, Key)>,
    /// Key, digest, and how many changes there were after it.
    requests: Vec<(u8, u8, usize)>,
    allotted: Vec<(Kind, u64)>,
}

impl Written {
    fn last(&self, key: Key) -> Option<&Put> {
        self.changes.iter().rev().find(|(changed, _)| *changed == key)?.1.as_ref()
    }

    fn writings(&self, key: Key) -> u64 {
        self.changes.iter().filter(|(changed, _)| *changed == key).count() as u64
    }

    fn revision(&self, key: Key) -> Option<Revision> {
        self.last(key).map(|_| Revision(self.writings(key)))
    }

    fn next_id(&self, kind: Kind) -> u64 {
        let put = self.changes.iter().filter(|(key, put)| key.kind == kind && put.is_some());
        let given = self.allotted.iter().filter(|(allotted, _)| *allotted == kind);
        put.map(|(key, _)| key.id).chain(given.map(|(_, last)| *last)).max().unwrap_or(0) + 1
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self.changes.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn public(&self) -> Vec<Fact> {
        let fact = |key: Key| {
            let (entity, areas) = self.last(key)?;
            let entity = entity.public_image()?;
            Some(Fact { key, revision: self.revision(key)?, areas: areas.clone(), entity })
        };
        self.keys().into_iter().filter_map(fact).collect()
    }

    /// What a commit must be answered; when it is stored, it is written down.
    fn take(&mut self, commit: &Commit, plan: &Plan) -> Answer {
        if let Some((key, digest)) = plan.request
            && let Some((_, first, count)) = self.requests.iter().find(|(known, ..)| *known == key)
        {
            return if *first == digest { Answer::Repeated(*first, *count) } else { Answer::KeyReused };
        }
        if let Some((key, _)) = commit.expected.iter().find(|(key, saw)| self.revision(*key) != *saw) {
            return Answer::Conflict(*key, self.revision(*key));
        }
        let kept = self.names.len();
        for (name, bearer) in &plan.names {
            if let Some((_, other)) =
                self.names.iter().find(|(known, other)| known == name && other != bearer)
            {
                let taken = Answer::NameTaken(*other);
                self.names.truncate(kept);
                return taken;
            }
            self.names.push((*name, *bearer));
        }
        for change in &commit.changes {
            match change {
                Change::Put { entity, areas } => {
                    self.changes.push((change.key(), Some(((**entity).clone(), areas.clone()))));
                }
                Change::Remove(key) if self.last(*key).is_some() => self.changes.push((*key, None)),
                Change::Remove(_) => {}
            }
        }
        self.requests.extend(plan.request.map(|(key, digest)| (key, digest, self.changes.len())));
        Answer::Stored(self.changes.len())
    }

    /// The row of the log for the change at a place of the list.
    fn row(&self, place: usize, version: Version) -> LogRow {
        let earlier = Self { changes: self.changes[..place].to_vec(), ..Self::default() };
        let (key, put) = &self.changes[place];
        let areas = |put: Option<&Put>| put.map(|put| put.1.clone()).unwrap_or_default();
        let image = |put: &Put| put.0.public_image().map_or(After::Veiled, |it| After::Now(Box::new(it)));
        LogRow {
            version,
            at: sample::AT,
            key: *key,
            revision: Revision(earlier.writings(*key) + 1),
            areas_before: areas(earlier.last(*key)),
            areas_after: areas(put.as_ref()),
            class: key.kind.pace(),
            after: put.as_ref().map_or(After::Gone, image),
        }
    }
}

/// What a store answers, with places of the list instead of versions.
#[derive(Debug, PartialEq)]
enum Answer {
    Stored(usize),
    Repeated(u8, usize),
    KeyReused,
    Conflict(Key, Option<Revision>),
    NameTaken(Key),
}

fn answered(outcome: Result<Committed, CommitError>, versions: &BTreeMap<u64, usize>) -> Answer {
    match outcome {
        Ok(Committed::Stored { version }) => Answer::Stored(version.seq() as usize),
        Ok(Committed::Repeated { answer, version }) => {
            let place = versions.get(&version.seq()).copied().unwrap_or(usize::MAX);
            Answer::Repeated(answer.parse().expect("a digest as its answer"), place)
        }
        Err(CommitError::KeyReused) => Answer::KeyReused,
        Err(CommitError::Conflict { key, found, .. }) => Answer::Conflict(key, found),
        Err(CommitError::NameTaken { bearer, .. }) => Answer::NameTaken(bearer),
        Err(other) => panic!("nothing else may go wrong: {other}"),
    }
}

fn commit_of(plan: &Plan, written: &Written) -> Commit {
    let mut commit = sample::commit(plan.changes.clone());
    let revision = |(key, saw): &(Key, Saw)| match saw {
        Saw::ItAsItIs => (*key, written.revision(*key)),
        Saw::Nothing => (*key, None),
        Saw::Revision(number) => (*key, Some(Revision(*number))),
    };
    commit.expected = plan.saw.iter().map(revision).collect();
    let name = |(name, bearer): &(u8, Key)| UniqueName {
        namespace: "names".to_owned(),
        name: name.to_string(),
        bearer: *bearer,
    };
    commit.unique = plan.names.iter().map(name).collect();
    commit.request =
        plan.request.map(|(key, digest)| sample::request(&key.to_string(), digest, &digest.to_string()));
    commit
}

/// Goes through a history with a store; `reopen` gives the same store again, or one that never closed.
fn live(mut store: Store, steps: Vec<Step>, reopen: impl Fn(Store) -> Store) {
    let mut written = Written::default();
    let start = store.version();
    let mut versions = BTreeMap::from([(start.seq(), 0)]);
    let mut states = vec![block_on(store.load()).expect("a store")];
    for step in steps {
        match step {
            Step::Commit(plan) => {
                let commit = commit_of(&plan, &written);
                let outcome = block_on(store.commit(commit.clone()));
                assert_eq!(answered(outcome, &versions), written.take(&commit, &plan));
                versions.insert(store.version().seq(), written.changes.len());
            }
            Step::Allot(kind, count) => {
                let first = written.next_id(kind);
                let given = block_on(store.allot_ids(DISTRICT, kind, count)).expect("a store");
                assert_eq!(given, first..first + count);
                written.allotted.push((kind, first + count - 1));
            }
            Step::Reopen => {
                store = reopen(store);
                states.push(block_on(store.load()).expect("a store"));
            }
        }
    }
    compare(&store, &written, &start);
    for state in states {
        let rows = block_on(sample::rows_after(&store, &state.version));
        assert_eq!(folded(state.facts, rows), written.public());
    }
}

fn compare(store: &Store, written: &Written, start: &Version) {
    let loaded = block_on(store.load()).expect("a store");
    assert_eq!(loaded.facts, written.public());
    assert_eq!(loaded.version, store.version());
    let Ok(Tail::Rows(rows)) = block_on(store.log_after(start, usize::MAX)) else { panic!("no log") };
    assert_eq!(rows.len(), written.changes.len());
    for (place, row) in rows.into_iter().enumerate() {
        assert_eq!(row, written.row(place, row.version.clone()));
    }
    let keys = written.keys();
    let whole = block_on(store.several(&keys)).expect("a store");
    for (key, found) in keys.iter().zip(whole) {
        let wanted = written.revision(*key).zip(written.last(*key).map(|(entity, _)| entity.clone()));
        assert_eq!(found, wanted, "{key}");
    }
    for (kind, count) in block_on(store.counts()).expect("a store") {
        let there = keys.iter().filter(|key| key.kind == kind && written.last(**key).is_some());
        assert_eq!(count, there.count() as u64, "{kind:?}");
    }
    for (open, area) in [(None, None), (Some(true), Some(sample::area(2))), (Some(false), None)] {
        let filter = CaseFilter { open, area, category: None };
        let found = block_on(store.cases(filter, None, 100)).expect("a store");
        let found: Vec<Entity> = found.into_iter().map(|(_, case)| case.into()).collect();
        let taken = |key: &Key| match written.last(*key)? {
            (entity @ Entity::Case(case), areas) if filter.takes(case, areas) => Some(entity.clone()),
            _ => None,
        };
        assert_eq!(found, keys.iter().rev().filter_map(taken).collect::<Vec<_>>(), "{filter:?}");
    }
}

fn any_key() -> impl Strategy<Value = Key> {
    let kinds = prop::sample::select(vec![Kind::Station, Kind::Report, Kind::Case]);
    (kinds, 1..4_u64).prop_map(|(kind, id)| Key { kind, id })
}

fn any_change() -> impl Strategy<Value = Change> {
    let areas = prop::sample::subsequence(vec![sample::area(1), sample::area(2), sample::area(3)], 0..=3);
    (any_key(), areas, 0..4_u8).prop_map(|(key, areas, what)| {
        let state = if what == 1 { CaseState::Received } else { CaseState::Closed };
        match key.kind {
            _ if what == 0 => Change::Remove(key),
            Kind::Case => Change::within(&areas, sample::case(key.id, state, "14", &areas)),
            Kind::Report => Change::within(&areas, sample::report(key.id, &format!("话 {what}"), &areas)),
            _ => Change::within(&areas, sample::station(key.id, &format!("站 {what}"))),
        }
    })
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let saw = prop_oneof![
        6 => Just(Saw::ItAsItIs),
        1 => Just(Saw::Nothing),
        1 => (1..4_u64).prop_map(Saw::Revision),
    ];
    (
        prop::collection::vec((any_key(), saw), 0..3),
        prop::collection::vec(any_change(), 0..4),
        prop::collection::vec((0..4_u8, any_key()), 0..2),
        prop::option::of((0..6_u8, 0..2_u8)),
    )
        .prop_map(|(saw, changes, names, request)| Plan { saw, changes, names, request })
}

fn any_history() -> impl Strategy<Value = Vec<Step>> {
    let kinds = prop::sample::select(vec![Kind::Station, Kind::Case]);
    let step = prop_oneof![
        12 => any_plan().prop_map(Step::Commit),
        1 => (kinds, 1..5_u64).prop_map(|(kind, count)| Step::Allot(kind, count)),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn the_store_in_memory_does_what_the_list_says(history in any_history()) {
        live(Store::memory(), history, |store| store);
    }
}

#[cfg(feature = "embedded")]
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn the_store_in_a_folder_does_what_the_list_says(history in any_history(), orderly in any::<bool>()) {
        let folder = super::folder::TestFolder::new();
        live(folder.open(), history, |store| {
            if orderly {
                block_on(store.close()).expect("a store");
            }
            drop(store);
            folder.open()
        });
    }
}
