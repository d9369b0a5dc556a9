//! What the clock brings: shifts that start and end by their rosters, closures that are over.

use crate::{
    board::{index, responder, roster, shift, task, who},
    lattice::{NOW, at, closure, street},
};
use gridward_data::{
    model::{
        entity::{Entity, Key, Kind},
        id::{PatrolId, RosterId},
        patrol::Patrol,
        road::Mode,
        roster::{Duty, Roster, Shift},
        time::{Span, Timestamp, Timetable, Weekday, WeeklySpan},
    },
    store::change::{Change, Revision},
};
use gridward_domain::duty::shifts::{Due, due, freed};

const MINUTE_MS: i64 = 60_000;

/// A roster of one part on Monday; now it is Monday 15:07.
fn monday(id: u64, of: u64, from_min: u16, until_min: u16) -> Roster {
    let part = WeeklySpan { day: Weekday::Monday, from_min, until_min };
    Roster { hours: Timetable(vec![part]), ..roster(id, of) }
}

fn after(minutes: i64) -> Timestamp {
    Timestamp(NOW.0 + minutes * MINUTE_MS)
}

fn with(mut entities: Vec<Entity>) -> Vec<Entity> {
    entities.extend((1..=3).map(|id| Entity::from(responder(id))));
    entities.push(street(1, &[(0, 0), (10, 0)]).into());
    entities
}

fn shifts(due: &Due) -> Vec<Shift> {
    let started = due.changes.iter().filter_map(|(change, _)| match change {
        Change::Put { entity, .. } => match entity.as_ref() {
            Entity::Shift(shift) => Some(shift.clone()),
            _ => None,
        },
        Change::Remove(_) => None,
    });
    started.collect()
}

fn removed(due: &Due) -> Vec<(Kind, u64)> {
    let gone = due.changes.iter().filter_map(|(change, _)| match change {
        Change::Remove(key) => Some((key.kind, key.id)),
        Change::Put { .. } => None,
    });
    gone.collect()
}

#[test]
fn a_shift_starts_with_its_part_of_the_roster_and_bears_the_number_of_its_person() {
    let index = index(with(vec![monday(7, 2, 15 * 60, 16 * 60).into()]));
    let due = due(&index, NOW);
    let [started] = &shifts(&due)[..] else { panic!("one shift: {due:?}") };
    assert_eq!((started.id.number(), started.responder, started.duty), (2, who(2), Duty::Rotating));
    assert_eq!(started.roster.map(RosterId::number), Some(7));
    assert_eq!(started.span, Span { from: after(-7), until: Some(after(53)) });
    assert_eq!(due.changes[0].1, None, "there must be none yet");
    assert_eq!(due.next, Some(after(53)));
}

#[test]
fn before_and_after_its_part_nobody_is_on_duty() {
    for (from, until) in [(15 * 60 + 8, 16 * 60), (14 * 60, 15 * 60 + 7)] {
        let due = due(&index(with(vec![monday(7, 2, from, until).into()])), NOW);
        assert!(due.changes.is_empty(), "{due:?}");
        assert!(due.next.is_some());
    }
}

#[test]
fn a_roster_counts_only_while_it_is_valid_and_only_for_who_is_there() {
    let mut early = monday(1, 1, 15 * 60, 16 * 60);
    early.valid = Span::since(after(10));
    let mut late = monday(2, 2, 15 * 60, 16 * 60);
    late.valid = Span { from: Timestamp(0), until: Some(NOW) };
    let unknown = monday(3, 99, 15 * 60, 16 * 60);
    let mut short = monday(4, 3, 15 * 60, 16 * 60);
    short.valid = Span { from: after(-2), until: Some(after(3)) };
    let due = due(&index(with(vec![early.into(), late.into(), unknown.into(), short.into()])), NOW);
    let [only] = &shifts(&due)[..] else { panic!("{due:?}") };
    assert_eq!((only.responder, only.span), (who(3), Span { from: after(-2), until: Some(after(3)) }));
    assert_eq!(due.next, Some(after(3)));
}

