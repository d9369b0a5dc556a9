//! Why somebody may not be asked: the first reason that holds.

use crate::{
    board::{index, responder, roads, shift, target, task, who},
    lattice::{NOW, at, street},
};
use gridward_data::model::{
    area::{Area, AreaVersion, Level},
    code::AreaCode,
    entity::Entity,
    id::AreaId,
    responder::{Responder, Role},
    road::Mode,
    roster::{Duty, Shift},
    time::{Span, Timestamp},
};
use gridward_domain::assign::{
    eligible::{Needs, Reason},
    first_to_arrive::{Arrivals, Question, Search, first_to_arrive},
    positions::{Fix, Positions, Source},
};
use std::sync::Arc;

fn area(id: u64, level: Level, parent: Option<u64>) -> Area {
    let id_of = |id| AreaId::new(id).expect("an id");
    let version = AreaVersion {
        code: AreaCode::guess(format!("a-{id:05}")).expect("a code"),
        name: id.to_string(),
        parent: parent.map(id_of),
        outline: crate::lattice::rectangle(-50, -50, 50 + id as i32, 50),
        valid: Span::since(Timestamp(0)),
        households: None,
    };
    Area { id: id_of(id), level, versions: vec![version], lineage: vec![] }
}

/// One responder, perhaps on duty, perhaps with a fix, on a street; and what comes of asking.
fn asked(responder: Responder, shift: Option<Shift>, age_min: Option<i64>, needs: &Needs) -> Arrivals {
    let mut entities: Vec<Entity> = vec![
        street(1, &[(0, 0), (30, 0)]).into(),
        area(1, Level::District, None).into(),
        area(2, Level::Community, Some(1)).into(),
        area(3, Level::Community, Some(1)).into(),
        responder.into(),
    ];
    entities.extend(shift.map(Entity::from));
    let index = index(entities);
    let mut positions = Positions::new(Arc::new(roads(&index)), &index);
    if let Some(age_min) = age_min {
        let fix_at = Timestamp(NOW.0 - age_min * 60_000);
        let fix = Fix { responder: who(1), place: at(3, 0), accuracy_m: Some(5.0), at: fix_at, sequence: 1 };
        positions.take(&fix, fix_at);
    }
    let conditions = positions.roads().conditions(NOW, []);
    let target = target(at(20, 0));
    let question = Question { target: &target, needs, k: 3, now: NOW, conditions: &conditions, ways: false };
    first_to_arrive(&positions, &question, &mut Search::default())
}

fn reason(answer: &Arrivals) -> Option<Reason> {
    let named = answer.refused.iter().map(|refused| refused.reason);
    let counted = answer.counts.iter().map(|(reason, _)| reason);
    let all: Vec<Reason> = named.chain(counted).collect();
    assert_eq!(all.len() + answer.candidates.len(), 1, "one person, one word: {answer:?}");
    all.first().copied()
}

#[test]
fn whoever_is_on_duty_and_right_and_seen_lately_may_be_asked() {
    let answer = asked(responder(1), Some(shift(1, Duty::Rotating)), Some(1), &Needs::default());
    assert_eq!((reason(&answer), answer.eligible), (None, 1));
}

