//! Who answers for which block: the district cut into sub-districts, communities and grids.
//!
//! Areas are sets of cells. Each is cut from the one above ([`super::parts`]), or grown around its seat; its outline is
//! walked around its cells from corner to corner, by every corner and every middle of an edge, so that neighbours and parents name the
//! same places.

use super::{
    growth::{Seed, grow},
    lattice::{Cell, Corner, Lattice},
    names,
    parts::{pieces, shares},
    tiexi,
};
use crate::model::{
    area::{Area, AreaVersion, Level},
    code::{AreaCode, CodeScheme},
    id::AreaId,
    place::Place,
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

/// The areas of the town, the widest first; they are numbered in this order.
pub(super) struct Tracts {
    pub(super) all: Vec<Tract>,
    community_of: BTreeMap<Cell, usize>,
}

impl Tracts {
    /// Cuts the town up. There must be no more grids than cells, and no more areas of a level than of the next.
    pub(super) fn cut(lattice: &Lattice, counts: Counts) -> Self {
        let (district, district_code) = names::district(0);
        let whole = Tract {
            level: Level::District,
            parent: None,
            code: code(district_code),
            name: district,
            cells: lattice.cells().collect(),
        };
        let mut all = vec![whole];
        let streets = cut_each(lattice, &mut all, Level::Street, counts.streets);
        let communities = cut_each(lattice, &mut all, Level::Community, counts.communities);
        cut_each(lattice, &mut all, Level::Grid, counts.grids);
        debug_assert_eq!((streets, communities), (counts.streets, counts.communities));
        Self::of_all(all)
    }

    /// The areas of the district: sub-districts grown around their seats, their communities by code, and so many grids.
    /// The `nth` of several districts has other codes and another name.
    pub(super) fn of_district(lattice: &Lattice, grids: usize, nth: usize) -> Self {
        let (district, district_code) = names::district(nth);
        let cells: BTreeSet<Cell> = lattice.cells().collect();
        let all_cells = cells.iter().copied().collect();
        let mut all = vec![Tract {
            level: Level::District,
            parent: None,
            code: code(district_code.clone()),
            name: district,
            cells: all_cells,
        }];
        for (sub_district, cells) in tiexi::SUB_DISTRICTS.iter().zip(around_seats(lattice, &cells)) {
            let code = code(format!("{district_code}{}", sub_district.digits));
            let (level, name) = (Level::Street, sub_district.name.to_owned());
            all.push(Tract { level, parent: Some(0), code, name, cells: cells.into_iter().collect() });
        }
        let mut weights = Vec::new();
        for (at, sub_district) in (1..).zip(&tiexi::SUB_DISTRICTS) {
            let known: Vec<_> = tiexi::communities(sub_district).collect();
            let pieces = pieces(lattice, &all[at].cells, known.len());
            for ((digits, name), cells) in known.into_iter().zip(pieces) {
                // Where there are fields, a grid takes more ground.
                weights.push(if sub_district.is_urban() { cells.len() * 10 } else { cells.len() * 6 });
                let code = code(format!("{}{digits}", all[at].code.text()));
                all.push(Tract {
                    level: Level::Community,
                    parent: Some(at),
                    code,
                    name: name.to_owned(),
                    cells,
                });
            }
        }
        let first = 1 + tiexi::SUB_DISTRICTS.len();
        let sizes: Vec<usize> = all[first..].iter().map(|community| community.cells.len()).collect();
        for (at, share) in (first..).zip(shares(&weights, &sizes, grids)) {
            for (nth, cells) in pieces(lattice, &all[at].cells, share).into_iter().enumerate() {
                push_grid(&mut all, at, nth, cells);
            }
        }
        Self::of_all(all)
    }

    fn of_all(all: Vec<Tract>) -> Self {
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

    /// The areas, numbered after `before` others, valid from an instant on, with the households of their cells.
    pub(super) fn areas(
        &self,
        lattice: &Lattice,
        households: &BTreeMap<Cell, u32>,
        before: u64,
        at: Timestamp,
    ) -> Vec<Area> {
        let number = |index: usize| AreaId::new(before + index as u64 + 1).expect("counted from one");
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

/// The cells of each sub-district of the district, in their order.
fn around_seats(lattice: &Lattice, cells: &BTreeSet<Cell>) -> Vec<BTreeSet<Cell>> {
    let seats = tiexi::SUB_DISTRICTS.each_ref().map(tiexi::SubDistrict::seat);
    let far = |cell: Cell, part: usize| (lattice.centre(cell).distance(seats[part]) * 100.0) as u64;
    let nearest = |part: usize| cells.iter().copied().min_by_key(|cell| far(*cell, part));
    let seed =
        |(part, its): (usize, &tiexi::SubDistrict)| Some(Seed { cell: nearest(part)?, weight: its.weight });
    let seeds: Vec<Seed> = tiexi::SUB_DISTRICTS.iter().enumerate().filter_map(seed).collect();
    grow(cells, &seeds, far)
}

fn code(text: String) -> AreaCode {
    AreaCode::new(CodeScheme::Statistics, text).expect("written with 6, 9 or 12 digits")
}

/// Cuts every tract of the level above into its share of `count`, and names and numbers the pieces. Returns how many they are.
fn cut_each(lattice: &Lattice, all: &mut Vec<Tract>, level: Level, count: usize) -> usize {
    let above: Vec<usize> = (0..all.len()).filter(|index| Some(all[*index].level) == level.above()).collect();
    let sizes: Vec<usize> = above.iter().map(|index| all[*index].cells.len()).collect();
    let before = all.len();
    for (parent, share) in above.into_iter().zip(shares(&sizes, &sizes, count)) {
        let pieces = pieces(lattice, &all[parent].cells, share);
        let mut sequence = 0;
        for (nth, cells) in pieces.into_iter().enumerate() {
            let (name, digits) = match level {
                Level::Street => names::sub_district(nth),
                Level::Community => {
                    names::community(&all[parent].name, nth, all.len() - before, &mut sequence)
                }
                _ => {
                    push_grid(all, parent, nth, cells);
                    continue;
                }
            };
            let code = code(format!("{}{digits}", all[parent].code.text()));
            all.push(Tract { level, parent: Some(parent), code, name, cells });
        }
    }
    all.len() - before
}

/// The `nth` grid of a community, from 0 on.
fn push_grid(all: &mut Vec<Tract>, parent: usize, nth: usize, cells: Vec<Cell>) {
    let code = all[parent].code.grid(nth as u16 + 1).expect("a community has under a thousand grids");
    let name = format!("第{:03}网格", nth + 1);
    all.push(Tract { level: Level::Grid, parent: Some(parent), code, name, cells });
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
        places.push(lattice.place(lattice.corner(at)));
        places.push(lattice.place(lattice.middle(at, to)));
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
