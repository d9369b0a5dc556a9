//! Two grids side by side with streets through them, and fixes of somebody who walks there.

use gridward_data::{
    model::{
        area::{Area, AreaVersion, Level},
        building::{Building, Entrance},
        code::AreaCode,
        entity::Entity,
        id::{AreaId, BuildingId, NodeId, StreetId},
        local::Metric,
        patrol::Fix,
        place::Place,
        road::{Access, Direction, Joint, Mode, Street, StreetKind},
        shape::{Line, Outline, Polygon, Ring},
        time::{Span, Timestamp},
        unit::Metres,
    },
    store::{change::Revision, question::Fact, tracks::DeviceFixes, version::Version},
};
use gridward_domain::{index::Index, patrol::coverage::Told};

/// 2026-11-23 15:07 in China.
pub(crate) const START_MS: i64 = 1_795_417_620_000;

const EAST_E7: f64 = 120.374;
const NORTH_E7: f64 = 90.03;

/// The place so many metres east and north of the middle of the border between the two grids; good to a few millimetres.
pub(crate) fn at(east_m: f64, north_m: f64) -> Place {
    let (lon_e7, lat_e7) = (1_233_000_000.0 + east_m * EAST_E7, 418_000_000.0 + north_m * NORTH_E7);
    Place::from_e7(lon_e7 as i32, lat_e7 as i32).expect("on the Earth")
}

pub(crate) fn area_id(number: u64) -> AreaId {
    AreaId::new(number).expect("an id")
}

fn rectangle(west_m: f64, south_m: f64, east_m: f64, north_m: f64) -> Outline {
    let corners =
        [(west_m, south_m), (east_m, south_m), (east_m, north_m), (west_m, north_m), (west_m, south_m)];
    let ring = Ring::new(corners.map(|(east_m, north_m)| at(east_m, north_m)).to_vec()).expect("a ring");
    Outline::new(vec![Polygon::new(ring, vec![])]).expect("an outline")
}

fn area(id: u64, level: Level, parent: Option<u64>, outline: Outline) -> Area {
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

pub(crate) fn street(id: u64, corners_m: &[(f64, f64)]) -> Street {
    let line = Line::new(corners_m.iter().map(|(east_m, north_m)| at(*east_m, *north_m)).collect());
    let node = |number: u64| NodeId::new(number).expect("an id");
    Street {
        id: StreetId::new(id).expect("an id"),
        kind: StreetKind::Residential,
        name: None,
        line: line.expect("a line"),
        joints: vec![
            Joint { at: 0, node: node(id * 2) },
            Joint { at: corners_m.len() as u32 - 1, node: node(id * 2 + 1) },
        ],
        direction: Direction::Both,
        access: Access { foot: true, cycle: true, car: true },
        bridge: false,
        tunnel: false,
        barriers: vec![],
    }
}

/// A community (1) of two grids: the western (2) and the eastern (3), each 300 m wide and 400 m high. Streets: 1 from west to east through the middle
/// of both, 2 along their border, 3 in the west, 4 a road on which nobody may walk. Two buildings with an entrance each.
pub(crate) fn board() -> Index {
    let outline = rectangle(-300.0, -200.0, 300.0, 200.0);
    let mut entities: Vec<Entity> = vec![
        area(1, Level::Community, None, outline).into(),
        area(2, Level::Grid, Some(1), rectangle(-300.0, -200.0, 0.0, 200.0)).into(),
        area(3, Level::Grid, Some(1), rectangle(0.0, -200.0, 300.0, 200.0)).into(),
        street(1, &[(-279.5, 0.0), (279.5, 0.0)]).into(),
        street(2, &[(0.0, -179.5), (0.0, 179.5)]).into(),
        street(3, &[(-150.0, 20.0), (-150.0, 100.0), (-95.0, 100.0)]).into(),
    ];
    let motorway = street(4, &[(-280.0, -150.0), (280.0, -150.0)]);
    entities.push(Street { access: Access { foot: false, cycle: false, car: true }, ..motorway }.into());
    for (id, east_m) in [(1, -200.0), (2, 200.0)] {
        let outline = rectangle(east_m - 10.0, 20.0, east_m + 10.0, 40.0);
        let entrances = vec![Entrance { place: at(east_m, 20.0), label: None }];
        let id = BuildingId::new(id).expect("an id");
        let building = Building {
            id,
            outline,
            name: None,
            address: None,
            storeys: None,
            households: None,
            entrances,
            compound: None,
        };
        entities.push(building.into());
    }
    let fact = |entity: Entity| Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity };
    let version = Version::new("board", 0, 1).expect("a version");
    Index::build(version, entities.into_iter().map(fact))
}

/// A fix: its number, seconds after the start, metres east and north, accuracy.
pub(crate) fn fix(sequence: u64, after_s: f64, (east_m, north_m): (f64, f64), accuracy_m: f64) -> Fix {
    Fix {
        sequence,
        at: Timestamp(START_MS + (after_s * 1_000.0) as i64),
        place: at(east_m, north_m),
        accuracy: Metres::new(accuracy_m).ok(),
        speed_m_s: None,
    }
}

/// Fixes of somebody who goes along corners at a speed, one every `every_s` seconds, and one at the end.
pub(crate) fn walk(corners_m: &[(f64, f64)], speed_m_s: f64, every_s: f64, accuracy_m: f64) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let (mut begun_m, mut next_m) = (0.0, 0.0);
    for pair in corners_m.windows(2) {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let length_m = dx.hypot(dy);
        while next_m <= begun_m + length_m {
            let share = (next_m - begun_m) / length_m;
            let number = fixes.len() as u64 + 1;
            let point = (pair[0].0 + dx * share, pair[0].1 + dy * share);
            fixes.push(fix(number, next_m / speed_m_s, point, accuracy_m));
            next_m += speed_m_s * every_s;
        }
        begun_m += length_m;
    }
    let end = *corners_m.last().expect("a way has corners");
    fixes.push(fix(fixes.len() as u64 + 1, begun_m / speed_m_s, end, accuracy_m));
    fixes
}

pub(crate) fn device(fixes: Vec<Fix>) -> Vec<DeviceFixes> {
    vec![DeviceFixes { device: "phone".to_owned(), fixes }]
}

/// What was told of a patrol on foot without a plan.
pub(crate) fn told(devices: &[DeviceFixes]) -> Told<'_> {
    Told { devices, scans: &[], mode: Mode::Foot, checkpoints: &[] }
}

/// Metres east and north of the middle of the frame.
pub(crate) fn metric(index: &Index, (east_m, north_m): (f64, f64)) -> Metric {
    index.frame().to_metres(at(east_m, north_m))
}
