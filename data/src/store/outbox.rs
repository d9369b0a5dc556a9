//! What is to be told to others: kept with the commit that caused it, until it was told or given up.

use super::commit::Notice;
use crate::model::time::Timestamp;

/// A notice on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNotice {
    /// Under which it is settled; counts up, so that notices of a topic can be told in the order in which they came to be.
    pub number: u64,
    /// When the commit was that it tells of.
    pub at: Timestamp,
    /// What is told.
    pub notice: Notice,
    /// Set where telling was given up: it lies in the tray until somebody tries it again or throws it away.
    pub given_up: Option<GivenUp>,
}

/// Why a notice could not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// When that was decided.
    pub at: Timestamp,
    /// The last fault, for who runs the service.
    pub reason: String,
}

/// How many notices of a topic are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicCount {
    /// By which adapter.
    pub topic: String,
    /// Those still to be told.
    pub waiting: u64,
    /// Those in the tray.
    pub given_up: u64,
}
