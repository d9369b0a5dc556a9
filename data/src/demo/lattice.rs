//! Where the streets run: a lattice of lines whose corners and middles every street, block and border shares.
//!
//! Each corner and each middle of an edge is reckoned once. Whatever is made of the lattice (a street, the outline of a grid, of its
//! community, of its sub-district) names the same whole numbers, so that borders meet exactly.

use super::{
    dice::{Dice, Purpose, field},
    ground::Spot,
};
use crate::model::{place::Place, road::StreetKind};
use std::collections::BTreeSet;

/// A block between four streets; columns count from the west, rows from the south.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// Where two lines cross; the south-western corner of a cell has the cell's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Corner {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// The lines of the town.
pub(super) struct Lattice {
    /// How many cells from west to east.
    pub(super) columns: usize,
    /// How many cells from south to north.
    pub(super) rows: usize,
    /// How weighty each line is that runs north, from the west.
    pub(super) column_kinds: Vec<StreetKind>,
    /// How weighty each line is that runs east, from the south.
    pub(super) row_kinds: Vec<StreetKind>,
    kept: Vec<bool>,
    /// Corners from which no street runs eastward, and northward.
    left_out: [BTreeSet<Corner>; 2],
    /// How far east of the plan it lies, units of 1e-7°.
    shift_e7: i32,
    corners: Vec<Spot>,
    middles_east: Vec<Spot>,
    middles_north: Vec<Spot>,
}

/// Lines as they were laid: what they are, which cells between them are in the town, and where they cross, row by row from the south-west.
pub(super) struct Lines {
    pub(super) column_kinds: Vec<StreetKind>,
    pub(super) row_kinds: Vec<StreetKind>,
    pub(super) kept: Vec<bool>,
    pub(super) corners: Vec<Spot>,
}

/// Cells for one grid: some grids hold two blocks, and the corners of the town are cut off.
const CELLS_PER_GRID: f64 = 1.2;
/// The usual distance between lines that run north, and that run east, metres.
const PITCH_M: (f64, f64) = (182.0, 142.0);
/// The depth of the cut at each corner of the town, as a share of its width in cells.
const CUT_SHARE: f64 = 0.2;
/// How far lines swing out, metres, and over how many cells.
const BEND: (f64, f64) = (38.0, 7.0);
/// How far a corner lies from where a ruler would put it, metres.
const JITTER_M: f64 = 2.5;

impl Lattice {
    /// The lattice of a town that has room for so many grids.
    pub(super) fn new(seed: u64, grids: usize) -> Self {
        let wanted = grids as f64 * CELLS_PER_GRID;
        let columns = (wanted.sqrt().ceil() as usize).max(5);
        let rows = ((wanted / columns as f64).ceil() as usize).max(5);
        let column_kinds = kinds(&mut Dice::new(seed, Purpose::Columns, 0), columns + 1);
        let row_kinds = kinds(&mut Dice::new(seed, Purpose::Rows, 0), rows + 1);
        let xs = positions(&mut Dice::new(seed, Purpose::Columns, 1), PITCH_M.0, &column_kinds);
        let ys = positions(&mut Dice::new(seed, Purpose::Rows, 1), PITCH_M.1, &row_kinds);
        let corners = bent(seed, &xs, &ys);
        Self::laid(seed, Lines { column_kinds, row_kinds, kept: kept(seed, columns, rows), corners })
    }

    /// The lattice of lines that were laid elsewhere.
    pub(super) fn laid(seed: u64, lines: Lines) -> Self {
        let Lines { column_kinds, row_kinds, kept, corners } = lines;
        let (columns, rows) = (column_kinds.len() - 1, row_kinds.len() - 1);
        let (middles_east, middles_north) = (Vec::new(), Vec::new());
        let left_out = [BTreeSet::new(), BTreeSet::new()];
        let mut lattice = Self {
            columns,
            rows,
            column_kinds,
            row_kinds,
            kept,
            left_out,
            shift_e7: 0,
            corners,
            middles_east,
            middles_north,
        };
        lattice.middles(seed);
        lattice
    }

