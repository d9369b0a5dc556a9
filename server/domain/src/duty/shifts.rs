//! Which shifts start and end: rosters and the clock become changes.
//!
//! ```text
//! rosters + now ─► due ─► Due { changes, next }   next: when to look again, at the latest
//! ```
//!
//! A shift starts when a part of a roster begins to hold and ends when that part has passed. Whoever is busy then stays on duty until the task
//! is done: a person who was sent is not forgotten on the way because the clock struck. A patrol ends with the duty at the latest. Of several rosters of one person that hold at
//! once the one with the lowest number counts.

use super::week::{holding, next_edge};
use crate::index::{Index, affairs::Known};
use gridward_data::{
    model::{
        entity::{Key, Kind},
        id::ShiftId,
        patrol::Patrol,
        road::Closure,
        roster::{Roster, Shift},
        time::{Span, Timestamp},
    },
    store::change::{Change, Revision},
};
use std::collections::BTreeMap;

/// What the clock has brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// What changes now, each with what it was decided on: `None` where there must be nothing yet.
    pub changes: Vec<(Change, Option<Revision>)>,
    /// The next instant at which something will be due, as things stand.
    pub next: Option<Timestamp>,
}

/// What is due at an instant: shifts that start and end, closures that are over. In the order of their keys; O(rosters + shifts).
#[must_use]
pub fn due(index: &Index, now: Timestamp) -> Due {
    let people = index.people();
    let mut wanted: BTreeMap<u64, Shift> = BTreeMap::new();
    let mut due = Due::default();
    for roster in people.rosters.iter().map(|known| &known.thing) {
        due.next = earliest(due.next, next_of(roster, now));
        let id = roster.responder.number();
        if let (Some(span), Some(_)) = (on_duty(roster, now), people.responders.find(id)) {
            wanted.entry(id).or_insert_with(|| shift(roster, span));
        }
    }
    for known in people.shifts.iter() {
        let want = wanted.remove(&known.thing.id.number());
        due.changes.extend(ended(index, known, want, now));
        due.next = earliest(due.next, known.thing.span.until.filter(|until| *until > now));
    }
    due.changes.extend(wanted.into_values().map(|shift| (put(index, shift), None)));
    for known in people.patrols.iter() {
        due.changes.extend(abandoned(index, known, now));
    }
    for known in index.affairs().closures.iter() {
        let closure: &Closure = &known.thing;
        match closure.span.until {
            Some(until) if until <= now => {
                let key = Key { kind: Kind::Closure, id: closure.id.number() };
                due.changes.push((Change::Remove(key), Some(known.revision)));
            }
            until => due.next = earliest(due.next, until),
        }
    }
    due
}

/// What becomes of a shift whose time may be over: nothing, or another shift in its place, or none.
fn ended(
    index: &Index,
    known: &Known<Shift>,
    want: Option<Shift>,
    now: Timestamp,
) -> Option<(Change, Option<Revision>)> {
    let shift = &known.thing;
    if shift.task.is_some() || shift.span.until.is_none_or(|until| until > now) {
        return None;
    }
    let key = Key { kind: Kind::Shift, id: shift.id.number() };
    let change = want.map_or(Change::Remove(key), |shift| put(index, shift));
    Some((change, Some(known.revision)))
}

/// Who is off duty is on no patrol: one that nobody has ended ends with the duty, and nothing more is taken of it.
fn abandoned(index: &Index, known: &Known<Patrol>, now: Timestamp) -> Option<(Change, Option<Revision>)> {
    let patrol = &known.thing;
    if index.people().shifts.find(patrol.responder.number()).is_some() {
        return None;
    }
    let span = Span { until: Some(now.max(patrol.span.from)), ..patrol.span };
    Some((Change::within(&known.areas, Patrol { span, ..patrol.clone() }), Some(known.revision)))
}

/// What becomes of a shift when its task has ended: it goes on without the task, or ends where its time is over.
#[must_use]
pub fn freed(index: &Index, shift: &Shift, now: Timestamp) -> Change {
    if shift.span.until.is_some_and(|until| until <= now) {
        return Change::Remove(Key { kind: Kind::Shift, id: shift.id.number() });
    }
    put(index, Shift { task: None, ..shift.clone() })
}

/// A shift as a fact: it lies where its responder works, so that who may not look there does not see who is on duty there.
pub(crate) fn put(index: &Index, shift: Shift) -> Change {
    let responder = index.people().responders.find(shift.responder.number());
    let home = responder.and_then(|known| known.thing.home_area);
    let areas = home.map_or_else(Vec::new, |home| index.places().areas.chain(home));
    Change::within(&areas, shift)
}

/// When somebody is on duty by a roster at an instant.
fn on_duty(roster: &Roster, now: Timestamp) -> Option<Span> {
    let held = roster.valid.contains(now).then(|| holding(&roster.hours, now))??;
    let until = match (held.until, roster.valid.until) {
        (Some(held), Some(valid)) => Some(held.min(valid)),
        (held, valid) => held.or(valid),
    };
    Some(Span { from: held.from.max(roster.valid.from), until })
}

fn shift(roster: &Roster, span: Span) -> Shift {
    Shift {
        id: ShiftId::new(roster.responder.number()).expect("the number of a responder is an id"),
        responder: roster.responder,
        roster: Some(roster.id),
        duty: roster.duty,
        span,
        task: None,
    }
}

/// When a roster may have something to say next.
fn next_of(roster: &Roster, now: Timestamp) -> Option<Timestamp> {
    if roster.valid.until.is_some_and(|until| until <= now) {
        return None;
    }
    if roster.valid.from > now {
        return Some(roster.valid.from);
    }
    earliest(next_edge(&roster.hours, now), roster.valid.until)
}

fn earliest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
