//! What was still to be done at a moment of the past, and how many cases came and went.
//!
//! A case remembers when it was opened, stepped and closed: the past is read from that, and not from a log that is pruned one day. What was told
//! late is in it too: it is what was so, and not what was known then.

use crate::{
    access::Scope,
    index::{
        Index,
        affairs::{Affair, Known},
    },
};
use gridward_data::model::{
    case::{Case, CaseState, Hazard},
    time::Timestamp,
};
use std::sync::Arc;

/// How far an open case had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// To this state.
    Noted(CaseState),
    /// It was open; the steps of that time were not noted.
    Open,
}

/// What was open at a moment.
#[derive(Clone, Debug)]
pub struct Past {
    /// The cases, the newest first.
    pub cases: Vec<(Arc<Known<Case>>, Then)>,
    /// The hazards, by number.
    pub hazards: Vec<Arc<Known<Hazard>>>,
}

/// How many cases came and went in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// From here on, as long as the others.
    pub from: Timestamp,
    /// So many were opened.
    pub received: u32,
    /// So many were closed or dismissed.
    pub closed: u32,
}

/// How far a case had come; `None` where it was not open then.
#[must_use]
pub fn state_at(case: &Case, at: Timestamp) -> Option<Then> {
    if case.opened_at > at || case.closed_at.is_some_and(|closed| closed <= at) {
        return None;
    }
    if let Some(step) = case.steps.iter().rev().find(|step| step.at <= at) {
        return step.state.is_open().then_some(Then::Noted(step.state));
    }
    let next = case.steps.first().map_or(case.state, |step| step.state);
    let was_received = match next {
        CaseState::Received => true,
        // The first step that is noted may follow upon it.
        CaseState::Acknowledged | CaseState::Assigned | CaseState::Dismissed => !case.steps.is_empty(),
        CaseState::Handled | CaseState::Closed => false,
    };
    Some(if was_received { Then::Noted(CaseState::Received) } else { Then::Open })
}

/// What the reader may see of what was open at a moment. A hazard was there as long as its case was open. O(cases + hazards).
#[must_use]
pub fn past(index: &Index, scope: &Scope, at: Timestamp) -> Past {
    let affairs = index.affairs();
    let mut cases: Vec<_> = affairs
        .cases
        .iter()
        .filter(|known| scope.sees(&known.areas))
        .filter_map(|known| Some((Arc::clone(known), state_at(&known.thing, at)?)))
        .collect();
    cases.sort_unstable_by_key(|(known, _)| std::cmp::Reverse((known.thing.opened_at, known.thing.id)));
    let was_there = |hazard: &Hazard| {
        let of_case = affairs.cases.find(hazard.case.number()).map(|known| state_at(&known.thing, at));
        hazard.seen_at <= at && of_case.map_or_else(|| hazard.is_open(), |state| state.is_some())
    };
    let hazards = affairs.hazards.iter().filter(|known| scope.sees(&known.areas) && was_there(&known.thing));
    Past { cases, hazards: hazards.cloned().collect() }
}

/// How many cases, of those that the reader may see, came and went in each of some stretches of time of equal length; the last may be cut off.
/// What happens at the end of one belongs to the next. None for a time without length. O(cases).
#[must_use]
pub fn pace(index: &Index, scope: &Scope, from: Timestamp, until: Timestamp, bar_ms: i64) -> Vec<Bar> {
    let length = until.0.saturating_sub(from.0);
    if length <= 0 || bar_ms <= 0 {
        return Vec::new();
    }
    let count = length / bar_ms + i64::from(length % bar_ms > 0);
    let begin = |number: i64| Timestamp(from.0 + number * bar_ms);
    let mut told: Vec<Bar> = (0..count).map(|bar| Bar { from: begin(bar), received: 0, closed: 0 }).collect();
    let bar_of = |at: Timestamp| {
        let within = (from..until).contains(&at);
        within.then(|| ((at.0 - from.0) / bar_ms) as usize)
    };
    for known in index.affairs().cases.iter().filter(|known| scope.sees(&known.areas)) {
        if let Some(bar) = bar_of(known.thing.opened_at) {
            told[bar].received += 1;
        }
        if let Some(bar) = known.thing.closed_at.and_then(bar_of) {
            told[bar].closed += 1;
        }
    }
    told
}
