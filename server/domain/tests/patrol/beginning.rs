//! How a patrol begins and ends.

use crate::board::{START_MS, area_id};
use gridward_data::{
    model::{
        entity::{Entity, Kind},
        id::{PatrolId, PatrolPlanId, ResponderId, ShiftId, TaskId},
        patrol::{Patrol, PatrolPlan},
        responder::{Responder, Role},
        road::Mode,
        roster::{Duty, Shift},
        time::{Span, Timestamp, Timetable},
    },
    store::{
        change::{Change, Revision},
        question::Fact,
        version::Version,
    },
};
use gridward_domain::{
    index::Index,
    patrol::begin::{Beginning, Decision, LONGEST_MS, PatrolError, begin, end},
};

const NOW: Timestamp = Timestamp(START_MS);

fn who() -> ResponderId {
    ResponderId::new(7).expect("an id")
}

fn patrol_id(number: u64) -> PatrolId {
    PatrolId::new(number).expect("an id")
}

fn volunteer() -> Entity {
    Responder {
        id: who(),
        role: Role::Watcher,
        organisation: None,
        home_area: None,
        compound: None,
        duty_post: None,
        mode: Mode::EBike,
        skills: vec![],
    }
    .into()
}

fn shift(task: Option<u64>, by_patrol: bool) -> Entity {
    let roster = gridward_data::model::id::RosterId::new(3).expect("an id");
    Shift {
        id: ShiftId::new(7).expect("an id"),
        responder: who(),
        roster: (!by_patrol).then_some(roster),
        duty: Duty::Rotating,
        span: Span { from: Timestamp(START_MS - 1_000), until: Some(Timestamp(START_MS + 3_600_000)) },
        task: task.map(|task| TaskId::new(task).expect("an id")),
    }
    .into()
}

fn running() -> Entity {
    let span = Span::since(Timestamp(START_MS - 500));
    Patrol { id: patrol_id(1), responder: who(), plan: None, area: None, mode: Mode::EBike, span }.into()
}

fn index(entities: Vec<Entity>) -> Index {
    let fact = |entity: Entity| Fact { key: entity.key(), revision: Revision(4), areas: vec![], entity };
    Index::build(Version::new("board", 0, 1).expect("a version"), entities.into_iter().map(fact))
}

fn free() -> Beginning {
    Beginning { responder: who(), plan: None, area: None, at: NOW }
}

/// The shift that a decision leaves; `None`: it ends, or nothing is said of it.
fn shift_after(decision: &Decision) -> Option<Shift> {
    decision.changes.iter().find_map(|change| match change {
        Change::Put { entity, .. } => match entity.as_ref() {
            Entity::Shift(shift) => Some(shift.clone()),
            _ => None,
        },
        Change::Remove(_) => None,
    })
}

fn ends_shift(decision: &Decision) -> bool {
    decision.changes.iter().any(|change| matches!(change, Change::Remove(key) if key.kind == Kind::Shift))
}

#[test]
fn who_begins_a_patrol_off_duty_is_on_duty_by_it_for_half_a_day_at_most() {
    let decision = begin(&free(), patrol_id(2), &index(vec![volunteer()])).expect("a patrol");
    assert_eq!((decision.patrol.mode, decision.patrol.span), (Mode::EBike, Span::since(NOW)));
    let shift = shift_after(&decision).expect("a shift");
    assert_eq!((shift.roster, shift.span.until), (None, Some(Timestamp(START_MS + LONGEST_MS))));
    assert!(decision.expected.contains(&(Entity::from(shift).key(), None)));
}

#[test]
fn who_is_on_duty_already_stays_so_by_the_roster() {
    let index = index(vec![volunteer(), shift(None, false)]);
    let decision = begin(&free(), patrol_id(2), &index).expect("a patrol");
    let kept = shift_after(&decision).expect("it is written, so that of two beginnings at once one wins");
    assert_eq!(Entity::from(kept), shift(None, false));
    assert!(
        decision.expected.iter().any(|(key, seen)| key.kind == Kind::Shift && *seen == Some(Revision(4)))
    );
}

#[test]
fn one_patrol_at_a_time() {
    let index = index(vec![volunteer(), running()]);
    let refused = begin(&free(), patrol_id(2), &index).expect_err("one is running");
    assert_eq!(refused, PatrolError::OnPatrol { responder: who(), patrol: patrol_id(1) });
}

#[test]
fn nobody_nowhere_and_no_plan_are_refused_by_name() {
    let index = index(vec![volunteer()]);
    let nobody = ResponderId::new(9).expect("an id");
    let plan = PatrolPlanId::new(5).expect("an id");
    for (beginning, error) in [
        (Beginning { responder: nobody, ..free() }, PatrolError::NoResponder(nobody)),
        (Beginning { plan: Some(plan), ..free() }, PatrolError::NoPlan(plan)),
        (Beginning { area: Some(area_id(8)), ..free() }, PatrolError::NoArea(area_id(8))),
    ] {
        assert_eq!(begin(&beginning, patrol_id(2), &index).expect_err("refused"), error);
    }
    assert_eq!(end(patrol_id(3), NOW, &index).expect_err("refused"), PatrolError::NoPatrol(patrol_id(3)));
}

#[test]
fn a_plan_says_where() {
    let plan = PatrolPlan {
        id: PatrolPlanId::new(5).expect("an id"),
        name: "夜巡".to_owned(),
        area: area_id(2),
        streets: vec![],
        checkpoints: vec![],
        hours: Timetable::default(),
    };
    let mut entities: Vec<Entity> = vec![volunteer(), plan.clone().into()];
    let ground = crate::board::board();
    entities.extend(ground.places().areas.layer().iter().map(|area| Entity::from((**area).clone())));
    let beginning = Beginning { plan: Some(plan.id), area: Some(area_id(3)), ..free() };
    let decision = begin(&beginning, patrol_id(2), &index(entities)).expect("a patrol");
    assert_eq!(decision.patrol.area, Some(area_id(2)));
    let Change::Put { areas, .. } = &decision.changes[0] else { panic!("a patrol is put") };
    assert_eq!(*areas, [area_id(1), area_id(2)]);
}

#[test]
fn the_duty_by_a_patrol_ends_with_it_unless_a_task_outlasts_it() {
    let by_roster = index(vec![volunteer(), running(), shift(None, false)]);
    let decision = end(patrol_id(1), NOW, &by_roster).expect("an end");
    assert_eq!(decision.patrol.span.until, Some(NOW));
    assert!(!ends_shift(&decision) && shift_after(&decision).is_none(), "{decision:?}");

    let by_patrol = index(vec![volunteer(), running(), shift(None, true)]);
    assert!(ends_shift(&end(patrol_id(1), NOW, &by_patrol).expect("an end")));

    let on_the_way = index(vec![volunteer(), running(), shift(Some(4), true)]);
    let decision = end(patrol_id(1), NOW, &on_the_way).expect("an end");
    let shift = shift_after(&decision).expect("it goes on for the task");
    assert_eq!((shift.span.until, shift.task.is_some()), (Some(NOW), true));
}
