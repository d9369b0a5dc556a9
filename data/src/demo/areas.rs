//! Who answers for which block: the district cut into sub-districts, communities and grids.
//!
//! Areas are sets of cells. Each is cut from the one above by straight cuts along lines of the lattice, arterials first; its outline is
//! walked around its cells from corner to corner, by every corner and every middle of an edge, so that neighbours and parents name the
//! same places.

use super::{
    lattice::{Cell, Corner, Lattice},
    names,
};
use crate::model::{
    area::{Area, AreaVersion, Level},
    code::{AreaCode, CodeScheme},
    id::AreaId,
    place::Place,
    road::StreetKind,
    shape::{Outline, Polygon, Ring},
    time::{Span, Timestamp},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many areas of each level there shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) streets: usize,
    pub(super) communities: usize,
    pub(super) grids: usize,
}

/// An area as it is planned.
pub(super) struct Tract {
    pub(super) level: Level,
    /// The index of the tract above.
    pub(super) parent: Option<usize>,
    pub(super) code: AreaCode,
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
}

/// The areas of the town, the widest first; the index of a tract is one less than its id.
pub(super) struct Tracts {
    pub(super) all: Vec<Tract>,
    community_of: BTreeMap<Cell, usize>,
}

/// The statistical code of the district.
const DISTRICT_CODE: &str = "210106";

impl Tracts {
    /// Cuts the town up. There must be no more grids than cells, and no more areas of a level than of the next.
    pub(super) fn cut(lattice: &Lattice, counts: Counts) -> Self {
        let whole = Tract {
            level: Level::District,
            parent: None,
            code: code(DISTRICT_CODE.to_owned()),
            name: names::DISTRICT.to_owned(),
            cells: lattice.cells().collect(),
        };
        let mut all = vec![whole];
        let streets = cut_each(lattice, &mut all, Level::Street, counts.streets);
        let communities = cut_each(lattice, &mut all, Level::Community, counts.communities);
        cut_each(lattice, &mut all, Level::Grid, counts.grids);
        debug_assert_eq!((streets, communities), (counts.streets, counts.communities));
        let mut community_of = BTreeMap::new();
        for (index, tract) in all.iter().enumerate().filter(|(_, tract)| tract.level == Level::Community) {
            community_of.extend(tract.cells.iter().map(|cell| (*cell, index)));
        }
        Self { all, community_of }
    }

    /// The index of the community in which a cell lies.
    pub(super) fn community_of(&self, cell: Cell) -> usize {
        self.community_of[&cell]
    }

    /// The tracts of a level with their index.
    pub(super) fn of(&self, level: Level) -> impl Iterator<Item = (usize, &Tract)> {
        self.all.iter().enumerate().filter(move |(_, tract)| tract.level == level)
    }

    /// The areas, valid from an instant on, with the households of their cells.
    pub(super) fn areas(
        &self,
        lattice: &Lattice,
        households: &BTreeMap<Cell, u32>,
        at: Timestamp,
    ) -> Vec<Area> {
        let number = |index: usize| AreaId::new(index as u64 + 1).expect("counted from one");
        let area = |(index, tract): (usize, &Tract)| Area {
            id: number(index),
            level: tract.level,
            versions: vec![AreaVersion {
                code: tract.code.clone(),
                name: tract.name.clone(),
                parent: tract.parent.map(number),
                outline: outline(lattice, &tract.cells),
                valid: Span::since(at),
                households: Some(tract.cells.iter().filter_map(|cell| households.get(cell)).sum()),
            }],
            lineage: Vec::new(),
        };
        self.all.iter().enumerate().map(area).collect()
    }
}

fn code(text: String) -> AreaCode {
    AreaCode::new(CodeScheme::Statistics, text).expect("written with 6, 9 or 12 digits")
}

/// Cuts every tract of the level above into its share of `count`, and names and numbers the pieces. Returns how many they are.
fn cut_each(lattice: &Lattice, all: &mut Vec<Tract>, level: Level, count: usize) -> usize {
    let above: Vec<usize> = (0..all.len()).filter(|index| Some(all[*index].level) == level.above()).collect();
    let sizes: Vec<usize> = above.iter().map(|index| all[*index].cells.len()).collect();
    let before = all.len();
    for (parent, share) in above.into_iter().zip(shares(&sizes, count)) {
        let mut pieces = Vec::new();
        cut(lattice, all[parent].cells.clone(), share, &mut pieces);
        // As unit grids are numbered: from the west to the east, then from the north to the south.
        pieces.sort_by_key(|cells| {
            let top = cells.iter().map(|cell| cell.row).max();
            (std::cmp::Reverse(top), cells.iter().map(|cell| cell.column).min())
        });
        let mut sequence = 0;
        for (nth, cells) in pieces.into_iter().enumerate() {
            let (name, digits) = match level {
                Level::Street => names::sub_district(nth),
                Level::Community => {
                    names::community(&all[parent].name, nth, all.len() - before, &mut sequence)
                }
                _ => (format!("第{:03}网格", nth + 1), String::new()),
            };
            let code = match level {
                Level::Grid => {
                    all[parent].code.grid(nth as u16 + 1).expect("a community has under a thousand grids")
                }
                _ => code(format!("{}{digits}", all[parent].code.text())),
            };
            all.push(Tract { level, parent: Some(parent), code, name, cells });
        }
    }
    all.len() - before
}

