//! A city for the benches: 40,000 buildings in 2,441 grids on a board of streets, made of whole numbers alone.

use gridward_data::{
    model::{
        area::{Area, AreaVersion, Level},
        building::{Building, Compound},
        case::{Hazard, HazardState},
        code::AreaCode,
        entity::Entity,
        id::{AreaId, BuildingId, CaseId, CompoundId, HazardId, StreetId},
        place::Place,
        road::{Access, Direction, Street, StreetKind},
        shape::{Line, Outline, Polygon, Ring},
        time::{Span, Timestamp},
    },
    store::{change::Revision, question::Fact, version::Version},
};
use std::time::{Duration, Instant};

/// The south-western corner, units of 1e-7°.
const CORNER: (i32, i32) = (1_231_500_000, 416_500_000);
/// Grids on a side, and the side of a grid in units of 1e-7°: some 250 m.
const SIDE: i32 = 50;
const GRID: (i32, i32) = (30_000, 22_500);
/// So many grids there are in Tiexi; the last row is not full.
const GRIDS: i32 = 2_441;
const BUILDINGS: i32 = 40_000;

/// Numbers that look random and are always the same (Knuth's MMIX constants).
pub(crate) struct Sequence(pub(crate) u64);

impl Sequence {
    pub(crate) fn below(&mut self, bound: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as i32
    }
    /// A place anywhere in the city.
    pub(crate) fn place(&mut self) -> Place {
        at(self.below(SIDE * GRID.0), self.below(GRIDS / SIDE * GRID.1))
    }
}

fn at(east: i32, north: i32) -> Place {
    Place::from_e7(CORNER.0 + east, CORNER.1 + north).expect("on the Earth")
}

fn outline(corners: &[(i32, i32)]) -> Outline {
    let places: Vec<Place> =
        corners.iter().chain(&corners[..1]).map(|&(east, north)| at(east, north)).collect();
    Outline::new(vec![Polygon::new(Ring::new(places).expect("a ring"), vec![])]).expect("an outline")
}

/// A rectangle whose sides carry more corners, as real borders do.
fn border(west: i32, south: i32, width: i32, height: i32, pieces: i32) -> Outline {
    let sides = [
        ((west, south), (1, 0)),
        ((west + width, south), (0, 1)),
        ((west + width, south + height), (-1, 0)),
        ((west, south + height), (0, -1)),
    ];
    let mut corners = vec![];
    for ((x, y), (right, up)) in sides {
        corners.extend(
            (0..pieces).map(|piece| (x + right * width * piece / pieces, y + up * height * piece / pieces)),
        );
    }
    outline(&corners)
}

fn area(id: i32, level: Level, parent: Option<i32>, outline: Outline) -> Entity {
    let id_of = |number: i32| AreaId::new(number as u64).expect("an id");
    let version = AreaVersion {
        code: AreaCode::guess(format!("a-{id:05}")).expect("a code"),
        name: format!("{id}"),
        parent: parent.map(id_of),
        outline,
        valid: Span::since(Timestamp(0)),
        households: None,
    };
    Area { id: id_of(id), level, versions: vec![version], lineage: vec![] }.into()
}

fn areas() -> Vec<Entity> {
    let rows = (GRIDS + SIDE - 1) / SIDE;
    let mut areas = vec![area(1, Level::District, None, border(0, 0, SIDE * GRID.0, rows * GRID.1, 366))];
    for part in 0..10 {
        let (west, width) = (part * 5 * GRID.0, 5 * GRID.0);
        areas.push(area(2 + part, Level::Street, Some(1), border(west, 0, width, rows * GRID.1, 100)));
        for block in 0..=rows / 5 {
            let height = (rows - block * 5).clamp(0, 5) * GRID.1;
            if height > 0 {
                let id = 100 + part * 20 + block;
                areas.push(area(
                    id,
                    Level::Community,
                    Some(2 + part),
                    border(west, block * 5 * GRID.1, width, height, 30),
                ));
            }
        }
    }
    for number in 0..GRIDS {
        let (column, row) = (number % SIDE, number / SIDE);
        let parent = 100 + column / 5 * 20 + row / 5;
        areas.push(area(
            1_000 + number,
            Level::Grid,
            Some(parent),
            border(column * GRID.0, row * GRID.1, GRID.0, GRID.1, 8),
        ));
    }
    areas
}

