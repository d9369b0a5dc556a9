//! Where things are sold: shops in front of the walls, along the wider streets.

use super::{
    ground::Rect,
    lot::Side,
    names,
    yard::{House, Yard},
};
use crate::model::road::StreetKind;

/// The ground that a row of shops takes, with the gap behind it, metres.
const STRIP_M: f64 = 12.5;
/// How far shops keep from the way in, metres.
const GATE_CLEAR_M: f64 = 5.0;

/// How often the side of a block has shops along a street of this kind, in a hundred.
const fn how_often(street: StreetKind) -> usize {
    match street {
        StreetKind::Primary => 70,
        StreetKind::Secondary => 50,
        StreetKind::Tertiary => 28,
        _ => 7,
    }
}

/// Builds shops along some sides of the lot and returns the ground that is left behind them.
pub(super) fn line_streets(yard: &mut Yard<'_>) -> Rect {
    let mut left = yard.lot.ground;
    for side in [Side::South, Side::North, Side::West, Side::East] {
        if !yard.dice.chance(how_often(yard.lot.street(side))) {
            continue;
        }
        row(yard, side, left);
        match side {
            Side::South => left.south += STRIP_M,
            Side::North => left.north -= STRIP_M,
            Side::West => left.west += STRIP_M,
            Side::East => left.east -= STRIP_M,
        }
    }
    left
}

fn row(yard: &mut Yard<'_>, side: Side, ground: Rect) {
    let across = matches!(side, Side::South | Side::North);
    let (mut at, end) = if across { (ground.west, ground.east) } else { (ground.south, ground.north) };
    let clear = across.then(|| {
        let (gate, spine) = (yard.lot.gate(side).0, yard.lot.spine_x());
        (gate.min(spine) - GATE_CLEAR_M, gate.max(spine) + GATE_CLEAR_M)
    });
    loop {
        let (width, depth) = (yard.dice.real(9.0, 27.0), yard.dice.real(7.5, 10.0));
        let (from, to) = (at, at + width);
        if to > end {
            return;
        }
        if let Some((low, high)) = clear.filter(|(low, high)| from < *high && to > *low) {
            // What does not fit before the gate is built behind it.
            at = if low - from > 12.0 { low - width } else { high };
            if at < from {
                at = high;
            }
            continue;
        }
        at = to + if yard.dice.chance(70) { 0.6 } else { yard.dice.real(4.0, 14.0) };
        if yard.dice.chance(12) {
            continue;
        }
        let rect = match side {
            Side::South => Rect { west: from, east: to, south: ground.south, north: ground.south + depth },
            Side::North => Rect { west: from, east: to, south: ground.north - depth, north: ground.north },
            Side::West => Rect { west: ground.west, east: ground.west + depth, south: from, north: to },
            Side::East => Rect { west: ground.east - depth, east: ground.east, south: from, north: to },
        };
        build(yard, side, rect);
    }
}

fn build(yard: &mut Yard<'_>, side: Side, rect: Rect) {
    let trade = yard.dice.pick(&names::SHOPS);
    let (x, y) = (f64::midpoint(rect.west, rect.east), f64::midpoint(rect.south, rect.north));
    let nth = yard.dice.below(600);
    let house = House {
        rect,
        face: side,
        doors: 1,
        storeys: yard.dice.pick(&[1, 1, 2, 2, 2, 3]),
        households: None,
        name: names::shop(nth, trade),
        address: yard.lot.address(side, x, y),
        stairwells: false,
    };
    let index = yard.build(house);
    let door = yard.door(index);
    yard.made.shops.push(door);
}