/// Shares `count` out by size, at least one and at most `size` to each; the largest remainders first, ties to the earlier.
fn shares(sizes: &[usize], count: usize) -> Vec<usize> {
    let total: usize = sizes.iter().sum();
    let mut shares: Vec<usize> =
        sizes.iter().map(|size| (count * size / total).clamp(1, (*size).max(1))).collect();
    let mut by_remainder: Vec<usize> = (0..sizes.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(count * sizes[*index] % total));
    for index in by_remainder.into_iter().cycle().take(sizes.len() * (count + 1)) {
        let given: usize = shares.iter().sum();
        if given == count {
            break;
        }
        if given < count && shares[index] < sizes[index] {
            shares[index] += 1;
        } else if given > count && shares[index] > 1 {
            shares[index] -= 1;
        }
    }
    shares
}

/// Cuts cells into `count` pieces of about the same size: across the longer way, at a wide street where one is near.
fn cut(lattice: &Lattice, cells: Vec<Cell>, count: usize, pieces: &mut Vec<Vec<Cell>>) {
    if count <= 1 {
        pieces.push(cells);
        return;
    }
    let (first, last) = (cells[0], cells[cells.len() - 1]);
    let columns = || cells.iter().map(|cell| cell.column);
    let (west, east) = (columns().min().unwrap_or(first.column), columns().max().unwrap_or(last.column));
    let rows = || cells.iter().map(|cell| cell.row);
    let (south, north) = (rows().min().unwrap_or(first.row), rows().max().unwrap_or(last.row));
    // A cell is about a third longer from west to east than from south to north.
    let across = (east - west) > 0 && ((east - west + 1) * 4 >= (north - south + 1) * 3 || north == south);
    let along = |cell: &Cell| if across { cell.column } else { cell.row };
    let (kinds, low, high) =
        if across { (&lattice.column_kinds, west, east) } else { (&lattice.row_kinds, south, north) };
    let wanted = cells.len() * (count / 2) / count;
    let cost = |line: usize| {
        let before = cells.iter().filter(|cell| along(cell) < line).count();
        let slack = match kinds[line] {
            StreetKind::Primary => 0,
            StreetKind::Secondary => 2,
            _ => 6,
        };
        before.abs_diff(wanted) * 100 + slack * cells.len()
    };
    let line = (low + 1..=high).min_by_key(|line| cost(*line)).unwrap_or(high);
    let (one, other): (Vec<Cell>, Vec<Cell>) = cells.iter().partition(|cell| along(cell) < line);
    let share = ((count * one.len() * 2 + cells.len()) / (cells.len() * 2)).clamp(1, count - 1);
    cut(lattice, one, share, pieces);
    cut(lattice, other, count - share, pieces);
}

/// The outline around cells that hang together, counter-clockwise, through every corner and middle on the way.
fn outline(lattice: &Lattice, cells: &[Cell]) -> Outline {
    let corner = |row, column| Corner { row, column };
    let mut steps = BTreeSet::new();
    for &Cell { row, column } in cells {
        let around = [
            corner(row, column),
            corner(row, column + 1),
            corner(row + 1, column + 1),
            corner(row + 1, column),
            corner(row, column),
        ];
        for step in around.windows(2) {
            // An edge that another cell runs through the other way lies inside.
            if !steps.remove(&(step[1], step[0])) {
                steps.insert((step[0], step[1]));
            }
        }
    }
    let next: BTreeMap<Corner, Corner> = steps.into_iter().collect();
    let start = *next.keys().next().expect("an area has a cell");
    let mut places: Vec<Place> = Vec::with_capacity(next.len() * 2 + 1);
    let mut at = start;
    loop {
        let to = next[&at];
        places.push(lattice.corner(at).place());
        places.push(lattice.middle(at, to).place());
        at = to;
        if at == start {
            break;
        }
    }
    places.push(places[0]);
    let ring = Ring::new(places).expect("cells have an area");
    Outline::new(vec![Polygon::new(ring, Vec::new())]).expect("one polygon")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_add_up_and_nobody_gets_none_or_more_than_fits(
            sizes in prop::collection::vec(1_usize..40, 1..20), part in 0.0..=1.0,
        ) {
            let total: usize = sizes.iter().sum();
            let count = sizes.len() + ((total - sizes.len()) as f64 * part) as usize;
            let shares = shares(&sizes, count);
            prop_assert_eq!(shares.iter().sum::<usize>(), count);
            prop_assert!(shares.iter().zip(&sizes).all(|(share, size)| (1..=*size).contains(share)));
        }
    }

    #[test]
    fn grids_are_numbered_from_the_west_and_then_from_the_north() {
        let lattice = Lattice::new(5, 600);
        let tracts = Tracts::cut(&lattice, Counts { streets: 3, communities: 40, grids: 600 });
        for (community, _) in tracts.of(Level::Community) {
            let grids: Vec<&Tract> = tracts
                .of(Level::Grid)
                .map(|(_, grid)| grid)
                .filter(|grid| grid.parent == Some(community))
                .collect();
            let top = |grid: &Tract| grid.cells.iter().map(|cell| cell.row).max();
            let west = |grid: &Tract| grid.cells.iter().map(|cell| cell.column).min();
            for (pair, sequence) in grids.windows(2).zip(1..) {
                assert!(
                    top(pair[0]) > top(pair[1])
                        || (top(pair[0]) == top(pair[1]) && west(pair[0]) < west(pair[1]))
                );
                assert!(pair[0].code.text().ends_with(&format!("{sequence:03}")), "{}", pair[0].code.text());
                assert_eq!(pair[0].name, format!("第{sequence:03}网格"));
            }
        }
    }

    #[test]
    fn the_outline_of_two_cells_goes_around_both() {
        let lattice = Lattice::new(1, 60);
        let (row, column) = (lattice.rows / 2, lattice.columns / 2);
        let both = outline(&lattice, &[Cell { row, column }, Cell { row, column: column + 1 }]);
        // Six corners and six middles, and the first again.
        assert_eq!(both.places().count(), 13);
    }
}
