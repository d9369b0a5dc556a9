//! What is meant by somebody who points at the map to close it.

use crate::index::Index;
use gridward_data::model::{local::Metric, place::Place, road::Street};

/// Whoever points is at most so far beside what is meant, metres.
pub const POINTING_M: f64 = 30.0;

/// A place of a street.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// The street.
    pub street: &'a Street,
    /// The place: of a gate the place where it stands.
    pub place: Place,
}

/// The nearest gate or other barrier within [`POINTING_M`]; of several as near the one of the street with the lowest id.
#[must_use]
pub fn gate_at(index: &Index, place: Place) -> Option<Spot<'_>> {
    let point = index.drawn(place)?;
    let streets = &index.places().streets;
    let mut best: Option<(f64, u64, Spot<'_>)> = None;
    for at in streets.items_around(point, POINTING_M) {
        let street = streets.at(at);
        for barrier in &street.barriers {
            let place = street.line.places()[barrier.at as usize];
            let distance_m = distance_m(index, point, place);
            let key = (distance_m, street.id.number());
            let nearer = best.is_none_or(|(known_m, id, _)| key < (known_m, id));
            if distance_m <= POINTING_M && nearer {
                best = Some((distance_m, key.1, Spot { street, place }));
            }
        }
    }
    best.map(|(_, _, spot)| spot)
}

/// The nearest street within [`POINTING_M`]; of several as near the one with the lowest id.
#[must_use]
pub fn street_at(index: &Index, place: Place) -> Option<Spot<'_>> {
    let point = index.drawn(place)?;
    let streets = &index.places().streets;
    let mut best: Option<(f64, u64, Spot<'_>)> = None;
    for at in streets.items_around(point, POINTING_M) {
        let street = streets.at(at);
        let distance_m = streets.nearest(at, point).distance_m;
        let key = (distance_m, street.id.number());
        if distance_m <= POINTING_M && best.is_none_or(|(known_m, id, _)| key < (known_m, id)) {
            best = Some((distance_m, key.1, Spot { street, place }));
        }
    }
    best.map(|(_, _, spot)| spot)
}

fn distance_m(index: &Index, point: Metric, place: Place) -> f64 {
    index.frame().to_metres(place).distance(point)
}
