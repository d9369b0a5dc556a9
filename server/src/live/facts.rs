//! What was committed last, for those who read along: each fact is written as an event once, by the first reader that needs it.
//!
//! Facts are never dropped for a reader that keeps up. One that is more than [`BEHIND_MAX`] behind is let go, and resumes from the log.

use super::{event, view::View};
use axum::body::Bytes;
use gridward_data::{
    model::entity::Kind,
    store::{
        change::{After, LogRow},
        version::Version,
    },
};
use gridward_domain::{access::Scope, index::Index};
use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};
use tokio::sync::watch;

/// So many facts a reader may be behind those before the last batch. The batch itself does not count: at a change of shifts it is long.
pub(crate) const BEHIND_MAX: usize = 1_000;

/// A row of the log as an event.
pub(crate) struct Fact {
    row: LogRow,
    told: OnceLock<Bytes>,
}

impl Fact {
    /// The event for a row.
    pub(crate) fn of(row: LogRow) -> Self {
        Self { row, told: OnceLock::new() }
    }

    /// Where in the log.
    pub(crate) fn version(&self) -> &Version {
        &self.row.version
    }

    /// What a reader is told of it: how the thing is now; that it is gone from what this reader looks at; or nothing.
    pub(crate) fn told(&self, scope: &Scope, view: &View, index: &Index) -> Option<Bytes> {
        let row = &self.row;
        if !view.takes_kind(row.key.kind) {
            return None;
        }
        let sees = |areas: &[_]| scope.sees(areas) && view.takes_areas(areas);
        if matches!(row.after, After::Now(_)) && sees(&row.areas_after) {
            return Some(self.told.get_or_init(|| event::change(row, index)).clone());
        }
        // What is new was seen by nobody before.
        let was_seen = row.revision.0 > 1 && sees(&row.areas_before);
        was_seen.then(|| event::gone(row))
    }
}

/// The last facts, and how far they go.
pub(crate) struct Facts {
    held: RwLock<Held>,
    newest: watch::Sender<Version>,
}

struct Held {
    /// Everything after this version is here.
    complete_after: Version,
    batches: VecDeque<(Version, Arc<[Fact]>)>,
    count: usize,
}

/// What came after a version.
pub(crate) enum Since {
    /// These batches, some facts of the first of which may be known.
    Batches(Vec<Arc<[Fact]>>),
    /// More than is held: the log has it.
    Behind,
}

impl Facts {
    /// Nothing yet, from a version on.
    pub(crate) fn from(version: &Version) -> Self {
        let held = Held { complete_after: version.clone(), batches: VecDeque::new(), count: 0 };
        Self { held: RwLock::new(held), newest: watch::channel(version.clone()).0 }
    }

    /// A batch of the log is in the index. Called by the applier alone, in the order of the log.
    pub(crate) fn publish(&self, facts: Vec<Fact>, version: &Version) {
        {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            let before = held.count;
            held.count += facts.len();
            held.batches.push_back((version.clone(), facts.into()));
            let mut old = before;
            while old > BEHIND_MAX
                && let Some((last, dropped)) = held.batches.pop_front()
            {
                old -= dropped.len();
                held.count -= dropped.len();
                held.complete_after = last;
            }
        }
        self.newest.send_replace(version.clone());
    }

    /// The index was loaded anew: what was before is not known here.
    pub(crate) fn restart(&self, version: &Version) {
        {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            *held = Held { complete_after: version.clone(), batches: VecDeque::new(), count: 0 };
        }
        self.newest.send_replace(version.clone());
    }

    /// How far the facts go; tells when they go further.
    pub(crate) fn newest(&self) -> watch::Receiver<Version> {
        self.newest.subscribe()
    }

    /// What came after a version.
    pub(crate) fn since(&self, version: &Version) -> Since {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        if !version.reaches(&held.complete_after) {
            return Since::Behind;
        }
        let newer = held.batches.iter().filter(|(last, _)| !version.reaches(last));
        Since::Batches(newer.map(|(_, facts)| Arc::clone(facts)).collect())
    }
}

