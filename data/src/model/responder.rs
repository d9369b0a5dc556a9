//! Who can be sent: responders 人员 (together 力量).

use super::{
    id::{AreaId, CompoundId, OrganisationId, ResponderId},
    place::Place,
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
