//! Where on the streets a way went. For now: where it was measured.
//!
//! A plain function from ways to ways, so that another can take its place: whatever it answers is what coverage is reckoned from.

use super::filter::Leg;

/// The ways as they were measured.
#[must_use]
pub fn as_measured(ways: Vec<Vec<Leg>>) -> Vec<Vec<Leg>> {
    ways
}
