//! Who can be sent: responders 人员 (together 力量).

use super::{
    id::{AreaId, CompoundId, OrganisationId, ResponderId},
    place::Place,
    road::Mode,
};
use serde::{Deserialize, Serialize};

/// A person who can be sent. Holds nothing by which this person could be found off duty: no home, no telephone, no position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responder {
    /// Which one.
    pub id: ResponderId,
    /// In which role.
    pub role: Role,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// The area this person knows and works in.
    pub home_area: Option<AreaId>,
    /// The compound that a watcher watches.
    pub compound: Option<CompoundId>,
    /// Where resident duty is done, for who has a desk.
    pub duty_post: Option<Place>,
    /// How this person goes to where help is needed.
    #[serde(default, skip_serializing_if = "Mode::is_foot")]
    pub mode: Mode,
    /// What this person may be asked to do, beyond the role.
    #[serde(default)]
    pub skills: Vec<String>,
}

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 网格员, full time.
    GridWorker,
    /// 平安守望员, volunteer: is asked, never ordered.
    Watcher,
    /// 调解员.
    Mediator,
    /// Expert of the district's clinic.
    Expert,
    /// Police, urban management, fire.
    Officer,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::GridWorker, Self::Watcher, Self::Mediator, Self::Expert, Self::Officer];

    /// The word for it in code and URLs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::GridWorker => "grid_worker",
            Self::Watcher => "watcher",
            Self::Mediator => "mediator",
            Self::Expert => "expert",
            Self::Officer => "officer",
        }
    }
    /// Whether who is in this role gives the time freely: is asked and never ordered, and is shown by grid until on a task.
    #[must_use]
    pub const fn is_volunteer(self) -> bool {
        matches!(self, Self::Watcher)
    }
}
