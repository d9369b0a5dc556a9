//! What a town is built on: its lattice, who answers for which block, what each block is for, what its streets are called.

use super::{
    areas::{Counts, Tracts},
    fields,
    lattice::{Cell, Corner, Lattice},
    names::{self, StreetNames},
    tiexi,
    zoning::{self, Zone},
};
use crate::model::road::StreetKind;
use std::collections::BTreeMap;

/// The plan of one district.
pub(super) struct Layout {
    pub(super) lattice: Lattice,
    pub(super) tracts: Tracts,
    pub(super) zones: BTreeMap<Cell, Zone>,
    pub(super) names: StreetNames,
    /// The block in which the compound of the metal works lies.
    pub(super) metal_yard: Option<Cell>,
    /// How many stations there shall be.
    pub(super) stations: usize,
}

/// A district in the figures of Tiexi: sub-districts, communities, grids, stations.
const FIGURES: [f64; 4] = [15.0, 248.0, 2_441.0, 261.0];
/// However small a town is, it has as many as these.
const FEWEST: [usize; 4] = [2, 3, 12, 3];
/// How far the next district lies to the east, units of 1e-7°: the district is 0.51° wide.
const NEXT_E7: i32 = 5_500_000;

impl Layout {
    /// A small town, cut out of one sheet: so large a share of the district.
    pub(super) fn town(seed: u64, scale: f64) -> Self {
        let count = |of: usize| ((FIGURES[of] * scale).round() as usize).max(FEWEST[of]);
        let counts = Counts { streets: count(0), communities: count(1), grids: count(2) };
        let lattice = Lattice::new(seed, counts.grids);
        let tracts = Tracts::cut(&lattice, counts);
        let metal_yard = metal_yard(&lattice, &tracts);
        let zones = zoning::zones(&lattice, seed, metal_yard);
        let names = street_names(&lattice);
        Self { lattice, tracts, zones, names, metal_yard, stations: count(3) }
    }

    /// The whole district with its own outline, sub-districts, communities and named streets; the `nth` of several from west to east,
    /// the first of which lies where Tiexi does.
    pub(super) fn district(seed: u64, nth: usize) -> Self {
        let tiexi::Plan { mut lattice, row_names, column_names } = tiexi::plan(seed.wrapping_add(nth as u64));
        lattice.shift(NEXT_E7 * nth as i32);
        let tracts = Tracts::of_district(&lattice, FIGURES[2] as usize, nth);
        let metal_yard = metal_yard(&lattice, &tracts);
        let zones = zoning::of_district(&lattice, seed.wrapping_add(nth as u64), metal_yard, &tracts);
        fields::leave_out(&mut lattice, &zones);
        let names = names_of_stretches(&lattice, &row_names, &column_names);
        Self { lattice, tracts, zones, names, metal_yard, stations: FIGURES[3] as usize }
    }
}

/// The largest block of the community in which the metal works built for its people.
fn metal_yard(lattice: &Lattice, tracts: &Tracts) -> Option<Cell> {
    let aixin = tracts.all.iter().find(|tract| tract.name == names::AIXIN)?;
    let square_m = |cell: &Cell| {
        let (wide_m, high_m) = lattice.size_m(*cell);
        (wide_m * high_m) as u64
    };
    aixin.cells.iter().copied().max_by_key(square_m)
}

fn street_names(lattice: &Lattice) -> StreetNames {
    // A small town has few arterials: there, smaller streets have the known names, too.
    let arterials = |kinds: &[StreetKind]| -> Vec<bool> {
        let is_known = |kind: &StreetKind| *kind == StreetKind::Primary;
        let few = kinds.iter().filter(|kind| is_known(kind)).count() < 5;
        kinds.iter().map(|kind| few || is_known(kind)).collect()
    };
    StreetNames::new(&arterials(&lattice.row_kinds), &arterials(&lattice.column_kinds))
}

/// Names for the streets of a district, whose lines are interrupted by fields and by its border.
fn names_of_stretches(
    lattice: &Lattice,
    row_names: &[Option<&'static str>],
    column_names: &[Option<&'static str>],
) -> StreetNames {
    let row = |(row, name): (usize, Option<&'static str>)| {
        (name, stretches(lattice.columns, |column| lattice.runs_east(Corner { row, column })))
    };
    let column = |(column, name): (usize, Option<&'static str>)| {
        (name, stretches(lattice.rows, |row| lattice.runs_north(Corner { row, column })))
    };
    let rows: Vec<_> = row_names.iter().copied().enumerate().map(row).collect();
    let columns: Vec<_> = column_names.iter().copied().enumerate().map(column).collect();
    StreetNames::of_stretches(&rows, &columns)
}

/// The edges of a line that hang together, as first and last.
fn stretches(edges: usize, runs: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for edge in (0..edges).filter(|edge| runs(*edge)) {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == edge => *last = edge,
            _ => stretches.push((edge, edge)),
        }
    }
    stretches
}
