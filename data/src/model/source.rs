//! Where places come from, and whom to thank for them: sources 来源.

use super::{id::SourceId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Where some of the places come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Which one.
    pub id: SourceId,
    /// Whom to name wherever the places are shown, with the licence: `© OpenStreetMap contributors, ODbL 1.0`.
    pub attribution: String,
    /// When places of it were taken last.
    pub taken_at: Timestamp,
}
