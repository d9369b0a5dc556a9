//! Who was where long enough to count: visits 到访.

use super::{
    id::{AreaId, BuildingId, PatrolId, VisitId},
    place::Place,
    time::Span,
};
use serde::{Deserialize, Serialize};

/// Somebody was there, on a patrol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Which one.
    pub id: VisitId,
    /// On which patrol.
    pub patrol: PatrolId,
    /// What was visited.
    pub what: Visited,
    /// From when until when.
    pub span: Span,
}

/// What was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visited {
    /// An area.
    Area(AreaId),
    /// A building.
    Building(BuildingId),
    /// A checkpoint, scanned or dwelt at.
    Checkpoint(Place),
}
