//! What is to be closed: cases 事项, and the hazards 隐患 that some of them are about.

use super::{
    id::{AreaId, CaseId, HazardId, OrganisationId, ReportId},
    place::Place,
    report::{Category, Channel},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A case: one matter to be closed, with everything that was told about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Which one.
    pub id: CaseId,
    /// As what it is shown and handled.
    #[serde(rename = "type")]
    pub kind: CaseKind,
    /// What it is about, where known.
    pub category: Option<Category>,
    /// How far it has come.
    pub state: CaseState,
    /// By which way the first report came.
    pub channel: Channel,
    /// Where.
    pub place: Place,
    /// The areas that held the place when it was opened, the widest first.
    pub areas: Vec<AreaId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The reports that belong to it, the first first.
    pub reports: Vec<ReportId>,
    /// The hazard that it is about.
    pub hazard: Option<HazardId>,
    /// When it was verified and replied, or dismissed; `None` as long as it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// The organisation that leads 主办.
    pub lead: Option<OrganisationId>,
    /// The organisations that help 协办.
    #[serde(default)]
    pub co_handling: Vec<OrganisationId>,
    /// How it came to where it is, the first step first. What was done before steps were noted is not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<CaseStep>,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStep {
    /// What it became.
    pub state: CaseState,
    /// When.
    pub at: Timestamp,
    /// Who took it, as this person signs at the desk; none where another step brought it about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What was said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Case {
    /// The case one step further.
    #[must_use]
    pub fn moved(&self, step: CaseStep) -> Self {
        let mut steps = self.steps.clone();
        let state = step.state;
        steps.push(step);
        Self { state, steps, ..self.clone() }
    }
}

/// As what a case is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 警情.
    PoliceMatter,
    /// 工单.
    WorkOrder,
    /// 信访件.
    Petition,
    /// 纠纷.
    Dispute,
    /// 隐患.
    Hazard,
    /// 帮扶.
    Help,
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Told, and nobody has taken it up.
    Received,
    /// Taken up at the centre 受理.
    Acknowledged,
    /// Given to who handles it 派单 / 交办.
    Assigned,
    /// Handled 处置, not yet verified.
    Handled,
    /// Verified and replied 办结.
    Closed,
    /// Not to be handled, with a reason.
    Dismissed,
}

impl CaseState {
    /// The word for it in code, URLs and tiles.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Acknowledged => "acknowledged",
            Self::Assigned => "assigned",
            Self::Handled => "handled",
            Self::Closed => "closed",
            Self::Dismissed => "dismissed",
        }
    }
    /// Whether there is still something to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Dismissed)
    }
}

/// Something dangerous at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hazard {
    /// Which one.
    pub id: HazardId,
    /// What it is.
    pub category: Category,
    /// Whether it is still there.
    pub state: HazardState,
    /// Where.
    pub place: Place,
    /// When it was first told of.
    pub seen_at: Timestamp,
    /// The case by which it is closed.
    pub case: CaseId,
}

/// Whether a hazard is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HazardState {
    /// It is there, as far as is known.
    Open,
    /// It was cleared.
    Cleared,
}

impl HazardState {
    /// The word for it in code, URLs and tiles.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Cleared => "cleared",
        }
    }
}
