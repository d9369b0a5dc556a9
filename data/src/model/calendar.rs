//! Which days are worked: the working calendar with holidays and make-up workdays 调休.

use super::time::Weekday;
use serde::{Deserialize, Serialize};

/// A day of the calendar, as year, month 1 ..= 12 and day 1 ..= 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// The year of our era.
    pub year: i16,
    /// January is 1.
    pub month: u8,
    /// The first is 1.
    pub day: u8,
}

/// The days on which clocks in working days run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its name and the notice that it follows.
    pub name: String,
    /// The days of the week that are worked.
    pub workdays: Vec<Weekday>,
    /// Days that are not worked all the same.
    pub holidays: Vec<Day>,
    /// Days that are worked all the same.
    pub make_up_days: Vec<Day>,
}
