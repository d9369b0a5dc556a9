//! What must be walked, and what was: patrol plans 巡逻计划, patrols 巡逻, fixes 定位点.

use super::{
    id::{AreaId, PatrolId, PatrolPlanId, ResponderId, StreetId},
    place::Place,
    road::Mode,
    time::{Span, Timestamp, Timetable},
    unit::Metres,
};
use serde::{Deserialize, Serialize};

/// What must be covered, how often, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatrolPlan {
    /// Which one.
    pub id: PatrolPlanId,
    /// Its name.
    pub name: String,
    /// The area in which it lies.
    pub area: AreaId,
    /// The streets to be walked, in order where the order matters.
    pub streets: Vec<StreetId>,
    /// Places that must be scanned or dwelt at 点位.
    pub checkpoints: Vec<Place>,
    /// When it is to be walked.
    pub hours: Timetable,
}

/// One round as walked. It says who is on it, where it belongs and since when; never where anybody was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patrol {
    /// Which one.
    pub id: PatrolId,
    /// By whom.
    pub responder: ResponderId,
    /// After which plan; none for a free one.
    pub plan: Option<PatrolPlanId>,
    /// The area that it is about: that of the plan, or where the responder works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    /// How this person goes.
    #[serde(default, skip_serializing_if = "Mode::is_foot")]
    pub mode: Mode,
    /// From when until when; without an end it goes on.
    pub span: Span,
}

/// One reading of a receiver.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// Counts up on the device; with the device it names the fix, so that sending twice is harmless.
    pub sequence: u64,
    /// When it was read, by the device's clock.
    pub at: Timestamp,
    /// Where.
    pub place: Place,
    /// The radius that holds the truth with 68 %; none where the device does not know.
    pub accuracy: Option<Metres>,
    /// How fast the device says that it moves, metres a second; none where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed_m_s: Option<f32>,
}
