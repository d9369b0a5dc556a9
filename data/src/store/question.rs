//! What may be asked of a store, and what it answers.

use super::{
    change::{LogRow, Revision},
    version::Version,
};
use crate::model::{
    case::Case,
    entity::{Entity, Key, Kind},
    id::AreaId,
    report::Category,
};

/// The state of everything that has a public image and is not over, as it was at a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// When, in the log: the state is the fold of the log up to here.
    pub version: Version,
    /// The facts, by kind and number.
    pub facts: Vec<Fact>,
}

/// One thing as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Which.
    pub key: Key,
    /// How often it was written.
    pub revision: Revision,
    /// The areas in which it lies, the widest first.
    pub areas: Vec<AreaId>,
    /// Its public image.
    pub entity: Entity,
}

/// The end of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tail {
    /// What came after the version that was asked for, in the order of the log. Empty: nothing yet.
    Rows(Vec<LogRow>),
    /// The version is of another epoch, is not written yet, or lies in a part of the log that is gone: load anew.
    Reload,
}

/// Which cases are wanted. What is `None` is not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only those with something still to be done, or only the others.
    pub open: Option<bool>,
    /// Only those about this.
    pub category: Option<Category>,
    /// Only those that lie in this area, at whatever level.
    pub area: Option<AreaId>,
}

impl CaseFilter {
    /// Whether a case that lies in these areas is wanted.
    #[must_use]
    pub fn takes(&self, case: &Case, areas: &[AreaId]) -> bool {
        self.open.is_none_or(|open| open == case.state.is_open())
            && self.category.is_none_or(|category| case.category == Some(category))
            && self.area.is_none_or(|area| areas.contains(&area))
    }
}

/// Whether a kind has a public image: what has none is neither loaded nor shown in the log.
#[must_use]
pub const fn is_public(kind: Kind) -> bool {
    // Must say the same as `Entity::public_image`; a test of the contract holds the two together.
    !matches!(kind, Kind::Report | Kind::Visit)
}
