//! Are points and lines where they should be, and nowhere else?

use proptest::prelude::*;

use crate::decoder::{Layer, Point, Shape};
use crate::draw::{drawn, place, places, tile};

fn lines(layer: Option<&Layer>) -> Vec<Vec<Point>> {
    match layer.map(|layer| layer.features[0].shape().unwrap()) {
        None => Vec::new(),
        Some(Shape::Lines(lines)) => lines,
        Some(other) => panic!("not lines: {other:?}"),
    }
}

fn distance(point: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let along = (b.0 - a.0, b.1 - a.1);
    let share = ((point.0 - a.0) * along.0 + (point.1 - a.1) * along.1) / along.0.hypot(along.1).powi(2);
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    (point.0 - a.0 - share * along.0).hypot(point.1 - a.1 - share * along.1)
}

fn exact(point: Point) -> (f64, f64) {
    (point.0 as f64, point.1 as f64)
}

proptest! {
    /// Oracle: walk the line in small steps. Every step well inside the window is near something drawn, and
    /// everything drawn is in the window and near the line.
    #[test]
    fn a_line_is_drawn_where_it_runs_and_nowhere_else(
        line in prop::collection::vec((-3000.0..7000.0_f64, -3000.0..7000.0_f64), 2..12), z in 4..=14_u8,
    ) {
        let tile = tile(z);
        let layer = drawn(tile, 64, |layer| {
            layer.line(1, &places(tile, &line), &[]);
        });
        let pieces = lines(layer.as_ref());
        for point in pieces.iter().flatten() {
            prop_assert!((-64..=4160).contains(&point.0) && (-64..=4160).contains(&point.1));
            let off = line.windows(2).map(|ends| distance(exact(*point), ends[0], ends[1]));
            prop_assert!(off.fold(f64::MAX, f64::min) < 1.5);
        }
        for ends in line.windows(2) {
            for step in 0..=200 {
                let share = f64::from(step) / 200.0;
                let at = |a: f64, b: f64| a + (b - a) * share;
                let here = (at(ends[0].0, ends[1].0), at(ends[0].1, ends[1].1));
                if [here.0, here.1].iter().all(|along| (-61.0..4157.0).contains(along)) {
                    let drawn = pieces.iter().flat_map(|piece| piece.windows(2));
                    let off = drawn.map(|ends| distance(here, exact(ends[0]), exact(ends[1])));
                    prop_assert!(off.fold(f64::MAX, f64::min) < 3.0, "{:?} is missing", here);
                }
            }
        }
    }

    #[test]
    fn a_point_is_drawn_in_its_tile_and_the_buffers_around_and_nowhere_else(
        point in (-300.0..4400.0_f64, -300.0..4400.0_f64), buffer_units in 0..200_u32, z in 4..=14_u8,
    ) {
        let tile = tile(z);
        let layer = drawn(tile, buffer_units, |layer| {
            layer.point(5, place(tile, point), &[]);
        });
        // Places are whole world units: what the tile is given is this, and no nearer to the point.
        let unit = 2_f64.powi(20 - i32::from(z));
        let world = ((point.0 * unit).round() / unit, (point.1 * unit).round() / unit);
        let (x, y) = ((world.0 + 0.5).floor() as i64, (world.1 + 0.5).floor() as i64);
        let buffer = i64::from(buffer_units);
        let drawn = -buffer..=4096 + buffer;
        let wanted = (drawn.contains(&x) && drawn.contains(&y)).then(|| Shape::Points(vec![(x, y)]));
        prop_assert_eq!(layer.map(|layer| layer.features[0].shape().unwrap()), wanted);
    }
}

#[test]
fn a_street_across_the_tile_from_afar_is_two_points() {
    let tile = tile(12);
    let street: Vec<_> = (-90..190).map(|i| (f64::from(i) * 50.0, 1000.2)).collect();
    let layer = drawn(tile, 64, |layer| assert!(layer.line(1, &places(tile, &street), &[])));
    assert_eq!(lines(layer.as_ref()), [[(-64, 1000), (4160, 1000)]]);
}

#[test]
fn a_line_within_one_unit_is_not_drawn() {
    let tile = tile(12);
    let speck = places(tile, &[(7.1, 7.1), (7.3, 7.2), (6.9, 7.0)]);
    assert!(drawn(tile, 64, |layer| assert!(!layer.line(1, &speck, &[]))).is_none());
    assert!(drawn(tile, 64, |layer| assert!(!layer.line(1, &[], &[]))).is_none());
}

#[test]
fn a_line_that_enters_the_buffer_by_one_unit_and_turns_back_is_not_drawn() {
    let tile = tile(4);
    let there_and_back = places(tile, &[(0.0, -2_458.4), (0.0, -63.4), (0.0, -2_735.6)]);
    assert!(drawn(tile, 64, |layer| assert!(!layer.line(1, &there_and_back, &[]))).is_none());
}

#[test]
fn a_line_that_only_touches_the_corner_of_the_buffer_is_not_drawn() {
    let tile = tile(12);
    let touching = places(tile, &[(-84.0, -44.0), (-44.0, -84.0)]);
    assert!(drawn(tile, 64, |layer| assert!(!layer.line(1, &touching, &[]))).is_none());
    let on_the_way = places(tile, &[(-84.0, -44.0), (-64.0, -64.0), (10.0, -64.0)]);
    let layer = drawn(tile, 64, |layer| assert!(layer.line(1, &on_the_way, &[])));
    assert_eq!(lines(layer.as_ref()), [[(-64, -64), (10, -64)]]);
}

#[test]
fn points_of_one_feature_that_lie_outside_are_left_out_of_it() {
    let tile = tile(12);
    let points = places(tile, &[(1.0, 1.0), (9000.0, 1.0), (2.0, 2.0)]);
    let layer = drawn(tile, 64, |layer| assert!(layer.points(1, &points, &[]))).unwrap();
    assert_eq!(layer.features[0].shape(), Ok(Shape::Points(vec![(1, 1), (2, 2)])));
    assert!(drawn(tile, 64, |layer| assert!(!layer.points(1, &[], &[]))).is_none());
}
