//! What one responder is to do: tasks 任务.

use super::{
    id::{AreaId, CaseId, ResponderId, TaskId},
    place::Place,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One piece of work for one responder or team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Which one.
    pub id: TaskId,
    /// The case that it serves.
    pub case: CaseId,
    /// Where the work is.
    pub place: Place,
    /// The areas that held the place when it was made, the widest first.
    pub areas: Vec<AreaId>,
    /// How far it has come, and with whom.
    pub state: TaskState,
    /// When it was made.
    pub made_at: Timestamp,
}

/// How far a task has come: "on scene with nobody" cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Nobody has it.
    Open,
    /// Somebody was asked, until an instant.
    Offered {
        /// Who.
        responder: ResponderId,
        /// Until when an answer counts.
        until: Timestamp,
    },
    /// Somebody was sent 派单, and has not answered yet.
    Sent(ResponderId),
    /// Somebody took it 接单.
    Accepted(ResponderId),
    /// Somebody is there 到场.
    OnScene(ResponderId),
    /// It is done.
    Done(ResponderId),
    /// It is not needed any more.
    Cancelled,
}

impl TaskState {
    /// The word for it in code and URLs.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Offered { .. } => "offered",
            Self::Sent(_) => "sent",
            Self::Accepted(_) => "accepted",
            Self::OnScene(_) => "on_scene",
            Self::Done(_) => "done",
            Self::Cancelled => "cancelled",
        }
    }
    /// Who has it, had it, or was asked.
    #[must_use]
    pub const fn responder(&self) -> Option<ResponderId> {
        match self {
            Self::Open | Self::Cancelled => None,
            Self::Offered { responder, .. }
            | Self::Sent(responder)
            | Self::Accepted(responder)
            | Self::OnScene(responder)
            | Self::Done(responder) => Some(*responder),
        }
    }
    /// Whether there is still something to be done.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Done(_) | Self::Cancelled)
    }
}
