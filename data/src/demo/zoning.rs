//! What each block is for: dwellings of several kinds, works in the west, villas at the edge, shops and offices in the middle.

use super::{
    dice::{Dice, Purpose, field},
    lattice::{Cell, Lattice},
};
use std::collections::BTreeMap;

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// Slabs in rows.
    Rows,
    /// Slabs around a courtyard.
    Courtyard,
    /// High houses with wide gaps.
    Towers,
    /// Small houses with gardens.
    Villas,
    School,
    Market,
    Factory,
    Offices,
    Park,
}

impl Zone {
    /// Every town has at least one block of each.
    const NEEDED: [Self; 7] =
        [Self::School, Self::Market, Self::Factory, Self::Villas, Self::Offices, Self::Park, Self::Courtyard];
}

/// What each block of the town is for. One of them may be bound to be [`Zone::Rows`].
pub(super) fn zones(lattice: &Lattice, seed: u64, bound: Option<Cell>) -> BTreeMap<Cell, Zone> {
    let mut zones: BTreeMap<Cell, Zone> =
        lattice.cells().map(|cell| (cell, zone(lattice, seed, cell))).collect();
    zones.extend(bound.map(|cell| (cell, Zone::Rows)));
    let mut dice = Dice::new(seed, Purpose::Zones, u64::MAX);
    for needed in Zone::NEEDED {
        if zones.values().any(|zone| *zone == needed) {
            continue;
        }
        let free = |(cell, zone): &(&Cell, &Zone)| **zone == Zone::Rows && Some(**cell) != bound;
        let rows: Vec<Cell> = zones.iter().filter(free).map(|(cell, _)| *cell).collect();
        if !rows.is_empty() {
            zones.insert(dice.pick(&rows), needed);
        }
    }
    zones
}

fn zone(lattice: &Lattice, seed: u64, cell: Cell) -> Zone {
    let mut dice = Dice::new(seed, Purpose::Zones, lattice.index(cell.row, cell.column) as u64);
    let share = |at: usize, of: usize| (at as f64 + 0.5) / of as f64;
    let (x, y) = (share(cell.column, lattice.columns), share(cell.row, lattice.rows));
    let from_middle = ((x - 0.5).abs()).max((y - 0.5).abs()) * 2.0;
    let hilly =
        |scale: f64| field(seed, Purpose::Heights, cell.column as f64 / scale, cell.row as f64 / scale);
    if x < 0.16 && dice.chance(55) {
        return Zone::Factory;
    }
    if from_middle > 0.86 && dice.chance(18) {
        return Zone::Villas;
    }
    if from_middle < 0.25 && dice.chance(30) {
        return Zone::Offices;
    }
    match dice.below(100) {
        0..3 => Zone::School,
        3..5 => Zone::Market,
        5..8 => Zone::Park,
        8..10 => Zone::Offices,
        10..60 if hilly(5.0) > 0.22 => Zone::Towers,
        10..50 if hilly(3.0) < -0.2 => Zone::Courtyard,
        _ => Zone::Rows,
    }
}
