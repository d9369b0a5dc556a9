//! How a matter is taken up and closed.
//!
//! - [`categories`]: what matters can be about.
//! - [`intake`]: what becomes of a report.
//! - [`lifecycle`]: by which steps a case comes to its end.
//! - [`past`]: what was open at a moment of the past.

pub mod categories;
pub mod intake;
pub mod lifecycle;
pub mod past;
