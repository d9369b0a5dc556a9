//! 估算: how long it takes where the map is too thin to say it.
//!
//! A straight distance is multiplied with the local *detour factor*: by how much ways on foot around there are longer than they would be straight. It
//! is learned from the roads themselves, in cells of 2 km, when it is first asked for.

use super::{Conditions, Outward, Roads, Scratch, segments::Segments, speeds};
use gridward_data::model::{
    local::{LocalFrame, Metric},
    place::Place,
    road::Mode,
};
use std::sync::OnceLock;

/// The side of a cell, metres.
const CELL_M: f64 = 2_000.0;
/// More cells than this are not kept: where a city is wider, its edges share the outermost ones.
const CELLS_PER_SIDE_MAX: usize = 200;
/// The factor where too little is known: the usual 1.4 of European and Chinese cities (Boscoe et al. 2012 have 1.42).
const USUAL: f64 = 1.4;
/// The factor is kept between these: below, a street would run straight to everywhere; above, the map lacks ways.
const BETWEEN: (f64, f64) = (1.2, 1.8);
/// Ways are compared at these straight distances, metres.
const SAMPLED_M: std::ops::RangeInclusive<f64> = 500.0..=2_000.0;
/// Fewer ways than this say nothing.
const SAMPLES_MIN: usize = 20;
/// How far the sampling search goes, deciseconds on foot: [`SAMPLED_M`] with the greatest factor.
const SAMPLED_DS: u32 = 26_700;

/// A way is doubted that is so many times as long as straight …
const DOUBTED_TIMES: f64 = 5.0;
/// … and so much longer, metres: around a block one is soon five times as long.
const DOUBTED_MORE_M: f64 = 1_000.0;

/// A time that was reckoned from a straight distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// How long it takes, deciseconds.
    pub travel_ds: u32,
    /// How far it is: the straight distance times the factor, centimetres.
    pub path_cm: u32,
    /// What the straight distance was multiplied with.
    pub factor: f64,
}

fn estimate(mode: Mode, straight_m: f64, factor: f64) -> Estimate {
    let path_cm = (straight_m * factor * 100.0).round() as u32;
    Estimate { travel_ds: speeds::time_ds(path_cm, speeds::usual_cm_s(mode)), path_cm, factor }
}

/// The factors of all cells, as far as they were asked for.
#[derive(Debug)]
pub(super) struct Detours {
    low: Metric,
    sides: [usize; 2],
    cells: Vec<OnceLock<f64>>,
}

impl Detours {
    pub(super) fn over(segments: &Segments, frame: &LocalFrame) -> Self {
        let mut bounds: Option<(Metric, Metric)> = None;
        for row in &segments.rows {
            let point = frame.to_metres(segments.corners[row.corners[0] as usize]);
            let (low, high) = bounds.unwrap_or((point, point));
            bounds = Some((
                Metric { x: low.x.min(point.x), y: low.y.min(point.y) },
                Metric { x: high.x.max(point.x), y: high.y.max(point.y) },
            ));
        }
        let (low, high) = bounds.unwrap_or((Metric { x: 0.0, y: 0.0 }, Metric { x: 0.0, y: 0.0 }));
        let side = |metres: f64| ((metres / CELL_M) as usize + 1).min(CELLS_PER_SIDE_MAX);
        let sides = [side(high.x - low.x), side(high.y - low.y)];
        Self { low, sides, cells: (0..sides[0] * sides[1]).map(|_| OnceLock::new()).collect() }
    }

    fn cell(&self, point: Metric) -> (usize, Metric) {
        let at = |metres: f64, side: usize| ((metres / CELL_M).max(0.0) as usize).min(side - 1);
        let (column, row) =
            (at(point.x - self.low.x, self.sides[0]), at(point.y - self.low.y, self.sides[1]));
        let middle = |low: f64, at: usize| low + (at as f64 + 0.5) * CELL_M;
        let centre = Metric { x: middle(self.low.x, column), y: middle(self.low.y, row) };
        (row * self.sides[0] + column, centre)
    }
}

impl Roads {
    /// By how much ways around a place are longer than straight. The first time for each cell it costs a search of 2 km.
    #[must_use]
    pub fn detour_factor(&self, place: Place) -> f64 {
        let (cell, centre) = self.detours.cell(self.frame.to_metres(place));
        *self.detours.cells[cell].get_or_init(|| self.learned_factor(centre))
    }

    /// How long it takes from one place to another, reckoned from the straight distance by the factor at the second.
    #[must_use]
    pub fn estimate(&self, mode: Mode, from: Place, to: Place) -> Estimate {
        self.estimates_to(to)(mode, self.frame.to_metres(from))
    }

    /// The same to one place from many that are drawn in metres already: the factor is looked up once.
    pub fn estimates_to(&self, to: Place) -> impl Fn(Mode, Metric) -> Estimate + use<> {
        let (factor, aim) = (self.detour_factor(to), self.frame.to_metres(to));
        move |mode, from| estimate(mode, from.distance(aim), factor)
    }

    /// A place in the metres of these roads.
    #[must_use]
    pub fn drawn(&self, place: Place) -> Metric {
        self.frame.to_metres(place)
    }

    /// Where a way is more than five times as long as straight, and more than a kilometre longer, the map may lack a street: then how long it would
    /// take by the straight distance 估算. `None` where the way is believable.
    #[must_use]
    pub fn doubt(&self, mode: Mode, from: Place, to: Place, path_cm: u32) -> Option<Estimate> {
        let path_m = f64::from(path_cm) / 100.0;
        if path_m <= DOUBTED_MORE_M {
            return None;
        }
        let straight_m = self.frame.to_metres(from).distance(self.frame.to_metres(to));
        let doubted = path_m > DOUBTED_TIMES * straight_m && path_m - straight_m > DOUBTED_MORE_M;
        doubted.then(|| self.estimate(mode, from, to))
    }

    /// The middle of the factors of all ways on foot to the street nearest to a point.
    fn learned_factor(&self, centre: Metric) -> f64 {
        let place = self.frame.to_place(centre);
        let Some(target) = place.and_then(|place| self.snap_anywhere(place)) else { return USUAL };
        let open = Conditions::all_open();
        let mut scratch = Scratch::default();
        let mut outward = Outward::start(self, Mode::Foot, &[target], &open, &mut scratch);
        let aim = self.frame.to_metres(self.place_on(target.segment, target.offset_cm));
        let mut factors = Vec::new();
        while let Some(reached) = outward.next() {
            if reached.head_ds > SAMPLED_DS {
                break;
            }
            let head = self.frame.to_metres(self.place_on(reached.segment, reached.until_cm));
            let straight_m = head.distance(aim);
            if SAMPLED_M.contains(&straight_m) {
                let way = outward.way(&reached, reached.until_cm, None, false);
                factors.push(f64::from(way.path_cm) / 100.0 / straight_m);
            }
        }
        if factors.len() < SAMPLES_MIN {
            return USUAL;
        }
        factors.sort_by(f64::total_cmp);
        factors[factors.len() / 2].clamp(BETWEEN.0, BETWEEN.1)
    }

    /// A point of the roads for walking near a place, without steps to it.
    fn snap_anywhere(&self, place: Place) -> Option<super::Snap> {
        let snap = self.snap(Mode::Foot, place).ok()?;
        Some(super::Snap { away_cm: 0, away_ds: 0, ..snap })
    }
}
