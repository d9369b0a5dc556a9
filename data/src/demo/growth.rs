//! Parts of a region that grow from seeds until they meet: connected, without holes, of about the sizes that were wanted.
//!
//! A cell is added to a part only where that leaves the part in one piece without a hole and without two cells that touch at a corner
//! alone: where its neighbours within the part form one run around it (a simple point of digital topology; Rosenfeld 1979).

use super::lattice::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The cell beside another one, so many steps east and north; `None` beyond the first row or column.
pub(super) fn beside(cell: Cell, east: isize, north: isize) -> Option<Cell> {
    let row = cell.row.checked_add_signed(north)?;
    let column = cell.column.checked_add_signed(east)?;
    Some(Cell { row, column })
}

/// The eight cells around, from the east counter-clockwise.
const AROUND: [(isize, isize); 8] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

/// The four cells that share a side.
pub(super) fn neighbours(cell: Cell) -> impl Iterator<Item = Cell> {
    AROUND.into_iter().step_by(2).filter_map(move |(east, north)| beside(cell, east, north))
}

/// Whether a part stays whole when the cell is added: `within` says which cells are in it.
fn stays_whole(cell: Cell, within: impl Fn(Cell) -> bool) -> bool {
    let ring = AROUND.map(|(east, north)| beside(cell, east, north).is_some_and(&within));
    let shares_a_side = ring.iter().step_by(2).any(|inside| *inside);
    let starts = (0..8).filter(|at| ring[*at] && !ring[(at + 7) % 8]).count();
    shares_a_side && (starts == 1 || ring == [true; 8])
}

/// Whether cells are in one piece, without a hole, and touch by sides alone: their outline is then one ring that never meets itself.
pub(super) fn is_sound(cells: &BTreeSet<Cell>) -> bool {
    let Some(first) = cells.first() else { return false };
    let mut seen = BTreeSet::from([*first]);
    let mut open = vec![*first];
    while let Some(cell) = open.pop() {
        open.extend(neighbours(cell).filter(|next| cells.contains(next) && seen.insert(*next)));
    }
    if seen.len() != cells.len() {
        return false;
    }
    // Euler: corners − sides + cells is 1 for a piece without holes; cells that touch at a corner alone count that corner twice.
    let (mut corners, mut sides) = (BTreeMap::new(), BTreeSet::new());
    for Cell { row, column } in cells.iter().copied() {
        for (up, right) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            *corners.entry((row + up, column + right)).or_insert(0_u8) |= 1 << (up * 2 + right);
        }
        sides.extend([(row, column, 0), (row + 1, column, 0), (row, column, 1), (row, column + 1, 1)]);
    }
    // The bits say in which quarter around the corner its cells lie: opposite ones alone are a pinch.
    let pinched = corners.values().any(|quarters| [0b1001, 0b0110].contains(quarters));
    !pinched && corners.len() + cells.len() == sides.len() + 1
}

/// Leaves the largest piece, fills its holes, and takes away cells until no two touch at a corner alone.
pub(super) fn make_sound(cells: &mut BTreeSet<Cell>) {
    loop {
        *cells = largest_piece(cells);
        fill_holes(cells);
        let pinch = cells.iter().copied().find(|cell| {
            [-1, 1].into_iter().any(|east| {
                let has = |east, north| beside(*cell, east, north).is_some_and(|it| cells.contains(&it));
                has(east, 1) && !has(east, 0) && !has(0, 1)
            })
        });
        let Some(pinch) = pinch else { return };
        cells.remove(&pinch);
    }
}

fn largest_piece(cells: &BTreeSet<Cell>) -> BTreeSet<Cell> {
    let mut left = cells.clone();
    let mut largest = BTreeSet::new();
    while let Some(first) = left.pop_first() {
        let (mut piece, mut open) = (BTreeSet::from([first]), vec![first]);
        while let Some(cell) = open.pop() {
            for next in neighbours(cell).filter(|next| left.contains(next)).collect::<Vec<_>>() {
                left.remove(&next);
                piece.insert(next);
                open.push(next);
            }
        }
        if piece.len() > largest.len() {
            largest = piece;
        }
    }
    largest
}

/// Cells around which everything is taken are taken, too.
fn fill_holes(cells: &mut BTreeSet<Cell>) {
    let rows = cells.iter().map(|cell| cell.row).max().unwrap_or(0) + 2;
    let columns = cells.iter().map(|cell| cell.column).max().unwrap_or(0) + 2;
    // Shifted by one, so that there is an outside all around.
    let taken = |row: usize, column: usize| {
        row > 0 && column > 0 && cells.contains(&Cell { row: row - 1, column: column - 1 })
    };
    let start = Cell { row: 0, column: 0 };
    let (mut outside, mut open) = (BTreeSet::from([start]), vec![start]);
    while let Some(cell) = open.pop() {
        for next in neighbours(cell).filter(|next| next.row <= rows && next.column <= columns) {
            if !taken(next.row, next.column) && outside.insert(next) {
                open.push(next);
            }
        }
    }
    for row in 1..rows {
        for column in 1..columns {
            if !outside.contains(&Cell { row, column }) {
                cells.insert(Cell { row: row - 1, column: column - 1 });
            }
        }
    }
}

/// A seed with what shall become of it.
pub(super) struct Seed {
    pub(super) cell: Cell,
    /// Parts grow so that their numbers of cells are to each other as these.
    pub(super) weight: usize,
}

