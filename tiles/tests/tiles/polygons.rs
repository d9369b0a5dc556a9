//! Is a polygon in a tile valid, and is it the part of the world that lies there?

use geo::{Area, BooleanOps, Euclidean, Length, LineString, MultiPolygon, Polygon, Rect};
use gridward_tiles::TileCoord;
use proptest::prelude::*;

use crate::decoder::{Point, doubled_area};
use crate::draw::{drawn, places, polygons, tile};

const BUFFER_UNITS: u32 = 64;

/// A star around a centre: simple, of any size, from a speck to far beyond the tile.
fn star() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let centre = (-6000.0..10_000.0, -6000.0..10_000.0);
    let rays = prop::collection::vec(0.2..1.0_f64, 3..24);
    (centre, prop::sample::select(vec![3.0, 30.0, 400.0, 3000.0, 9000.0]), rays).prop_map(
        |(centre, size, rays)| {
            let turn = std::f64::consts::TAU / rays.len() as f64;
            let at = |(i, ray): (usize, &f64)| {
                let (sin, cos) = (turn * i as f64).sin_cos();
                (centre.0 + size * ray * cos, centre.1 + size * ray * sin)
            };
            rays.iter().enumerate().map(at).collect()
        },
    )
}

/// The same star, smaller, round its centre: lies within it, as a hole does.
fn shrunk(star: &[(f64, f64)], centre: (f64, f64), share: f64) -> Vec<(f64, f64)> {
    star.iter().map(|p| (centre.0 + (p.0 - centre.0) * share, centre.1 + (p.1 - centre.1) * share)).collect()
}

fn area(polygon: &[Vec<Point>]) -> f64 {
    polygon.iter().map(|ring| doubled_area(ring)).sum::<i64>() as f64 / 2.0
}

fn outline(polygons: &MultiPolygon) -> f64 {
    let rings = polygons.iter().flat_map(|polygon| polygon.interiors().iter().chain([polygon.exterior()]));
    rings.map(|ring| Euclidean.length(ring)).sum()
}

/// What of a polygon lies in a square from `first` to `last`.
fn seen(rings: &[Vec<(f64, f64)>], first: f64, last: f64) -> MultiPolygon {
    let holes = rings[1..].iter().map(|ring| LineString::from(ring.clone())).collect();
    let whole = Polygon::new(LineString::from(rings[0].clone()), holes);
    whole.intersection(&Rect::new((first, first), (last, last)).to_polygon())
}

