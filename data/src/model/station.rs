//! Where help and rest are found: love stations 爱心驿站.

use super::{id::StationId, place::Place, time::Timetable};
use serde::{Deserialize, Serialize};

/// A love station: a rest and service point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Station {
    /// Which one.
    pub id: StationId,
    /// Its name.
    pub name: String,
    /// Where its door is.
    pub place: Place,
    /// When it is open; empty where not known.
    #[serde(default)]
    pub timetable: Timetable,
}
