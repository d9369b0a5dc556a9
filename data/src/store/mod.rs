//! How facts are kept, and how they change.
//!
//! State is the truth; every commit writes the state and one log row per change in one transaction. What is derived (index, tiles,
//! streams) is a fold over the log and can be thrown away.

pub mod change;
pub mod commit;
pub mod version;
