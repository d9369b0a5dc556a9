//! What each block is for: dwellings of several kinds, works in the west, villas at the edge, shops and offices in the middle.

use super::{
    areas::Tracts,
    dice::{Dice, Purpose, field},
    ground::Spot,
    lattice::{Cell, Lattice},
    tiexi,
};
use crate::model::area::Level;
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
    /// Small houses in short rows, without a wall.
    Village,
    /// Nothing is built.
    Field,
}

impl Zone {
    /// Every town has at least one block of each.
    const NEEDED: [Self; 7] =
        [Self::School, Self::Market, Self::Factory, Self::Villas, Self::Offices, Self::Park, Self::Courtyard];
}

/// What each block of the district is for. A block of the core is as in a small town; outside it works, villages and fields lie around the seats of
/// the sub-districts. One of them may be bound to be [`Zone::Rows`], and every community has something to build a door in.
pub(super) fn of_district(
    lattice: &Lattice,
    seed: u64,
    bound: Option<Cell>,
    tracts: &Tracts,
) -> BTreeMap<Cell, Zone> {
    let seats: Vec<Spot> = tiexi::SUB_DISTRICTS
        .iter()
        .filter(|sub_district| !sub_district.is_urban())
        .map(tiexi::SubDistrict::seat)
        .collect();
    let mut zones: BTreeMap<Cell, Zone> =
        lattice.cells().map(|cell| (cell, of_block(lattice, seed, cell, &seats))).collect();
    zones.extend(bound.map(|cell| (cell, Zone::Rows)));
    for (_, community) in tracts.of(Level::Community) {
        let is_built =
            |cell: &Cell| matches!(zones[cell], Zone::Rows | Zone::Courtyard | Zone::Towers | Zone::Village);
        if !community.cells.iter().any(is_built) {
            let size = |cell: &&Cell| {
                let (wide_m, high_m) = lattice.size_m(**cell);
                (wide_m.min(high_m) * 100.0) as u64
            };
            zones.extend(community.cells.iter().max_by_key(size).map(|cell| (*cell, Zone::Village)));
        }
    }
    zones
}

/// Blocks wider than this are not of the core, metres.
const CORE_BLOCK_M: f64 = 240.0;

fn of_block(lattice: &Lattice, seed: u64, cell: Cell, seats: &[Spot]) -> Zone {
    let (wide_m, high_m) = lattice.size_m(cell);
    let index = lattice.index(cell.row, cell.column) as u64;
    let mut dice = Dice::new(seed, Purpose::Zones, (1 << 41) | index);
    let centre = lattice.centre(cell);
    let hilly = |scale_m: f64| {
        field(seed, Purpose::Heights, (centre.x + 60_000.0) / scale_m, (centre.y + 60_000.0) / scale_m)
    };
    let throw = dice.below(100);
    if wide_m.max(high_m) < CORE_BLOCK_M {
        let from_middle_m = centre.x.abs().max(centre.y.abs());
        return match throw {
            // The old works lie along the western edge of the core.
            _ if centre.x < -1_900.0 && dice.chance(38) => Zone::Factory,
            _ if from_middle_m < 900.0 && dice.chance(34) => Zone::Offices,
            0..3 => Zone::School,
            3..5 => Zone::Market,
            5..9 => Zone::Park,
            9..11 => Zone::Offices,
            11..12 => Zone::Villas,
            12..62 if hilly(900.0) > 0.22 => Zone::Towers,
            12..56 if hilly(560.0) < -0.2 => Zone::Courtyard,
            _ => Zone::Rows,
        };
    }
    let to_seat_m = seats.iter().map(|seat| seat.distance(centre)).fold(f64::INFINITY, f64::min);
    let to_core_m = centre.distance(Spot { x: -3_000.0, y: 0.0 });
    // From the seat of a sub-district outwards: a little town, works, villages between fields.
    let shares: [usize; 7] = if to_seat_m < 1_100.0 {
        [40, 46, 49, 52, 68, 91, 95]
    } else if to_core_m < 13_000.0 || to_seat_m < 3_200.0 {
        [10, 12, 13, 14, 44, 78, 80]
    } else {
        [1, 1, 2, 2, 10, 46, 47]
    };
    let kinds =
        [Zone::Rows, Zone::Towers, Zone::School, Zone::Market, Zone::Factory, Zone::Village, Zone::Park];
    shares.iter().position(|until| throw < *until).map_or(Zone::Field, |at| kinds[at])
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