/// The kinds of which a stream tells: all that have a public image.
pub(crate) fn is_told(kind: Kind) -> bool {
    gridward_data::store::question::is_public(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::{
        model::{
            entity::{Entity, Key},
            id::{AreaId, SourceId},
            source::Source,
            time::Timestamp,
        },
        store::change::Revision,
    };

    fn version(seq: u64) -> Version {
        Version::new("e", 0, seq).expect("a version")
    }

    fn area(number: u64) -> AreaId {
        AreaId::new(number).expect("an id")
    }

    fn row(seq: u64, revision: u64, before: &[u64], after: Option<&[u64]>) -> LogRow {
        let id = SourceId::new(1).expect("an id");
        let source = Source { id, attribution: "a".to_owned(), taken_at: Timestamp(0) };
        let thing = |_| After::Now(Box::new(Entity::Source(source)));
        LogRow {
            version: version(seq),
            at: Timestamp(0),
            key: Key { kind: Kind::Source, id: 1 },
            revision: Revision(revision),
            areas_before: before.iter().copied().map(area).collect(),
            areas_after: after.unwrap_or_default().iter().copied().map(area).collect(),
            class: Kind::Source.pace(),
            after: after.map_or(After::Gone, thing),
        }
    }

    fn held(since: &Since) -> Option<usize> {
        match since {
            Since::Batches(batches) => Some(batches.iter().map(|batch| batch.len()).sum()),
            Since::Behind => None,
        }
    }

    #[test]
    fn a_reader_may_be_a_thousand_facts_behind_and_no_more() {
        let facts = Facts::from(&version(0));
        for seq in 1..=BEHIND_MAX as u64 + 1 {
            facts.publish(vec![Fact::of(row(seq, 1, &[], None))], &version(seq));
        }
        assert_eq!(held(&facts.since(&version(0))), Some(BEHIND_MAX + 1));
        facts.publish(vec![Fact::of(row(1_002, 1, &[], None))], &version(1_002));
        assert_eq!(held(&facts.since(&version(0))), None);
        assert_eq!(held(&facts.since(&version(1))), Some(BEHIND_MAX + 1));
        assert_eq!(held(&facts.since(&version(1_002))), Some(0));
    }

    #[test]
    fn one_long_batch_leaves_nobody_behind_who_had_kept_up() {
        let facts = Facts::from(&version(0));
        let batch = |from: u64| (from..from + 3_000).map(|seq| Fact::of(row(seq, 1, &[], None))).collect();
        facts.publish(batch(1), &version(3_000));
        assert_eq!(held(&facts.since(&version(0))), Some(3_000));
        facts.publish(batch(3_001), &version(6_000));
        assert_eq!(held(&facts.since(&version(0))), None);
        assert_eq!(held(&facts.since(&version(3_000))), Some(3_000));
    }

    #[test]
    fn after_a_restart_only_what_comes_then_is_known() {
        let facts = Facts::from(&version(5));
        facts.publish(vec![Fact::of(row(6, 1, &[], None))], &version(6));
        let other = Version::new("f", 0, 2).expect("a version");
        facts.restart(&other);
        assert_eq!(held(&facts.since(&version(6))), None);
        assert_eq!(held(&facts.since(&other)), Some(0));
    }

    #[test]
    fn what_leaves_the_area_of_a_reader_is_gone_for_this_reader_alone() {
        let index = Index::build(version(0), []);
        let scope = Scope::open_loopback();
        let looks = |number: u64| View { area: Some(area(number)), ..View::default() };
        let moved = Fact::of(row(1, 2, &[7], Some(&[8])));
        let told = |fact: &Fact, view: &View| {
            fact.told(&scope, view, &index)
                .map(|event| String::from_utf8_lossy(&event).lines().nth(1).unwrap_or_default().to_owned())
        };
        assert_eq!(told(&moved, &looks(7)).as_deref(), Some("event: gone"));
        assert_eq!(told(&moved, &looks(8)).as_deref(), Some("event: change"));
        assert_eq!(told(&moved, &looks(9)), None);
        // What nobody saw before does not go from anybody's sight.
        assert_eq!(told(&Fact::of(row(1, 1, &[], Some(&[8]))), &looks(7)), None);
        assert_eq!(told(&Fact::of(row(2, 3, &[8], None)), &looks(8)).as_deref(), Some("event: gone"));
    }
}
