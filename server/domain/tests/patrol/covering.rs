//! What a patrol has covered. Oracle: every piece beside every leg.

use crate::board::{area_id, at, board, device, fix, metric, told, walk};
use gridward_data::model::{id::StreetId, patrol::Fix, road::Mode};
use gridward_domain::{
    index::Index,
    patrol::{
        coverage::{Field, Proof, Told, Walked, distance_to, walked},
        filter::filter,
        pieces::{PieceId, Pieces},
        rules::PatrolRules,
        visits::Grids,
    },
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn come_to(index: &Index, fixes: Vec<Fix>) -> Walked {
    let rules = PatrolRules::default();
    let (pieces, grids) = (Pieces::cut(index, rules.piece_m), Grids::of(index));
    walked(&told(&device(fixes)), &Field { pieces: &pieces, grids: &grids, rules: &rules })
}

/// The numbers of the pieces of a street that were covered so.
fn covered(walked: &Walked, street: u64, proof: Proof) -> Vec<u32> {
    let street = StreetId::new(street).expect("an id");
    let of = walked.pieces.iter().filter(|earned| earned.id.street == street && earned.proof == proof);
    of.map(|earned| earned.id.number).collect()
}

#[test]
fn who_walks_a_street_has_covered_it_from_where_the_walk_began_to_where_it_ended() {
    let walked = come_to(&board(), walk(&[(-250.0, 0.0), (-50.0, 0.0)], 1.3, 5.0, 5.0));
    // Middles lie some ten metres apart, at -275, -265, …; the walk reaches 20 m (25 less the accuracy) beyond its ends.
    let certain = covered(&walked, 1, Proof::Certain);
    assert_eq!((certain.first(), certain.last(), certain.len()), (Some(&1), Some(&24), 24));
    // 25 m and the accuracy more: perhaps.
    assert_eq!(covered(&walked, 1, Proof::Possible), [0, 25]);
    assert!((walked.effort[&area_id(2)].metres - 200.0).abs() < 15.0, "{:?}", walked.effort);
    assert!((walked.effort[&area_id(2)].seconds - 150.0).abs() < 10.0, "{:?}", walked.effort);
}

#[test]
fn coarse_fixes_make_it_possible_and_not_certain() {
    let walked = come_to(&board(), walk(&[(-250.0, 10.0), (-50.0, 10.0)], 1.3, 5.0, 20.0));
    assert_eq!(covered(&walked, 1, Proof::Certain), [0_u32; 0]);
    assert!(covered(&walked, 1, Proof::Possible).len() >= 20);
}

#[test]
fn the_way_between_two_fixes_counts_and_not_the_fixes_alone() {
    // One fix in 60 s, 78 m apart: points alone would leave holes.
    let walked = come_to(&board(), walk(&[(-250.0, 0.0), (-16.0, 0.0)], 1.3, 60.0, 5.0));
    let certain = covered(&walked, 1, Proof::Certain);
    assert_eq!(certain, (1..=27).collect::<Vec<u32>>());
}

#[test]
fn a_fix_alone_earns_nothing() {
    let walked = come_to(&board(), vec![fix(1, 0.0, (-200.0, 0.0), 5.0), fix(2, 500.0, (-200.0, 0.0), 5.0)]);
    assert!(walked.pieces.is_empty() && walked.effort.is_empty() && walked.visits.is_empty(), "{walked:?}");
}

#[test]
fn who_passes_an_entrance_has_covered_it() {
    let walked = come_to(&board(), walk(&[(-250.0, 15.0), (-150.0, 15.0)], 1.3, 5.0, 5.0));
    let entrances: Vec<_> =
        walked.entrances.iter().map(|earned| (earned.id.building.number(), earned.proof)).collect();
    assert_eq!(entrances, [(1, Proof::Certain)]);
}

#[test]
fn each_piece_names_the_fixes_that_earned_it() {
    let walked = come_to(&board(), walk(&[(-250.0, 0.0), (-50.0, 0.0)], 1.0, 10.0, 5.0));
    let piece = walked.pieces.iter().find(|earned| earned.id.number == 10 && earned.id.street.number() == 1);
    let earned = piece.expect("the piece at -175 m");
    // Number n is at -250 + 10 (n - 1). The first leg that comes within 20 m of -175 m ends at -190 m, which is number 7.
    assert_eq!((earned.fixes, earned.device), ((6, 7), 0), "{earned:?}");
}

#[test]
fn of_two_devices_the_better_proof_counts() {
    let rules = PatrolRules::default();
    let index = board();
    let (pieces, grids) = (Pieces::cut(&index, rules.piece_m), Grids::of(&index));
    let field = Field { pieces: &pieces, grids: &grids, rules: &rules };
    let way = [(-250.0, 0.0), (-50.0, 0.0)];
    let mut devices = device(walk(&way, 1.3, 5.0, 28.0));
    devices.extend(device(walk(&way, 1.3, 5.0, 5.0)));
    let both = walked(&told(&devices), &field);
    assert_eq!(covered(&both, 1, Proof::Certain).len(), 24);
    assert!(both.pieces.iter().any(|earned| earned.device == 1 && earned.proof == Proof::Certain));
}

/// The same by looking at everything.
fn slowly(index: &Index, fixes: &[Fix]) -> BTreeMap<PieceId, Proof> {
    let rules = PatrolRules::default();
    let track = filter(fixes, Mode::Foot, &rules, index.frame());
    let pieces = Pieces::cut(index, rules.piece_m);
    let mut proofs = BTreeMap::new();
    for leg in track.ways.iter().flatten() {
        let accuracy_m = leg.from.accuracy_m.max(leg.to.accuracy_m);
        for row in pieces.streets.rows() {
            let distance_m = distance_to(row.point, leg.from.point, leg.to.point);
            let proof = if distance_m + accuracy_m <= 25.0 {
                Proof::Certain
            } else if distance_m <= 25.0 + accuracy_m {
                Proof::Possible
            } else {
                continue;
            };
            let best = proofs.entry(row.id).or_insert(proof);
            *best = proof.max(*best);
        }
    }
    proofs
}

fn proofs(walked: &Walked) -> BTreeMap<PieceId, Proof> {
    walked.pieces.iter().map(|earned| (earned.id, earned.proof)).collect()
}

prop_compose! {
    /// A walk at random, with leaps, gaps and coarse fixes in it.
    fn any_walk()(
        steps in prop::collection::vec((-12.0..12.0_f64, -12.0..12.0_f64, 1.0..40.0_f64, 0.0..60.0_f64, 0_u8..30), 2..60),
        start in (-280.0..280.0_f64, -180.0..180.0_f64),
    ) -> Vec<Fix> {
        let (mut at, mut after_s) = (start, 0.0);
        steps.iter().enumerate().map(|(number, (east_m, north_m, pause_s, accuracy_m, odd))| {
            at = (at.0 + east_m, at.1 + north_m);
            after_s += if *odd == 0 { 200.0 } else { *pause_s };
            let aside = if *odd == 1 { (at.0 + 150.0, at.1) } else { at };
            fix(number as u64 + 1, after_s, aside, *accuracy_m)
        }).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_found_by_place_is_what_is_found_by_looking_at_everything(fixes in any_walk()) {
        let index = board();
        prop_assert_eq!(proofs(&come_to(&index, fixes.clone())), slowly(&index, &fixes));
    }

    #[test]
    fn the_order_in_which_fixes_come_changes_nothing(fixes in any_walk(), seed in any::<u64>()) {
        let index = board();
        let mut shuffled = fixes.clone();
        let mut state = seed | 1;
        for last in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(last, (state >> 33) as usize % (last + 1));
        }
        prop_assert_eq!(come_to(&index, shuffled), come_to(&index, fixes));
    }

    #[test]
    fn seconds_are_those_of_the_ways_within_the_grids(fixes in any_walk()) {
        let index = board();
        let rules = PatrolRules::default();
        let track = filter(&fixes, Mode::Foot, &rules, index.frame());
        let all: f64 = track.ways.iter().flatten().map(gridward_domain::patrol::filter::Leg::seconds).sum();
        let spent: f64 = come_to(&index, fixes).effort.values().map(|effort| effort.seconds).sum();
        prop_assert!(spent <= all + 1e-6, "{spent} of {all}");
    }
}

#[test]
fn the_distance_to_a_way_is_that_to_its_nearest_point() {
    let index = board();
    let [a, b, p] = [(0.0, 0.0), (100.0, 0.0), (50.0, 30.0)].map(|point| metric(&index, point));
    assert!((distance_to(p, a, b) - 30.0).abs() < 0.05);
    assert!((distance_to(p, a, a) - p.distance(a)).abs() < 1e-9);
}

#[test]
fn a_checkpoint_is_reached_by_passing_it_for_certain() {
    let (index, rules) = (board(), PatrolRules::default());
    let (pieces, grids) = (Pieces::cut(&index, rules.piece_m), Grids::of(&index));
    let field = Field { pieces: &pieces, grids: &grids, rules: &rules };
    // 40, 44 and 60 m beside the way, with an accuracy of 8 m.
    let checkpoints = [at(-150.0, 40.0), at(-150.0, 44.0), at(-150.0, 60.0)];
    let devices = device(walk(&[(-250.0, 0.0), (-50.0, 0.0)], 1.3, 5.0, 8.0));
    let told = Told { checkpoints: &checkpoints, ..told(&devices) };
    assert_eq!(walked(&told, &field).checkpoints, [true, false, false]);
}
