//! The last known place of each: what wins, what is refused, what is forgotten.

use crate::{
    board::{index, responder, roads, shift, version, who},
    lattice::{NOW, at, street},
};
use gridward_data::{
    model::{
        entity::Entity,
        roster::{Duty, Shift},
        time::Timestamp,
    },
    store::change::{After, LogRow, Revision},
};
use gridward_domain::{
    assign::positions::{Fix, Positions, Taken},
    index::Index,
};
use proptest::prelude::*;
use std::sync::Arc;

fn board(shifts: &[Shift]) -> (Index, Positions) {
    let mut entities: Vec<Entity> = vec![street(1, &[(0, 0), (30, 0)]).into()];
    entities.extend((1..=3).map(|id| Entity::from(responder(id))));
    entities.extend(shifts.iter().cloned().map(Entity::from));
    let index = index(entities);
    let positions = Positions::new(Arc::new(roads(&index)), &index);
    (index, positions)
}

fn fix(id: u64, east: i32, after_ms: i64, sequence: u64) -> Fix {
    let at_ms = Timestamp(NOW.0 + after_ms);
    Fix { responder: who(id), place: at(east, 0), accuracy_m: Some(8.0), at: at_ms, sequence }
}

#[test]
fn an_older_fix_never_wins_and_a_repeated_one_changes_nothing() {
    let (_, mut positions) = board(&[shift(1, Duty::Rotating)]);
    assert_eq!(positions.take(&fix(1, 10, 0, 5), NOW), Taken::Newest);
    for late in [fix(1, 20, -1, 6), fix(1, 20, 0, 5), fix(1, 20, 0, 4)] {
        assert_eq!(positions.take(&late, NOW), Taken::Older);
        assert_eq!(positions.presence(who(1), NOW).expect("known").place, at(10, 0));
    }
    assert_eq!(positions.take(&fix(1, 20, 0, 6), NOW), Taken::Newest, "of one instant the later number");
    let there = positions.presence(who(1), NOW).expect("known");
    assert_eq!((there.place, there.accuracy_m, there.at), (at(20, 0), Some(8.0), Some(NOW)));
}

#[test]
fn a_fix_from_more_than_five_minutes_ahead_is_refused() {
    let (_, mut positions) = board(&[shift(1, Duty::Rotating)]);
    assert_eq!(positions.take(&fix(1, 10, 300_001, 1), NOW), Taken::Future);
    assert!(positions.presence(who(1), NOW).is_none());
    assert_eq!(positions.take(&fix(1, 10, 300_000, 1), NOW), Taken::Newest);
}

#[test]
fn nothing_is_kept_of_who_is_off_duty_or_of_the_time_before_the_shift() {
    let (_, mut positions) = board(&[shift(1, Duty::Rotating)]);
    assert_eq!(positions.take(&fix(2, 10, 0, 1), NOW), Taken::OffDuty);
    assert_eq!(positions.take(&fix(9, 10, 0, 1), NOW), Taken::Unknown);
    assert_eq!(
        positions.take(&fix(1, 10, -3_600_001, 1), NOW),
        Taken::OffDuty,
        "an instant before the shift"
    );
    assert!((1..=9).all(|id| positions.presence(who(id), NOW).is_none()));
    assert_eq!(positions.on_duty().collect::<Vec<_>>(), [who(1)]);
}

fn row(seq: u64, now: Option<Shift>, id: u64, revision: u64) -> LogRow {
    let key = Entity::from(shift(id, Duty::Rotating)).key();
    LogRow {
        version: version(seq),
        at: NOW,
        key,
        revision: Revision(revision),
        areas_before: vec![],
        areas_after: vec![],
        class: key.kind.pace(),
        after: now.map_or(After::Gone, |shift| After::Now(Box::new(shift.into()))),
    }
}

#[test]
fn who_goes_off_duty_is_forgotten_at_once_and_comes_back_without_a_past() {
    let (index, mut positions) = board(&[shift(1, Duty::Rotating), shift(2, Duty::Rotating)]);
    positions.take(&fix(1, 10, 0, 1), NOW);
    positions.take(&fix(2, 12, 0, 1), NOW);
    let roads = positions.roads().clone();
    let after = index.apply(vec![row(2, None, 1, 2)]).expect("the same log");
    positions.follow(&roads, &after);
    assert!(positions.presence(who(1), NOW).is_none(), "off duty");
    assert!(positions.presence(who(2), NOW).is_some(), "the other one stays");
    let again = after.apply(vec![row(3, Some(shift(1, Duty::Rotating)), 1, 3)]).expect("the same log");
    positions.follow(&roads, &again);
    assert!(positions.presence(who(1), NOW).is_none(), "on duty again, and nowhere yet");
    assert_eq!(positions.take(&fix(1, 14, 1, 1), NOW), Taken::Newest);
}

#[test]
fn fixes_outlive_a_change_of_the_roads() {
    let (index, mut positions) = board(&[shift(1, Duty::Rotating)]);
    positions.take(&fix(1, 10, 0, 7), NOW);
    let other = Arc::new(roads(&index));
    positions.follow(&other, &index);
    assert!(Arc::ptr_eq(positions.roads(), &other));
    assert_eq!(positions.presence(who(1), NOW).expect("known").place, at(10, 0));
    assert_eq!(positions.take(&fix(1, 20, 0, 7), NOW), Taken::Older, "its number, too");
}

proptest! {
    /// Whatever the order in which fixes come, the newest of each is where everybody is.
    #[test]
    fn the_order_in_which_fixes_come_does_not_matter(
        fixes in proptest::collection::vec((1_u64..=2, 0..30_i32, 0_i64..6, 0_u64..4), 1..30),
    ) {
        let (_, mut positions) = board(&[shift(1, Duty::Rotating), shift(2, Duty::Rotating)]);
        for (id, east, after_ms, sequence) in &fixes {
            positions.take(&fix(*id, *east, *after_ms, *sequence), NOW);
        }
        for id in 1..=2 {
            let its = fixes.iter().filter(|fix| fix.0 == id);
            // Of two with the same instant and number the first that came.
            let newest = its.rev().max_by_key(|(_, _, after_ms, sequence)| (*after_ms, *sequence));
            let there = positions.presence(who(id), NOW).map(|presence| presence.place);
            prop_assert_eq!(there, newest.map(|(_, east, ..)| at(*east, 0)));
        }
    }
}
