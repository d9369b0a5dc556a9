//! Where a spot of the plan lies on the Earth.
//!
//! The town is planned in metres along and across its streets; this file turns the plan a little out of the compass and lays it around
//! 123.35° E, 41.79° N. No trigonometry: the turn is a Pythagorean triple, a degree has its length at the middle of the town. Twenty
//! kilometres north of it, east–west lengths are too short by 0.3 %; at the south-western end of the district, 32 km away, too long by
//! 0.5 %, which nobody sees in a town that does not exist.

use crate::model::place::Place;

/// The middle of the town, units of 1e-7°.
const MIDDLE_E7: (f64, f64) = (1_233_500_000.0, 417_900_000.0);
/// Units of 1e-7° in a metre eastward at 41.79° N: 1e7 / 83,122 (WGS-84, series of the length of a degree of longitude).
const EAST_E7_PER_M: f64 = 120.305;
/// Units of 1e-7° in a metre northward at 41.79° N: 1e7 / 111,070 (WGS-84, series of the length of a degree of latitude).
const NORTH_E7_PER_M: f64 = 90.033;
/// The turn of the streets against the compass, 7.6° to the left: sine and cosine are 15/113 and 112/113.
const TURN: (f64, f64, f64) = (15.0, 112.0, 113.0);

/// A spot of the plan: metres along the streets that run about east, and across them about north, from the middle of the town.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    /// The spot between two, `share` of the way from this one.
    pub(super) fn toward(self, other: Self, share: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * share, y: self.y + (other.y - self.y) * share }
    }

    /// The spot that lies so many metres east and north of the middle of the town.
    pub(super) fn at_metres(east_m: f64, north_m: f64) -> Self {
        let (sine, cosine, one) = TURN;
        Self { x: (cosine * east_m + sine * north_m) / one, y: (cosine * north_m - sine * east_m) / one }
    }
    /// The spot of a place given in degrees.
    pub(super) fn at_degrees(lon: f64, lat: f64) -> Self {
        let east_m = (lon * 1e7 - MIDDLE_E7.0) / EAST_E7_PER_M;
        Self::at_metres(east_m, (lat * 1e7 - MIDDLE_E7.1) / NORTH_E7_PER_M)
    }
    /// How far another spot is, metres.
    pub(super) fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// The place on the Earth, to the nearest unit, in a plan that is laid so far east, units of 1e-7°.
    pub(super) fn place(self, shift_e7: i32) -> Place {
        let (sine, cosine, one) = TURN;
        let east_m = (cosine * self.x - sine * self.y) / one;
        let north_m = (sine * self.x + cosine * self.y) / one;
        let lon_e7 = (MIDDLE_E7.0 + east_m * EAST_E7_PER_M).round();
        let lat_e7 = (MIDDLE_E7.1 + north_m * NORTH_E7_PER_M).round();
        Place::from_e7(lon_e7 as i32 + shift_e7, lat_e7 as i32).expect("the town is a few kilometres wide")
    }
}

/// An upright rectangle of the plan or of a lot, metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Rect {
    pub(super) fn width(self) -> f64 {
        self.east - self.west
    }
    pub(super) fn height(self) -> f64 {
        self.north - self.south
    }
    /// The same, smaller by a margin on every side.
    pub(super) fn inset(self, margin_m: f64) -> Self {
        Self {
            west: self.west + margin_m,
            south: self.south + margin_m,
            east: self.east - margin_m,
            north: self.north - margin_m,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::local::LocalFrame;

    #[test]
    fn a_metre_of_the_plan_is_a_metre_on_the_ground() {
        let frame = LocalFrame::around(Spot { x: 0.0, y: 0.0 }.place(0));
        let metres = |x, y| frame.to_metres(Spot { x, y }.place(0));
        for (x, y) in [(1_000.0, 0.0), (0.0, 1_000.0), (-600.0, 800.0)] {
            let length_m = metres(0.0, 0.0).distance(metres(x, y));
            assert!((length_m - 1_000.0).abs() < 0.5, "{x},{y}: {length_m}");
        }
    }
}
