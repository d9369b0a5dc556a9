//! What Gridward decides.
//!
//! - [`index`]: what lies where: an immutable snapshot of a city, folded from the log, and its questions ([`index::Index`]).
//! - [`cases`]: how a matter is taken up and closed.
//! - [`duty`]: who is on duty when.
//! - [`assign`]: who can be there first, and who is sent.
//! - [`roads`]: how one gets there.
//! - [`patrol`]: what was really walked.
//! - [`grids`]: how a community is cut into grids, and whether areas tile the one above them.
//! - [`access`]: what a reader may see.
//!
//! Everything here is pure: the same input gives the same answer, on every machine. The clock, randomness, files, the network and
//! the store belong to the server, which hands in what they say.

pub mod access;
pub mod assign;
pub mod cases;
pub mod duty;
pub mod grids;
pub mod index;
pub mod patrol;
pub mod roads;