fn building(number: i32) -> Entity {
    let mut sequence = Sequence(number as u64);
    let grid = number % GRIDS;
    let slot = number / GRIDS;
    let (west, south) =
        ((grid % SIDE) * GRID.0 + 800 + slot % 4 * 7_000, (grid / SIDE) * GRID.1 + 700 + slot / 4 * 4_000);
    let (width, depth, wing) =
        (3_000 + sequence.below(2_500), 900 + sequence.below(700), 400 + sequence.below(600));
    // An L: eight corners in all with the stairwell.
    let corners = [
        (west, south),
        (west + width, south),
        (west + width, south + depth),
        (west + width / 2, south + depth),
        (west + width / 2, south + depth + wing / 2),
        (west + width / 3, south + depth + wing),
        (west + 300, south + depth + wing),
        (west, south + depth),
    ];
    Building {
        id: BuildingId::new(number as u64 + 1).expect("an id"),
        outline: outline(&corners),
        name: Some(format!("{number}号楼")),
        address: None,
        storeys: Some(6),
        households: Some(30),
        entrances: vec![],
        compound: None,
    }
    .into()
}

fn street(number: i32) -> Entity {
    let (across, along) = (number % 2 == 0, number / 2);
    let (row, column) = (along / SIDE, along % SIDE);
    let (x, y) = (column * GRID.0, row * GRID.1);
    let line = if across {
        [(x, y), (x + GRID.0 / 2, y + 90), (x + GRID.0, y)]
    } else {
        [(x, y), (x + 120, y + GRID.1 / 2), (x, y + GRID.1)]
    };
    Street {
        id: StreetId::new(number as u64 + 1).expect("an id"),
        kind: StreetKind::Residential,
        name: (number % 3 == 0).then(|| format!("{number}街")),
        line: Line::new(line.map(|(east, north)| at(east, north)).to_vec()).expect("a line"),
        joints: vec![],
        direction: Direction::Both,
        access: Access { foot: true, cycle: true, car: true },
        bridge: false,
        tunnel: false,
        barriers: vec![],
    }
    .into()
}

/// A hazard at a place.
pub(crate) fn hazard(id: u64, place: Place) -> Entity {
    Hazard {
        id: HazardId::new(id).expect("an id"),
        category: "14".parse().expect("a category"),
        state: HazardState::Open,
        place,
        seen_at: Timestamp(0),
        case: CaseId::new(id).expect("an id"),
    }
    .into()
}

/// The city: areas, 2,000 compounds, 40,000 buildings, 4,800 streets, and so many hazards.
pub(crate) fn facts(hazards: u64) -> Vec<Fact> {
    let compounds = (0..2_000).map(|number| {
        let (west, south) = (number % SIDE * GRID.0, number / SIDE * GRID.1);
        let id = CompoundId::new(number as u64 + 1).expect("an id");
        Compound {
            id,
            name: String::new(),
            outline: border(west + 400, south + 400, GRID.0 - 900, GRID.1 - 900, 5),
        }
        .into()
    });
    let mut sequence = Sequence(1);
    let hazards = (1..=hazards).map(move |id| hazard(id, sequence.place()));
    let all = areas()
        .into_iter()
        .chain(compounds)
        .chain((0..BUILDINGS).map(building))
        .chain((0..4_800).map(street));
    all.chain(hazards)
        .map(|entity| Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity })
        .collect()
}

/// The version of the log with this number.
pub(crate) fn version(seq: u64) -> Version {
    Version::new("bench", 0, seq).expect("a version")
}

/// Times a question for each of 10,000 inputs, five times each and keeps the fastest, and prints the quantiles.
pub(crate) fn quantiles<A>(name: &str, inputs: &[Place], ask: impl Fn(Place) -> A) {
    let once = |place: Place| {
        let begin = Instant::now();
        std::hint::black_box(ask(std::hint::black_box(place)));
        begin.elapsed()
    };
    let fastest = |place: &Place| (0..5).map(|_| once(*place)).min().expect("five times");
    let mut times: Vec<Duration> = inputs.iter().map(fastest).collect();
    times.sort_unstable();
    let micros = |share: usize| times[(times.len() - 1) * share / 1_000].as_nanos() as f64 / 1_000.0;
    println!(
        "{name:<44} p50 {:>7.2} µs   p99 {:>7.2} µs   max {:>7.2} µs",
        micros(500),
        micros(990),
        micros(1_000)
    );
}

/// The memory that this process holds, megabytes, where the system tells it.
pub(crate) fn resident_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1_024)
}
