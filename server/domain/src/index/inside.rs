//! Whether a place lies in an outline: exactly, in whole numbers of 1e-7°.
//!
//! The rule: a ray runs from the place to the east; the place lies inside if the ray crosses the rings an odd number of times. An edge
//! counts where one end lies above the ray and the other on or below it, and where the crossing lies truly east of the place. That is
//! the answer for a place moved by less than any number to the east, and by less still to the north. So outlines that share their
//! borders never share a place: each place of a border belongs to exactly one of them, the one that lies east (or, on a border that
//! runs due east, north) of it. (Simulation of simplicity; Edelsbrunner and Mücke 1990.)
//!
//! All products are of 128 bits, so nothing is rounded and nothing overflows, whatever the corners.

use gridward_data::model::{
    place::Place,
    shape::{Outline, Polygon, Ring},
};

/// Twice the signed area of the triangle `a`, `b`, `c` in square units of 1e-7°: positive where it turns left. Exact.
#[must_use]
pub fn turn(a: Place, b: Place, c: Place) -> i128 {
    let along = |to: i32, from: i32| i128::from(to) - i128::from(from);
    along(b.lon_e7(), a.lon_e7()) * along(c.lat_e7(), a.lat_e7())
        - along(b.lat_e7(), a.lat_e7()) * along(c.lon_e7(), a.lon_e7())
}

/// Whether the place lies in the outline, by the half-open rule of this module. O(corners).
#[must_use]
pub fn inside(outline: &Outline, place: Place) -> bool {
    let rings = outline.polygons().iter().flat_map(Polygon::rings);
    rings.fold(false, |inside, ring| inside ^ crosses_oddly(ring, place))
}

/// Whether the ray from the place to the east crosses the ring an odd number of times.
pub(crate) fn crosses_oddly(ring: &Ring, place: Place) -> bool {
    let mut odd = false;
    for edge in ring.places().windows(2) {
        let (a, b) = (edge[0], edge[1]);
        let a_above = a.lat_e7() > place.lat_e7();
        if a_above == (b.lat_e7() > place.lat_e7()) {
            continue;
        }
        // Seen along the edge upwards, the place must lie truly on the left.
        let left = if a_above { turn(b, a, place) > 0 } else { turn(a, b, place) > 0 };
        odd ^= left;
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::model::shape::Polygon;
    use proptest::prelude::*;

    fn at(lon_e7: i32, lat_e7: i32) -> Place {
        Place::from_e7(lon_e7, lat_e7).expect("on the Earth")
    }

    fn outline(corners: &[(i32, i32)]) -> Outline {
        let mut places: Vec<Place> = corners.iter().map(|&(lon, lat)| at(lon, lat)).collect();
        places.push(places[0]);
        Outline::new(vec![Polygon::new(Ring::new(places).expect("a ring"), vec![])]).expect("an outline")
    }

    #[test]
    fn a_square_holds_its_western_and_southern_border_and_not_the_others() {
        let square = outline(&[(0, 0), (10, 0), (10, 10), (0, 10)]);
        for held in [(0, 0), (0, 5), (5, 0), (9, 9)] {
            assert!(inside(&square, at(held.0, held.1)), "{held:?}");
        }
        for other in [(10, 0), (10, 5), (0, 10), (5, 10), (10, 10), (-1, 5), (11, 5)] {
            assert!(!inside(&square, at(other.0, other.1)), "{other:?}");
        }
    }

    #[test]
    fn corners_at_the_ends_of_the_earth_do_not_overflow() {
        let earth = outline(&[
            (-1_800_000_000, -900_000_000),
            (1_800_000_000, -900_000_000),
            (1_800_000_000, 900_000_000),
            (-1_800_000_000, 900_000_000),
        ]);
        assert!(inside(&earth, at(0, 0)) && inside(&earth, at(1_799_999_999, 899_999_999)));
    }

    proptest! {
        /// Any point set star-shaped around a middle tiles the plane into wedges: each place lies in exactly one of them or, with
        /// the outside, in none, and never in two.
        #[test]
        fn every_place_of_a_fan_of_triangles_lies_in_exactly_one(
            middle in (-40..40i32, -40..40i32), place in (-60..60i32, -60..60i32),
        ) {
            let corners = [(-50, -50), (0, -50), (50, -50), (50, 0), (50, 50), (7, 50), (-50, 50), (-50, -3)];
            let fan = (0..corners.len()).map(|i| outline(&[middle, corners[i], corners[(i + 1) % corners.len()]]));
            let holders = fan.filter(|triangle| inside(triangle, at(place.0, place.1))).count();
            let square = (-50..50).contains(&place.0) && (-50..50).contains(&place.1);
            prop_assert_eq!(holders, usize::from(square));
        }
    }
}
