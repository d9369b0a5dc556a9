//! Small networks on a board, as they come to mind and at random.

use gridward_data::model::{
    id::{ClosureId, CompoundId, NodeId, RestrictionId, StreetId},
    local::LocalFrame,
    place::Place,
    road::{Access, Barrier, BarrierKind, Closure, Direction, Joint, Restriction, Street, StreetKind, Via},
    shape::{Line, Outline, Polygon, Ring},
    time::{Span, Timestamp, Timetable, Weekday, WeeklySpan},
};
use proptest::prelude::*;

/// A Monday, 15:07 in China.
pub(crate) const NOW: Timestamp = Timestamp(1_795_417_620_000);
/// Nodes on a side of the board.
pub(crate) const SIDE: usize = 4;

pub(crate) const EVERYBODY: Access = Access { foot: true, cycle: true, car: true };
pub(crate) const ON_FOOT: Access = Access { foot: true, cycle: false, car: false };

/// A place on the board: a unit is a tenth of the side of a square, some 10 m.
pub(crate) fn at(east: i32, north: i32) -> Place {
    Place::from_e7(1_233_500_000 + east * 1_200, 417_900_000 + north * 900).expect("on the Earth")
}

pub(crate) fn frame() -> LocalFrame {
    LocalFrame::around(at(15, 15))
}

/// A street along some points of the board; it can be entered at those whose coordinates are multiples of ten.
pub(crate) fn street(id: u64, corners: &[(i32, i32)]) -> Street {
    let line = Line::new(corners.iter().map(|(east, north)| at(*east, *north)).collect()).expect("a line");
    let joints = corners.iter().enumerate().filter(|(_, (east, north))| east % 10 == 0 && north % 10 == 0);
    let node = |(east, north): (i32, i32)| NodeId::new((1 + east + 1_000 * north) as u64).expect("an id");
    Street {
        id: StreetId::new(id).expect("an id"),
        kind: StreetKind::Residential,
        name: None,
        line,
        joints: joints.map(|(corner, point)| Joint { at: corner as u32, node: node(*point) }).collect(),
        direction: Direction::Both,
        access: EVERYBODY,
        bridge: false,
        tunnel: false,
        barriers: vec![],
    }
}

pub(crate) fn gate(at: u32) -> Barrier {
    let hours = Timetable::default();
    Barrier { at, kind: BarrierKind::Gate, access: EVERYBODY, hours, residents: None }
}

pub(crate) fn compound(id: u64) -> CompoundId {
    CompoundId::new(id).expect("an id")
}

/// A rectangle between two corners of the board.
pub(crate) fn rectangle(west: i32, south: i32, east: i32, north: i32) -> Outline {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let ring = Ring::new(corners.map(|(east, north)| at(east, north)).to_vec()).expect("a ring");
    Outline::new(vec![Polygon::new(ring, vec![])]).expect("an outline")
}

pub(crate) fn closure(street: u64, place: Option<Place>) -> Closure {
    Closure {
        id: ClosureId::new(1).expect("an id"),
        street: StreetId::new(street).expect("an id"),
        place,
        span: Span::since(Timestamp(0)),
    }
}

pub(crate) fn restriction(from: u64, via: Via, to: u64, only: bool) -> Restriction {
    let street = |id| StreetId::new(id).expect("an id");
    Restriction { id: RestrictionId::new(1).expect("an id"), from: street(from), via, to: street(to), only }
}

pub(crate) fn node(east: i32, north: i32) -> NodeId {
    NodeId::new((1 + east + 1_000 * north) as u64).expect("an id")
}

/// A network at random, with all that can be in the way.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) streets: Vec<Street>,
    pub(crate) restrictions: Vec<Restriction>,
    pub(crate) closures: Vec<Closure>,
}

/// Two compounds whose outlines no gate stands on: their people pass gates, and have no walls.
pub(crate) fn compounds() -> Vec<(CompoundId, Outline)> {
    vec![(compound(1), rectangle(-2, -2, 13, 13)), (compound(2), rectangle(17, 17, 32, 32))]
}

pub(crate) fn networks() -> impl Strategy<Value = Network> {
    let squares = SIDE * (SIDE - 1) * 2;
    let roads = proptest::collection::vec(proptest::option::weighted(0.85, pieces()), squares);
    let longer = proptest::collection::vec((0..SIDE, 0..SIDE - 2, any::<bool>(), pieces()), 0..3);
    let turns = proptest::collection::vec((0..400_usize, 0..400_usize, 0..400_usize, any::<bool>()), 0..8);
    let closed = proptest::collection::vec((0..400_usize, any::<bool>()), 0..3);
    (roads, longer, turns, closed).prop_map(|(roads, longer, turns, closed)| {
        let streets = laid(&roads, &longer);
        let restrictions = restricted(&streets, &turns);
        let closures = closed.iter().filter_map(|(which, whole)| {
            let street = streets.get(which % streets.len().max(1))?;
            let barrier = street.barriers.first().map(|barrier| street.line.places()[barrier.at as usize]);
            let place = if *whole { None } else { Some(barrier?) };
            Some(closure(street.id.number(), place))
        });
        let closures = closures.collect();
        Network { streets, restrictions, closures }
    })
}

