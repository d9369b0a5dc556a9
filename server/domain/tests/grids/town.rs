//! Random parents, streets and buildings.

use gridward_data::model::{
    building::Building,
    id::{BuildingId, StreetId},
    place::Place,
    road::{Access, Direction, Street, StreetKind},
    shape::{Line, Outline, Polygon, Ring},
};

/// A sequence of numbers that looks random and is always the same (Knuth's MMIX constants).
pub(crate) struct Sequence(pub(crate) u64);

impl Sequence {
    pub(crate) fn below(&mut self, bound: u32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 33) as u32) % bound) as i32
    }
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(self.below(1 << 30)) / f64::from(1 << 30)
    }
}

pub(crate) fn at(east: i32, north: i32) -> Place {
    Place::from_e7(1_233_400_000 + east, 417_800_000 + north).expect("on the Earth")
}

pub(crate) fn ring(corners: &[(i32, i32)]) -> Ring {
    let closed = corners.iter().chain(&corners[..1]);
    Ring::new(closed.map(|&(east, north)| at(east, north)).collect()).expect("a ring")
}

pub(crate) fn rectangle(west: i32, south: i32, width: i32, height: i32) -> Vec<(i32, i32)> {
    vec![(west, south), (west + width, south), (west + width, south + height), (west, south + height)]
}

pub(crate) fn outline(corners: &[(i32, i32)]) -> Outline {
    Outline::new(vec![Polygon::new(ring(corners), vec![])]).expect("an outline")
}

/// A star around a middle: as crooked as a boundary gets without crossing itself.
fn star(sequence: &mut Sequence, east: i32, north: i32, least: f64, most: f64) -> Ring {
    let corners = 3 + sequence.below(40);
    let corner = |corner: i32| {
        let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(corners);
        let radius = least + (most - least) * sequence.share();
        (east + (radius * angle.cos()) as i32, north + (radius * angle.sin()) as i32)
    };
    ring(&(0..corners).map(corner).collect::<Vec<_>>())
}

/// A parent of up to three pieces with up to two holes each, some 1 km across.
pub(crate) fn parent(sequence: &mut Sequence) -> Outline {
    let pieces = 1 + sequence.below(3);
    let polygon = |piece: i32| {
        // Stars apart by more than their size; holes in the part that every star has.
        let (east, north) = (piece * 150_000, piece * 20_000);
        let exterior = star(sequence, east, north, 35_000.0, 70_000.0);
        let holes = (0..sequence.below(3))
            .map(|hole| star(sequence, east - 9_000 + 14_000 * hole, north, 1_000.0, 6_000.0));
        Polygon::new(exterior, holes.collect())
    };
    Outline::new((0..pieces).map(polygon).collect()).expect("an outline")
}

pub(crate) fn street(id: u64, corners: &[(i32, i32)]) -> Street {
    Street {
        id: StreetId::new(id).expect("an id"),
        kind: if id.is_multiple_of(3) { StreetKind::Primary } else { StreetKind::Residential },
        name: None,
        line: Line::new(corners.iter().map(|&(east, north)| at(east, north)).collect()).expect("a line"),
        joints: vec![],
        direction: Direction::Both,
        access: Access { foot: true, cycle: true, car: true },
        bridge: false,
        tunnel: false,
        barriers: vec![],
    }
}

/// Streets anywhere, in and out of the parent, crossing each other and themselves.
pub(crate) fn streets(sequence: &mut Sequence, count: i32) -> Vec<Street> {
    let street = |number: i32| {
        let mut here = (sequence.below(500_000) - 80_000, sequence.below(240_000) - 100_000);
        let mut corners = vec![here];
        for _ in 0..2 + sequence.below(8) {
            here = (here.0 + sequence.below(60_000) - 30_000, here.1 + sequence.below(60_000) - 30_000);
            corners.push(here);
        }
        self::street(1 + number as u64, &corners)
    };
    (0..count).map(street).collect()
}

pub(crate) fn building(id: u64, west: i32, south: i32, width: i32, depth: i32, households: u32) -> Building {
    Building {
        id: BuildingId::new(id).expect("an id"),
        outline: outline(&rectangle(west, south, width, depth)),
        name: None,
        address: None,
        storeys: Some(6),
        households: Some(households),
        entrances: vec![],
        compound: None,
    }
}

/// Buildings anywhere, in and out of the parent.
pub(crate) fn buildings(sequence: &mut Sequence, count: i32) -> Vec<Building> {
    let building = |number: i32| {
        let (west, south) = (sequence.below(500_000) - 80_000, sequence.below(200_000) - 80_000);
        let (width, depth) = (500 + sequence.below(5_000), 500 + sequence.below(1_500));
        self::building(1 + number as u64, west, south, width, depth, sequence.below(120) as u32)
    };
    (0..count).map(building).collect()
}
