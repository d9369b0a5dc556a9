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
    /// Somebody took it 接单.
    Accepted(ResponderId),
    /// Somebody is there 到场.
    OnScene(ResponderId),
    /// It is done.
    Done(ResponderId),
    /// It is not needed any more.
    Cancelled,
}
