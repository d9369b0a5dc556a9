//! Do areas that share a border share it in the tile?

use std::collections::HashMap;

use gridward_tiles::TileCoord;
use proptest::prelude::*;

use crate::decoder::{Point, doubled_area};
use crate::draw::{drawn, places, polygons, tile};

/// Cells along each side of the lattice.
const CELLS: usize = 9;

/// The corners of a lattice of bent cells that covers the tile and more.
fn corners() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.0..0.6_f64, 0.0..0.6_f64), (CELLS + 1) * (CELLS + 1)).prop_map(|jitter| {
        let at = |(i, (x, y)): (usize, &(f64, f64))| {
            let (column, row) = ((i % (CELLS + 1)) as f64, (i / (CELLS + 1)) as f64);
            (-700.0 + 610.0 * (column + x), -700.0 + 610.0 * (row + y))
        };
        jitter.iter().enumerate().map(at).collect()
    })
}

/// The cells as rings, every second one walked the other way round.
fn cells(corners: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    let cell = |i: usize| {
        let (column, row) = (i % CELLS, i / CELLS);
        let at = |column: usize, row: usize| corners[row * (CELLS + 1) + column];
        let mut ring =
            vec![at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
        if i % 2 == 1 {
            ring.reverse();
        }
        ring
    };
    (0..CELLS * CELLS).map(cell).collect()
}

fn at_rim((from, to): (Point, Point)) -> bool {
    let rim = [-64, 4160];
    (from.0 == to.0 && rim.contains(&from.0)) || (from.1 == to.1 && rim.contains(&from.1))
}

proptest! {
    /// Not one unit of the tile is missing or counted twice, and every border inside it is walked once each
    /// way. Exact: no tolerance.
    #[test]
    fn neighbours_meet_without_gap_or_overlap(corners in corners(), z in 4..=14_u8) {
        let tile = tile(z);
        let layer = drawn(tile, 64, |layer| {
            for (id, cell) in cells(&corners).iter().enumerate() {
                layer.polygon(id as u64, &[places(tile, cell)], &[]);
            }
        });
        let rings: Vec<Vec<Point>> = polygons(layer.as_ref()).into_iter().flatten().flatten().collect();
        let covered: i64 = rings.iter().map(|ring| doubled_area(ring)).sum();
        prop_assert_eq!(covered, 2 * 4224 * 4224);

        let mut walked: HashMap<(Point, Point), i32> = HashMap::new();
        for ring in &rings {
            for (i, &from) in ring.iter().enumerate() {
                let to = ring[(i + 1) % ring.len()];
                *walked.entry((from.min(to), from.max(to))).or_default() += if from < to { 1 } else { -1 };
            }
        }
        for (border, balance) in walked {
            prop_assert!(balance == 0 || at_rim(border), "{:?} has one side only", border);
        }
    }

    #[test]
    fn tiles_side_by_side_show_a_border_at_the_same_height(
        y in 100.0..4000.0_f64, end in 100.0..4000.0_f64, z in 4..=14_u8,
    ) {
        let middle = tile(z);
        let west = TileCoord::new(z, middle.x() - 1, middle.y()).unwrap();
        let slope = places(west, &[(0.0, y), (8192.0, end), (8192.0, 4500.0), (0.0, 4500.0)]);
        // Without a buffer, both are cut at the seam: in one it is 4096, in the other 0.
        let at_seam = |tile, seam: i64| -> Vec<i64> {
            let layer = drawn(tile, 0, |layer| {
                layer.polygon(1, &[&slope], &[]);
            });
            let points = polygons(layer.as_ref()).into_iter().flatten().flatten().flatten();
            let mut heights: Vec<i64> = points.filter(|point| point.0 == seam).map(|point| point.1).collect();
            heights.sort_unstable();
            heights
        };
        prop_assert_eq!(at_seam(west, 4096), at_seam(middle, 0));
    }
}
