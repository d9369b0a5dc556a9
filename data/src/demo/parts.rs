//! Cells cut into parts: by straight cuts along lines of the lattice, arterials first.

use super::{
    growth::{Seed, grow, is_sound},
    lattice::{Cell, Lattice},
};
use crate::model::road::StreetKind;
use std::collections::BTreeSet;

/// Shares `count` out by weight, at least one and at most its limit to each; the largest remainders first, ties to the earlier.
pub(super) fn shares(weights: &[usize], limits: &[usize], count: usize) -> Vec<usize> {
    let total: usize = weights.iter().sum();
    let whole = |(weight, limit): (&usize, &usize)| (count * weight / total).clamp(1, (*limit).max(1));
    let mut shares: Vec<usize> = weights.iter().zip(limits).map(whole).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(count * weights[*index] % total));
    for index in by_remainder.into_iter().cycle().take(weights.len() * (count + 1)) {
        let given: usize = shares.iter().sum();
        if given == count {
            break;
        }
        if given < count && shares[index] < limits[index] {
            shares[index] += 1;
        } else if given > count && shares[index] > 1 {
            shares[index] -= 1;
        }
    }
    shares
}

/// Cuts cells, which must be sound, into `count` sound pieces of about the same size, in the order in which unit grids are numbered: from the
/// north to the south, and from the west to the east. There must be no more pieces than cells.
pub(super) fn pieces(lattice: &Lattice, cells: &[Cell], count: usize) -> Vec<Vec<Cell>> {
    let mut pieces = Vec::new();
    cut(lattice, cells.iter().copied().collect(), count, &mut pieces);
    pieces.sort_by_key(|cells: &Vec<Cell>| {
        let top = cells.iter().map(|cell| cell.row).max();
        (std::cmp::Reverse(top), cells.iter().map(|cell| cell.column).min())
    });
    pieces
}

/// Cuts in two, and those again: across the longer way, at a wide street where one is near, where both halves stay sound.
fn cut(lattice: &Lattice, cells: BTreeSet<Cell>, count: usize, pieces: &mut Vec<Vec<Cell>>) {
    if count <= 1 {
        pieces.push(cells.into_iter().collect());
        return;
    }
    let halves = lines(lattice, &cells, count).into_iter().map(|(across, line)| {
        let before = |cell: &Cell| if across { cell.column < line } else { cell.row < line };
        cells.iter().copied().partition::<BTreeSet<Cell>, _>(before)
    });
    let sound = |(one, other): &(BTreeSet<Cell>, BTreeSet<Cell>)| is_sound(one) && is_sound(other);
    let mut halves = halves;
    let (one, other) = halves.find(sound).unwrap_or_else(|| grown(&cells));
    let by_size = (count * one.len() * 2 + cells.len()) / (cells.len() * 2);
    let share = by_size.clamp(1, count - 1).max(count.saturating_sub(other.len())).min(one.len());
    cut(lattice, one, share, pieces);
    cut(lattice, other, count - share, pieces);
}

/// The lines along which cells can be cut, the best first: whether a line runs north, and which.
fn lines(lattice: &Lattice, cells: &BTreeSet<Cell>, count: usize) -> Vec<(bool, usize)> {
    let span = |along: fn(&Cell) -> usize| {
        let each = || cells.iter().map(along);
        (each().min().unwrap_or(0), each().max().unwrap_or(0))
    };
    let ((west, east), (south, north)) = (span(|cell| cell.column), span(|cell| cell.row));
    // A cell is about a third longer from west to east than from south to north.
    let longer_across =
        (east - west) > 0 && ((east - west + 1) * 4 >= (north - south + 1) * 3 || north == south);
    let wanted = cells.len() * (count / 2) / count;
    let cost = |across: bool, line: usize| {
        let along = |cell: &&Cell| if across { cell.column < line } else { cell.row < line };
        let kinds = if across { &lattice.column_kinds } else { &lattice.row_kinds };
        let slack = match kinds[line] {
            StreetKind::Primary => 0,
            StreetKind::Secondary => 2,
            _ => 6,
        };
        (
            across != longer_across,
            cells.iter().filter(along).count().abs_diff(wanted) * 100 + slack * cells.len(),
        )
    };
    let across = (west + 1..=east).map(|line| (true, line));
    let along = (south + 1..=north).map(|line| (false, line));
    let mut lines: Vec<((bool, usize), (bool, usize))> =
        across.chain(along).map(|(across, line)| (cost(across, line), (across, line))).collect();
    lines.sort_unstable();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Two parts where no straight cut leaves both sound: grown from the two ends.
fn grown(cells: &BTreeSet<Cell>) -> (BTreeSet<Cell>, BTreeSet<Cell>) {
    let ends = [cells.first(), cells.last()].map(|end| end.copied().unwrap_or(Cell { row: 0, column: 0 }));
    let seeds = ends.map(|cell| Seed { cell, weight: 1 });
    let far = |cell: Cell, part: usize| {
        (cell.row.abs_diff(ends[part].row) + cell.column.abs_diff(ends[part].column)) as u64
    };
    let mut parts = grow(cells, &seeds, far).into_iter();
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_add_up_and_nobody_gets_none_or_more_than_fits(
            sizes in prop::collection::vec((1_usize..40, 1_usize..40), 1..20), part in 0.0..=1.0,
        ) {
            let (limits, weights): (Vec<usize>, Vec<usize>) = sizes.into_iter().unzip();
            let total: usize = limits.iter().sum();
            let count = limits.len() + ((total - limits.len()) as f64 * part) as usize;
            let shares = shares(&weights, &limits, count);
            prop_assert_eq!(shares.iter().sum::<usize>(), count);
            prop_assert!(shares.iter().zip(&limits).all(|(share, limit)| (1..=*limit).contains(share)));
        }

        #[test]
        fn pieces_cover_the_cells_and_are_sound(seed in 0_u64..50, count in 1_usize..60) {
            let lattice = Lattice::new(seed, 120);
            let cells: Vec<Cell> = lattice.cells().collect();
            let pieces = pieces(&lattice, &cells, count);
            prop_assert_eq!(pieces.len(), count);
            prop_assert_eq!(pieces.iter().map(Vec::len).sum::<usize>(), cells.len());
            for piece in pieces {
                prop_assert!(is_sound(&piece.into_iter().collect()));
            }
        }
    }
}
