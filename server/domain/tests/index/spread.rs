//! In which grids may a fix lie? Oracle: throw three hundred thousand darts.

use crate::city::{Sequence, area, at, fact, outline, rectangle, version};
use gridward_data::{
    model::{area::Level, local::Metric},
    store::question::Fact,
};
use gridward_domain::index::{
    Index,
    inside::inside,
    spread::{ACCURACY_MAX_M, DEVIATIONS_PER_ACCURACY},
};
use proptest::prelude::*;

/// So many that half a percent is more than five standard deviations of their count.
const DARTS: u32 = 300_000;

/// Grids of about 170 m by 220 m with a street between some of them, which belongs to none.
fn grids(seed: u64) -> Vec<Fact> {
    let mut sequence = Sequence(seed);
    let mut facts = vec![];
    for number in 0..25u64 {
        let (west, south) = ((number % 5) as i32 * 20_000, (number / 5) as i32 * 20_000);
        let gap = if sequence.below(3) == 0 { 1_500 } else { 0 };
        let hole = rectangle(west + 6_000, south + 6_000, 5_000, 5_000);
        let holes = if sequence.below(4) == 0 { vec![hole] } else { vec![] };
        let shape = outline(&rectangle(west, south, 20_000 - gap, 20_000), &holes);
        facts.push(fact(area(1 + number, Level::Grid, None, shape)));
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn probabilities_agree_with_darts_and_add_up_to_1(
        seed in any::<u64>(), east in -5_000..105_000i32, north in -5_000..105_000i32, accuracy_m in 1.0..600.0f64,
    ) {
        let index = Index::build(version(1), grids(seed));
        let fix = at(east, north);
        let spread = index.grids_around(fix, accuracy_m).expect("a usable accuracy");
        let sum: f64 = spread.grids.iter().map(|(_, probability)| probability).sum();
        prop_assert!((sum + spread.outside - 1.0).abs() < 1e-9);

        let (mut sequence, centre) = (Sequence(seed), index.frame().to_metres(fix));
        let mut hits = [0u32; 26];
        for _ in 0..DARTS {
            // Box and Muller.
            let (length, angle) = ((-2.0 * (1.0 - sequence.share()).ln()).sqrt(), std::f64::consts::TAU * sequence.share());
            let off_m = length * accuracy_m / DEVIATIONS_PER_ACCURACY;
            let dart = Metric { x: centre.x + off_m * angle.cos(), y: centre.y + off_m * angle.sin() };
            let dart = index.frame().to_place(dart).expect("on the Earth");
            let areas = index.places().areas.layer();
            let grid = areas.iter().find(|grid| inside(&grid.current().expect("a grid of today").outline, dart));
            hits[grid.map_or(0, |grid| grid.id.number() as usize)] += 1;
        }
        for id in 1..=25 {
            let told = spread.grids.iter().find(|(grid, _)| grid.id.number() == id).map_or(0.0, |(_, probability)| *probability);
            let thrown = f64::from(hits[id as usize]) / f64::from(DARTS);
            prop_assert!((told - thrown).abs() < 0.005, "grid {id}: {told} told, {thrown} thrown");
        }
    }
}

#[test]
fn the_accuracy_holds_68_of_100() {
    // A grid that is nearly a disc: 360 corners at the radius of the accuracy around the fix.
    let frame = gridward_data::model::local::LocalFrame::around(at(0, 0));
    let corner = |degree: i32| {
        let angle = f64::from(degree).to_radians();
        let place =
            frame.to_place(Metric { x: 50.0 * angle.cos(), y: 50.0 * angle.sin() }).expect("on the Earth");
        (place.lon_e7() - crate::city::CORNER.0, place.lat_e7() - crate::city::CORNER.1)
    };
    let disc = outline(&(0..360).map(corner).collect::<Vec<_>>(), &[]);
    let index = Index::build(version(1), [fact(area(1, Level::Grid, None, disc))]);
    let spread = index.grids_around(at(0, 0), 50.0).expect("a usable accuracy");
    assert!((spread.grids[0].1 - 0.68).abs() < 0.001, "{spread:?}");
}

#[test]
fn a_fix_on_a_straight_border_is_half_here_and_half_there_and_one_on_a_corner_a_quarter() {
    let tiles = [(0, 0), (20_000, 0), (0, 20_000), (20_000, 20_000)];
    let grids = tiles.iter().zip(1..).map(|(&(west, south), id)| {
        fact(area(id, Level::Grid, None, outline(&rectangle(west, south, 20_000, 20_000), &[])))
    });
    let index = Index::build(version(1), grids);
    let halves = index.grids_around(at(20_000, 10_000), 5.0).expect("a usable accuracy");
    assert_eq!(halves.grids.len(), 2);
    assert!(halves.grids.iter().all(|(_, probability)| (probability - 0.5).abs() < 1e-4), "{halves:?}");
    let quarters = index.grids_around(at(20_000, 20_000), 5.0).expect("a usable accuracy");
    assert!(quarters.grids.iter().all(|(_, probability)| (probability - 0.25).abs() < 2e-3), "{quarters:?}");
    assert!(quarters.outside < 1e-6);
}

#[test]
fn silly_accuracies_are_refused() {
    let index = Index::build(version(1), grids(1));
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, ACCURACY_MAX_M + 0.1] {
        assert!(index.grids_around(at(0, 0), bad).is_err(), "{bad} was taken");
    }
    assert!(index.grids_around(at(0, 0), ACCURACY_MAX_M).is_ok());
}

#[test]
fn a_city_without_grids_is_all_outside() {
    let spread = Index::build(version(1), []).grids_around(at(0, 0), 20.0).expect("a usable accuracy");
    assert_eq!((spread.grids.len(), spread.outside), (0, 1.0));
}
