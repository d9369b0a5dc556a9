//! Which pieces of ground make up a grid: about as many households each, in one piece, parted along streets where that can be.
//!
//! The pieces are **atoms**: a block between streets with less than half a grid's weight is one atom; larger blocks are taken apart
//! into their triangles, of which those under one building stay together. Then the whole is halved again and again: for each of some directions
//! the atoms are put in order along it, and the ones that hold the wanted share of the weight become one half; what is not connected to its
//! half goes to the other. Of all directions the one with the cheapest border is taken: by its length, a street counting a fifth, and by how far
//! the weights are from what was wanted.

use super::smooth::smooth;
use std::collections::BTreeMap;

/// A piece of ground that is not cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct Atom {
    /// How much of a grid it is: 1 is a whole one.
    pub(crate) weight: f64,
    /// Its middle, flat units.
    pub(crate) middle: (f64, f64),
    /// Its ground, square flat units.
    pub(crate) ground: f64,
    /// Its neighbours and the price of the border between, in flat units.
    pub(crate) beside: BTreeMap<u32, f64>,
}

/// Directions in which a set is halved: so many on the half turn.
const DIRECTIONS: u32 = 8;
/// How far a half may be from its weight for the sake of a better border, in grids.
const OFF_MAX: f64 = 0.3;
/// What it costs to be off, for the square of a whole grid, where the shortest border across costs about 1.
pub(crate) const OFF_PRICE: f64 = 16.0;

/// A way of halving a set.
struct Halves {
    price: f64,
    first: Vec<u32>,
    second: Vec<u32>,
}

/// The atoms of each grid: `count` of them, fewer where there are not so many atoms. The atoms given must hang together, and so do those of
/// each grid. O(n log n log count).
pub(crate) fn partition(atoms: &[Atom], members: Vec<u32>, count: usize) -> Vec<Vec<u32>> {
    let mut grids = Vec::new();
    let mut owners = vec![0u32; atoms.len()];
    let mut fresh = 0;
    let mut waiting = vec![(members, count)];
    while let Some((members, count)) = waiting.pop() {
        let halves = if count < 2 { None } else { halve(atoms, &members, count, &mut owners, &mut fresh) };
        match halves {
            None => grids.push(members),
            Some(halves) => {
                waiting.push((halves.second, count - count / 2));
                waiting.push((halves.first, count / 2));
            }
        }
    }
    smooth(atoms, &mut grids);
    grids
}

fn weight(atoms: &[Atom], members: &[u32]) -> f64 {
    members.iter().map(|atom| atoms[*atom as usize].weight).sum()
}

fn halve(
    atoms: &[Atom],
    members: &[u32],
    count: usize,
    owners: &mut [u32],
    fresh: &mut u32,
) -> Option<Halves> {
    let all = weight(atoms, members);
    let wish = HalfWish {
        weight: all * (count / 2) as f64 / count as f64,
        grid: (all / count as f64).max(f64::MIN_POSITIVE),
        across: members.iter().map(|atom| atoms[*atom as usize].ground).sum::<f64>().sqrt(),
    };
    let mut best: Option<Halves> = None;
    for direction in 0..DIRECTIONS {
        let angle = std::f64::consts::PI * f64::from(direction) / f64::from(DIRECTIONS);
        let (east, north) = (libm::cos(angle), libm::sin(angle));
        let along = |atom: &u32| {
            let (x, y) = atoms[*atom as usize].middle;
            x * east + y * north
        };
        let mut order: Vec<(f64, u32)> = members.iter().map(|atom| (along(atom), *atom)).collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        *fresh += 1;
        let cut = prefix(atoms, &order, &wish, owners, *fresh);
        let Some(mut halves) = connected(atoms, &order, cut, owners, fresh) else { continue };
        halves.price = wish.price(weight(atoms, &halves.first), halves.price);
        if best.as_ref().is_none_or(|best| halves.price < best.price) {
            best = Some(halves);
        }
    }
    best
}

/// What a half should be like.
struct HalfWish {
    weight: f64,
    /// The weight of a grid.
    grid: f64,
    /// How long a border across is, about.
    across: f64,
}

impl HalfWish {
    fn off(&self, weight: f64) -> f64 {
        (weight - self.weight).abs() / self.grid
    }
    fn price(&self, weight: f64, border: f64) -> f64 {
        border / self.across + OFF_PRICE * self.off(weight) * self.off(weight)
    }
}

/// How many of the first atoms make the cheapest half among those of about the weight wished for; where there are none, the one nearest
/// to it. At least one, and not all. Marks the atoms as its owner's on the way.
fn prefix(atoms: &[Atom], order: &[(f64, u32)], wish: &HalfWish, owners: &mut [u32], owner: u32) -> usize {
    let (mut weight, mut border) = (0.0, 0.0);
    let (mut best, mut nearest) = ((f64::INFINITY, 0), (f64::INFINITY, 1));
    for (at, (_, atom)) in order.iter().enumerate().take(order.len().saturating_sub(1)) {
        let it = &atoms[*atom as usize];
        owners[*atom as usize] = owner;
        weight += it.weight;
        for (other, price) in &it.beside {
            border += if owners[*other as usize] == owner { -price } else { *price };
        }
        let price = wish.price(weight, border);
        if wish.off(weight) <= OFF_MAX && price < best.0 {
            best = (price, at + 1);
        }
        if wish.off(weight) < nearest.0 {
            nearest = (wish.off(weight), at + 1);
        }
    }
    if best.1 > 0 { best.1 } else { nearest.1 }
}