    /// The index of a corner; that of a cell is the one of its south-western corner.
    pub(super) const fn index(&self, row: usize, column: usize) -> usize {
        row * (self.columns + 1) + column
    }
    /// Whether there is a cell of the town here; rows and columns may lie outside.
    pub(super) fn has(&self, row: Option<usize>, column: Option<usize>) -> bool {
        match (row, column) {
            (Some(row), Some(column)) if row < self.rows && column < self.columns => {
                self.kept[row * self.columns + column]
            }
            _ => false,
        }
    }
    /// All cells of the town, from the south-west, row by row.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        let all = (0..self.rows).flat_map(|row| (0..self.columns).map(move |column| Cell { row, column }));
        all.filter(|cell| self.has(Some(cell.row), Some(cell.column)))
    }
    /// Lays all of it so far east of the plan, units of 1e-7°.
    pub(super) fn shift(&mut self, east_e7: i32) {
        self.shift_e7 = east_e7;
    }
    /// The place on the Earth of a spot.
    pub(super) fn place(&self, spot: Spot) -> Place {
        spot.place(self.shift_e7)
    }
    /// The spot of a corner.
    pub(super) fn corner(&self, at: Corner) -> Spot {
        self.corners[self.index(at.row, at.column)]
    }
    /// The spot about halfway between two neighbouring corners, where gates are.
    pub(super) fn middle(&self, one: Corner, other: Corner) -> Spot {
        let first = one.min(other);
        let index = self.index(first.row, first.column);
        if one.row == other.row { self.middles_east[index] } else { self.middles_north[index] }
    }
    /// Whether a street runs from a corner to the next one eastward: one of the cells beside it is in the town.
    pub(super) fn runs_east(&self, from: Corner) -> bool {
        let column = Some(from.column);
        !self.left_out[0].contains(&from)
            && (self.has(Some(from.row), column) || self.has(from.row.checked_sub(1), column))
    }
    /// Lays no street along these edges: from corners eastward, and northward.
    pub(super) fn leave_out(&mut self, eastward: BTreeSet<Corner>, northward: BTreeSet<Corner>) {
        self.left_out = [eastward, northward];
    }
    /// Whether a street runs from a corner to the next one northward.
    pub(super) fn runs_north(&self, from: Corner) -> bool {
        let row = Some(from.row);
        !self.left_out[1].contains(&from)
            && (self.has(row, Some(from.column)) || self.has(row, from.column.checked_sub(1)))
    }

    /// The middle of a cell.
    pub(super) fn centre(&self, cell: Cell) -> Spot {
        let Cell { row, column } = cell;
        let corner = |row, column| self.corner(Corner { row, column });
        let (south, north) = (corner(row, column), corner(row + 1, column + 1));
        south.toward(north, 0.5).toward(corner(row, column + 1).toward(corner(row + 1, column), 0.5), 0.5)
    }
    /// How wide and how high a cell is, metres along its southern and its western side.
    pub(super) fn size_m(&self, cell: Cell) -> (f64, f64) {
        let Cell { row, column } = cell;
        let from = self.corner(Corner { row, column });
        let to = |row, column| from.distance(self.corner(Corner { row, column }));
        (to(row, column + 1), to(row + 1, column))
    }

    fn middles(&mut self, seed: u64) {
        for index in 0..self.corners.len() {
            let mut dice = Dice::new(seed, Purpose::Corners, (1 << 40) | index as u64);
            let here = self.corners[index];
            let mut between = |next: usize| {
                let there = self.corners.get(next).copied().unwrap_or(here);
                let middle = here.toward(there, dice.real(0.44, 0.56));
                Spot { x: middle.x + dice.real(-1.2, 1.2), y: middle.y + dice.real(-1.2, 1.2) }
            };
            let (east, north) = (between(index + 1), between(index + self.columns + 1));
            self.middles_east.push(east);
            self.middles_north.push(north);
        }
    }
}

/// Half the ground that a street of this kind takes, metres.
pub(super) const fn half_width_m(kind: StreetKind) -> f64 {
    match kind {
        StreetKind::Primary => 17.0,
        StreetKind::Secondary => 12.0,
        StreetKind::Tertiary => 9.0,
        _ => 7.0,
    }
}

