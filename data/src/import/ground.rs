//! Whether rings make an outline: simple rings, holes inside, no crossings.
//!
//! The check of single rings is exact, in whole numbers of 1e-7°; it takes O(n log n) for rings as they are mapped (a sweep over
//! longitude) and O(n²) for the worst. How rings lie to each other is asked of `geo`.

use super::outcome::Reason;
use crate::model::{
    place::{Bounds, Place},
    shape::{InvalidShape, Outline, Polygon, Ring},
};
use geo::{InteriorPoint, Validation, algorithm::validation::InvalidMultiPolygon};
use geo_types::{Coord, LineString};

/// An outline of these polygons, or what is wrong with it.
pub(super) fn outline(polygons: Vec<Polygon>) -> Result<Outline, Reason> {
    let mut rings = 0;
    for ring in polygons.iter().flat_map(Polygon::rings) {
        if let Some(at) = over_the_date_line(ring) {
            return Err(Reason::DateLine(at));
        }
        if let Some(at) = crossing(ring) {
            return Err(Reason::SelfCrossing(at));
        }
        rings += 1;
    }
    if rings > 1 {
        let planar = geo_types::MultiPolygon(polygons.iter().map(planar).collect());
        planar.check_validation().map_err(|invalid| Reason::Misfit(misfit(&invalid)))?;
    }
    Ok(Outline::new(polygons)?)
}

/// A ring through these places. One that encloses as much on its right as on its left crosses itself.
pub(super) fn ring(places: Vec<Place>) -> Result<Ring, Reason> {
    let bend =
        places.windows(3).find(|corner| turn(corner[0], corner[1], corner[2]) != 0).map(|corner| corner[0]);
    match (Ring::new(places), bend) {
        (Ok(ring), _) => Ok(ring),
        (Err(InvalidShape::FlatRing), Some(at)) => Err(Reason::SelfCrossing(at)),
        (Err(invalid), _) => Err(Reason::Shape(invalid)),
    }
}

/// In units of 1e-7°, which floating-point numbers hold exactly.
fn planar(polygon: &Polygon) -> geo_types::Polygon<f64> {
    let line = |ring: &Ring| {
        let coord = |place: &Place| Coord { x: f64::from(place.lon_e7()), y: f64::from(place.lat_e7()) };
        LineString(ring.places().iter().map(coord).collect())
    };
    geo_types::Polygon::new(line(&polygon.exterior), polygon.holes.iter().map(line).collect())
}

/// Where an edge spans more than half the Earth.
fn over_the_date_line(ring: &Ring) -> Option<Place> {
    let spans = |pair: &&[Place]| (pair[0].lon() - pair[1].lon()).abs() > 180.0;
    ring.places().windows(2).find(spans).map(|pair| pair[0])
}

fn misfit(invalid: &InvalidMultiPolygon) -> String {
    match invalid {
        InvalidMultiPolygon::InvalidPolygon(_, polygon) => polygon.to_string(),
        other => other.to_string(),
    }
}

/// A piece of a ring between two neighbouring places.
type Edge = [Place; 2];

/// Where a ring crosses, touches or runs over itself: the beginning of one of the two edges; `None` if it is simple.
pub(super) fn crossing(ring: &Ring) -> Option<Place> {
    let edges: Vec<Edge> = ring.places().windows(2).map(|pair| [pair[0], pair[1]]).collect();
    let west = |index: usize| edges[index][0].lon_e7().min(edges[index][1].lon_e7());
    let east = |index: usize| edges[index][0].lon_e7().max(edges[index][1].lon_e7());
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_unstable_by_key(|&index| west(index));
    let mut open: Vec<usize> = Vec::new();
    for index in order {
        open.retain(|&other| east(other) >= west(index));
        let collided = open.iter().find(|&&other| collide(&edges, index.min(other), index.max(other)));
        if let Some(&other) = collided {
            return Some(edges[index.max(other)][0]);
        }
        open.push(index);
    }
    None
}

/// Whether two edges of a ring share more than the corner between neighbours.
fn collide(edges: &[Edge], earlier: usize, later: usize) -> bool {
    let (first, second) = (edges[earlier], edges[later]);
    // Neighbours share a corner: they collide only when one runs back over the other.
    if later - earlier == 1 {
        runs_back(first[0], first[1], second[1])
    } else if earlier == 0 && later + 1 == edges.len() {
        runs_back(second[0], second[1], first[1])
    } else {
        meet(first, second)
    }
}

