//! Who is on when: rosters 值班表 and shifts 班次.

use super::{
    id::{ResponderId, RosterId, ShiftId, TaskId},
    time::{Span, Timetable},
};
use serde::{Deserialize, Serialize};

/// In which way somebody is on duty 在岗.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 常驻: at the post all day.
    Resident,
    /// 轮驻: in turn.
    Rotating,
    /// 随叫随驻: at home, and comes when called within the promised turn-out.
    OnCall {
        /// The promised minutes until the person sets out.
        turnout_min: u16,
    },
}

impl Duty {
    /// The word for it in code and URLs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Rotating => "rotating",
            Self::OnCall { .. } => "on_call",
        }
    }
    /// The promised minutes until who is on duty so sets out.
    #[must_use]
    pub const fn turnout_min(self) -> u16 {
        match self {
            Self::Resident | Self::Rotating => 0,
            Self::OnCall { turnout_min } => turnout_min,
        }
    }
}

/// The weekly roster of one responder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Which one.
    pub id: RosterId,
    /// Whose.
    pub responder: ResponderId,
    /// In which way.
    pub duty: Duty,
    /// The hours of the week.
    pub hours: Timetable,
    /// From when until when the roster holds.
    pub valid: Span,
}

/// The shift 班次 in which a responder is on duty. It is there from the start of the shift to its end, or to the end of the task that
/// outlasts it: who has none is off duty, and is neither sent nor followed.
///
/// One responder is in one shift at most, and its number is the responder's. Its revision is what two commanders who send the same person
/// at once are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Which one: the number of its responder.
    pub id: ShiftId,
    /// Whose.
    pub responder: ResponderId,
    /// By which roster; `None` for who began it without one.
    pub roster: Option<RosterId>,
    /// In which way.
    pub duty: Duty,
    /// From when until when, by the roster.
    pub span: Span,
    /// What this person is busy with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
}
