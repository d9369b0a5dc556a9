//! Which ways there are: the streets along the lattice, lanes, steps, one-way pairs; and which node each of all the ways meets others at.

use super::{
    dice::{Dice, Purpose},
    lattice::{Corner, Lattice},
    names::StreetNames,
    yard::{EVERYBODY, NO_CARS, ON_FOOT, Path},
};
use crate::model::{
    id::{NodeId, StreetId},
    place::Place,
    road::{Access, Barrier, BarrierKind, Direction, Joint, Street, StreetKind},
    shape::Line,
    time::Timetable,
};
use std::collections::{BTreeMap, BTreeSet};

/// What one edge of the lattice bears.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stretch {
    kind: StreetKind,
    direction: Direction,
    /// A lane between two walls, for people on foot and on bicycles.
    lane: bool,
    /// With steps in the middle.
    steps: bool,
}

/// How many residential stretches in a hundred are lanes.
const LANES: usize = 18;
/// How many lanes in a hundred have steps.
const STEPS: usize = 30;
/// Half the length of steps, metres.
const HALF_STEPS_M: f64 = 4.0;

/// Whether a line of this kind cuts the streets that cross it into pieces.
const fn cuts(kind: StreetKind) -> bool {
    matches!(kind, StreetKind::Primary | StreetKind::Secondary)
}

/// Lays the streets along the lattice. `entered` holds the places in between at which paths leave them.
pub(super) fn along(
    lattice: &Lattice,
    names: &StreetNames,
    seed: u64,
    entered: &BTreeSet<Place>,
) -> Vec<Path> {
    let mut laid = Layer { lattice, entered, paths: Vec::new() };
    for row in 0..=lattice.rows {
        let kind = lattice.row_kinds[row];
        let stretch = Stretch { kind, direction: Direction::Both, lane: false, steps: false };
        let edges = (0..lattice.columns).map(|column| {
            let (from, to) = (Corner { row, column }, Corner { row, column: column + 1 });
            lattice.runs_east(from).then_some((from, to, stretch))
        });
        let name = |from: Corner| names.east(from.row, from.column);
        laid.line(name, edges, |corner| cuts(lattice.column_kinds[corner.column]));
    }
    let directions = one_way_pairs(&lattice.column_kinds, &mut Dice::new(seed, Purpose::Lanes, u64::MAX));
    for (column, direction) in directions.into_iter().enumerate() {
        let kind = lattice.column_kinds[column];
        let edges = (0..lattice.rows).map(|row| {
            let (from, to) = (Corner { row, column }, Corner { row: row + 1, column });
            let mut dice = Dice::new(seed, Purpose::Lanes, lattice.index(row, column) as u64);
            // At the edge of the town, cars may have no other way.
            let inner = lattice.has(Some(row), Some(column)) && lattice.has(Some(row), column.checked_sub(1));
            let narrow = from_to_m(lattice, from, to) < 260.0;
            let quiet = kind == StreetKind::Residential && direction.is_both() && inner && narrow;
            let lane = dice.chance(LANES) && quiet;
            let steps = dice.chance(STEPS) && lane;
            lattice.runs_north(from).then_some((from, to, Stretch { kind, direction, lane, steps }))
        });
        let name = |from: Corner| names.north(from.row, from.column);
        laid.line(name, edges, |corner| cuts(lattice.row_kinds[corner.row]));
    }
    laid.paths
}

fn from_to_m(lattice: &Lattice, from: Corner, to: Corner) -> f64 {
    lattice.corner(from).distance(lattice.corner(to))
}

/// Two quiet lines between the same two arterials, one for each way: the first such pair always, others now and then. Where no two
/// arterials have two between them, the outermost quiet lines are the pair.
fn one_way_pairs(kinds: &[StreetKind], dice: &mut Dice) -> Vec<Direction> {
    let inner: Vec<usize> = (1..kinds.len() - 1).collect();
    let outermost = |lines: &[usize]| {
        let mut quiet = lines.iter().copied().filter(|line| !cuts(kinds[*line]));
        quiet.next().zip(quiet.next_back())
    };
    let between_arterials = inner.split(|line| kinds[*line] == StreetKind::Primary);
    let mut pairs: Vec<(usize, usize)> = between_arterials.filter_map(outermost).collect();
    if pairs.is_empty() {
        pairs.extend(outermost(&inner));
    }
    let mut directions = vec![Direction::Both; kinds.len()];
    for (nth, (first, last)) in pairs.into_iter().enumerate() {
        if nth == 0 || dice.chance(40) {
            (directions[first], directions[last]) = (Direction::Forward, Direction::Backward);
        }
    }
    directions
}

