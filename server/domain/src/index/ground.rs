//! How far things are, in metres: the shapes of one layer, drawn flat in the local frame and packed side by side.
//!
//! Distances go to what is there and not to its centre: to the nearest edge of an outline (0 inside it, holes are outside), to the
//! nearest piece of a line, to a point.

use gridward_data::model::{
    local::{LocalFrame, Metric},
    place::{Bounds, Place},
    shape::{Line, Outline, Polygon, Ring},
};
use rstar::AABB;

/// What a thing looks like from above.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'a> {
    /// A point.
    Point(Place),
    /// A line.
    Line(&'a Line),
    /// Ground with its holes.
    Outline(&'a Outline),
}

impl Shape<'_> {
    /// Its runs of places: one for a point or a line, the rings of an outline.
    fn runs(&self) -> Vec<&[Place]> {
        match self {
            Self::Point(place) => vec![std::slice::from_ref(place)],
            Self::Line(line) => vec![line.places()],
            Self::Outline(outline) => {
                outline.polygons().iter().flat_map(Polygon::rings).map(Ring::places).collect()
            }
        }
    }

    /// The box around it.
    pub(crate) fn bounds(self) -> Bounds {
        match self {
            Self::Point(place) => Bounds::of(place),
            Self::Line(line) => line.bounds(),
            Self::Outline(outline) => outline.bounds(),
        }
    }

    /// The place at `share` (0 ..= 1) of the way from its `corner`-th place to the next.
    pub(crate) fn along(&self, corner: usize, share: f64) -> Option<Place> {
        let mut skipped = 0;
        for run in self.runs() {
            if corner < skipped + run.len() {
                let from = run[corner - skipped];
                let to = *run.get(corner - skipped + 1).unwrap_or(&from);
                let between =
                    |a: i32, b: i32| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as i32;
                let (lon, lat) = (between(from.lon_e7(), to.lon_e7()), between(from.lat_e7(), to.lat_e7()));
                return Place::from_e7(lon, lat).ok();
            }
            skipped += run.len();
        }
        None
    }
}

/// Where a shape comes nearest to a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nearest {
    /// How far, metres.
    pub(crate) distance_m: f64,
    /// After which place of the shape, and at which share of the way to the next; `None`: the point lies inside.
    pub(crate) spot: Option<(usize, f64)>,
}

/// Shapes in metres, packed: the corners of all, the end of each run of corners, the end of each thing's runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ground {
    corners: Vec<Metric>,
    run_ends: Vec<u32>,
    item_ends: Vec<u32>,
    closed: bool,
}

impl Ground {
    /// Nothing yet; `closed` where the shapes are outlines, which hold what lies inside them.
    pub(crate) fn new(closed: bool) -> Self {
        Self { closed, ..Self::default() }
    }

    /// Draws one more thing; one that lies nowhere has no shape. Answers its box in metres.
    pub(crate) fn push(&mut self, shape: Option<Shape<'_>>, frame: &LocalFrame) -> Option<AABB<[f64; 2]>> {
        let first = self.corners.len();
        for run in shape.iter().flat_map(Shape::runs) {
            self.corners.extend(run.iter().map(|place| frame.to_metres(*place)));
            self.run_ends.push(self.corners.len() as u32);
        }
        self.item_ends.push(self.run_ends.len() as u32);
        around(&self.corners[first..])
    }

    /// Takes over one thing from another drawing in the same frame. Answers its box in metres.
    pub(crate) fn push_from(&mut self, other: &Self, item: usize) -> Option<AABB<[f64; 2]>> {
        let first = self.corners.len();
        for run in other.runs(item) {
            self.corners.extend_from_slice(run);
            self.run_ends.push(self.corners.len() as u32);
        }
        self.item_ends.push(self.run_ends.len() as u32);
        around(&self.corners[first..])
    }

    /// The runs of corners of one thing.
    pub(crate) fn runs(&self, item: usize) -> impl Iterator<Item = &[Metric]> {
        let before = |ends: &[u32], at: usize| if at == 0 { 0 } else { ends[at - 1] as usize };
        let runs = before(&self.item_ends, item)..self.item_ends[item] as usize;
        runs.map(move |run| &self.corners[before(&self.run_ends, run)..self.run_ends[run] as usize])
    }

    /// Where the thing comes nearest to the point. O(corners of the thing).
    pub(crate) fn nearest(&self, item: usize, point: Metric) -> Nearest {
        if self.closed && self.runs(item).fold(false, |odd, run| odd ^ crosses_oddly(run, point)) {
            return Nearest { distance_m: 0.0, spot: None };
        }
        let (mut least, mut spot, mut corner) = (f64::INFINITY, None, 0);
        for run in self.runs(item) {
            for (at, edge) in run.windows(2).enumerate() {
                let (distance_2, share) = to_edge(point, edge[0], edge[1]);
                if distance_2 < least {
                    (least, spot) = (distance_2, Some((corner + at, share)));
                }
            }
            if let [only] = run {
                (least, spot) = (square(*only, point), Some((corner, 0.0)));
            }
            corner += run.len();
        }
        Nearest { distance_m: least.sqrt(), spot }
    }
}

