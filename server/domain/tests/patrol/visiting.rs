//! Who was in which grid long enough.

use crate::board::{START_MS, at, board, device, told, walk};
use gridward_data::model::{
    id::{PatrolId, VisitId},
    patrol::Fix,
    time::{Span, Timestamp},
    visit::{Visit, Visited},
};
use gridward_domain::patrol::{
    coverage::{Field, Told, walked},
    pieces::Pieces,
    rules::PatrolRules,
    visits::Grids,
};

/// Visits as (grid, from, until), seconds after the start.
fn visits(fixes: Vec<Fix>, scans: &[Visit]) -> Vec<(u64, i64, i64)> {
    let (index, rules) = (board(), PatrolRules::default());
    let (pieces, grids) = (Pieces::cut(&index, rules.piece_m), Grids::of(&index));
    let field = Field { pieces: &pieces, grids: &grids, rules: &rules };
    let walked = walked(&Told { scans, ..told(&device(fixes)) }, &field);
    let after_s = |ms: i64| (ms - START_MS) / 1_000;
    let row = |visit: &gridward_domain::patrol::visits::AreaVisit| {
        (visit.area.number(), after_s(visit.from_ms), after_s(visit.until_ms))
    };
    walked.visits.iter().map(row).collect()
}

fn later(fixes: Vec<Fix>, seconds: i64) -> Vec<Fix> {
    let begin = 1_000 + seconds as u64;
    let moved =
        |fix: Fix| Fix { at: Timestamp(fix.at.0 + seconds * 1_000), sequence: fix.sequence + begin, ..fix };
    fixes.into_iter().map(moved).collect()
}

fn scan((east_m, north_m): (f64, f64), after_s: i64) -> Visit {
    Visit {
        id: VisitId::new(1).expect("an id"),
        patrol: PatrolId::new(1).expect("an id"),
        what: Visited::Checkpoint(at(east_m, north_m)),
        span: Span::since(Timestamp(START_MS + after_s * 1_000)),
    }
}

#[test]
fn who_walks_through_two_grids_has_visited_both() {
    let visits = visits(walk(&[(-200.0, 0.0), (200.0, 0.0)], 1.0, 5.0, 8.0), &[]);
    // In the west until 8 m before the border, in the east from 8 m beyond it.
    assert_eq!(visits, [(2, 0, 190), (3, 210, 400)]);
}

#[test]
fn who_only_cuts_a_corner_has_not_visited_the_grid() {
    // 30 m and half a minute beyond the border.
    let corner = [(-100.0, 0.0), (30.0, 0.0), (-100.0, 10.0)];
    let visits = visits(walk(&corner, 1.5, 5.0, 8.0), &[]);
    assert_eq!(visits.iter().map(|(grid, ..)| *grid).collect::<Vec<_>>(), [2]);
}

#[test]
fn who_walks_along_the_border_has_surely_visited_neither() {
    assert_eq!(visits(walk(&[(2.0, -180.0), (2.0, 180.0)], 1.0, 5.0, 8.0), &[]), []);
}

#[test]
fn what_was_scanned_was_visited_however_short() {
    assert_eq!(visits(vec![], &[scan((100.0, 10.0), 30)]), [(3, 30, 30)]);
}

#[test]
fn two_visits_are_one_unless_half_an_hour_or_another_grid_lies_between() {
    let there = || walk(&[(-200.0, 0.0), (-100.0, 0.0)], 1.0, 5.0, 8.0);
    let apart = |seconds: i64| visits([there(), later(there(), seconds)].concat(), &[]).len();
    assert_eq!((apart(1_000), apart(1_890), apart(1_910)), (1, 1, 2));
    let elsewhere = [there(), later(there(), 1_000)].concat();
    assert_eq!(visits(elsewhere, &[scan((100.0, 10.0), 500)]).len(), 3);
}
