//! Who is on when: rosters 值班表 and shifts 班次.

use super::{
    id::{ResponderId, RosterId},
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
