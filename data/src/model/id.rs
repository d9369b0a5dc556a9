//! Which one is meant: a type for the number of every kind of thing.
//!
//! A number is 1 ..= 2^53 - 1, so that it fits a vector tile, MapLibre's feature state and a JavaScript number without loss.
//! Numbers are allotted by the store in blocks and are unique within a kind and a district.

/// The largest number that every reader of ours can hold exactly.
pub const MAX_ID: u64 = (1 << 53) - 1;

/// A number that is no id: zero, or more than 53 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no {1} id: ids are whole numbers from 1 to 9007199254740991")]
pub struct InvalidId(pub u64, pub &'static str);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $word:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name(u64);

        impl $name {
            /// The id with this number, if it is one: 1 ..= 2^53 - 1.
            pub const fn new(number: u64) -> Result<Self, InvalidId> {
                if number == 0 || number > MAX_ID { Err(InvalidId(number, $word)) } else { Ok(Self(number)) }
            }
            /// The bare number.
            #[must_use]
            pub const fn number(self) -> u64 {
                self.0
            }
        }
        impl TryFrom<u64> for $name {
            type Error = InvalidId;
            fn try_from(number: u64) -> Result<Self, InvalidId> {
                Self::new(number)
            }
        }
        impl From<$name> for u64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($word, "/{}"), self.0)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

id!(/// A district 区 as the leading part of every stored key.
    DistrictId, "district");
id!(/// A node of the hierarchy of areas 辖区, for ever: its versions come and go.
    AreaId, "area");
id!(/// A compound 小区: buildings that share a gate.
    CompoundId, "compound");
id!(/// A building 楼栋.
    BuildingId, "building");
id!(/// A love station 爱心驿站.
    StationId, "station");
id!(/// Another service place 服务设施.
    FacilityId, "facility");
id!(/// A street or footpath between two ends, as it was mapped.
    StreetId, "street");
id!(/// A point where streets meet; streets that name the same node are connected there.
    NodeId, "node");
id!(/// A turn that is forbidden, or the only one allowed.
    RestrictionId, "restriction");
id!(/// A closure of a street or a gate for a time.
    ClosureId, "closure");
id!(/// A source 来源 of places.
    SourceId, "source");
id!(/// An organisation 单位.
    OrganisationId, "organisation");
id!(/// A post 岗位: person × organisation × area.
    PostId, "post");
id!(/// A person who can be sent 人员.
    ResponderId, "responder");
id!(/// A weekly roster 值班表 of one responder.
    RosterId, "roster");
id!(/// A shift 班次 of one responder.
    ShiftId, "shift");
id!(/// A report 上报 / 诉求: what somebody told us, through one channel, once.
    ReportId, "report");
id!(/// A case 事项: one matter to be closed.
    CaseId, "case");
id!(/// A hazard 隐患: something dangerous at a place.
    HazardId, "hazard");
id!(/// A task 任务: one piece of work for one responder or team.
    TaskId, "task");
id!(/// A patrol plan 巡逻计划.
    PatrolPlanId, "patrol plan");
id!(/// A patrol 巡逻: one round as walked.
    PatrolId, "patrol");
id!(/// A visit 到访.
    VisitId, "visit");
id!(/// An account of somebody who signs in.
    AccountId, "account");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_javascript_holds_exactly_are_ids() {
        assert!(AreaId::new(1).is_ok() && AreaId::new(MAX_ID).is_ok());
        assert!(AreaId::new(0).is_err() && AreaId::new(MAX_ID + 1).is_err());
        assert!(serde_json::from_str::<AreaId>("0").is_err());
        assert!(serde_json::from_str::<AreaId>("-1").is_err());
    }
}
