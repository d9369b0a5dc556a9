//! In which grids a fix may truly lie, each with its probability.
//!
//! A receiver says how good a fix is by the radius that holds the truth 68 times in 100. The error is taken as round and Gaussian; then that
//! radius is 1.51 standard deviations, since 1 − exp(−1.51² / 2) = 0.68. The probability of a grid is the Gauss measure of its outline around the fix.
//!
//! It is reckoned in polar coordinates around the fix, exactly along the radius and by a fixed rule along the angle: each edge, seen from the fix,
//! spans a triangle whose measure is `(1/2π) ∫ 1 − exp(−h² / 2cos²θ) dθ` with the distance h of the edge's line in standard deviations, and the
//! triangles of a ring, with their signs, add up to the ring. The integral is Owen's T function (Owen 1956, "Tables for computing bivariate normal
//! probabilities"), by Gauss and Legendre's rule with 8 nodes on 0 ..= 1, and Owen's identity beyond 1. The error is below 1e-6.
//! There is no chance in it: the same fix gets the same answer.

use super::Index;
use super::locate::AreaRef;
use gridward_data::model::{area::Level, local::Metric, place::Place};

/// The radius that holds 68 of 100 in standard deviations of a round Gaussian: √(−2 ln 0.32).
pub const DEVIATIONS_PER_ACCURACY: f64 = 1.51;

/// A fix worse than this says nothing about grids, metres.
pub const ACCURACY_MAX_M: f64 = 2_000.0;

/// What lies beyond so many standard deviations is left out: 1e-8 of all.
const REACH_DEVIATIONS: f64 = 6.0;

/// In which grids a fix may lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Grids with their probabilities (0 ..= 1), the likeliest first, ties by id.
    pub grids: Vec<(AreaRef, f64)>,
    /// The probability that it lies in no grid. With those of the grids it adds up to 1.
    pub outside: f64,
}

/// An accuracy with which nothing can be done.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "an accuracy of {0} m cannot be used: give the radius of 68 % in metres, more than 0 and at most 2000, or none"
)]
pub struct InvalidAccuracy(pub f64);

impl Index {
    /// In which grids a fix with this accuracy (the radius that holds the truth 68 times in 100, metres) may truly lie.
    /// O(corners of the grids within four times the accuracy).
    pub fn grids_around(&self, fix: Place, accuracy_m: f64) -> Result<Spread, InvalidAccuracy> {
        if !(accuracy_m > 0.0 && accuracy_m <= ACCURACY_MAX_M) {
            return Err(InvalidAccuracy(accuracy_m));
        }
        let Some(point) = self.drawn(fix) else {
            return Ok(Spread { grids: Vec::new(), outside: 1.0 });
        };
        let deviation_m = accuracy_m / DEVIATIONS_PER_ACCURACY;
        let layer = self.places.areas.layer();
        let mut grids = Vec::new();
        for at in layer.items_around(point, REACH_DEVIATIONS * deviation_m) {
            let area = layer.at(at);
            if area.level == Level::Grid {
                let measure: f64 = layer.runs(at).map(|ring| measure(ring, point, deviation_m)).sum();
                grids.push((AreaRef { id: area.id, level: area.level }, measure));
            }
        }
        grids.retain(|(_, probability)| *probability > 1e-9);
        grids.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
        let sum: f64 = grids.iter().map(|(_, probability)| probability).sum();
        // Only grids that overlap, against the rule, can have more than everything.
        if sum > 1.0 {
            for (_, probability) in &mut grids {
                *probability /= sum;
            }
        }
        Ok(Spread { grids, outside: (1.0 - sum).max(0.0) })
    }
}

/// The Gauss measure of a ring around a point: positive where it runs counter-clockwise, as exteriors do, and negative for holes.
fn measure(ring: &[Metric], point: Metric, deviation_m: f64) -> f64 {
    let seen = |corner: Metric| ((corner.x - point.x) / deviation_m, (corner.y - point.y) / deviation_m);
    ring.windows(2).map(|edge| triangle(seen(edge[0]), seen(edge[1]))).sum()
}

/// The measure of the triangle of the origin and an edge, in standard deviations; negative where it turns right.
fn triangle(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy);
    let cross = a.0 * b.1 - a.1 * b.0;
    if length == 0.0 || cross == 0.0 {
        return 0.0;
    }
    let height = cross.abs() / length;
    let along = |corner: (f64, f64)| (corner.0 * dx + corner.1 * dy) / length;
    (wedge(height, along(b)) - wedge(height, along(a))) * cross.signum()
}

/// The measure of the right-angled triangle with its acute corner at the origin, the height `h` and the other side `side`, which may be negative:
/// then so is the measure. It is atan(side / h) / 2π − T(h, side / h).
fn wedge(height: f64, side: f64) -> f64 {
    let slope = (side / height).abs();
    let measure = libm::atan2(side.abs(), height) / std::f64::consts::TAU - owens_t(height, slope);
    measure.copysign(side)
}

/// Owen's T function for h ≥ 0, a ≥ 0.
fn owens_t(h: f64, a: f64) -> f64 {
    if a <= 1.0 {
        return owens_t_up_to_1(h, a);
    }
    // The upper tail of the normal distribution.
    let tail = |x: f64| 0.5 * libm::erfc(x * std::f64::consts::FRAC_1_SQRT_2);
    let (near, far) = (tail(h), tail(a * h));
    0.5 * near + 0.5 * far - near * far - owens_t_up_to_1(a * h, 1.0 / a)
}

fn owens_t_up_to_1(h: f64, a: f64) -> f64 {
    /// Nodes and weights of Gauss and Legendre's rule with 8 nodes on −1 ..= 1, the positive half.
    const NODES: [(f64, f64); 4] = [
        (0.183_434_642_495_649_8, 0.362_683_783_378_362),
        (0.525_532_409_916_329, 0.313_706_645_877_887_3),
        (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
        (0.960_289_856_497_536_3, 0.101_228_536_290_376_3),
    ];
    // Beyond 9 standard deviations there is less than 1e-18.
    if h > 9.0 {
        return 0.0;
    }
    let integrand = |x: f64| libm::exp(-0.5 * h * h * (1.0 + x * x)) / (1.0 + x * x);
    let half = 0.5 * a;
    let pair = |&(node, weight): &(f64, f64)| {
        weight * (integrand(half * (1.0 - node)) + integrand(half * (1.0 + node)))
    };
    half * NODES.iter().map(pair).sum::<f64>() / std::f64::consts::TAU
}
