//! What a telephone believes of where it is: the truth, and an error that lingers.
//!
//! The error of GPS is not thrown anew each second: what the receiver believes drifts. So it is a Gauss-Markov process, whose standard
//! deviation is small under the sky and large behind walls (see Groves, "Principles of GNSS, Inertial, and Multisensor Integrated
//! Navigation Systems", 2013, appendix D).

use fastrand::Rng;
use gridward_data::model::local::Metric;
use std::f64::consts::TAU;

/// How long an error lingers, seconds.
const LINGERING_S: f64 = 40.0;
/// The standard deviation of each coordinate under the sky, metres.
const OUTDOORS_M: f64 = 4.0;
/// The same behind walls.
const INDOORS_M: f64 = 18.0;
/// The radius that holds 68 % of an error whose coordinates have standard deviation 1: that of the Rayleigh distribution,
/// `sqrt(-2 ln 0.32)`.
const RADIUS_68: f64 = 1.51;

/// The receiver of one telephone.
pub(super) struct Receiver {
    error: Metric,
    /// How well this very telephone receives: 1 is as good as most.
    quality: f64,
}

impl Receiver {
    pub(super) fn new(rng: &mut Rng) -> Self {
        let quality = 0.7 + rng.f64();
        let (x, y) = normal(rng);
        Self { error: Metric { x: x * OUTDOORS_M, y: y * OUTDOORS_M }, quality }
    }

    /// Where it believes to be after some seconds, and how well it says that it knows: the radius that holds the truth with 68 %, metres.
    pub(super) fn read(
        &mut self,
        truth: Metric,
        indoors: bool,
        passed_s: f64,
        rng: &mut Rng,
    ) -> (Metric, f64) {
        let deviation_m = self.quality * if indoors { INDOORS_M } else { OUTDOORS_M };
        let kept = (-passed_s / LINGERING_S).exp();
        let fresh = (1.0 - kept * kept).sqrt() * deviation_m;
        let (x, y) = normal(rng);
        self.error = Metric { x: kept * self.error.x + fresh * x, y: kept * self.error.y + fresh * y };
        (Metric { x: truth.x + self.error.x, y: truth.y + self.error.y }, deviation_m * RADIUS_68)
    }
}

/// Two throws of the normal distribution (Box and Muller, "A note on the generation of random normal deviates", 1958).
fn normal(rng: &mut Rng) -> (f64, f64) {
    let radius = (-2.0 * (1.0 - rng.f64()).ln()).sqrt();
    let (sin, cos) = (TAU * rng.f64()).sin_cos();
    (radius * cos, radius * sin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTH: Metric = Metric { x: 100.0, y: -50.0 };

    /// The share of readings that are no farther off than they say.
    fn honest(indoors: bool) -> f64 {
        let mut rng = Rng::with_seed(4);
        let read = |_| {
            let mut receiver = Receiver::new(&mut rng);
            let (believed, accuracy_m) = receiver.read(TRUTH, indoors, 500.0, &mut rng);
            f64::from(u8::from(believed.distance(TRUTH) <= accuracy_m))
        };
        (0..20_000).map(read).sum::<f64>() / 20_000.0
    }

    #[test]
    fn the_truth_lies_within_the_stated_accuracy_in_68_of_a_hundred_readings() {
        for indoors in [false, true] {
            let share = honest(indoors);
            assert!((0.66..0.70).contains(&share), "{share} of the readings, indoors {indoors}");
        }
    }

    #[test]
    fn an_error_lingers_from_one_second_to_the_next() {
        let mut rng = Rng::with_seed(9);
        let mut receiver = Receiver::new(&mut rng);
        let mut last = receiver.read(TRUTH, false, 1.0, &mut rng).0;
        for _ in 0..500 {
            let next = receiver.read(TRUTH, false, 1.0, &mut rng).0;
            assert!(next.distance(last) < 8.0, "a leap of {} m in a second", next.distance(last));
            last = next;
        }
    }
}
