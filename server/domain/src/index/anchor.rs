//! A place inside an outline: where its name is written, and what is called its centre.
//!
//! The place is (nearly) the one that is farthest from the outline's edge, the pole of inaccessibility, so that a name has room around it and
//! nobody stands in a hole or in the neighbour's ground. Squares over the outline are halved, the most promising first, until
//! no square can be better by a fiftieth (the idea of Garcia-Castellanos and Lombardo 2007, with the queue of mapbox/polylabel).

use super::inside::inside;
use gridward_data::model::{
    place::{Bounds, Place},
    shape::{Outline, Polygon, Ring},
};
use std::{cmp::Ordering, collections::BinaryHeap};

/// At most so many squares are looked at: what is left after them is a matter of taste.
const SQUARES_MAX: usize = 1_000;

/// A square of the search, in units of 1e-7° with longitudes shrunk to the length of latitudes.
#[derive(Clone, Copy, Debug)]
struct Square {
    x: f64,
    y: f64,
    half: f64,
    /// How far its middle is from the edge; negative outside.
    depth: f64,
}

impl Square {
    /// The depth that no place in it exceeds.
    fn most(&self) -> f64 {
        self.depth + self.half * std::f64::consts::SQRT_2
    }
}
impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Square {}
impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_place = || other.y.total_cmp(&self.y).then(other.x.total_cmp(&self.x));
        self.most().total_cmp(&other.most()).then_with(by_place)
    }
}

/// An outline in flat units: corners of its rings, shrunk in longitude.
struct Flat {
    rings: Vec<Vec<(f64, f64)>>,
    shrink: f64,
}

impl Flat {
    fn new(outline: &Outline) -> Self {
        let shrink = libm::cos(outline.bounds().centre().lat().to_radians()).max(1e-3);
        let corner = |place: &Place| (f64::from(place.lon_e7()) * shrink, f64::from(place.lat_e7()));
        let rings = outline.polygons().iter().flat_map(Polygon::rings);
        Self { rings: rings.map(|ring| ring.places().iter().map(corner).collect()).collect(), shrink }
    }

    /// How far a point is from the edge; negative outside.
    fn depth(&self, x: f64, y: f64) -> f64 {
        let (mut odd, mut least_2) = (false, f64::INFINITY);
        for edge in self.rings.iter().flat_map(|ring| ring.windows(2)) {
            let ((ax, ay), (bx, by)) = (edge[0], edge[1]);
            let (dx, dy, px, py) = (bx - ax, by - ay, x - ax, y - ay);
            if (ay > y) != (by > y) {
                odd ^= px < dx * py / dy;
            }
            let share = ((px * dx + py * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
            least_2 = least_2.min((px - share * dx).powi(2) + (py - share * dy).powi(2));
        }
        if odd { least_2.sqrt() } else { -least_2.sqrt() }
    }

    fn square(&self, x: f64, y: f64, half: f64) -> Square {
        Square { x, y, half, depth: self.depth(x, y) }
    }

    fn place(&self, x: f64, y: f64) -> Option<Place> {
        Place::from_e7((x / self.shrink).round() as i32, y.round() as i32).ok()
    }
}

/// A place inside the outline, nearly the one farthest from its edge. It lies inside by the rule of [`super::inside`]; only where an outline is so
/// thin that it holds no place at all is it one of its corners. O(corners), at most a thousand times.
#[must_use]
pub fn anchor(outline: &Outline) -> Place {
    let flat = Flat::new(outline);
    let deepest = deepest(&flat, outline.bounds());
    let found = flat.place(deepest.x, deepest.y).filter(|place| inside(outline, *place));
    found.or_else(|| by_scan(outline)).unwrap_or_else(|| outline.polygons()[0].exterior.places()[0])
}

fn deepest(flat: &Flat, bounds: Bounds) -> Square {
    let (west, east) =
        (f64::from(bounds.min.lon_e7()) * flat.shrink, f64::from(bounds.max.lon_e7()) * flat.shrink);
    let (south, north) = (f64::from(bounds.min.lat_e7()), f64::from(bounds.max.lat_e7()));
    let half = (east - west).min(north - south).max(1.0) / 2.0;
    let (columns, rows) = (
        ((east - west) / half / 2.0).ceil().clamp(1.0, 30.0),
        ((north - south) / half / 2.0).ceil().clamp(1.0, 30.0),
    );
    let half = ((east - west) / columns).max((north - south) / rows).max(1.0) / 2.0;
    let mut queue = BinaryHeap::new();
    for row in 0..rows as u32 {
        for column in 0..columns as u32 {
            let (x, y) =
                (west + (2.0 * f64::from(column) + 1.0) * half, south + (2.0 * f64::from(row) + 1.0) * half);
            queue.push(flat.square(x, y, half));
        }
    }
    let mut best = flat.square(f64::midpoint(west, east), f64::midpoint(south, north), half);
    for _ in 0..SQUARES_MAX {
        let Some(square) = queue.pop() else { break };
        if square.depth > best.depth {
            best = square;
        }
        if square.half < 1.0 || square.most() <= best.depth + best.depth.abs() / 50.0 {
            break;
        }
        let half = square.half / 2.0;
        for (right, up) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            queue.push(flat.square(square.x + right, square.y + up, half));
        }
    }
    best
}

/// A place inside by sweeping: on each parallel between two neighbouring corners, the middles of what lies inside, the longest first.
fn by_scan(outline: &Outline) -> Option<Place> {
    let mut parallels: Vec<i32> = outline.places().map(Place::lat_e7).collect();
    parallels.sort_unstable();
    parallels.dedup();
    let between: Vec<i32> = parallels.windows(2).map(|pair| i32::midpoint(pair[0], pair[1])).collect();
    let mut best: Option<(i64, Place)> = None;
    for parallel in between.into_iter().chain(parallels) {
        let mut crossings: Vec<f64> = rings(outline).flat_map(|ring| crossings(ring, parallel)).collect();
        crossings.sort_unstable_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let middles = [f64::midpoint(pair[0], pair[1]).round() as i32, pair[0].ceil() as i32];
            let length = (pair[1] - pair[0]) as i64;
            for lon in middles {
                let Ok(place) = Place::from_e7(lon, parallel) else { continue };
                if best.is_none_or(|(longest, _)| longest < length) && inside(outline, place) {
                    best = Some((length, place));
                }
            }
        }
    }
    best.map(|(_, place)| place)
}

fn rings(outline: &Outline) -> impl Iterator<Item = &Ring> {
    outline.polygons().iter().flat_map(Polygon::rings)
}

fn crossings(ring: &Ring, parallel: i32) -> impl Iterator<Item = f64> {
    ring.places().windows(2).filter_map(move |edge| {
        let (a, b) = (edge[0], edge[1]);
        let crosses = (a.lat_e7() > parallel) != (b.lat_e7() > parallel);
        let share =
            (f64::from(parallel) - f64::from(a.lat_e7())) / (f64::from(b.lat_e7()) - f64::from(a.lat_e7()));
        crosses.then(|| f64::from(a.lon_e7()) + share * (f64::from(b.lon_e7()) - f64::from(a.lon_e7())))
    })
}
