//! What Gridward knows, and where it is kept.
//!
//! - [`model`]: the words of the glossary as types: places, areas, buildings, streets, reports, cases.
//! - `export` (feature): how what is kept leaves the house: the places as a GeoPackage.
//! - `demo` (feature): a made-up town that stands in where there is no real one.
//! - `import` (feature): how what others have mapped becomes ours, with a fault for every record left out.
//! - [`store`]: how facts are kept and how they change: changes, commits, the log, and the stores behind features.
//!
//! This package decides nothing, serves nothing, and reads no clock.

#[cfg(feature = "demo")]
pub mod demo;
#[cfg(feature = "export")]
pub mod export;
#[cfg(feature = "import")]
pub mod import;
pub mod model;
pub mod store;
