//! Who can be there first, and who is sent.
//!
//! ```text
//! shifts of the index ─┐
//! fixes of telephones ─┴─► Positions ─┐
//!                                     ├─► first_to_arrive ─► candidates, refused and why ─► send ─► changes
//! roads, closures, the hour ──────────┘   eligible: who may be asked
//! ```
//!
//! The same inputs give the same answer: times are whole deciseconds, ties go to the lowest number.

pub mod eligible;
pub mod first_to_arrive;
pub mod positions;
pub mod send;
mod table;
