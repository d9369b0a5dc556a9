//! How a patrol begins and ends, and what it has to do with being on duty.
//!
//! Who begins a patrol is on duty by it: a volunteer without a roster, too. Such a duty ends with the patrol, or with the task that outlasts it. Nothing is
//! taken of where anybody was before or after.

use crate::{
    duty::shifts::{freed, put},
    index::Index,
};
use gridward_data::{
    model::{
        area::Level,
        entity::{Key, Kind},
        id::{AreaId, PatrolId, PatrolPlanId, ResponderId, ShiftId},
        patrol::Patrol,
        roster::{Duty, Shift},
        time::{Span, Timestamp},
    },
    store::change::{Change, Revision},
};

/// The longest patrol, milliseconds: half a day. Who forgets to end one is not followed for ever.
pub const LONGEST_MS: i64 = 12 * 3_600_000;

/// What somebody wants to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Who.
    pub responder: ResponderId,
    /// After which plan.
    pub plan: Option<PatrolPlanId>,
    /// In which area, where there is no plan; where the responder works, if neither is told.
    pub area: Option<AreaId>,
    /// When.
    pub at: Timestamp,
}

/// What is to be stored, and on what it depends.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The patrol as it is then.
    pub patrol: Patrol,
    /// The read set.
    pub expected: Vec<(Key, Option<Revision>)>,
    /// The changes.
    pub changes: Vec<Change>,
}

/// Why no patrol begins or ends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatrolError {
    /// There is nobody with this number.
    #[error("there is no responder {0}")]
    NoResponder(ResponderId),
    /// There is no such plan.
    #[error("there is no patrol plan {0}")]
    NoPlan(PatrolPlanId),
    /// There is no such area.
    #[error("there is no area {0}")]
    NoArea(AreaId),
    /// One patrol at a time.
    #[error("responder {responder} is on patrol {patrol} already: end that first")]
    OnPatrol {
        /// Who.
        responder: ResponderId,
        /// On which.
        patrol: PatrolId,
    },
    /// There is no such patrol that goes on.
    #[error("there is no patrol {0} that goes on")]
    NoPatrol(PatrolId),
}

/// What comes of a beginning.
pub fn begin(beginning: &Beginning, id: PatrolId, index: &Index) -> Result<Decision, PatrolError> {
    let people = index.people();
    let Beginning { responder, plan, area, at } = *beginning;
    let known = people.responders.find(responder.number()).ok_or(PatrolError::NoResponder(responder))?;
    if let Some(running) = people.patrols.iter().find(|running| running.thing.responder == responder) {
        return Err(PatrolError::OnPatrol { responder, patrol: running.thing.id });
    }
    let plan_area = match plan {
        None => None,
        Some(plan) => Some(people.plans.find(plan.number()).ok_or(PatrolError::NoPlan(plan))?.thing.area),
    };
    let area = plan_area.or(area).or(known.thing.home_area);
    if let Some(area) = area.filter(|area| index.places().areas.find(*area).is_none()) {
        return Err(PatrolError::NoArea(area));
    }
    let patrol = Patrol { id, responder, plan, area, mode: known.thing.mode, span: Span::since(at) };
    let shift_key = Key { kind: Kind::Shift, id: responder.number() };
    let shift = people.shifts.find(responder.number());
    let by_patrol = || Shift {
        id: ShiftId::new(responder.number()).expect("a responder's number is a number"),
        responder,
        roster: None,
        duty: Duty::Rotating,
        span: Span { from: at, until: Some(Timestamp(at.0 + LONGEST_MS)) },
        task: None,
    };
    // Written in any case: of two beginnings of one person at once the store takes one.
    let on_duty = shift.map_or_else(by_patrol, |known| known.thing.clone());
    let changes = vec![placed(index, patrol.clone()), put(index, on_duty)];
    let expected = vec![
        (Key { kind: Kind::Patrol, id: id.number() }, None),
        (shift_key, shift.map(|shift| shift.revision)),
    ];
    Ok(Decision { patrol, expected, changes })
}

/// What comes of an end. Who was on duty by the patrol alone is so no more, unless on the way to something.
pub fn end(id: PatrolId, at: Timestamp, index: &Index) -> Result<Decision, PatrolError> {
    let people = index.people();
    let known = people.patrols.find(id.number()).ok_or(PatrolError::NoPatrol(id))?;
    let span = Span { until: Some(Timestamp(at.0.max(known.thing.span.from.0))), ..known.thing.span };
    let patrol = Patrol { span, ..known.thing.clone() };
    let mut expected = vec![(Key { kind: Kind::Patrol, id: id.number() }, Some(known.revision))];
    let mut changes = vec![placed(index, patrol.clone())];
    let shift = people.shifts.find(patrol.responder.number());
    if let Some(shift) = shift.filter(|shift| shift.thing.roster.is_none()) {
        expected.push((Key { kind: Kind::Shift, id: shift.thing.id.number() }, Some(shift.revision)));
        let over = Shift { span: Span { until: Some(at), ..shift.thing.span }, ..shift.thing.clone() };
        changes.push(if over.task.is_some() { put(index, over) } else { freed(index, &over, at) });
    }
    Ok(Decision { patrol, expected, changes })
}

/// A patrol as a fact: it lies in its area and those above.
fn placed(index: &Index, patrol: Patrol) -> Change {
    let areas = patrol.area.map_or_else(Vec::new, |area| index.places().areas.chain(area));
    Change::within(&areas, patrol)
}

/// The grids of an area, by number.
#[must_use]
pub fn grids_of(index: &Index, area: AreaId) -> Vec<AreaId> {
    let areas = &index.places().areas;
    let mut grids = Vec::new();
    let mut below = vec![area];
    while let Some(area) = below.pop() {
        match areas.find(area) {
            Some(known) if known.level == Level::Grid => grids.push(area),
            // An area is never below itself: each level is narrower than the one above.
            _ => below.extend(areas.children(area).map(|child| child.id)),
        }
    }
    grids.sort_unstable();
    grids
}
