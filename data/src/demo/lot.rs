//! The ground between four streets on which one block is built: its own metres, its gates, its addresses.

use super::{
    ground::{Rect, Spot},
    lattice::{Cell, Corner, Lattice, half_width_m},
    names::StreetNames,
};
use crate::model::{place::Place, road::StreetKind};

/// A side of a lot or of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    South,
    East,
    North,
    West,
}

/// The pavement between a street and a lot, metres.
const PAVEMENT_M: f64 = 3.0;
/// How far from the middle of a lot the way through it may run, metres.
const OFF_MIDDLE_M: f64 = 7.0;
/// Houses are numbered by the metre: one number on each side for so many metres of street.
const METRES_PER_NUMBER: f64 = 6.0;

/// The largest ground of one block that is built on, metres: around it lie fields.
const BUILT_ON_M: (f64, f64) = (310.0, 230.0);

/// The ground of one block, in metres along its own streets from its middle.
pub(super) struct Lot<'a> {
    lattice: &'a Lattice,
    names: &'a StreetNames,
    cell: Cell,
    origin: Spot,
    /// The direction of the lot's x, of length 1.
    along: (f64, f64),
    /// What can be built on: the largest upright rectangle clear of the streets.
    pub(super) ground: Rect,
    /// Where a path leaves the street on the south and on the north, on the lot's own metres.
    gates: [(f64, f64); 2],
    gate_places: [Place; 2],
}

/// The part of a wide lot that is built on: around the way through it, along the southern street.
fn built_on(ground: Rect, way_x: f64) -> Rect {
    let (wide_m, high_m) = BUILT_ON_M;
    let mut built_on = ground;
    if ground.width() > wide_m {
        let west = (way_x - wide_m / 2.0).clamp(ground.west, ground.east - wide_m);
        (built_on.west, built_on.east) = (west, west + wide_m);
    }
    built_on.north = built_on.north.min(ground.south + high_m);
    built_on
}

impl<'a> Lot<'a> {
    /// The lot of a cell.
    pub(super) fn new(lattice: &'a Lattice, names: &'a StreetNames, cell: Cell) -> Self {
        let Cell { row, column } = cell;
        let corner = |row, column| Corner { row, column };
        let [sw, se] = [corner(row, column), corner(row, column + 1)];
        let [nw, ne] = [corner(row + 1, column), corner(row + 1, column + 1)];
        let spots = [sw, se, ne, nw].map(|at| lattice.corner(at));
        let origin = Spot {
            x: spots.iter().map(|spot| spot.x).sum::<f64>() / 4.0,
            y: spots.iter().map(|spot| spot.y).sum::<f64>() / 4.0,
        };
        let (west, east) = (spots[0].toward(spots[3], 0.5), spots[1].toward(spots[2], 0.5));
        let (dx, dy) = (east.x - west.x, east.y - west.y);
        let length = (dx * dx + dy * dy).sqrt();
        let along = (dx / length, dy / length);
        let local = |spot: Spot| {
            let (x, y) = (spot.x - origin.x, spot.y - origin.y);
            (x * along.0 + y * along.1, y * along.0 - x * along.1)
        };
        let [south, north, west, east] =
            [(sw, se), (nw, ne), (sw, nw), (se, ne)].map(|(one, other)| lattice.middle(one, other));
        let clear = |kind: StreetKind| half_width_m(kind) + PAVEMENT_M;
        let [sw, se, ne, nw] = spots.map(local);
        // The outermost point of each side bounds the rectangle, so that no bend of a street cuts into it.
        let ground = Rect {
            west: sw.0.max(nw.0).max(local(west).0) + clear(lattice.column_kinds[column]),
            south: sw.1.max(se.1).max(local(south).1) + clear(lattice.row_kinds[row]),
            east: se.0.min(ne.0).min(local(east).0) - clear(lattice.column_kinds[column + 1]),
            north: nw.1.min(ne.1).min(local(north).1) - clear(lattice.row_kinds[row + 1]),
        };
        let ground = built_on(ground, f64::midpoint(local(south).0, local(north).0));
        let (gates, gate_places) =
            ([local(south), local(north)], [lattice.place(south), lattice.place(north)]);
        Self { lattice, names, cell, origin, along, ground, gates, gate_places }
    }

    /// Whether there is room for anything at all.
    pub(super) fn is_of_use(&self) -> bool {
        self.ground.width() > 70.0 && self.ground.height() > 62.0
    }

    /// The place of a point of the lot.
    pub(super) fn place(&self, x: f64, y: f64) -> Place {
        self.lattice.place(self.spot(x, y))
    }

    fn spot(&self, x: f64, y: f64) -> Spot {
        let (cosine, sine) = self.along;
        Spot { x: self.origin.x + x * cosine - y * sine, y: self.origin.y + x * sine + y * cosine }
    }

    /// Where a path leaves the street on a side: along the lot, metres, and as the place that the street has there.
    pub(super) const fn gate(&self, side: Side) -> (f64, Place) {
        let which = matches!(side, Side::North) as usize;
        (self.gates[which].0, self.gate_places[which])
    }

    /// Where the way through the lot runs, metres along it: between its two gates, but not far from the middle of what can be built on.
    pub(super) fn spine_x(&self) -> f64 {
        let middle = f64::midpoint(self.ground.west, self.ground.east);
        f64::midpoint(self.gates[0].0, self.gates[1].0).clamp(middle - OFF_MIDDLE_M, middle + OFF_MIDDLE_M)
    }

    /// How weighty the street on a side is.
    pub(super) fn street(&self, side: Side) -> StreetKind {
        let Cell { row, column } = self.cell;
        match side {
            Side::South => self.lattice.row_kinds[row],
            Side::North => self.lattice.row_kinds[row + 1],
            Side::West => self.lattice.column_kinds[column],
            Side::East => self.lattice.column_kinds[column + 1],
        }
    }

    /// Street and number of what lies at a point and faces a side. Numbers grow eastward and southward, odd on one side of the street
    /// and even on the other.
    pub(super) fn address(&self, side: Side, x: f64, y: f64) -> String {
        let Cell { row, column } = self.cell;
        let spot = self.spot(x, y);
        let first = |row: usize, column: usize| self.lattice.corner(Corner { row, column });
        let (name, along_m, odd) = match side {
            Side::South => (self.names.east(row, column), spot.x - first(row, 0).x, true),
            Side::North => (self.names.east(row + 1, column), spot.x - first(row + 1, 0).x, false),
            Side::West => (self.names.north(row, column), first(self.lattice.rows, column).y - spot.y, true),
            Side::East => {
                (self.names.north(row, column + 1), first(self.lattice.rows, column + 1).y - spot.y, false)
            }
        };
        let number = (along_m.max(0.0) / METRES_PER_NUMBER) as u32 * 2 + if odd { 1 } else { 2 };
        format!("{name}{number}号")
    }
}