#[test]
fn of_two_rosters_at_once_the_first_counts() {
    let resident = Roster { duty: Duty::Resident, ..monday(5, 1, 15 * 60, 17 * 60) };
    let due = due(&index(with(vec![monday(9, 1, 15 * 60, 16 * 60).into(), resident.into()])), NOW);
    let [only] = &shifts(&due)[..] else { panic!("{due:?}") };
    assert_eq!((only.duty, only.roster.map(RosterId::number)), (Duty::Resident, Some(5)));
}

#[test]
fn a_shift_whose_time_is_over_ends_and_another_begins_in_its_place() {
    let over = |id| Shift { span: Span { from: after(-60), until: Some(NOW) }, ..shift(id, Duty::Rotating) };
    let index = index(with(vec![over(1).into(), over(2).into(), monday(7, 2, 15 * 60, 16 * 60).into()]));
    let due = due(&index, NOW);
    assert_eq!(removed(&due), [(Kind::Shift, 1)]);
    assert_eq!(shifts(&due)[0].id.number(), 2);
    assert!(due.changes.iter().all(|(_, seen)| *seen == Some(Revision(1))), "decided on what was there");
}

#[test]
fn who_is_on_the_way_stays_on_duty_until_the_task_is_done() {
    let mut busy = shift(1, Duty::Rotating);
    (busy.task, busy.span.until) = (Some(task(4)), Some(after(-5)));
    let index = index(with(vec![busy.clone().into()]));
    assert!(due(&index, NOW).changes.is_empty());
    let key = Key { kind: Kind::Shift, id: 1 };
    assert!(matches!(freed(&index, &busy, NOW), Change::Remove(gone) if gone == key), "then it is over");
    busy.span.until = Some(after(5));
    match freed(&index, &busy, NOW) {
        Change::Put { entity, .. } => {
            assert_eq!(*entity, Entity::Shift(Shift { task: None, ..busy }));
        }
        other @ Change::Remove(_) => panic!("it goes on: {other:?}"),
    }
}

#[test]
fn closures_whose_time_is_over_go_and_the_others_say_when() {
    let mut over = closure(1, None);
    over.span.until = Some(NOW);
    let mut later = closure(1, Some(at(0, 0)));
    later.id = gridward_data::model::id::ClosureId::new(2).expect("an id");
    later.span.until = Some(after(9));
    let mut open_ended = closure(1, None);
    open_ended.id = gridward_data::model::id::ClosureId::new(3).expect("an id");
    let due = due(&index(with(vec![over.into(), later.into(), open_ended.into()])), NOW);
    assert_eq!(removed(&due), [(Kind::Closure, 1)]);
    assert_eq!(due.next, Some(after(9)));
}

#[test]
fn what_was_due_is_due_no_more_once_it_is_done() {
    let entities = with(vec![monday(7, 2, 15 * 60, 16 * 60).into()]);
    let mut once = entities.clone();
    once.extend(shifts(&due(&index(entities), NOW)).into_iter().map(Entity::from));
    assert!(due(&index(once), NOW).changes.is_empty());
}

#[test]
fn a_patrol_ends_with_the_duty_of_who_walks_it_at_the_latest() {
    let patrol = |id: u64, responder: u64| Patrol {
        id: PatrolId::new(id).expect("an id"),
        responder: who(responder),
        plan: None,
        area: None,
        mode: Mode::Foot,
        span: Span::since(after(-30)),
    };
    let index = index(with(vec![shift(1, Duty::Rotating).into(), patrol(4, 1).into(), patrol(5, 2).into()]));
    let due = due(&index, NOW);
    let [(change, seen)] = &due.changes[..] else { panic!("one change: {due:?}") };
    let ended = Patrol { span: Span { from: after(-30), until: Some(NOW) }, ..patrol(5, 2) };
    assert_eq!((change, *seen), (&Change::within(&[], ended), Some(Revision(1))));
}