#[test]
fn the_first_reason_that_holds_is_the_one_that_is_told() {
    let busy = |id| Shift { task: Some(task(9)), ..shift(id, Duty::Rotating) };
    let on = || Some(shift(1, Duty::Rotating));
    let needs = Needs::default;
    let cases = [
        (on(), Some(1), Needs { roles: vec![Role::Expert], ..needs() }, Reason::OtherRole),
        (on(), Some(1), Needs { skills: vec!["lift".into()], ..needs() }, Reason::MissingSkill),
        (on(), Some(1), Needs { mode: Some(Mode::Car), ..needs() }, Reason::OtherMode),
        (on(), Some(1), Needs { area: AreaId::new(3).ok(), ..needs() }, Reason::OtherArea),
        (None, None, needs(), Reason::OffDuty),
        (Some(busy(1)), Some(1), needs(), Reason::Busy),
        (Some(busy(1)), Some(31), needs(), Reason::Busy),
        (on(), None, needs(), Reason::NoPosition),
        (on(), Some(31), needs(), Reason::StalePosition),
        // Not the right one comes before not at hand.
        (None, None, Needs { roles: vec![Role::Officer], ..needs() }, Reason::OtherRole),
        (Some(busy(1)), Some(1), Needs { mode: Some(Mode::EBike), ..needs() }, Reason::OtherMode),
    ];
    for (its_shift, age_min, needs, expected) in cases {
        let mut its = responder(1);
        its.home_area = AreaId::new(2).ok();
        its.skills = vec!["first_aid".into()];
        let answer = asked(its, its_shift, age_min, &needs);
        assert_eq!(reason(&answer), Some(expected), "{needs:?}");
        assert_eq!(answer.eligible, 0);
    }
}

#[test]
fn who_has_all_that_is_needed_and_works_below_the_area_may_be_asked() {
    let mut its = responder(1);
    (its.home_area, its.mode) = (AreaId::new(2).ok(), Mode::EBike);
    its.skills = vec!["first_aid".into(), "lift".into()];
    let needs = Needs {
        roles: vec![Role::Expert, Role::GridWorker],
        skills: vec!["lift".into(), "first_aid".into()],
        mode: Some(Mode::EBike),
        area: AreaId::new(1).ok(),
    };
    assert_eq!(reason(&asked(its, Some(shift(1, Duty::Rotating)), Some(0), &needs)), None);
}

#[test]
fn a_fix_counts_for_thirty_minutes_and_the_post_after_that() {
    let mut its = responder(1);
    its.duty_post = Some(at(10, 0));
    let resident = || Some(shift(1, Duty::Resident));
    let source = |age_min| {
        let answer = asked(its.clone(), resident(), age_min, &Needs::default());
        answer.candidates.first().map(|first| (first.presence.source, first.presence.at.is_some()))
    };
    assert_eq!(source(Some(30)), Some((Source::Fix, true)));
    assert_eq!(source(Some(31)), Some((Source::Post, false)));
    assert_eq!(source(None), Some((Source::Post, false)));
    // Who goes round is not at the post.
    let rotating = asked(its.clone(), Some(shift(1, Duty::Rotating)), None, &Needs::default());
    assert_eq!(reason(&rotating), Some(Reason::NoPosition));
}

#[test]
fn who_is_on_call_sets_out_after_the_promised_minutes() {
    let mut its = responder(1);
    its.duty_post = Some(at(10, 0));
    let answer = asked(its, Some(shift(1, Duty::OnCall { turnout_min: 7 })), None, &Needs::default());
    let first = &answer.candidates[0];
    assert_eq!(first.turnout_ds, 7 * 600);
    // 100 m at 1.35 m/s.
    assert!((738..=741).contains(&(first.arrival_ds - first.turnout_ds)), "{first:?}");
}

#[test]
fn far_from_every_street_the_time_is_an_estimate_and_says_so() {
    let its = responder(1);
    let index =
        index(vec![street(1, &[(0, 0), (30, 0)]).into(), its.into(), shift(1, Duty::Rotating).into()]);
    let mut positions = Positions::new(Arc::new(roads(&index)), &index);
    let fix = Fix { responder: who(1), place: at(5, 0), accuracy_m: None, at: NOW, sequence: 1 };
    positions.take(&fix, NOW);
    let conditions = positions.roads().conditions(NOW, []);
    let needs = Needs::default();
    let target = target(at(5, 100));
    let question =
        Question { target: &target, needs: &needs, k: 1, now: NOW, conditions: &conditions, ways: true };
    let answer = first_to_arrive(&positions, &question, &mut Search::default());
    assert!(answer.off_roads && answer.candidates[0].estimated && answer.candidates[0].way.is_none());
    // 996 m straight times 1.4 at 1.35 m/s.
    assert!((10_000..10_700).contains(&answer.candidates[0].arrival_ds), "{answer:?}");
}
