//! A small random city, and what the tests need to speak of it.

use gridward_data::{
    model::{
        area::{Area, AreaVersion, Level},
        building::{Building, Compound},
        case::{Hazard, HazardState},
        code::AreaCode,
        entity::{Entity, Key},
        id::{AreaId, BuildingId, CaseId, CompoundId, HazardId, PatrolId, ResponderId, StationId, StreetId},
        patrol::Patrol,
        place::Place,
        road::{Access, Direction, Mode, Street, StreetKind},
        shape::{Line, Outline, Polygon, Ring},
        station::Station,
        time::{Span, Timestamp, Timetable},
    },
    store::{
        change::{After, LogRow, Revision},
        question::Fact,
        version::Version,
    },
};

/// The south-western corner of the test city.
pub(crate) const CORNER: (i32, i32) = (1_233_400_000, 417_800_000);

/// A sequence of numbers that looks random and is always the same (Knuth's MMIX constants).
pub(crate) struct Sequence(pub(crate) u64);

impl Sequence {
    /// The next number below `bound`.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % bound
    }
    /// A number of `0.0 .. 1.0`.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(self.below(1 << 30)) / f64::from(1 << 30)
    }
}

/// The place so many units of 1e-7° east and north of the corner.
pub(crate) fn at(east: i32, north: i32) -> Place {
    Place::from_e7(CORNER.0 + east, CORNER.1 + north).expect("on the Earth")
}

/// The ring through these corners, which need not be closed.
pub(crate) fn ring(corners: &[(i32, i32)]) -> Ring {
    let mut places: Vec<Place> = corners.iter().map(|&(east, north)| at(east, north)).collect();
    places.push(places[0]);
    Ring::new(places).expect("a ring")
}

/// The outline of one polygon.
pub(crate) fn outline(exterior: &[(i32, i32)], holes: &[Vec<(i32, i32)>]) -> Outline {
    let holes = holes.iter().map(|hole| ring(hole)).collect();
    Outline::new(vec![Polygon::new(ring(exterior), holes)]).expect("an outline")
}

/// The corners of an upright rectangle.
pub(crate) fn rectangle(west: i32, south: i32, width: i32, height: i32) -> Vec<(i32, i32)> {
    vec![(west, south), (west + width, south), (west + width, south + height), (west, south + height)]
}

/// The id with this number.
pub(crate) fn area_id(number: u64) -> AreaId {
    AreaId::new(number).expect("an id")
}

/// A patrol, over or not.
pub(crate) fn patrol(id: u64, until: Option<Timestamp>) -> Patrol {
    Patrol {
        id: PatrolId::new(id).expect("an id"),
        responder: ResponderId::new(1).expect("an id"),
        plan: None,
        area: None,
        mode: Mode::Foot,
        span: Span { from: Timestamp(0), until },
    }
}

/// An area of today.
pub(crate) fn area(id: u64, level: Level, parent: Option<u64>, outline: Outline) -> Area {
    let version = AreaVersion {
        code: AreaCode::guess(format!("a-{id}")).expect("a code"),
        name: format!("area {id}"),
        parent: parent.map(area_id),
        outline,
        valid: Span::since(Timestamp(0)),
        households: None,
    };
    Area { id: area_id(id), level, versions: vec![version], lineage: vec![] }
}

/// A building without particulars.
pub(crate) fn building(id: u64, outline: Outline) -> Building {
    Building {
        id: BuildingId::new(id).expect("an id"),
        outline,
        name: None,
        address: None,
        storeys: None,
        households: None,
        entrances: vec![],
        compound: None,
    }
}

/// A compound.
pub(crate) fn compound(id: u64, outline: Outline) -> Compound {
    Compound { id: CompoundId::new(id).expect("an id"), name: format!("compound {id}"), outline }
}

/// A station.
pub(crate) fn station(id: u64, place: Place) -> Station {
    let id = StationId::new(id).expect("an id");
    Station { id, name: format!("station {id}"), place, timetable: Timetable::default() }
}

/// An open or a cleared hazard.
pub(crate) fn hazard(id: u64, place: Place, state: HazardState) -> Hazard {
    Hazard {
        id: HazardId::new(id).expect("an id"),
        category: "14".parse().expect("a category"),
        state,
        place,
        seen_at: Timestamp(1_000 * id as i64),
        case: CaseId::new(id).expect("an id"),
    }
}

/// A street, with a name or without.
pub(crate) fn street(id: u64, name: Option<&str>, corners: &[(i32, i32)]) -> Street {
    Street {
        id: StreetId::new(id).expect("an id"),
        kind: StreetKind::Residential,
        name: name.map(str::to_owned),
        line: Line::new(corners.iter().map(|&(east, north)| at(east, north)).collect()).expect("a line"),
        joints: vec![],
        direction: Direction::Both,
        access: Access { foot: true, cycle: true, car: true },
        bridge: false,
        tunnel: false,
        barriers: vec![],
    }
}

/// The version of the test log with this number.
pub(crate) fn version(seq: u64) -> Version {
    Version::new("test", 0, seq).expect("a version")
}

/// A fact at its first revision.
pub(crate) fn fact(entity: impl Into<Entity>) -> Fact {
    let entity = entity.into();
    Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity }
}

/// A row of the log.
pub(crate) fn row(seq: u64, key: Key, revision: u64, after: After) -> LogRow {
    LogRow {
        version: version(seq),
        at: Timestamp(0),
        key,
        revision: Revision(revision),
        areas_before: vec![],
        areas_after: vec![],
        class: key.kind.pace(),
        after,
    }
}

/// A crooked outline around a middle: a star of random radii, sometimes with a hole, sometimes with a second piece.
pub(crate) fn crooked(sequence: &mut Sequence, east: i32, north: i32, size: i32) -> Outline {
    let mut star = |east: i32, north: i32, least: f64, most: f64| -> Vec<(i32, i32)> {
        let corners = 5 + sequence.below(9);
        (0..corners)
            .map(|corner| {
                let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(corners);
                let radius = (least + (most - least) * sequence.share()) * f64::from(size);
                (east + (radius * angle.cos()) as i32, north + (radius * angle.sin()) as i32)
            })
            .collect()
    };
    let exterior = ring(&star(east, north, 0.4, 1.0));
    let hole = ring(&star(east, north, 0.1, 0.2));
    let island = ring(&star(east + 3 * size, north, 0.3, 0.9));
    let mut polygons = vec![];
    match sequence.below(3) {
        0 => polygons.push(Polygon::new(exterior, vec![])),
        1 => polygons.push(Polygon::new(exterior, vec![hole])),
        _ => polygons.extend([Polygon::new(exterior, vec![hole]), Polygon::new(island, vec![])]),
    }
    Outline::new(polygons).expect("an outline")
}
