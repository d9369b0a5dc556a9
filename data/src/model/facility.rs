//! Where else people are served: party-service centres, canteens, clinics and their like.

use super::{id::FacilityId, place::Place, time::Timetable};
use serde::{Deserialize, Serialize};

/// Another service place 服务设施.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    /// Which one.
    pub id: FacilityId,
    /// What for.
    pub kind: FacilityKind,
    /// Its name.
    pub name: String,
    /// Where its door is.
    pub place: Place,
    /// When it is open; empty where not known.
    #[serde(default)]
    pub timetable: Timetable,
}

/// What a facility is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityKind {
    /// 党群服务中心.
    PartyService,
    /// 社区食堂.
    Canteen,
    /// 卫生服务站 or clinic, hospital.
    Clinic,
    /// 托育 or kindergarten.
    ChildCare,
    /// 养老服务.
    ElderCare,
    /// 调解室.
    Mediation,
    /// 法律援助.
    LegalAid,
    /// 派出所.
    Police,
    /// 消防站.
    FireStation,
    /// School.
    School,
    /// Town hall, 办事大厅.
    PublicOffice,
}

impl FacilityKind {
    /// The word for it in code, URLs and tiles.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PartyService => "party_service",
            Self::Canteen => "canteen",
            Self::Clinic => "clinic",
            Self::ChildCare => "child_care",
            Self::ElderCare => "elder_care",
            Self::Mediation => "mediation",
            Self::LegalAid => "legal_aid",
            Self::Police => "police",
            Self::FireStation => "fire_station",
            Self::School => "school",
            Self::PublicOffice => "public_office",
        }
    }
}
