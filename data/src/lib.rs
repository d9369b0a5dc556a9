//! What Gridward knows, and where it is kept.
//!
//! - [`model`]: the words of the glossary as types: places, areas, buildings, streets, reports, cases.
//! - `import` (feature): how what others have mapped becomes ours, with a fault for every record left out.
//! - [`store`]: how facts are kept and how they change: changes, commits, the log, and the stores behind features.
//!
//! This package decides nothing, serves nothing, and reads no clock.

#[cfg(feature = "import")]
pub mod import;
pub mod model;
pub mod store;
