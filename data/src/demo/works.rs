//! Where people learn, work, trade and rest: schools, factories, markets, offices, parks.

use super::{
    dwellings::every_day,
    ground::Rect,
    lot::Side,
    names, shops,
    yard::{EVERYBODY, Gate, House, NO_CARS, ON_FOOT, Yard},
    zoning::Zone,
};
use crate::model::{
    road::{BarrierKind, StreetKind},
    time::Timetable,
};

/// Free ground on both sides of the way in, metres.
const BESIDE_WAY_M: f64 = 6.0;

/// Builds over a lot what is no dwelling.
pub(super) fn build(yard: &mut Yard<'_>, zone: Zone) {
    match zone {
        Zone::School => school(yard),
        Zone::Market => market(yard),
        Zone::Factory => factory(yard),
        Zone::Offices => offices(yard),
        _ => park(yard),
    }
}

/// A house with one door and no dwellings.
fn plain(yard: &mut Yard<'_>, rect: Rect, face: Side, storeys: u16, name: String) -> usize {
    let address = yard.lot.address(Side::South, yard.lot.gate(Side::South).0, 0.0);
    yard.build(House { rect, face, doors: 1, storeys, households: None, name, address, stairwells: false })
}

fn gate(side: Side, barrier: BarrierKind, hours: Timetable) -> Gate {
    let access = if matches!(barrier, BarrierKind::Bollard) { NO_CARS } else { EVERYBODY };
    Gate { side, barrier: Some(barrier), access, hours, residents: false }
}

fn school(yard: &mut Yard<'_>) {
    let wall = yard.lot.ground.inset(1.0);
    let inner = wall.inset(5.0);
    let x = yard.lot.spine_x();
    let nth = yard.next_named();
    let name = names::school(nth);
    let main = Rect { west: x - 32.0, east: x + 32.0, south: inner.north - 15.0, north: inner.north };
    let teaching = plain(yard, main, Side::South, 4, format!("{name}教学楼"));
    let door = yard.door(teaching);
    yard.made.schools.push(door);
    let wing =
        Rect { west: inner.west, east: inner.west + 13.0, south: inner.south, north: inner.south + 38.0 };
    plain(yard, wing, Side::East, 3, format!("{name}综合楼"));
    let gym =
        Rect { west: inner.east - 28.0, east: inner.east, south: inner.south, north: inner.south + 20.0 };
    plain(yard, gym, Side::West, 2, format!("{name}体育馆"));
    let gates = [gate(Side::South, BarrierKind::Gate, every_day(6 * 60 + 30, 18 * 60))];
    let (low, high) = (inner.south + 10.0, main.south - 6.0);
    yard.way_in(StreetKind::Service, EVERYBODY, wall, &gates, &[low, high]);
    yard.foot(StreetKind::Footway, &[(wing.east + 2.0, low), (x, low), (gym.west - 2.0, low)]);
}

fn market(yard: &mut Yard<'_>) {
    let ground = shops::line_streets(yard).inset(1.0);
    let x = yard.lot.spine_x();
    let nth = yard.next_named();
    let reach = (ground.width() * 0.28).min(38.0);
    let (south, north) = (ground.south + ground.height() * 0.35, ground.south + ground.height() * 0.72);
    let hall = Rect { west: x - reach, east: x + reach, south, north };
    let index = plain(yard, hall, Side::South, 2, names::market(nth));
    let door = yard.door(index);
    yard.made.shops.push(door);
    let gates = [gate(Side::South, BarrierKind::Bollard, Timetable::default())];
    let stop = hall.south - 5.0;
    yard.way_in(StreetKind::Pedestrian, NO_CARS, ground, &gates, &[stop]);
    let (west, east) = (hall.west - 4.0, hall.east + 4.0);
    let round = [(x, stop), (west, stop), (west, north + 4.0), (east, north + 4.0), (east, stop), (x, stop)];
    yard.foot(StreetKind::Pedestrian, &round);
}

