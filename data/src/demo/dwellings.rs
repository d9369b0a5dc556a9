//! Where people live: compounds of slabs in rows or around a courtyard, of towers, of villas.

use super::{
    ground::Rect,
    lot::Side,
    shops,
    yard::{EVERYBODY, Gate, House, NO_CARS, ON_FOOT, Yard},
    zoning::Zone,
};
use crate::model::{
    road::{BarrierKind, StreetKind},
    time::{Timetable, Weekday, WeeklySpan},
};

/// How the houses of a compound are built.
struct Style {
    /// The fewest and the most storeys.
    storeys: (u16, u16),
    depth_m: f64,
    /// The free ground between two rows.
    court_m: f64,
    /// The length of one stairwell's part of a house.
    unit_m: f64,
    /// The fewest and the most stairwells of a house.
    units: (usize, usize),
    gap_m: f64,
    /// Households on one storey of one stairwell; none where a stairwell is one home.
    homes: u32,
}

const SLABS: Style = Style {
    storeys: (5, 7),
    depth_m: 12.0,
    court_m: 15.5,
    unit_m: 13.5,
    units: (2, 4),
    gap_m: 6.5,
    homes: 2,
};
const TOWERS: Style = Style {
    storeys: (17, 32),
    depth_m: 17.0,
    court_m: 20.0,
    unit_m: 25.0,
    units: (1, 1),
    gap_m: 16.0,
    homes: 3,
};
const VILLAS: Style = Style {
    storeys: (2, 3),
    depth_m: 10.5,
    court_m: 15.0,
    unit_m: 12.0,
    units: (1, 1),
    gap_m: 8.0,
    homes: 0,
};

/// Free ground on both sides of the way in, metres.
const BESIDE_WAY_M: f64 = 4.5;
/// From a row of doors to the path before them, metres.
const BEFORE_DOORS_M: f64 = 3.5;

/// A compound while it is being built.
struct Homes<'y, 'a> {
    yard: &'y mut Yard<'a>,
    style: Style,
    storeys: u16,
    address: String,
    last_number: usize,
}

/// Builds a compound over the lot.
pub(super) fn build(yard: &mut Yard<'_>, zone: Zone, name: String) {
    let wall = shops::line_streets(yard).inset(1.0);
    yard.wall_in(wall, name);
    let style = match zone {
        Zone::Towers => TOWERS,
        Zone::Villas => VILLAS,
        _ => SLABS,
    };
    let spread = usize::from(style.storeys.1 - style.storeys.0) + 1;
    let storeys = style.storeys.0 + yard.dice.below(spread) as u16;
    let gates = gates(yard);
    let front = gates[0].side;
    let address = yard.lot.address(front, yard.lot.gate(front).0, 0.0);
    let mut homes = Homes { yard, style, storeys, address, last_number: 0 };
    let stops =
        if zone == Zone::Courtyard { homes.around(wall.inset(4.0)) } else { homes.rows(wall.inset(4.0)) };
    yard.way_in(StreetKind::Service, EVERYBODY, wall, &gates, &stops);
}

/// The gates of a compound: a lift gate for cars, and often a gate for people on foot on the other side, which is shut at night, or to which
/// its own people alone have a key.
fn gates(yard: &mut Yard<'_>) -> Vec<Gate> {
    let (front, back) =
        if yard.dice.chance(60) { (Side::South, Side::North) } else { (Side::North, Side::South) };
    let hours = Timetable::default();
    let mut gates = vec![Gate {
        side: front,
        barrier: Some(BarrierKind::LiftGate),
        access: EVERYBODY,
        hours,
        residents: false,
    }];
    if yard.dice.chance(55) {
        let hours = every_day(5 * 60 + 30, 22 * 60);
        gates.push(Gate {
            side: back,
            barrier: Some(BarrierKind::Gate),
            access: NO_CARS,
            hours,
            residents: false,
        });
    } else if yard.dice.chance(45) {
        gates.push(Gate {
            side: back,
            barrier: Some(BarrierKind::Gate),
            access: ON_FOOT,
            hours: Timetable::default(),
            residents: true,
        });
    }
    gates
}

/// The same hours on each day of the week, local minutes since midnight.
pub(super) fn every_day(from_min: u16, until_min: u16) -> Timetable {
    Timetable(Weekday::ALL.map(|day| WeeklySpan { day, from_min, until_min }).to_vec())
}

