//! How much: units that cannot be mixed up.

use serde::{Deserialize, Serialize};

/// A distance in metres along the ground; finite and never negative.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Metres(f64);

/// A number that is no distance.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{0} m is no distance: it must be finite and not negative")]
pub struct InvalidMetres(pub f64);

impl Metres {
    /// A distance of so many metres.
    pub fn new(metres: f64) -> Result<Self, InvalidMetres> {
        if metres.is_finite() && metres >= 0.0 { Ok(Self(metres)) } else { Err(InvalidMetres(metres)) }
    }
    /// The bare number of metres.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }
}
impl TryFrom<f64> for Metres {
    type Error = InvalidMetres;
    fn try_from(metres: f64) -> Result<Self, InvalidMetres> {
        Self::new(metres)
    }
}
impl From<Metres> for f64 {
    fn from(metres: Metres) -> Self {
        metres.0
    }
}
impl std::fmt::Display for Metres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} m", self.0)
    }
}

/// A speed in metres a second; finite and greater than zero.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct MetresPerSecond(f64);

impl MetresPerSecond {
    /// A speed, if it is one at which one arrives.
    #[must_use]
    pub fn new(metres_per_second: f64) -> Option<Self> {
        (metres_per_second.is_finite() && metres_per_second > 0.0).then_some(Self(metres_per_second))
    }
}

/// A time in seconds; finite and never negative.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Seconds(f64);

impl Seconds {
    /// The bare number of seconds.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl std::ops::Div<MetresPerSecond> for Metres {
    type Output = Seconds;
    fn div(self, speed: MetresPerSecond) -> Seconds {
        Seconds(self.0 / speed.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_finite_and_not_negative() {
        for bad in [f64::NAN, f64::INFINITY, -0.1] {
            assert!(Metres::new(bad).is_err(), "{bad} was taken");
        }
    }
}
