//! How what others have mapped becomes ours: lists of named steps, and a report of what was left out and why.
//!
//! An import reads a whole file and decides nothing: it answers with an [`Import`], a list of entities under numbers of its own,
//! 1 to n of each kind, with a [`Fault`] for every record that was left out. Whoever stores the entities first gives them numbers of
//! the store with [`Import::renumber`]. A file of which nothing can be used is an [`ImportError`].

pub mod areas;
pub mod error;
mod geojson;
mod ground;
pub mod osm;
pub mod outcome;
pub mod places;
mod properties;
mod renumber;

pub use error::ImportError;
pub use outcome::{Fault, Import, Position, Reason, Record, Summary};
