//! What is put on a lot: houses, walls, ways in; collected for the entire town.

use super::{
    dice::Dice,
    ground::Rect,
    lattice::Cell,
    lot::{Lot, Side},
};
use crate::model::{
    building::{Building, Compound, Entrance},
    id::{BuildingId, CompoundId},
    place::Place,
    road::{Access, Barrier, BarrierKind, Direction, StreetKind},
    shape::{Outline, Polygon, Ring},
    time::Timetable,
};
use std::collections::BTreeMap;

/// Everybody may go.
pub(super) const EVERYBODY: Access = Access { foot: true, cycle: true, car: true };
/// Those on foot alone.
pub(super) const ON_FOOT: Access = Access { foot: true, cycle: false, car: false };
/// Those on foot and on bicycles.
pub(super) const NO_CARS: Access = Access { foot: true, cycle: true, car: false };

/// A street before its nodes are numbered.
pub(super) struct Path {
    pub(super) kind: StreetKind,
    pub(super) name: Option<String>,
    pub(super) access: Access,
    pub(super) direction: Direction,
    pub(super) line: Vec<Place>,
    /// Indexes of the places of the line where others can be entered.
    pub(super) joints: Vec<usize>,
    pub(super) barriers: Vec<Barrier>,
}

/// A door where a service can move in.
pub(super) struct Door {
    pub(super) cell: Cell,
    pub(super) place: Place,
    /// The index of the building.
    pub(super) building: usize,
}

/// How many things of each kind there are in the districts made before.
#[derive(Clone, Copy, Default)]
pub(super) struct Before {
    pub(super) areas: u64,
    pub(super) compounds: u64,
    pub(super) buildings: u64,
    pub(super) stations: u64,
    pub(super) facilities: u64,
}

/// All that was made so far of one district.
#[derive(Default)]
pub(super) struct Made {
    pub(super) before: Before,
    pub(super) compounds: Vec<Compound>,
    pub(super) buildings: Vec<Building>,
    pub(super) paths: Vec<Path>,
    /// Shops, which a service can take over.
    pub(super) shops: Vec<Door>,
    pub(super) schools: Vec<Door>,
    /// The door of the first building of each block.
    pub(super) first_doors: BTreeMap<Cell, Place>,
    pub(super) households: BTreeMap<Cell, u32>,
    /// How many names of works, markets and the like were given.
    pub(super) named: usize,
}

/// A house to be built.
pub(super) struct House {
    pub(super) rect: Rect,
    /// The side with the doors.
    pub(super) face: Side,
    pub(super) doors: usize,
    pub(super) storeys: u16,
    pub(super) households: Option<u32>,
    pub(super) name: String,
    pub(super) address: String,
    /// Whether the doors are those of stairwells 单元.
    pub(super) stairwells: bool,
}

/// A gate of a lot.
pub(super) struct Gate {
    pub(super) side: Side,
    /// What stands where the path passes the wall.
    pub(super) barrier: Option<BarrierKind>,
    pub(super) access: Access,
    pub(super) hours: Timetable,
    /// Whether the people of the compound alone have a key.
    pub(super) residents: bool,
}

/// A lot while it is being built on.
pub(super) struct Yard<'a> {
    pub(super) lot: &'a Lot<'a>,
    pub(super) cell: Cell,
    pub(super) dice: Dice,
    pub(super) made: &'a mut Made,
    compound: Option<CompoundId>,
}

impl<'a> Yard<'a> {
    pub(super) fn new(lot: &'a Lot<'a>, cell: Cell, dice: Dice, made: &'a mut Made) -> Self {
        Self { lot, cell, dice, made, compound: None }
    }

    /// A number that no other work, market or the like of the town has.
    pub(super) fn next_named(&mut self) -> usize {
        self.made.named += 1;
        self.made.named
    }

    /// Puts a wall around a rectangle; houses built from now on stand in this compound.
    pub(super) fn wall_in(&mut self, wall: Rect, name: String) {
        let id = CompoundId::new(self.made.before.compounds + self.made.compounds.len() as u64 + 1)
            .expect("counted from one");
        let places = corners(wall).map(|(x, y)| self.lot.place(x, y)).to_vec();
        self.made.compounds.push(Compound { id, name, outline: closed(places) });
        self.compound = Some(id);
    }

    /// Names the ground of a village, which has no wall; houses built from now on belong to it.
    pub(super) fn settle(&mut self, ground: Rect, name: String) {
        self.wall_in(ground, name);
    }