/// Whether the way from `from` over `corner` to `to` turns right round.
fn runs_back(from: Place, corner: Place, to: Place) -> bool {
    let along = |place: Place| {
        let lon = i128::from(place.lon_e7()) - i128::from(corner.lon_e7());
        (lon, i128::from(place.lat_e7()) - i128::from(corner.lat_e7()))
    };
    let (back, on) = (along(from), along(to));
    turn(from, corner, to) == 0 && back.0 * on.0 + back.1 * on.1 > 0
}

/// Whether two edges share a place. Exact.
fn meet(first: Edge, second: Edge) -> bool {
    let sides = |edge: Edge, other: Edge| other.map(|place| turn(edge[0], edge[1], place).signum());
    let apart = |[from, to]: [i128; 2]| from * to < 0;
    (apart(sides(first, second)) && apart(sides(second, first)))
        || second.iter().any(|&place| lies_on(first, place))
        || first.iter().any(|&place| lies_on(second, place))
}

/// Whether a place lies on an edge. Exact.
pub(super) fn lies_on([from, to]: Edge, at: Place) -> bool {
    turn(from, to, at) == 0 && Bounds::of(from).joined(Bounds::of(to)).contains(at)
}

/// Twice the area of a triangle: positive when it turns left. Exact.
pub(super) fn turn(a: Place, b: Place, c: Place) -> i128 {
    let (ax, ay) = (i128::from(a.lon_e7()), i128::from(a.lat_e7()));
    let (bx, by) = (i128::from(b.lon_e7()) - ax, i128::from(b.lat_e7()) - ay);
    let (cx, cy) = (i128::from(c.lon_e7()) - ax, i128::from(c.lat_e7()) - ay);
    bx * cy - by * cx
}

/// How a place lies to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Inside,
    OnEdge,
    Outside,
}

