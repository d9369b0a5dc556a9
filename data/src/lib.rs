//! What Gridward knows, and where it is kept.
//!
//! - [`model`]: the words of the glossary as types: places, areas, buildings, streets, reports, cases.
//! - [`store`]: how facts are kept and how they change: changes, commits, the log, and the stores behind features.
//!
//! This package decides nothing, serves nothing, and reads no clock.

pub mod model;
pub mod store;
