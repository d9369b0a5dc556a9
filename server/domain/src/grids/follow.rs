//! Along streets: where they cross, and points close enough together for triangles to follow them.

use crate::index::inside::turn;
use gridward_data::model::{place::Place, road::Street, shape::Line};
use rstar::{AABB, RTree, RTreeObject};

/// A piece of a street between two of its places.
struct Piece {
    street: u32,
    at: u32,
    from: Place,
    to: Place,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[i64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        let corner = |place: Place| [i64::from(place.lon_e7()), i64::from(place.lat_e7())];
        AABB::from_corners(corner(self.from), corner(self.to))
    }
}

/// Where each street is crossed by others without a common place: after which of its places, and where, to the nearest unit. Most streets meet
/// at common places, and these are not named.
pub(crate) fn crossings(streets: &[&Street]) -> Vec<Vec<(usize, Place)>> {
    let pieces = streets.iter().enumerate().flat_map(|(street, it)| {
        let edges = it.line.places().windows(2).enumerate();
        edges.map(move |(at, edge)| Piece {
            street: street as u32,
            at: at as u32,
            from: edge[0],
            to: edge[1],
        })
    });
    let tree = RTree::bulk_load(pieces.collect::<Vec<_>>());
    let mut found: Vec<Vec<(usize, Place)>> = vec![Vec::new(); streets.len()];
    for piece in &tree {
        let near = tree.locate_in_envelope_intersecting(&piece.envelope());
        for other in near.filter(|other| other.street != piece.street) {
            found[piece.street as usize]
                .extend(crossing(piece, other).map(|place| (piece.at as usize, place)));
        }
    }
    for (street, crossings) in streets.iter().zip(&mut found) {
        crossings.sort_unstable_by_key(|(at, place)| (*at, square(street.line.places()[*at], *place)));
        crossings.dedup();
    }
    found
}

fn square(a: Place, b: Place) -> i128 {
    let (dx, dy) =
        (i128::from(a.lon_e7()) - i128::from(b.lon_e7()), i128::from(a.lat_e7()) - i128::from(b.lat_e7()));
    dx * dx + dy * dy
}

/// Where two pieces truly cross, to the nearest unit. The same place whichever comes first.
fn crossing(one: &Piece, other: &Piece) -> Option<Place> {
    let (one, other) = if (one.from, one.to) < (other.from, other.to) { (one, other) } else { (other, one) };
    let sides =
        |edge: &Piece, of: &Piece| (turn(edge.from, edge.to, of.from), turn(edge.from, edge.to, of.to));
    let (from, to) = sides(one, other);
    let (other_from, other_to) = sides(other, one);
    let opposite = |a: i128, b: i128| (a > 0 && b < 0) || (a < 0 && b > 0);
    if !opposite(from, to) || !opposite(other_from, other_to) {
        return None;
    }
    let share = from as f64 / (from - to) as f64;
    let between = |a: i32, b: i32| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as i32;
    let lon = between(other.from.lon_e7(), other.to.lon_e7());
    Place::from_e7(lon, between(other.from.lat_e7(), other.to.lat_e7())).ok()
}

/// The places of a line, its crossings among them, and as many between them that none are farther apart than a step.
pub(crate) fn along<'a>(
    line: &'a Line,
    crossings: &'a [(usize, Place)],
    step: f64,
    shrink: f64,
) -> impl Iterator<Item = Place> + 'a {
    let places = line.places();
    let stops = places.iter().enumerate().flat_map(move |(at, place)| {
        let here = crossings.iter().filter(move |(its, _)| *its == at).map(|(_, place)| *place);
        std::iter::once(*place).chain(here)
    });
    let mut before: Option<Place> = None;
    stops.flat_map(move |stop| {
        let from = before.replace(stop).unwrap_or(stop);
        let dx = f64::from(stop.lon_e7()) - f64::from(from.lon_e7());
        let dy = f64::from(stop.lat_e7()) - f64::from(from.lat_e7());
        let pieces = ((dx * shrink).hypot(dy) / step).ceil().max(1.0);
        (1..=pieces as u32).filter_map(move |piece| {
            let share = f64::from(piece) / pieces;
            let at = |from: i32, along: f64| (f64::from(from) + along * share).round() as i32;
            Place::from_e7(at(from.lon_e7(), dx), at(from.lat_e7(), dy)).ok()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::model::{
        id::StreetId,
        road::{Access, Direction, StreetKind},
    };

    fn street(id: u64, corners: &[(i32, i32)]) -> Street {
        let places = corners.iter().map(|&(lon, lat)| Place::from_e7(lon, lat).expect("on the Earth"));
        Street {
            id: StreetId::new(id).expect("an id"),
            kind: StreetKind::Residential,
            name: None,
            line: Line::new(places.collect()).expect("a line"),
            joints: vec![],
            direction: Direction::Both,
            access: Access { foot: true, cycle: true, car: true },
            bridge: false,
            tunnel: false,
            barriers: vec![],
        }
    }

    #[test]
    fn streets_that_cross_get_the_same_place_and_streets_that_touch_get_none() {
        let across = street(1, &[(0, 50), (100, 51)]);
        let up = street(2, &[(30, 0), (31, 100), (60, 100), (60, 0)]);
        let touching = street(3, &[(0, 50), (0, 90)]);
        let found = crossings(&[&across, &up, &touching]);
        let places: Vec<Place> = found[0].iter().map(|(_, place)| *place).collect();
        assert_eq!(places.len(), 2);
        assert_eq!(found[1].iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 2]);
        assert!(found[1].iter().all(|(_, place)| places.contains(place)));
        assert!(found[2].is_empty());
    }

    #[test]
    fn no_two_points_along_a_line_are_farther_apart_than_a_step() {
        let street = street(1, &[(0, 0), (1_000, 0), (1_000, 95)]);
        let points: Vec<Place> =
            along(&street.line, &[(0, Place::from_e7(333, 0).expect("on the Earth"))], 100.0, 1.0).collect();
        assert!(points.iter().any(|place| place.lon_e7() == 333));
        assert_eq!(points.last().map(|place| (place.lon_e7(), place.lat_e7())), Some((1_000, 95)));
        assert!(points.windows(2).all(|pair| square(pair[0], pair[1]) <= 101 * 101));
    }
}