    /// Builds a house; its doors are corners of its outline, so that they lie on it exactly. Returns its index.
    pub(super) fn build(&mut self, house: House) -> usize {
        let index = self.made.buildings.len();
        let Rect { west, south, east, north } = house.rect;
        let share = |door: usize| (door as f64 + 0.5) / house.doors as f64;
        let door = |door: usize| match house.face {
            Side::South => (west + share(door) * (east - west), south),
            Side::North => (east - share(door) * (east - west), north),
            Side::East => (east, south + share(door) * (north - south)),
            Side::West => (west, north - share(door) * (north - south)),
        };
        let doors: Vec<Place> = (0..house.doors).map(door).map(|(x, y)| self.lot.place(x, y)).collect();
        let sides = [Side::South, Side::East, Side::North, Side::West];
        let mut places = Vec::with_capacity(5 + doors.len());
        for ((x, y), side) in corners(house.rect).into_iter().zip(sides) {
            places.push(self.lot.place(x, y));
            if side == house.face {
                places.extend(&doors);
            }
        }
        self.made.first_doors.entry(self.cell).or_insert(doors[0]);
        let label = |number: usize| house.stairwells.then(|| format!("{number}单元"));
        let entrances = doors.into_iter().zip(1..);
        self.made.buildings.push(Building {
            id: BuildingId::new(self.made.before.buildings + index as u64 + 1).expect("counted from one"),
            outline: closed(places),
            name: Some(house.name),
            address: Some(house.address),
            storeys: Some(house.storeys),
            households: house.households,
            entrances: entrances.map(|(place, number)| Entrance { place, label: label(number) }).collect(),
            compound: self.compound,
        });
        *self.made.households.entry(self.cell).or_default() += house.households.unwrap_or(0);
        index
    }

    /// The first door of a building that was made.
    pub(super) fn door(&self, building: usize) -> Door {
        let place = self.made.buildings[building].entrances[0].place;
        Door { cell: self.cell, place, building }
    }

    /// Lays the way through the lot: in at the gates, past the wall, by the stops (from the south, at least one) where paths turn off.
    pub(super) fn way_in(
        &mut self,
        kind: StreetKind,
        access: Access,
        wall: Rect,
        gates: &[Gate],
        stops: &[f64],
    ) {
        let x = self.lot.spine_x();
        let gate_at = |side: Side| gates.iter().find(|gate| gate.side == side);
        let (mut line, mut joints, mut barriers) = (Vec::new(), Vec::new(), Vec::new());
        let compound = self.compound;
        let mut bar = |gate: &Gate, at: usize| {
            let hours = gate.hours.clone();
            barriers.extend(gate.barrier.map(|kind| Barrier {
                at: at as u32,
                kind,
                access: gate.access,
                hours,
                residents: compound.filter(|_| gate.residents),
            }));
        };
        if let Some(gate) = gate_at(Side::South) {
            line.extend([self.lot.gate(Side::South).1, self.lot.place(x, wall.south)]);
            joints.push(0);
            bar(gate, 1);
        }
        for stop in stops {
            joints.push(line.len());
            line.push(self.lot.place(x, *stop));
        }
        if let Some(gate) = gate_at(Side::North) {
            bar(gate, line.len());
            line.push(self.lot.place(x, wall.north));
            joints.push(line.len());
            line.push(self.lot.gate(Side::North).1);
        }
        self.lay(Path { kind, name: None, access, direction: Direction::Both, line, joints, barriers });
    }

    /// Lays a footpath across the way in, from west to east; now and then a few steps are in it.
    pub(super) fn cross_path(&mut self, west: f64, east: f64, y: f64) {
        let x = self.lot.spine_x();
        let has_steps = self.dice.chance(6) && east - x > 30.0;
        if !has_steps {
            self.foot(StreetKind::Footway, &[(west, y), (x, y), (east, y)]);
            return;
        }
        let (from, to) = (x + 12.0, x + 17.0);
        self.foot(StreetKind::Footway, &[(west, y), (x, y), (from, y)]);
        self.foot(StreetKind::Steps, &[(from, y), (to, y)]);
        self.foot(StreetKind::Footway, &[(to, y), (east, y)]);
    }

    /// Lays a path for people on foot; others can be entered at each of its points.
    pub(super) fn foot(&mut self, kind: StreetKind, points: &[(f64, f64)]) {
        let line = points.iter().map(|(x, y)| self.lot.place(*x, *y)).collect();
        let joints = (0..points.len()).collect();
        let direction = Direction::Both;
        self.lay(Path { kind, name: None, access: ON_FOOT, direction, line, joints, barriers: Vec::new() });
    }

    fn lay(&mut self, path: Path) {
        self.made.paths.push(path);
    }
}

/// The corners of a rectangle, counter-clockwise from the south-west.
const fn corners(rect: Rect) -> [(f64, f64); 4] {
    let Rect { west, south, east, north } = rect;
    [(west, south), (east, south), (east, north), (west, north)]
}

fn closed(mut places: Vec<Place>) -> Outline {
    places.push(places[0]);
    let ring = Ring::new(places).expect("a house is metres wide");
    Outline::new(vec![Polygon::new(ring, Vec::new())]).expect("one polygon")
}
