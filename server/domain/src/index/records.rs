//! What is on no map of its own and changes one by one: who is there, who is on duty, who is on patrol, what is closed.
//!
//! The records of a kind are one list by number. A batch that touches the kind copies the list, pointers and no records: some ten
//! microseconds for 10,000 of them.

use super::{affairs::Known, fold::Step};
use gridward_data::{
    model::{
        entity::{Entity, Kind},
        organisation::{Organisation, Post},
        patrol::{Patrol, PatrolPlan},
        responder::Responder,
        road::Closure,
        roster::{Roster, Shift},
    },
    store::change::Revision,
};
use std::{collections::BTreeMap, sync::Arc};

/// A kind of thing that is on no map of its own.
pub trait Record: Sized {
    /// Which kind.
    const KIND: Kind;
    /// The thing in an entity of its kind.
    fn from_entity(entity: Entity) -> Option<Self>;
}

macro_rules! record {
    ($($kind:ident),*) => { $(
        impl Record for $kind {
            const KIND: Kind = Kind::$kind;
            fn from_entity(entity: Entity) -> Option<Self> {
                if let Entity::$kind(it) = entity { Some(it) } else { None }
            }
        }
    )* };
}

record!(Organisation, Post, Responder, Roster, Shift, Closure, PatrolPlan, Patrol);

/// All records of one kind, by number. Cheap to clone; never changes.
#[derive(Debug)]
pub struct Records<T>(Arc<[(u64, Arc<Known<T>>)]>);

impl<T> Clone for Records<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Records<T> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// All of them, by number.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Known<T>>> {
        self.0.iter().map(|(_, known)| known)
    }
    /// The one with this number. O(log n).
    #[must_use]
    pub fn find(&self, id: u64) -> Option<&Arc<Known<T>>> {
        self.0.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &self.0[at].1)
    }
    /// Whether this is the very same list: nothing of the kind has changed between two snapshots.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// At which revision the one with this number is known.
    pub(crate) fn revision(&self, id: u64) -> Option<Revision> {
        self.find(id).map(|known| known.revision)
    }
}

impl<T: Record> Records<T> {
    pub(crate) fn empty() -> Self {
        Self(Arc::new([]))
    }

    /// These after the steps of their kind, which are taken out: at most one a thing, each newer than what is known. O(n + steps).
    pub(crate) fn after(&self, steps: &mut BTreeMap<Kind, Vec<Step>>) -> Self {
        let Some(mut news) = steps.remove(&T::KIND) else { return self.clone() };
        news.sort_unstable_by_key(|step| step.key.id);
        let mut next = Vec::with_capacity(self.0.len() + news.len());
        let mut old = self.0.iter().peekable();
        for step in news {
            let id = step.key.id;
            while let Some(before) = old.next_if(|(before, _)| *before < id) {
                next.push(before.clone());
            }
            old.next_if(|(before, _)| *before == id);
            next.extend(step.record::<T>().map(|known| (id, Arc::new(known))));
        }
        next.extend(old.cloned());
        Self(next.into())
    }
}
