//! What of the roads is open now: hours of gates, closures, and who may pass.

use super::{NONE, Roads, speeds};
use crate::duty::week::{holds_at, minute_of_week};
use gridward_data::model::{
    road::{Closure, Mode},
    time::Timestamp,
};

/// What is open and closed at one instant, on one graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// `None`: every gate is open to all whom it lets through at some hour, and nothing is closed.
    minute: Option<u16>,
    /// Gates that are closed, ascending.
    gates: Vec<u32>,
    /// Segments of closed streets, ascending.
    segments: Vec<u32>,
}

/// Whom a gate lets through now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    Everybody,
    /// The people of a compound, as a row of the walls, and those who are called there.
    Residents(u32),
    Nobody,
}

impl Conditions {
    /// As if nothing were closed and everybody belonged everywhere.
    #[must_use]
    pub fn all_open() -> Self {
        Self::default()
    }

    /// Whether one may go through a segment; who stands on it, or is called to it, may go along it all the same.
    pub(super) fn is_closed(&self, segment: u32) -> bool {
        !self.segments.is_empty() && self.segments.binary_search(&segment).is_ok()
    }

    /// Whom a gate lets through in a mode.
    pub(super) fn passage(&self, roads: &Roads, gate: u32, mode: Mode) -> Passage {
        let its = &roads.segments.gates[gate as usize];
        if !speeds::passes(mode, its.access) {
            return Passage::Nobody;
        }
        let Some(minute) = self.minute else { return Passage::Everybody };
        let shut = !self.gates.is_empty() && self.gates.binary_search(&gate).is_ok();
        if shut || !(its.hours.0.is_empty() || holds_at(&its.hours, minute)) {
            Passage::Nobody
        } else if its.residents_row == NONE {
            Passage::Everybody
        } else {
            Passage::Residents(its.residents_row)
        }
    }
}

impl Roads {
    /// What is open at an instant. A closure of a street closes all of it; one with a place closes the gates that stand at exactly this place, on that
    /// street and on those that meet it there. A closure of what is not there any more closes nothing. O(closures · log n).
    #[must_use]
    pub fn conditions<'a>(
        &self,
        now: Timestamp,
        closures: impl IntoIterator<Item = &'a Closure>,
    ) -> Conditions {
        let mut conditions = Conditions { minute: Some(minute_of_week(now)), ..Conditions::default() };
        for closure in closures.into_iter().filter(|closure| closure.span.contains(now)) {
            match closure.place {
                Some(place) => conditions.gates.extend(self.segments.gates_at(place)),
                None => conditions.segments.extend(self.segments.of_street(closure.street)),
            }
        }
        conditions.gates.sort_unstable();
        conditions.segments.sort_unstable();
        conditions
    }
}