proptest! {
    /// Oracle: the intersection that `geo` finds with the window, in floating point.
    #[test]
    fn a_drawn_polygon_is_the_part_of_it_that_lies_in_the_window(
        star in star(), z in 4..=14_u8, hole_share in prop::option::of(0.05..0.7_f64),
    ) {
        let tile = tile(z);
        let centre = star.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
        let centre = (centre.0 / star.len() as f64, centre.1 / star.len() as f64);
        let mut rings = vec![star.clone()];
        rings.extend(hole_share.map(|share| shrunk(&star, centre, share)));
        // The middle of the corners of a star of few rays may lie outside of it: no hole, then.
        if Polygon::new(LineString::from(star), vec![]).unsigned_area() < seen(&rings, -1e5, 1e5).unsigned_area() {
            rings.truncate(1);
        }
        let seen = seen(&rings, -64.0, 4160.0);

        let world: Vec<_> = rings.iter().map(|ring| places(tile, ring)).collect();
        let layer = drawn(tile, BUFFER_UNITS, |layer| {
            layer.polygon(1, &world, &[]);
        });
        let is: f64 = polygons(layer.as_ref()).iter().flatten().map(|polygon| area(polygon)).sum();
        // Every vertex may move by half a diagonal, which sweeps at most that times the outline.
        let tolerance = outline(&seen) + 4.0 * rings.concat().len() as f64;
        prop_assert!((is - seen.unsigned_area()).abs() <= tolerance, "{} is not {}", is, seen.unsigned_area());
    }

    /// The decoder refuses any ring that is not one; whatever comes in, what goes out is taken.
    #[test]
    fn whatever_is_fed_in_the_tile_is_valid(
        shapes in prop::collection::vec(
            prop::collection::vec(prop::collection::vec((-9.0..20.0_f64, -9.0..20.0_f64), 0..9), 0..4), 0..4
        ),
        scale in prop::sample::select(vec![0.3, 1.0, 7.0, 250.0, 4000.0]),
        z in 4..=18_u8,
    ) {
        let tile = tile(z);
        let ring = |ring: &Vec<(f64, f64)>| {
            places(tile, &ring.iter().map(|(x, y)| (x * scale, y * scale)).collect::<Vec<_>>())
        };
        let world: Vec<Vec<Vec<_>>> = shapes.iter().map(|polygon| polygon.iter().map(ring).collect()).collect();
        let mut said = Vec::new();
        let layer = drawn(tile, BUFFER_UNITS, |layer| {
            said.push(layer.polygons(1, &world, &[]));
            said.extend(world.iter().map(|polygon| layer.polygon(2, polygon, &[])));
        });
        let drawn = said.into_iter().filter(|drawn| *drawn).count();
        prop_assert_eq!(layer.as_ref().map_or(0, |layer| layer.features.len()), drawn);
        for point in polygons(layer.as_ref()).into_iter().flatten().flatten().flatten() {
            prop_assert!((-64..=4160).contains(&point.0) && (-64..=4160).contains(&point.1));
        }
        // At least as much inside as hole, in each polygon.
        prop_assert!(polygons(layer.as_ref()).iter().flatten().all(|polygon| area(polygon) > 0.0));
    }

    #[test]
    fn four_children_together_cover_what_their_parent_covers(star in star(), z in 4..=13_u8) {
        let parent = tile(z);
        let world = places(parent, &star);
        let drawn_area = |tile: TileCoord| -> f64 {
            let layer = drawn(tile, 0, |layer| {
                layer.polygon(1, &[&world], &[]);
            });
            polygons(layer.as_ref()).iter().flatten().map(|polygon| area(polygon)).sum()
        };
        let children: f64 = parent.children().unwrap().into_iter().map(drawn_area).sum();
        let tolerance = outline(&seen(std::slice::from_ref(&star), 0.0, 4096.0)) + 4.0 * star.len() as f64;
        prop_assert!((children / 4.0 - drawn_area(parent)).abs() <= tolerance);
    }
}

#[test]
fn a_hole_around_the_whole_tile_leaves_nothing_to_draw() {
    let tile = tile(9);
    let square = |half: f64| {
        [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| (x + 2048.0, y + 2048.0))
    };
    let rings = [places(tile, &square(90_000.0)), places(tile, &square(9000.0))];
    let layer = drawn(tile, BUFFER_UNITS, |layer| {
        assert!(!layer.polygon(1, &rings, &[]));
    });
    assert!(layer.is_none());
}

#[test]
fn rings_come_out_wound_as_the_format_wants_whichever_way_they_came_in() {
    let tile = tile(9);
    let outer = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0), (0.0, 0.0)];
    let hole = [(10.0, 10.0), (20.0, 10.0), (20.0, 20.0)];
    for turned in 0..4 {
        let mut rings = [places(tile, &outer), places(tile, &hole)];
        (0..2).filter(|bit| turned >> bit & 1 == 1).for_each(|bit| rings[bit].reverse());
        let layer = drawn(tile, BUFFER_UNITS, |layer| {
            assert!(layer.polygons(1, &[&rings, &rings], &[]));
        });
        // The decoder itself tells exteriors from holes by their winding.
        let polygons = polygons(layer.as_ref());
        let rings: Vec<usize> = polygons[0].iter().map(Vec::len).collect();
        assert_eq!(rings, [2, 2]);
        assert!((area(&polygons[0][0]) - (8100.0 - 50.0)).abs() < 1e-9);
    }
}

#[test]
fn a_building_of_less_than_a_unit_is_not_drawn() {
    let tile = tile(9);
    let speck = places(tile, &[(5.1, 5.1), (5.4, 5.1), (5.4, 5.4)]);
    assert!(drawn(tile, BUFFER_UNITS, |layer| assert!(!layer.polygon(1, &[&speck], &[]))).is_none());
}