struct Layer<'a> {
    lattice: &'a Lattice,
    entered: &'a BTreeSet<Place>,
    paths: Vec<Path>,
}

impl Layer<'_> {
    /// Lays one line of the lattice in pieces: a new one where it changes, where it was interrupted, and where a weighty street crosses.
    fn line<'n>(
        &mut self,
        name: impl Fn(Corner) -> &'n str,
        edges: impl Iterator<Item = Option<(Corner, Corner, Stretch)>>,
        cut_at: impl Fn(Corner) -> bool,
    ) {
        let mut open: Option<(Stretch, Path)> = None;
        for edge in edges {
            let goes_on = match (&open, &edge) {
                (Some((before, _)), Some((from, _, stretch))) => {
                    before == stretch && !stretch.steps && !cut_at(*from)
                }
                _ => false,
            };
            if !goes_on && let Some((stretch, path)) = open.take() {
                self.close(stretch, path);
            }
            let Some((from, to, stretch)) = edge else { continue };
            let (_, path) =
                open.get_or_insert_with(|| (stretch, begin(name(from), stretch, self.corner(from))));
            let middle = self.lattice.place(self.lattice.middle(from, to));
            if self.entered.contains(&middle) {
                path.joints.push(path.line.len());
            }
            path.line.push(middle);
            path.joints.push(path.line.len());
            path.line.push(self.corner(to));
            if stretch.steps {
                open = None;
                self.with_steps(name(from), from, to, stretch);
            }
        }
        if let Some((stretch, path)) = open {
            self.close(stretch, path);
        }
    }

    fn corner(&self, at: Corner) -> Place {
        self.lattice.place(self.lattice.corner(at))
    }

    fn close(&mut self, stretch: Stretch, mut path: Path) {
        if stretch.lane {
            // Place 1 is the middle of the first edge.
            let hours = Timetable::default();
            path.barriers.push(Barrier {
                at: 1,
                kind: BarrierKind::Bollard,
                access: NO_CARS,
                hours,
                residents: None,
            });
        }
        self.paths.push(path);
    }

    /// A lane with steps in its middle: three pieces, and no path leaves it in between.
    fn with_steps(&mut self, name: &str, from: Corner, to: Corner, stretch: Stretch) {
        let (here, middle, there) =
            (self.lattice.corner(from), self.lattice.middle(from, to), self.lattice.corner(to));
        let length_m = (there.y - here.y).abs();
        let foot = middle.toward(here, HALF_STEPS_M * 2.0 / length_m);
        let head = middle.toward(there, HALF_STEPS_M * 2.0 / length_m);
        let steps = Stretch { kind: StreetKind::Steps, ..stretch };
        for (stretch, line) in [(stretch, [here, foot]), (steps, [foot, head]), (stretch, [head, there])] {
            let mut path = begin(name, stretch, self.lattice.place(line[0]));
            path.access = ON_FOOT;
            path.line.push(self.lattice.place(line[1]));
            path.joints.push(1);
            self.paths.push(path);
        }
    }
}

fn begin(name: &str, stretch: Stretch, at: Place) -> Path {
    let (kind, access): (StreetKind, Access) = match (stretch.kind, stretch.lane) {
        (StreetKind::Steps, _) => (StreetKind::Steps, ON_FOOT),
        (_, true) => (StreetKind::Footway, NO_CARS),
        (kind, false) => (kind, EVERYBODY),
    };
    let direction = stretch.direction;
    Path {
        kind,
        name: Some(name.to_owned()),
        access,
        direction,
        line: vec![at],
        joints: vec![0],
        barriers: Vec::new(),
    }
}

/// Numbers streets and nodes; ways that name the same place at a joint share the node there.
pub(super) fn numbered(paths: Vec<Path>) -> Vec<Street> {
    let mut nodes: BTreeMap<Place, NodeId> = BTreeMap::new();
    let mut node = |place: Place| {
        let next = nodes.len() as u64 + 1;
        *nodes.entry(place).or_insert_with(|| NodeId::new(next).expect("counted from one"))
    };
    let street = |(number, path): (u64, Path)| Street {
        id: StreetId::new(number).expect("counted from one"),
        kind: path.kind,
        name: path.name,
        joints: path.joints.iter().map(|at| Joint { at: *at as u32, node: node(path.line[*at]) }).collect(),
        line: Line::new(path.line).expect("the places of a way lie metres apart"),
        direction: path.direction,
        access: path.access,
        bridge: false,
        tunnel: false,
        barriers: path.barriers,
    };
    (1..).zip(paths).map(street).collect()
}