/// How weighty each of some parallel lines is: an arterial in the middle and at every fourth or fifth, a secondary street between two.
fn kinds(dice: &mut Dice, lines: usize) -> Vec<StreetKind> {
    let mut kinds: Vec<_> = (0..lines)
        .map(|_| if dice.chance(30) { StreetKind::Tertiary } else { StreetKind::Residential })
        .collect();
    (kinds[0], kinds[lines - 1]) = (StreetKind::Tertiary, StreetKind::Tertiary);
    let mut arterials = vec![lines / 2];
    let mut at = lines / 2;
    // The edge of the town is no arterial.
    while let Some(next) = at.checked_sub(4 + dice.below(2)).filter(|next| *next > 1) {
        arterials.insert(0, next);
        at = next;
    }
    at = lines / 2 + 4 + dice.below(2);
    while at + 2 < lines {
        arterials.push(at);
        at += 4 + dice.below(2);
    }
    for at in &arterials {
        kinds[*at] = StreetKind::Primary;
    }
    arterials.insert(0, 0);
    arterials.push(lines - 1);
    for pair in arterials.windows(2).filter(|pair| pair[1] - pair[0] > 2) {
        kinds[usize::midpoint(pair[0], pair[1])] = StreetKind::Secondary;
    }
    kinds
}

/// Where parallel lines lie, metres from the one in the middle of them: wide streets take more ground.
fn positions(dice: &mut Dice, pitch_m: f64, kinds: &[StreetKind]) -> Vec<f64> {
    let mut at = vec![0.0];
    for pair in kinds.windows(2) {
        let streets_m =
            half_width_m(pair[0]) + half_width_m(pair[1]) - 2.0 * half_width_m(StreetKind::Residential);
        let last = at[at.len() - 1];
        at.push(last + pitch_m * dice.real(0.78, 1.22) + streets_m);
    }
    let middle = at[at.len() - 1] / 2.0;
    at.into_iter().map(|position| position - middle).collect()
}

/// The corners, off the ruler: whole streets swing, and each corner has a mind of its own.
fn bent(seed: u64, xs: &[f64], ys: &[f64]) -> Vec<Spot> {
    let mut corners = Vec::with_capacity(xs.len() * ys.len());
    for (row, y) in ys.iter().enumerate() {
        for (column, x) in xs.iter().enumerate() {
            let (amplitude_m, cells) = BEND;
            let (u, v) = (column as f64 / cells, row as f64 / cells);
            let mut dice = Dice::new(seed, Purpose::Corners, corners.len() as u64);
            corners.push(Spot {
                x: x + amplitude_m * field(seed, Purpose::BendEast, u, v) + dice.real(-JITTER_M, JITTER_M),
                y: y + amplitude_m * field(seed, Purpose::BendNorth, u, v) + dice.real(-JITTER_M, JITTER_M),
            });
        }
    }
    corners
}

/// Which cells are in the town: all but a flight of stairs at each corner. Each row and each column stays in one piece.
fn kept(seed: u64, columns: usize, rows: usize) -> Vec<bool> {
    let mut kept = vec![true; columns * rows];
    let depth = (columns.min(rows) as f64 * CUT_SHARE) as usize;
    for quarter in 0..4 {
        let mut dice = Dice::new(seed, Purpose::Outline, quarter);
        let mut height = depth;
        for step in 0..depth {
            height = height.min(depth - step).saturating_sub(dice.below(2));
            for level in 0..height {
                let column = if quarter % 2 == 0 { step } else { columns - 1 - step };
                let row = if quarter < 2 { level } else { rows - 1 - level };
                kept[row * columns + column] = false;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_the_grids_at_every_size() {
        for grids in (12..400).chain([2_441, 24_410]) {
            for seed in 0..3 {
                let cells = Lattice::new(seed, grids).cells().count();
                assert!(cells >= grids && cells <= grids * 3 / 2 + 20, "{cells} cells for {grids} grids");
            }
        }
    }

    #[test]
    fn each_row_of_the_town_is_in_one_piece() {
        let lattice = Lattice::new(1, 600);
        for row in 0..lattice.rows {
            let inside: Vec<_> =
                (0..lattice.columns).map(|column| lattice.has(Some(row), Some(column))).collect();
            let changes = inside.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert!(changes <= 2 && inside[lattice.columns / 2], "row {row}");
        }
    }
}
