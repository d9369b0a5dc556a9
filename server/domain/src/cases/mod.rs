//! How a matter is taken up and closed.
//!
//! - [`categories`]: what matters can be about.
//! - [`intake`]: what becomes of a report.

pub mod categories;
pub mod intake;
