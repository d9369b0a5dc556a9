//! Who is on duty when: rosters as shifts that start and end.

pub mod shifts;
pub mod week;
