//! Where people live and work: compounds 小区 and buildings 楼栋.

use super::{
    id::{BuildingId, CompoundId},
    place::Place,
    shape::Outline,
};
use serde::{Deserialize, Serialize};

/// A compound 小区: buildings behind one wall that share its gates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compound {
    /// Which one.
    pub id: CompoundId,
    /// Its name, as people say it.
    pub name: String,
    /// The ground within the wall.
    pub outline: Outline,
}

/// A building 楼栋.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Building {
    /// Which one.
    pub id: BuildingId,
    /// Its footprint.
    pub outline: Outline,
    /// Its name or number in the compound, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Street and number, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Storeys above ground, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storeys: Option<u16>,
    /// Households, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<u32>,
    /// The doors by which it is reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entrances: Vec<Entrance>,
    /// The compound in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compound: Option<CompoundId>,
}

/// A door of a building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrance {
    /// Where the door is.
    pub place: Place,
    /// What is written on it: the number of the stairwell 单元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}
