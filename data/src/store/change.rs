//! What changes: a fact as a value, on its way into the store and out of the log.

use super::version::Version;
use crate::model::{
    entity::{Entity, Key, Pace},
    id::AreaId,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// How often a thing was written; the first writing is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Revision(pub u64);

/// One fact to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The thing is now so.
    Put {
        /// The whole thing.
        entity: Box<Entity>,
        /// The areas in which it lies now, the widest first; empty for places, which everybody sees.
        areas: Vec<AreaId>,
    },
    /// The thing is gone.
    Remove(Key),
}

impl Change {
    /// The thing is now so, and everybody may see it.
    pub fn place(entity: impl Into<Entity>) -> Self {
        Self::Put { entity: Box::new(entity.into()), areas: Vec::new() }
    }
    /// The thing is now so, and lies in these areas.
    pub fn within(areas: &[AreaId], entity: impl Into<Entity>) -> Self {
        Self::Put { entity: Box::new(entity.into()), areas: areas.to_vec() }
    }
    /// Which thing it is about.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Put { entity, .. } => entity.key(),
            Self::Remove(key) => *key,
        }
    }
}

/// One row of the log: what a change made of a thing, without what only its handler may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Where in the log.
    pub version: Version,
    /// When it was committed.
    pub at: Timestamp,
    /// Which thing.
    pub key: Key,
    /// Its revision after the change. A view takes the row only if it knows no newer one.
    pub revision: Revision,
    /// The areas in which it lay before.
    pub areas_before: Vec<AreaId>,
    /// The areas in which it lies now.
    pub areas_after: Vec<AreaId>,
    /// Which views it concerns.
    pub class: Pace,
    /// What is left.
    pub after: After,
}

/// What a change left of a thing, as far as everybody who may see it may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// The thing as it is now.
    Now(Box<Entity>),
    /// It is there, but what it says is for its handler alone.
    Veiled,
    /// It is gone.
    Gone,
}