/// Grows one part from each seed over all of the cells, which must be [sound](is_sound). `far` says how far a cell is from a seed, in any whole
/// unit: near ones are taken first.
pub(super) fn grow(
    cells: &BTreeSet<Cell>,
    seeds: &[Seed],
    far: impl Fn(Cell, usize) -> u64,
) -> Vec<BTreeSet<Cell>> {
    let mut growth = Growth {
        cells,
        far,
        owner: BTreeMap::new(),
        parts: vec![BTreeSet::new(); seeds.len()],
        edge: vec![BTreeSet::new(); seeds.len()],
    };
    for (part, seed) in seeds.iter().enumerate() {
        growth.take(part, seed.cell);
    }
    while growth.owner.len() < cells.len() {
        let mut order: Vec<usize> = (0..seeds.len()).collect();
        // Compared crosswise, so that no number is rounded.
        order.sort_by(|a, b| {
            let size = |one: usize, other: usize| growth.parts[one].len() * seeds[other].weight;
            size(*a, *b).cmp(&size(*b, *a)).then(a.cmp(b))
        });
        let next = order.iter().find_map(|part| Some((*part, growth.next(*part)?)));
        let Some((part, cell)) = next.or_else(|| growth.forced()) else { break };
        growth.take(part, cell);
    }
    growth.parts
}

struct Growth<'a, F> {
    cells: &'a BTreeSet<Cell>,
    far: F,
    owner: BTreeMap<Cell, usize>,
    parts: Vec<BTreeSet<Cell>>,
    /// Free cells beside each part, the nearest first.
    edge: Vec<BTreeSet<(u64, Cell)>>,
}

impl<F: Fn(Cell, usize) -> u64> Growth<'_, F> {
    fn take(&mut self, part: usize, cell: Cell) {
        self.owner.insert(cell, part);
        self.parts[part].insert(cell);
        for next in neighbours(cell).filter(|next| self.cells.contains(next)) {
            if !self.owner.contains_key(&next) {
                self.edge[part].insert(((self.far)(next, part), next));
            }
        }
    }

    /// The nearest free cell that leaves the part whole.
    fn next(&mut self, part: usize) -> Option<Cell> {
        let owner = &self.owner;
        self.edge[part].retain(|(_, cell)| !owner.contains_key(cell));
        let within = |cell: Cell| self.parts[part].contains(&cell);
        self.edge[part].iter().map(|(_, cell)| *cell).find(|cell| stays_whole(*cell, within))
    }

    /// A cell that no part can take by the look around it alone: the first part that stays sound as a whole takes it.
    fn forced(&self) -> Option<(usize, Cell)> {
        let free = self.cells.iter().filter(|cell| !self.owner.contains_key(cell));
        let offers = free.flat_map(|cell| {
            let parts: BTreeSet<usize> =
                neighbours(*cell).filter_map(|next| self.owner.get(&next).copied()).collect();
            parts.into_iter().map(move |part| (part, *cell))
        });
        let sound = |(part, cell): &(usize, Cell)| {
            let mut with = self.parts[*part].clone();
            with.insert(*cell);
            is_sound(&with)
        };
        let offers: Vec<(usize, Cell)> = offers.collect();
        offers.iter().copied().find(sound).or_else(|| offers.first().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn board(rows: usize, columns: usize) -> BTreeSet<Cell> {
        (0..rows).flat_map(|row| (0..columns).map(move |column| Cell { row, column })).collect()
    }

    #[test]
    fn a_ring_a_pinch_and_two_pieces_are_not_sound() {
        let without = |gone: &[(usize, usize)]| {
            let mut cells = board(3, 3);
            for (row, column) in gone.iter().copied() {
                cells.remove(&Cell { row, column });
            }
            is_sound(&cells)
        };
        assert!(without(&[]) && without(&[(0, 0)]));
        assert!(!without(&[(1, 1)]), "a hole");
        assert!(!without(&[(0, 1), (1, 0)]), "cut off, and touching at a corner");
        assert!(!without(&[(0, 0), (1, 1)]), "two cells touch at a corner alone");
        assert!(!without(&[(0, 1), (1, 1), (2, 1)]), "two pieces");
    }

    proptest! {
        #[test]
        fn parts_cover_the_board_and_each_is_sound(
            rows in 2_usize..14, columns in 2_usize..14, count in 1_usize..6, salt in 0_u64..1_000,
        ) {
            let cells = board(rows, columns);
            let mut places: Vec<Cell> = cells.iter().copied().collect();
            places.sort_by_key(|cell| (cell.row as u64 * 31 + cell.column as u64 * 17 + salt) * 7_919 % 101);
            let seeds: Vec<Seed> =
                places.iter().take(count).map(|cell| Seed { cell: *cell, weight: 1 + cell.row % 3 }).collect();
            let far = |cell: Cell, part: usize| {
                let seed = seeds[part].cell;
                (cell.row.abs_diff(seed.row).pow(2) + cell.column.abs_diff(seed.column).pow(2)) as u64
            };
            let parts = grow(&cells, &seeds, far);
            prop_assert_eq!(parts.iter().map(BTreeSet::len).sum::<usize>(), cells.len());
            for part in &parts {
                prop_assert!(is_sound(part), "{part:?}");
            }
        }
    }
}
