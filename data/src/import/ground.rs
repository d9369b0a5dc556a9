//! Whether rings make an outline: simple rings, holes inside, no crossings.
//!
//! The check of single rings is exact, in whole numbers of 1e-7°; it takes O(n log n) for rings as they are mapped (a sweep over
//! longitude) and O(n²) for the worst. How rings lie to each other is asked of `geo`.

use super::outcome::Reason;
use crate::model::{
    place::{Bounds, Place},
    shape::{Outline, Polygon, Ring},
};
use geo::{Validation, algorithm::validation::InvalidMultiPolygon};
use geo_types::{Coord, LineString};

/// An outline of these polygons, or what is wrong with it.
pub(super) fn outline(polygons: Vec<Polygon>) -> Result<Outline, Reason> {
    let mut rings = 0;
    for ring in polygons.iter().flat_map(Polygon::rings) {
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

/// In units of 1e-7°, which floating-point numbers hold exactly.
fn planar(polygon: &Polygon) -> geo_types::Polygon<f64> {
    let line = |ring: &Ring| {
        let coord = |place: &Place| Coord { x: f64::from(place.lon_e7()), y: f64::from(place.lat_e7()) };
        LineString(ring.places().iter().map(coord).collect())
    };
    geo_types::Polygon::new(line(&polygon.exterior), polygon.holes.iter().map(line).collect())
}

fn misfit(invalid: &InvalidMultiPolygon) -> String {
    match invalid {
        InvalidMultiPolygon::InvalidPolygon(_, polygon) => polygon.to_string(),
        other => other.to_string(),
    }
}

/// Where a ring crosses, touches or runs over itself: the beginning of one of the two edges; `None` if it is simple.
pub(super) fn crossing(ring: &Ring) -> Option<Place> {
    let places = ring.places();
    let edges: Vec<(Place, Place)> = places.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut order: Vec<usize> = (0..edges.len()).collect();
    let west = |index: usize| edges[index].0.lon_e7().min(edges[index].1.lon_e7());
    let east = |index: usize| edges[index].0.lon_e7().max(edges[index].1.lon_e7());
    order.sort_unstable_by_key(|&index| west(index));
    let mut open: Vec<usize> = Vec::new();
    for index in order {
        open.retain(|&other| east(other) >= west(index));
        if let Some(&other) = open.iter().find(|&&other| collide(&edges, index, other)) {
            return Some(edges[index.max(other)].0);
        }
        open.push(index);
    }
    None
}

/// Whether two edges of a ring share more than the corner between neighbours.
fn collide(edges: &[(Place, Place)], a: usize, b: usize) -> bool {
    let (first, second) = (a.min(b), a.max(b));
    let ((p, q), (r, s)) = (edges[first], edges[second]);
    if second - first == 1 {
        // Neighbours share q = r: they collide only when the second runs back over the first.
        return turn(p, q, s) == 0 && same_side(q, p, s);
    }
    if first == 0 && second + 1 == edges.len() {
        return turn(r, s, q) == 0 && same_side(s, r, q);
    }
    meet((p, q), (r, s))
}

/// Whether two edges share a point. Exact.
fn meet((p, q): (Place, Place), (r, s): (Place, Place)) -> bool {
    let (a, b) = (turn(p, q, r), turn(p, q, s));
    let (c, d) = (turn(r, s, p), turn(r, s, q));
    let on = |turned: i128, from: Place, to: Place, at: Place| {
        turned == 0 && Bounds::of(from).joined(Bounds::of(to)).contains(at)
    };
    (a.signum() * b.signum() < 0 && c.signum() * d.signum() < 0)
        || on(a, p, q, r)
        || on(b, p, q, s)
        || on(c, r, s, p)
        || on(d, r, s, q)
}

/// Whether, of three places on one line, `a` and `b` lie on the same side of `corner`.
fn same_side(corner: Place, a: Place, b: Place) -> bool {
    let along = |from: Place, to: Place| {
        (
            i128::from(to.lon_e7()) - i128::from(from.lon_e7()),
            i128::from(to.lat_e7()) - i128::from(from.lat_e7()),
        )
    };
    let ((ax, ay), (bx, by)) = (along(corner, a), along(corner, b));
    ax * bx + ay * by > 0
}

/// Twice the area of a triangle: positive when it turns left. Exact.
pub(super) fn turn(a: Place, b: Place, c: Place) -> i128 {
    let (ax, ay) = (i128::from(a.lon_e7()), i128::from(a.lat_e7()));
    let (bx, by) = (i128::from(b.lon_e7()) - ax, i128::from(b.lat_e7()) - ay);
    let (cx, cy) = (i128::from(c.lon_e7()) - ax, i128::from(c.lat_e7()) - ay);
    bx * cy - by * cx
}

/// Whether a place lies in a ring or on its edge. Exact; O(n).
pub(super) fn holds(ring: &Ring, at: Place) -> bool {
    let mut inside = false;
    for pair in ring.places().windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let turned = turn(a, b, at);
        let bounds = Bounds::of(a).joined(Bounds::of(b));
        if turned == 0 && bounds.contains(at) {
            return true;
        }
        if (a.lat_e7() > at.lat_e7()) != (b.lat_e7() > at.lat_e7())
            && (turned > 0) == (b.lat_e7() > a.lat_e7())
        {
            inside = !inside;
        }
    }
    inside
}

/// Whether a place lies in an outline or on its edge. Exact; O(n).
pub(super) fn covers(outline: &Outline, at: Place) -> bool {
    outline.bounds().contains(at)
        && outline.polygons().iter().any(|polygon| {
            holds(&polygon.exterior, at)
                && !polygon.holes.iter().any(|hole| holds(hole, at) && !on_edge(hole, at))
        })
}

fn on_edge(ring: &Ring, at: Place) -> bool {
    let on = |pair: &[Place]| {
        let bounds = Bounds::of(pair[0]).joined(Bounds::of(pair[1]));
        turn(pair[0], pair[1], at) == 0 && bounds.contains(at)
    };
    ring.places().windows(2).any(on)
}