/// The square of the distance of two points. Affairs are compared with places by the same formula, so that ties are ties.
pub(crate) fn square(a: Metric, b: Metric) -> f64 {
    (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
}

/// The square of the distance from a point to an edge, and at which share of the edge it is reached. An edge without length is a point.
pub(crate) fn to_edge(point: Metric, a: Metric, b: Metric) -> (f64, f64) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (px, py) = (point.x - a.x, point.y - a.y);
    let length_2 = dx * dx + dy * dy;
    let share = if length_2 > 0.0 { ((px * dx + py * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
    let (ex, ey) = (px - share * dx, py - share * dy);
    (ex * ex + ey * ey, share)
}

/// Whether a ray from the point to the east crosses the ring an odd number of times.
fn crosses_oddly(ring: &[Metric], point: Metric) -> bool {
    let mut odd = false;
    for edge in ring.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        if (a.y > point.y) != (b.y > point.y) {
            odd ^= point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x;
        }
    }
    odd
}

fn around(corners: &[Metric]) -> Option<AABB<[f64; 2]>> {
    let finite = corners.iter().filter(|corner| corner.x.is_finite() && corner.y.is_finite());
    finite.fold(None, |bounds: Option<AABB<[f64; 2]>>, corner| {
        let point = [corner.x, corner.y];
        let (mut low, mut high) = bounds.map_or((point, point), |bounds| (bounds.lower(), bounds.upper()));
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
        Some(AABB::from_corners(low, high))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon_e7: i32, lat_e7: i32) -> Place {
        Place::from_e7(lon_e7, lat_e7).expect("on the Earth")
    }

    fn square(low: i32, high: i32) -> Ring {
        let corners = [(low, low), (high, low), (high, high), (low, high), (low, low)];
        Ring::new(corners.map(|(lon, lat)| at(lon, lat)).to_vec()).expect("a ring")
    }

    /// A square of some 220 m around 0, 0 with a hole of some 110 m.
    fn court() -> Outline {
        Outline::new(vec![Polygon::new(square(-10_000, 10_000), vec![square(-5_000, 5_000)])])
            .expect("an outline")
    }

    #[test]
    fn the_distance_is_0_inside_and_goes_to_the_nearest_edge_from_a_hole_and_from_outside() {
        let frame = LocalFrame::around(at(0, 0));
        let court = court();
        let mut ground = Ground::new(true);
        ground.push(Some(Shape::Outline(&court)), &frame);
        let distance_m = |lon, lat| ground.nearest(0, frame.to_metres(at(lon, lat))).distance_m;
        assert_eq!(ground.nearest(0, frame.to_metres(at(7_000, 0))), Nearest { distance_m: 0.0, spot: None });
        // 1e-3° of longitude at the equator is 111.32 m, of latitude 110.57 m.
        assert!((distance_m(4_000, 0) - 11.132).abs() < 0.001, "{}", distance_m(4_000, 0));
        assert!((distance_m(0, -20_000) - 110.57).abs() < 0.01, "{}", distance_m(0, -20_000));
    }

    #[test]
    fn the_nearest_spot_can_be_named_as_a_place() {
        let frame = LocalFrame::around(at(0, 0));
        let line = Line::new(vec![at(0, 0), at(10_000, 0), at(10_000, 10_000)]).expect("a line");
        let mut ground = Ground::new(false);
        ground.push(Some(Shape::Line(&line)), &frame);
        let (corner, share) =
            ground.nearest(0, frame.to_metres(at(12_000, 2_500))).spot.expect("on the line");
        assert_eq!(corner, 1);
        assert_eq!(Shape::Line(&line).along(corner, share), Some(at(10_000, 2_500)));
        assert_eq!(Shape::Line(&line).along(3, 0.0), None);
    }

    #[test]
    fn a_thing_without_a_shape_has_no_box_and_takes_no_room() {
        let frame = LocalFrame::around(at(0, 0));
        let mut ground = Ground::new(false);
        assert!(ground.push(None, &frame).is_none());
        assert!(ground.push(Some(Shape::Point(at(5, 5))), &frame).is_some());
        assert_eq!(ground.runs(0).count(), 0);
        assert!(ground.nearest(1, frame.to_metres(at(5, 5))).distance_m < 1e-9);
    }
}