impl Homes<'_, '_> {
    /// Rows of houses from west to east, doors to the north. Returns where paths cross the way in, from the south.
    fn rows(&mut self, inner: Rect) -> Vec<f64> {
        let Style { depth_m, court_m, .. } = self.style;
        // The northernmost row has its doors and their path within the wall, too.
        let height = inner.height() - BEFORE_DOORS_M - 1.5;
        let rows = ((height - depth_m) / (depth_m + court_m)).max(0.0) as usize + 1;
        let pitch = if rows > 1 { (height - depth_m) / (rows - 1) as f64 } else { 0.0 };
        let x = self.yard.lot.spine_x();
        let mut stops = Vec::new();
        // Houses are numbered from the north.
        for row in (0..rows).rev() {
            let south = inner.south + pitch * row as f64;
            for (west, east) in [(inner.west, x - BESIDE_WAY_M), (x + BESIDE_WAY_M, inner.east)] {
                self.row(west, east, south, Side::North);
            }
            let path = south + depth_m + BEFORE_DOORS_M;
            self.yard.cross_path(inner.west + 3.0, inner.east - 3.0, path);
            stops.insert(0, path);
        }
        stops
    }

    /// Houses around a courtyard, doors inward, and a low one in its middle. Returns where paths cross the way in, from the south.
    fn around(&mut self, inner: Rect) -> Vec<f64> {
        let depth_m = self.style.depth_m;
        let x = self.yard.lot.spine_x();
        let (north_row, south_row) = (inner.north - depth_m, inner.south);
        for (south, face) in [(north_row, Side::South), (south_row, Side::North)] {
            for (west, east) in [(inner.west, x - BESIDE_WAY_M), (x + BESIDE_WAY_M, inner.east)] {
                self.row(west, east, south, face);
            }
        }
        let (low, high) = (south_row + depth_m + 9.0, north_row - 9.0);
        for (west, face) in [(inner.west, Side::East), (inner.east - depth_m, Side::West)] {
            let units = ((high - low) / self.style.unit_m).max(0.0) as usize;
            if units > 0 {
                let middle = f64::midpoint(low, high);
                let half = units as f64 * self.style.unit_m / 2.0;
                let rect = Rect { west, east: west + depth_m, south: middle - half, north: middle + half };
                self.house(rect, face, units);
            }
        }
        let (south, north) = (south_row + depth_m + BEFORE_DOORS_M, north_row - BEFORE_DOORS_M);
        let (west, east) = (inner.west + depth_m + BEFORE_DOORS_M, inner.east - depth_m - BEFORE_DOORS_M);
        if north - south > 32.0 && east - x > 32.0 {
            let middle = f64::midpoint(south, north);
            let rect = Rect { west: x + 9.0, east: x + 23.0, south: middle - 5.0, north: middle + 5.0 };
            self.hall(rect);
        }
        for y in [south, north] {
            self.yard.foot(StreetKind::Footway, &[(west, y), (x, y), (east, y)]);
        }
        for side in [west, east] {
            self.yard.foot(StreetKind::Footway, &[(side, south), (side, north)]);
        }
        vec![south, north]
    }

    /// Houses one beside the other between two points of a row.
    fn row(&mut self, west: f64, east: f64, south: f64, face: Side) {
        let Style { depth_m, unit_m, units: (fewest, most), gap_m, .. } = self.style;
        let mut plan = Vec::new();
        let mut left = east - west;
        while left >= fewest as f64 * unit_m {
            let fit = ((left / unit_m) as usize).min(most);
            let units = fewest + self.yard.dice.below(fit - fewest + 1);
            plan.push(units);
            left -= units as f64 * unit_m + gap_m;
        }
        // What is left over is shared out before, between and behind the houses.
        let slack = (left + gap_m).max(0.0) / (plan.len() + 1) as f64;
        let mut at = west + slack * self.yard.dice.real(0.2, 1.0);
        for units in plan {
            let width = units as f64 * unit_m;
            let rect = Rect { west: at, east: at + width, south, north: south + depth_m };
            at += width + gap_m + slack * 0.9;
            // A house fewer here and there makes a garden.
            if !self.yard.dice.chance(5) {
                self.house(rect, face, units);
            }
        }
    }

    fn house(&mut self, rect: Rect, face: Side, units: usize) {
        let Style { homes, .. } = self.style;
        let storeys = self.storeys + self.yard.dice.pick(&[0, 0, 0, 1]);
        let stairwells = units as u32;
        self.last_number += 1;
        self.yard.build(House {
            rect,
            face,
            doors: units,
            storeys,
            households: Some((stairwells * u32::from(storeys) * homes).max(stairwells)),
            name: format!("{}号楼", self.last_number),
            address: self.address.clone(),
            stairwells: true,
        });
    }

    fn hall(&mut self, rect: Rect) {
        let name = self.yard.dice.pick(&["居民活动室", "锅炉房", "自行车棚", "物业用房"]).to_owned();
        let (face, address) = (Side::West, self.address.clone());
        let house =
            House { rect, face, doors: 1, storeys: 1, households: None, name, address, stairwells: false };
        self.yard.build(house);
    }
}
