//! Between fields no streets are needed: which edges of the lattice stay empty.

use super::{
    lattice::{Cell, Corner, Lattice},
    zoning::Zone,
};
use crate::model::road::StreetKind;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// An edge by its western or southern corner; `true`: it runs east.
type Edge = (Corner, bool);

/// Leaves out the small streets between fields, but those without which some street could not be reached.
pub(super) fn leave_out(lattice: &mut Lattice, zones: &BTreeMap<Cell, Zone>) {
    let (kept, free) = edges(lattice, zones);
    let needed = connecting(&kept, &free);
    let left: Vec<Edge> = free.into_iter().filter(|edge| !needed.contains(edge)).collect();
    let of = |east: bool| left.iter().filter(|(_, its)| *its == east).map(|(corner, _)| *corner).collect();
    lattice.leave_out(of(true), of(false));
}

/// The edges that must be streets, and those that need not.
fn edges(lattice: &Lattice, zones: &BTreeMap<Cell, Zone>) -> (BTreeSet<Edge>, BTreeSet<Edge>) {
    let (mut kept, mut free) = (BTreeSet::new(), BTreeSet::new());
    for cell in lattice.cells() {
        let Cell { row, column } = cell;
        let around = [
            ((Corner { row, column }, true), lattice.row_kinds[row]),
            ((Corner { row: row + 1, column }, true), lattice.row_kinds[row + 1]),
            ((Corner { row, column }, false), lattice.column_kinds[column]),
            ((Corner { row, column: column + 1 }, false), lattice.column_kinds[column + 1]),
        ];
        for (edge, kind) in around {
            let small = matches!(kind, StreetKind::Residential | StreetKind::Tertiary);
            if small && zones[&cell] == Zone::Field {
                free.insert(edge);
            } else {
                kept.insert(edge);
            }
        }
    }
    free.retain(|edge| !kept.contains(edge));
    (kept, free)
}

fn ends((from, east): Edge) -> [Corner; 2] {
    let Corner { row, column } = from;
    let to = if east { Corner { row, column: column + 1 } } else { Corner { row: row + 1, column } };
    [from, to]
}

/// The free edges by which everything that is kept hangs together: from the first piece the shortest way to the next one, and so on.
fn connecting(kept: &BTreeSet<Edge>, free: &BTreeSet<Edge>) -> BTreeSet<Edge> {
    let mut at: BTreeMap<Corner, Vec<(Corner, Edge, bool)>> = BTreeMap::new();
    for (edges, is_kept) in [(kept, true), (free, false)] {
        for edge in edges {
            let [from, to] = ends(*edge);
            at.entry(from).or_default().push((to, *edge, is_kept));
            at.entry(to).or_default().push((from, *edge, is_kept));
        }
    }
    let on_street: BTreeSet<Corner> = kept.iter().flat_map(|edge| ends(*edge)).collect();
    let mut needed = BTreeSet::new();
    let Some(first) = on_street.first().copied() else { return needed };
    let mut joined = BTreeSet::from([first]);
    let mut came: BTreeMap<Corner, (Corner, Edge)> = BTreeMap::new();
    // Along kept edges at once, along free ones after all that is nearer.
    let mut open = VecDeque::from([first]);
    while let Some(corner) = open.pop_front() {
        for (next, edge, is_kept) in &at[&corner] {
            if *is_kept && joined.contains(&corner) && joined.insert(*next) {
                open.push_front(*next);
            } else if !joined.contains(next) && !came.contains_key(next) {
                came.insert(*next, (corner, *edge));
                if on_street.contains(next) {
                    let mut back = *next;
                    while !joined.contains(&back) {
                        joined.insert(back);
                        let (before, edge) = came[&back];
                        needed.insert(edge);
                        back = before;
                    }
                    open.push_front(*next);
                } else {
                    open.push_back(*next);
                }
            }
        }
    }
    needed
}
