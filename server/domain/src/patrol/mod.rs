//! What was really walked.
//!
//! ```text
//! fixes ─► filter ─► legs ─► matching ─► coverage ─► Walked: pieces and entrances, each with the fixes that earned it
//!            │                              ├─► visits: who was in which grid long enough
//!            └─► what each fix is worth     └─► effort: metres and seconds by grid
//!                                                      Walked of all patrols of a day ─► days ─► share, effort, last visit by area
//! ```
//!
//! What "covered" means is told in `docs/coverage.md`. Everything here is reckoned anew from the fixes whenever some come late: the same fixes give
//! the same answer, in whichever order and parts they came.

pub mod begin;
pub mod coverage;
pub mod days;
pub mod filter;
pub mod matching;
pub mod pieces;
pub mod rules;
pub mod visits;
