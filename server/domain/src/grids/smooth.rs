//! Which atoms at the border of two grids are better off on its other side.
//!
//! Halving looks at whole sets and leaves teeth in the borders. So each atom at a border is asked once more, a few rounds long: it changes sides if that
//! makes the border cheaper by more than it costs in balance, and if its grid still hangs together without it.

use super::partition::{Atom, OFF_PRICE};

/// So many rounds are enough for teeth; a border that would wander farther is not a tooth.
const ROUNDS: usize = 4;

/// Lets atoms change sides between the grids of one piece of ground. No grid falls apart, and none is left empty. O(atoms at borders · atoms of a grid).
pub(crate) fn smooth(atoms: &[Atom], grids: &mut [Vec<u32>]) {
    const NOBODY: u32 = u32::MAX;
    let mut owners = vec![NOBODY; atoms.len()];
    let mut weights = vec![0.0; grids.len()];
    let mut ground = 0.0;
    for (number, grid) in grids.iter().enumerate() {
        for atom in grid {
            owners[*atom as usize] = number as u32;
            weights[number] += atoms[*atom as usize].weight;
            ground += atoms[*atom as usize].ground;
        }
    }
    let all: f64 = weights.iter().sum();
    let count = grids.len() as f64;
    let wish = Wished { weight: (all / count).max(f64::MIN_POSITIVE), across: (ground / count).sqrt() };
    let mut members: Vec<u32> = grids.iter().flatten().copied().collect();
    members.sort_unstable();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for atom in &members {
            let from = owners[*atom as usize];
            let Some(to) = wish.better_side(atoms, *atom, &owners, &weights) else { continue };
            if !hangs_together_without(atoms, *atom, &mut owners) {
                continue;
            }
            owners[*atom as usize] = to;
            weights[from as usize] -= atoms[*atom as usize].weight;
            weights[to as usize] += atoms[*atom as usize].weight;
            moved = true;
        }
        if !moved {
            break;
        }
    }
    for grid in &mut *grids {
        grid.clear();
    }
    for atom in members {
        grids[owners[atom as usize] as usize].push(atom);
    }
}

/// What a grid should be like.
struct Wished {
    weight: f64,
    across: f64,
}

impl Wished {
    /// The neighbouring grid in which the atom would make things better, the best of them; ties go to the first.
    fn better_side(&self, atoms: &[Atom], atom: u32, owners: &[u32], weights: &[f64]) -> Option<u32> {
        let it = &atoms[atom as usize];
        let from = owners[atom as usize];
        let border_with = |grid: u32| {
            it.beside
                .iter()
                .filter(|(other, _)| owners[**other as usize] == grid)
                .map(|(_, price)| price)
                .sum::<f64>()
        };
        let off = |weight: f64| ((weight - self.weight) / self.weight).powi(2);
        let mut best: Option<(f64, u32)> = None;
        let mut sides: Vec<u32> = it.beside.keys().map(|other| owners[*other as usize]).collect();
        sides.sort_unstable();
        sides.dedup();
        for to in sides.into_iter().filter(|to| *to != from) {
            let (mine, theirs) = (weights[from as usize], weights[to as usize]);
            let balance = off(mine - it.weight) + off(theirs + it.weight) - off(mine) - off(theirs);
            let price = (border_with(from) - border_with(to)) / self.across + OFF_PRICE * balance;
            if price < -1e-9 && best.is_none_or(|best| price < best.0) {
                best = Some((price, to));
            }
        }
        best.map(|(_, to)| to)
    }
}

/// Whether an atom's grid is not empty and still in one piece when the atom leaves it.
fn hangs_together_without(atoms: &[Atom], atom: u32, owners: &mut [u32]) -> bool {
    const SEEN: u32 = u32::MAX - 1;
    let grid = owners[atom as usize];
    let kin = |owners: &[u32]| {
        let beside = atoms[atom as usize].beside.keys().copied();
        beside.filter(|other| owners[*other as usize] == grid).collect::<Vec<u32>>()
    };
    let beside = kin(owners);
    let Some(start) = beside.first() else { return false };
    owners[atom as usize] = SEEN;
    owners[*start as usize] = SEEN;
    let (mut reached, mut next) = (vec![*start], 0);
    while let Some(here) = reached.get(next).copied() {
        next += 1;
        for other in atoms[here as usize].beside.keys() {
            if owners[*other as usize] == grid {
                owners[*other as usize] = SEEN;
                reached.push(*other);
            }
        }
    }
    let whole = beside.iter().all(|other| owners[*other as usize] == SEEN);
    owners[atom as usize] = grid;
    for other in reached {
        owners[other as usize] = grid;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A row of atoms two high, each beside those next to it.
    fn ladder(length: u32) -> Vec<Atom> {
        let atom = |number: u32| {
            let (column, row) = (number / 2, number % 2);
            let mut beside = BTreeMap::from([(column * 2 + 1 - row, 1.0)]);
            if column > 0 {
                beside.insert(number - 2, 1.0);
            }
            if column + 1 < length {
                beside.insert(number + 2, 1.0);
            }
            Atom { weight: 0.1, middle: (f64::from(column), f64::from(row)), ground: 1.0, beside }
        };
        (0..2 * length).map(atom).collect()
    }

    #[test]
    fn a_tooth_goes_to_the_grid_that_bites_it() {
        let atoms = ladder(40);
        // The first grid reaches three columns farther in the lower row: its border is 5 long and could be 2.
        let tooth = [40, 42, 44];
        let mut grids = vec![
            (0..40).chain(tooth).collect(),
            (40..80).filter(|atom| !tooth.contains(atom)).collect::<Vec<u32>>(),
        ];
        smooth(&atoms, &mut grids);
        let border = |grids: &[Vec<u32>]| {
            let across = |atom: &u32| {
                atoms[*atom as usize].beside.keys().filter(|other| grids[1].contains(other)).count()
            };
            grids[0].iter().map(across).sum::<usize>()
        };
        assert_eq!(border(&grids), 2, "{grids:?}");
        assert_eq!(grids.iter().map(Vec::len).sum::<usize>(), 80);
    }

    #[test]
    fn nothing_leaves_a_grid_that_would_fall_apart() {
        let atoms = ladder(3);
        let mut owners = vec![0, 1, 0, 1, 0, 1];
        assert!(!hangs_together_without(&atoms, 2, &mut owners));
        assert!(hangs_together_without(&atoms, 4, &mut owners));
        assert_eq!(owners, [0, 1, 0, 1, 0, 1]);
    }
}
