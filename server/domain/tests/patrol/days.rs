//! All patrols of some days together. Oracle: sets of pieces.

use crate::board::{START_MS, area_id, board, device, fix, told, walk};
use gridward_data::model::{
    id::{AreaId, PatrolId},
    patrol::Fix,
    time::Timestamp,
};
use gridward_domain::{
    index::Index,
    patrol::{
        begin::grids_of,
        coverage::{Covered, Field, Proof, Walked, walked},
        days::{AreaCoverage, DayCoverage, Share, coverage, pieces_of},
        pieces::Pieces,
        rules::PatrolRules,
        visits::Grids,
    },
};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

fn patrol(number: u64) -> PatrolId {
    PatrolId::new(number).expect("an id")
}

fn come_to(index: &Index, pieces: &Pieces, fixes: Vec<Fix>) -> Walked {
    let (rules, grids) = (PatrolRules::default(), Grids::of(index));
    walked(&told(&device(fixes)), &Field { pieces, grids: &grids, rules: &rules })
}

fn of(pieces: &Pieces, days: &[&DayCoverage], area: AreaId, index: &Index) -> AreaCoverage {
    coverage(pieces, days, &[(area, grids_of(index, area))]).remove(0).1
}

#[test]
fn what_two_patrols_covered_counts_once_and_what_they_spent_adds_up() {
    let index = board();
    let pieces = Arc::new(Pieces::cut(&index, 10.0));
    let mut day = DayCoverage::new(Arc::clone(&pieces));
    let there = come_to(&index, &pieces, walk(&[(-250.0, 0.0), (-50.0, 0.0)], 1.3, 5.0, 5.0));
    day.put(patrol(1), &there.clone().into());
    let one = of(&pieces, &[&day], area_id(2), &index);
    assert_eq!(one.pieces, Share { certain: 24, possible: 27, of: 28 + 36 + 14 });
    assert_eq!((one.patrols, one.visits), (1, 1));
    day.put(patrol(2), &there.into());
    let two = of(&pieces, &[&day], area_id(2), &index);
    assert_eq!((two.pieces, two.patrols, two.visits), (one.pieces, 2, 2));
    assert!((two.effort.metres - 2.0 * one.effort.metres).abs() < 1e-9);
    assert_eq!(of(&pieces, &[&day], area_id(3), &index).pieces, Share { certain: 0, possible: 0, of: 28 });
    let community = of(&pieces, &[&day], area_id(1), &index);
    assert_eq!((community.pieces.certain, community.pieces.of, community.patrols), (24, 106, 2));
    // The same day twice in a window is the same day.
    assert_eq!(of(&pieces, &[&day, &day], area_id(2), &index).pieces, one.pieces);
}

#[test]
fn the_last_visit_and_the_longest_gap_between_visits_are_told() {
    let index = board();
    let pieces = Arc::new(Pieces::cut(&index, 10.0));
    let mut day = DayCoverage::new(Arc::clone(&pieces));
    let standing = |from_s: f64| {
        (0..20).map(|number| fix(number + 1, from_s + number as f64 * 5.0, (-100.0, 50.0), 5.0)).collect()
    };
    for (number, from_s) in [(1, 0.0), (2, 10_000.0), (3, 4_000.0)] {
        day.put(patrol(number), &come_to(&index, &pieces, standing(from_s)).into());
    }
    let area = of(&pieces, &[&day], area_id(2), &index);
    assert_eq!(area.last_visit, Some(Timestamp(START_MS + 10_095_000)));
    assert_eq!((area.visits, area.longest_gap_s), (3, Some(10_000 - 4_095)));
    assert_eq!(of(&pieces, &[&day], area_id(3), &index).last_visit, None);
}

#[test]
fn a_grid_tells_its_pieces_one_by_one() {
    let index = board();
    let pieces = Arc::new(Pieces::cut(&index, 10.0));
    let mut day = DayCoverage::new(Arc::clone(&pieces));
    day.put(patrol(1), &come_to(&index, &pieces, walk(&[(-250.0, 0.0), (-50.0, 0.0)], 1.3, 5.0, 5.0)).into());
    let proofs = pieces_of(&pieces, &[&day], area_id(2));
    assert_eq!(proofs.len(), pieces.streets.of_grid(area_id(2)).len());
    assert_eq!(proofs.iter().filter(|proof| **proof == Some(Proof::Certain)).count(), 24);
    assert_eq!(proofs.iter().filter(|proof| **proof == Some(Proof::Possible)).count(), 3);
}

prop_compose! {
    fn any_way()(corners in prop::collection::vec((-280.0..280.0_f64, -180.0..180.0_f64), 2..4), accuracy_m in 3.0..28.0_f64) -> Vec<Fix> {
        walk(&corners, 1.3, 20.0, accuracy_m)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Patrols come to something again and again as late fixes come in; the last word of each counts.
    #[test]
    fn a_day_is_the_union_of_the_last_word_of_each_patrol(puts in prop::collection::vec((1_u64..5, any_way()), 1..10)) {
        let index = board();
        let pieces = Arc::new(Pieces::cut(&index, 10.0));
        let mut day = DayCoverage::new(Arc::clone(&pieces));
        let mut last: BTreeMap<u64, Walked> = BTreeMap::new();
        for (number, fixes) in puts {
            let walked = come_to(&index, &pieces, fixes);
            day.put(patrol(number), &Covered::from(walked.clone()));
            last.insert(number, walked);
        }
        for grid in [area_id(2), area_id(3)] {
            let mut certain = BTreeSet::new();
            let mut possible = BTreeSet::new();
            for earned in last.values().flat_map(|walked| &walked.pieces) {
                let row = pieces.streets.find(earned.id).expect("a piece");
                if pieces.streets.rows()[row].grid == grid {
                    possible.insert(earned.id);
                    if earned.proof == Proof::Certain {
                        certain.insert(earned.id);
                    }
                }
            }
            let area = of(&pieces, &[&day], grid, &index);
            prop_assert_eq!((area.pieces.certain as usize, area.pieces.possible as usize), (certain.len(), possible.len()));
            let seconds: f64 = last.values().filter_map(|walked| walked.effort.get(&grid)).map(|effort| effort.seconds).sum();
            prop_assert!((area.effort.seconds - seconds).abs() < 1e-6);
            let visits: usize = last.values().flat_map(|walked| &walked.visits).filter(|visit| visit.area == grid).count();
            prop_assert_eq!(area.visits as usize, visits);
        }
    }
}