fn factory(yard: &mut Yard<'_>) {
    let wall = yard.lot.ground.inset(1.0);
    let inner = wall.inset(6.0);
    let x = yard.lot.spine_x();
    let nth = yard.next_named();
    let name = names::factory(nth);
    let mut halls = 0;
    for (west, east, face) in
        [(inner.west, x - BESIDE_WAY_M, Side::East), (x + BESIDE_WAY_M, inner.east, Side::West)]
    {
        let parts = 1 + yard.dice.below(3);
        let each = (inner.height() - 9.0 * (parts - 1) as f64) / parts as f64;
        for part in 0..parts {
            let south = inner.south + (each + 9.0) * part as f64;
            let spare = yard.dice.real(0.0, (east - west) * 0.3);
            let (west, east) = if face == Side::East { (west + spare, east) } else { (west, east - spare) };
            halls += 1;
            let (rect, storeys) =
                (Rect { west, east, south, north: south + each }, yard.dice.pick(&[1, 1, 2]));
            plain(yard, rect, face, storeys, format!("{name}{halls}号厂房"));
        }
    }
    let gates = [
        gate(Side::South, BarrierKind::LiftGate, Timetable::default()),
        gate(Side::North, BarrierKind::Gate, every_day(6 * 60, 20 * 60)),
    ];
    yard.way_in(StreetKind::Service, EVERYBODY, wall, &gates, &[f64::midpoint(wall.south, wall.north)]);
}

fn offices(yard: &mut Yard<'_>) {
    let ground = shops::line_streets(yard).inset(1.0);
    let inner = ground.inset(4.0);
    let x = yard.lot.spine_x();
    let middle = f64::midpoint(inner.south, inner.north);
    let quarters = [
        (inner.west, x - BESIDE_WAY_M, middle + 5.0, inner.north, Side::East),
        (x + BESIDE_WAY_M, inner.east, middle + 5.0, inner.north, Side::West),
        (inner.west, x - BESIDE_WAY_M, inner.south, middle - 5.0, Side::East),
        (x + BESIDE_WAY_M, inner.east, inner.south, middle - 5.0, Side::West),
    ];
    for (west, east, south, north, face) in quarters {
        let (width, height) =
            ((east - west) * yard.dice.real(0.5, 1.0), (north - south) * yard.dice.real(0.65, 1.0));
        let (west, east) = if face == Side::East { (east - width, east) } else { (west, west + width) };
        let rect = Rect { west, east, south, north: south + height };
        let (nth, storeys) = (yard.next_named(), yard.dice.pick(&[3, 4, 5, 6, 9, 14, 22, 28]));
        plain(yard, rect, face, storeys, names::offices(nth));
    }
    let gates = [Side::South, Side::North].map(|side| gate(side, BarrierKind::Bollard, Timetable::default()));
    yard.way_in(StreetKind::Pedestrian, NO_CARS, ground, &gates, &[middle]);
    yard.foot(StreetKind::Footway, &[(inner.west, middle), (x, middle), (inner.east, middle)]);
}

fn park(yard: &mut Yard<'_>) {
    let ground = yard.lot.ground;
    let x = yard.lot.spine_x();
    let at = |share: f64| ground.south + ground.height() * share;
    let (low, high) = (at(0.3), at(0.7));
    let (west, east) = (ground.west + 8.0, ground.east - 8.0);
    let gates = [Side::South, Side::North].map(|side| Gate {
        side,
        barrier: None,
        access: ON_FOOT,
        hours: Timetable::default(),
        residents: false,
    });
    yard.way_in(StreetKind::Footway, ON_FOOT, ground, &gates, &[low, high]);
    // A round walk, with steps up to the pavilion.
    let bend = at(0.5);
    yard.foot(
        StreetKind::Footway,
        &[(x, low), (west + 12.0, low), (west, bend), (west + 12.0, high), (x, high)],
    );
    let foot = x + (east - x) * 0.4;
    let eastward = [(x, low), (foot, low), (east - 12.0, low), (east, bend), (east - 12.0, high), (x, high)];
    yard.foot(StreetKind::Footway, &eastward);
    let pavilion = Rect { west: foot - 4.5, east: foot + 4.5, south: bend - 4.5, north: bend + 4.5 };
    yard.foot(StreetKind::Steps, &[(foot, low), (foot, pavilion.south - 2.0)]);
    plain(yard, pavilion, Side::South, 1, "凉亭".to_owned());
}