/// The halves of an order, each in one piece: what is cut off from its half goes to the other. `None` where one of them is empty. The price is that
/// of the border alone.
fn connected(
    atoms: &[Atom],
    order: &[(f64, u32)],
    cut: usize,
    owners: &mut [u32],
    fresh: &mut u32,
) -> Option<Halves> {
    if order.len() < 2 {
        return None;
    }
    let (first, second) = (*fresh + 1, *fresh + 2);
    *fresh += 2;
    for (at, (_, atom)) in order.iter().enumerate() {
        owners[*atom as usize] = if at < cut { first } else { second };
    }
    let members: Vec<u32> = order.iter().map(|(_, atom)| *atom).collect();
    for (side, other) in [(first, second), (second, first)] {
        let pieces = pieces(atoms, &members, owners, side, fresh);
        let heaviest = pieces
            .iter()
            .max_by(|a, b| {
                weight_then_size(atoms, a).partial_cmp(&weight_then_size(atoms, b)).expect("finite")
            })?
            .clone();
        for atom in pieces.iter().flatten() {
            owners[*atom as usize] = other;
        }
        for atom in heaviest {
            owners[atom as usize] = side;
        }
    }
    let (mut halves, mut price) = ((Vec::new(), Vec::new()), 0.0);
    for atom in members {
        let side = owners[atom as usize];
        let beside = &atoms[atom as usize].beside;
        if side == first {
            price += beside
                .iter()
                .filter(|(other, _)| owners[**other as usize] == second)
                .map(|(_, price)| price)
                .sum::<f64>();
            halves.0.push(atom);
        } else {
            halves.1.push(atom);
        }
    }
    let whole = !halves.0.is_empty() && !halves.1.is_empty();
    whole.then_some(Halves { price, first: halves.0, second: halves.1 })
}

fn weight_then_size(atoms: &[Atom], piece: &[u32]) -> (f64, usize, std::cmp::Reverse<u32>) {
    (weight(atoms, piece), piece.len(), std::cmp::Reverse(piece[0]))
}

/// The pieces into which the atoms of one side fall. Marks them with owners of their own on the way.
fn pieces(atoms: &[Atom], members: &[u32], owners: &mut [u32], side: u32, fresh: &mut u32) -> Vec<Vec<u32>> {
    *fresh += 1;
    let seen = *fresh;
    let mut pieces = Vec::new();
    for start in members {
        if owners[*start as usize] != side {
            continue;
        }
        owners[*start as usize] = seen;
        let (mut piece, mut next) = (vec![*start], 0);
        while let Some(atom) = piece.get(next).copied() {
            next += 1;
            for other in atoms[atom as usize].beside.keys() {
                if owners[*other as usize] == side {
                    owners[*other as usize] = seen;
                    piece.push(*other);
                }
            }
        }
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A board of squares that each weigh as much.
    fn board(columns: u32, rows: u32, weight: f64) -> Vec<Atom> {
        let mut atoms = vec![];
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            let mut beside = BTreeMap::new();
            let at = |row: u32, column: u32| row * columns + column;
            if column > 0 {
                beside.insert(at(row, column - 1), 1.0);
            }
            if column + 1 < columns {
                beside.insert(at(row, column + 1), 1.0);
            }
            if row > 0 {
                beside.insert(at(row - 1, column), 1.0);
            }
            if row + 1 < rows {
                beside.insert(at(row + 1, column), 1.0);
            }
            atoms.push(Atom { weight, middle: (f64::from(column), f64::from(row)), ground: 1.0, beside });
        }
        atoms
    }

    #[test]
    fn a_board_falls_into_equal_parts_that_hang_together_and_leave_nothing_out() {
        let atoms = board(20, 10, 0.04);
        let grids = partition(&atoms, (0..200).collect(), 8);
        assert_eq!(grids.len(), 8);
        let mut all: Vec<u32> = grids.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..200).collect::<Vec<_>>());
        for grid in &grids {
            assert!((0.9..=1.1).contains(&weight(&atoms, grid)), "{}", weight(&atoms, grid));
            let mut owners = vec![0; 200];
            for atom in grid {
                owners[*atom as usize] = 1;
            }
            assert_eq!(pieces(&atoms, grid, &mut owners, 1, &mut 1).len(), 1);
        }
    }

    #[test]
    fn one_atom_is_one_grid_however_heavy() {
        assert_eq!(partition(&board(1, 1, 9.0), vec![0], 9), [[0]]);
    }

    #[test]
    fn a_street_is_followed_where_the_weights_allow_it() {
        // Between columns 8 and 9 runs a street; half of the weight would be at column 10.
        let mut atoms = board(20, 10, 0.01);
        for row in 0..10u32 {
            let (west, east) = (row * 20 + 8, row * 20 + 9);
            atoms[west as usize].beside.insert(east, 0.2);
            atoms[east as usize].beside.insert(west, 0.2);
        }
        let grids = partition(&atoms, (0..200).collect(), 2);
        let sizes: Vec<usize> = grids.iter().map(Vec::len).collect();
        assert!(sizes.contains(&90), "{sizes:?}");
    }
}