/// What a street is like, apart from where it is.
#[derive(Clone, Debug)]
struct Piece {
    kind: StreetKind,
    access: Access,
    direction: Direction,
    bend: i32,
    barrier: Option<(Access, Timetable, Option<u64>)>,
}

fn accesses() -> impl Strategy<Value = Access> {
    prop_oneof![
        5 => Just(EVERYBODY),
        1 => Just(ON_FOOT),
        1 => (any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(foot, cycle, car)| Access { foot, cycle, car }),
    ]
}

fn pieces() -> impl Strategy<Value = Piece> {
    use StreetKind::{Footway, Primary, Residential, Service, Steps};
    let kinds = prop_oneof![4 => Just(Residential), 1 => Just(Primary), 1 => Just(Service), 1 => Just(Footway), 1 => Just(Steps)];
    let directions = prop_oneof![4 => Just(Direction::Both), 1 => Just(Direction::Forward), 1 => Just(Direction::Backward)];
    let hours = prop_oneof![
        2 => Just(vec![]),
        1 => (0_u16..1_440, 1_u16..1_440).prop_map(|(from, length)| vec![WeeklySpan {
            day: Weekday::Monday, from_min: from, until_min: from + length,
        }]),
    ];
    let residents = prop_oneof![3 => Just(None), 2 => (1_u64..=3).prop_map(Some)];
    let barriers = (accesses(), hours.prop_map(Timetable), residents);
    (kinds, accesses(), directions, -4..=4_i32, proptest::option::weighted(0.3, barriers))
        .prop_map(|(kind, access, direction, bend, barrier)| Piece { kind, access, direction, bend, barrier })
}

fn shaped(id: u64, corners: &[(i32, i32)], piece: &Piece) -> Street {
    let mut bent = vec![];
    for pair in corners.windows(2) {
        let [(x, y), (u, v)] = pair else { continue };
        let middle = if x == u { (x + 3 + piece.bend, y + 5) } else { (x + 5, y + 3 + piece.bend) };
        // No middle is a joint.
        bent.extend([
            (*x, *y),
            if middle.0 % 10 == 0 && middle.1 % 10 == 0 { (middle.0 + 1, middle.1) } else { middle },
        ]);
        if pair[1] == corners[corners.len() - 1] {
            bent.push((*u, *v));
        }
    }
    let mut street = street(id, &bent);
    (street.kind, street.access, street.direction) = (piece.kind, piece.access, piece.direction);
    street.barriers = piece
        .barrier
        .iter()
        .map(|(access, hours, residents)| Barrier {
            // Between the joints or at one.
            at: (piece.bend + 4) as u32 % bent.len() as u32,
            kind: BarrierKind::Gate,
            access: *access,
            hours: hours.clone(),
            residents: residents.map(compound),
        })
        .collect();
    street
}

fn laid(roads: &[Option<Piece>], longer: &[(usize, usize, bool, Piece)]) -> Vec<Street> {
    let point = |column: usize, row: usize| (column as i32 * 10, row as i32 * 10);
    let mut places = vec![];
    for row in 0..SIDE {
        for column in 0..SIDE - 1 {
            places.push([point(column, row), point(column + 1, row)]);
            places.push([point(row, column), point(row, column + 1)]);
        }
    }
    let mut streets = vec![];
    for (corners, piece) in places.iter().zip(roads) {
        if let Some(piece) = piece {
            streets.push(shaped(streets.len() as u64 + 1, corners, piece));
        }
    }
    for (line, start, across, piece) in longer {
        let corners: Vec<_> = (*start..start + 3)
            .map(|step| if *across { point(step, *line) } else { point(*line, step) })
            .collect();
        streets.push(shaped(streets.len() as u64 + 1, &corners, piece));
    }
    streets
}

/// Restrictions between streets that truly meet, through a node or through a street.
fn restricted(streets: &[Street], turns: &[(usize, usize, usize, bool)]) -> Vec<Restriction> {
    let meets = |one: &Street, other: &Street| {
        let shared = |joint: &&Joint| other.joints.iter().any(|its| its.node == joint.node);
        one.joints.iter().find(shared).map(|joint| joint.node)
    };
    let pick = |from: Vec<&Street>, at: usize| from.get(at % from.len().max(1)).map(|street| street.id);
    turns
        .iter()
        .filter_map(|(from, via, to, only)| {
            let first = streets.get(from % streets.len().max(1))?;
            let seconds: Vec<&Street> =
                streets.iter().filter(|other| meets(first, other).is_some()).collect();
            let second = pick(seconds, *via)?;
            let second = streets.iter().find(|street| street.id == second)?;
            if to % 3 == 0 && first.id != second.id {
                let thirds: Vec<&Street> = streets
                    .iter()
                    .filter(|other| {
                        other.id != first.id && other.id != second.id && meets(second, other).is_some()
                    })
                    .collect();
                let third = pick(thirds, to / 3)?;
                return Some(restriction(
                    first.id.number(),
                    Via::Streets(vec![second.id]),
                    third.number(),
                    *only,
                ));
            }
            let node = meets(first, second)?;
            Some(restriction(first.id.number(), Via::Node(node), second.id.number(), *only))
        })
        .collect()
}
