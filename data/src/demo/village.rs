//! Where the district is countryside: villages of small houses along a lane, without a wall.

use super::{
    ground::Rect,
    lot::Side,
    names,
    yard::{EVERYBODY, Gate, House, Yard},
};
use crate::model::{road::StreetKind, time::Timetable};

/// Ground and garden of one house, metres.
const PLOT_M: (f64, f64) = (15.5, 30.0);
/// A house, metres.
const HOUSE_M: (f64, f64) = (11.0, 8.0);
/// Free ground on both sides of the lane, metres.
const BESIDE_LANE_M: f64 = 5.0;
/// From the doors to the path before them, metres.
const BEFORE_DOORS_M: f64 = 4.0;

/// Builds a village: rows of houses with their doors to the south, thinner towards its edge.
pub(super) fn build(yard: &mut Yard<'_>) {
    let nth = yard.next_named();
    let name = names::village(nth);
    let ground = yard.lot.ground;
    let x = yard.lot.spine_x();
    let (wide_m, high_m) = (yard.dice.real(0.55, 0.98), yard.dice.real(0.5, 0.98));
    let half_m = ground.width() / 2.0 * wide_m;
    let around = Rect {
        west: ground.west.max(x - half_m),
        east: ground.east.min(x + half_m),
        south: ground.south + 6.0,
        north: ground.south + 6.0 + (ground.height() - 12.0) * high_m,
    };
    yard.settle(around, name.clone());
    let rows = (((around.height() - BEFORE_DOORS_M) / PLOT_M.1) as usize).max(1);
    let mut number = 0;
    let mut stops = Vec::new();
    for row in 0..rows {
        let path = around.south + 2.0 + PLOT_M.1 * row as f64;
        let (west, east) = (
            houses(yard, &name, (around.west, x - BESIDE_LANE_M), path, &mut number),
            houses(yard, &name, (x + BESIDE_LANE_M, around.east), path, &mut number),
        );
        let ends = [west.unwrap_or((x - 6.0, x)).0, east.unwrap_or((x, x + 6.0)).1];
        yard.foot(
            StreetKind::Footway,
            &[(ends[0].min(x - 6.0), path), (x, path), (ends[1].max(x + 6.0), path)],
        );
        stops.push(path);
    }
    let gate =
        |side| Gate { side, barrier: None, access: EVERYBODY, hours: Timetable::default(), residents: false };
    yard.way_in(StreetKind::Residential, EVERYBODY, around, &[gate(Side::South)], &stops);
}

/// The houses of a row between two points; answers from where to where they stand.
fn houses(
    yard: &mut Yard<'_>,
    name: &str,
    (from, to): (f64, f64),
    path: f64,
    number: &mut usize,
) -> Option<(f64, f64)> {
    let mut span: Option<(f64, f64)> = None;
    let mut at = from + yard.dice.real(0.0, 6.0);
    while at + HOUSE_M.0 <= to {
        let width = HOUSE_M.0 + yard.dice.real(-1.5, 0.0);
        if !yard.dice.chance(16) {
            let south = path + BEFORE_DOORS_M + yard.dice.real(0.0, 3.0);
            let rect = Rect {
                west: at,
                east: at + width,
                south,
                north: south + HOUSE_M.1 + yard.dice.real(-1.0, 2.0),
            };
            *number += 1;
            let storeys = yard.dice.pick(&[1, 1, 1, 2]);
            yard.build(House {
                rect,
                face: Side::South,
                doors: 1,
                storeys,
                households: Some(1),
                name: format!("{number}号"),
                address: format!("{name}{number}号"),
                stairwells: false,
            });
            span = Some((span.map_or(at, |span| span.0), at + width));
        }
        at += PLOT_M.0 + yard.dice.real(-0.5, 3.0);
    }
    span
}