/// By counting the edges that a ray to the east meets. Exact; O(n).
fn side(ring: &Ring, at: Place) -> Side {
    let mut inside = false;
    for pair in ring.places().windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if lies_on([from, to], at) {
            return Side::OnEdge;
        }
        let northward = to.lat_e7() > from.lat_e7();
        let spans = (from.lat_e7() > at.lat_e7()) != (to.lat_e7() > at.lat_e7());
        if spans && (turn(from, to, at) > 0) == northward {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// Whether a place lies in a ring or on its edge. Exact; O(n).
pub(super) fn holds(ring: &Ring, at: Place) -> bool {
    side(ring, at) != Side::Outside
}

/// The centre of gravity of an outline, which need not lie inside it. Exact but for the last rounding; O(n).
pub(super) fn centre(outline: &Outline) -> Place {
    let origin = outline.polygons()[0].exterior.places()[0];
    let from_origin = |place: &Place| {
        let lon = i128::from(place.lon_e7()) - i128::from(origin.lon_e7());
        (lon, i128::from(place.lat_e7()) - i128::from(origin.lat_e7()))
    };
    let (mut area, mut lon, mut lat) = (0, 0, 0);
    // Holes run the other way round, so that they are taken off.
    for pair in outline.polygons().iter().flat_map(Polygon::rings).flat_map(|ring| ring.places().windows(2)) {
        let (from, to) = (from_origin(&pair[0]), from_origin(&pair[1]));
        let twice = from.0 * to.1 - to.0 * from.1;
        area += twice;
        lon += (from.0 + to.0) * twice;
        lat += (from.1 + to.1) * twice;
    }
    let mean = |sum: i128| i32::try_from(sum / (3 * area).max(1)).unwrap_or(0);
    Place::from_e7(origin.lon_e7() + mean(lon), origin.lat_e7() + mean(lat)).unwrap_or(origin)
}

/// A place inside an outline; near its edge where it is too thin for whole numbers.
pub(super) fn inside(outline: &Outline) -> Place {
    let planar = geo_types::MultiPolygon(outline.polygons().iter().map(planar).collect());
    let rounded = planar.interior_point().and_then(|point| {
        let place = Place::from_e7(point.x().round() as i32, point.y().round() as i32).ok()?;
        covers(outline, place).then_some(place)
    });
    rounded.unwrap_or_else(|| outline.polygons()[0].exterior.places()[0])
}

/// Whether a place lies in an outline or on its edge. Exact; O(n).
pub(super) fn covers(outline: &Outline, at: Place) -> bool {
    outline.polygons().iter().any(|polygon| {
        holds(&polygon.exterior, at) && !polygon.holes.iter().any(|hole| side(hole, at) == Side::Inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring_of(corners: &[(i32, i32)]) -> Result<Ring, InvalidShape> {
        let mut places: Vec<Place> =
            corners.iter().map(|&(lon, lat)| Place::from_e7(lon, lat).expect("on the Earth")).collect();
        places.extend(places.first().copied());
        Ring::new(places)
    }

    #[test]
    fn loops_spikes_and_touches_are_found() {
        let bow_tie = [(0, 0), (4, 4), (4, 0), (0, 3)];
        let spike = [(0, 0), (4, 0), (4, 4), (8, 4), (4, 4), (0, 4)];
        let spike_at_the_start = [(8, 0), (0, 0), (4, 0), (4, 4)];
        let touch = [(0, 0), (4, 0), (2, 2), (4, 4), (0, 4), (2, 2)];
        let corner_on_edge = [(0, 0), (8, 0), (8, 8), (4, 0), (0, 8)];
        for bad in [&bow_tie[..], &spike, &spike_at_the_start, &touch, &corner_on_edge] {
            assert!(crossing(&ring_of(bad).expect("a ring")).is_some(), "{bad:?}");
        }
        let comb = [(0, 0), (9, 0), (9, 5), (6, 5), (6, 1), (3, 1), (3, 5), (0, 5)];
        for good in [&comb[..], &[(0, 0), (5, 0), (9, 0), (9, 9)]] {
            assert_eq!(crossing(&ring_of(good).expect("a ring")), None, "{good:?}");
        }
    }

    #[test]
    fn a_hole_must_lie_inside_and_may_touch_at_a_corner() {
        let around = [(0, 0), (9, 0), (9, 9), (0, 9)];
        let with = |hole: &[(i32, i32)]| {
            let hole = ring_of(hole).expect("a ring");
            outline(vec![Polygon::new(ring_of(&around).expect("a ring"), vec![hole])])
        };
        assert!(with(&[(2, 2), (4, 2), (4, 4)]).is_ok());
        assert!(with(&[(0, 0), (4, 2), (2, 4)]).is_ok());
        assert!(matches!(with(&[(2, 2), (12, 2), (4, 4)]), Err(Reason::Misfit(_))));
        assert!(matches!(with(&[(0, 2), (0, 5), (4, 4)]), Err(Reason::Misfit(_))));
    }

    #[test]
    fn a_place_in_a_hole_is_not_covered_but_its_edge_is() {
        let hole = ring_of(&[(2, 2), (6, 2), (6, 6), (2, 6)]).expect("a ring");
        let polygon = Polygon::new(ring_of(&[(0, 0), (9, 0), (9, 9), (0, 9)]).expect("a ring"), vec![hole]);
        let outline = outline(vec![polygon]).expect("an outline");
        let at = |lon, lat| Place::from_e7(lon, lat).expect("on the Earth");
        assert!(covers(&outline, at(1, 1)) && covers(&outline, at(2, 3)) && covers(&outline, at(9, 9)));
        assert!(!covers(&outline, at(4, 4)) && !covers(&outline, at(10, 5)));
        assert!(covers(&outline, inside(&outline)));
        assert_eq!(centre(&outline), at(4, 4));
    }

    proptest! {
        /// Oracle: every pair of edges, asked of geo.
        #[test]
        fn a_ring_is_simple_when_no_pair_of_edges_meets(
            corners in prop::collection::vec((0..12, 0..12), 3..9),
        ) {
            let Ok(ring) = ring_of(&corners) else { return Ok(()) };
            let line = |pair: &[Place]| {
                let coord = |place: Place| Coord { x: f64::from(place.lon_e7()), y: f64::from(place.lat_e7()) };
                geo_types::Line::new(coord(pair[0]), coord(pair[1]))
            };
            let edges: Vec<_> = ring.places().windows(2).map(line).collect();
            let mut simple = true;
            for (index, &a) in edges.iter().enumerate() {
                for (other, &b) in edges.iter().enumerate().skip(index + 1) {
                    use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
                    let neighbours = other == index + 1 || (index == 0 && other + 1 == edges.len());
                    simple &= match line_intersection(a, b) {
                        None => true,
                        Some(LineIntersection::SinglePoint { .. }) => neighbours,
                        Some(LineIntersection::Collinear { .. }) => false,
                    };
                }
            }
            prop_assert_eq!(crossing(&ring).is_none(), simple);
        }
    }
}
