//! Who answers for something: organisations 单位 and posts 岗位.

use super::{
    id::{AreaId, OrganisationId, PostId, ResponderId},
    report::Category,
};
use serde::{Deserialize, Serialize};

/// An organisation 单位.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Which one.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// How it is present at the centre.
    pub presence: Presence,
    /// The area for which it answers, where there is one.
    pub area: Option<AreaId>,
    /// The categories of matters that it leads 主办. At most one organisation of a city leads a category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
}

/// How an organisation is present at the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// 常驻: there all day.
    Resident,
    /// 轮驻: in turn.
    Rotating,
    /// 随叫随驻: when called.
    OnCall,
}

/// A post 岗位: person × organisation × area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Which one.
    pub id: PostId,
    /// What the holder is: 网格长, 楼长, 支部书记, 窗口.
    pub title: String,
    /// Who holds it.
    pub holder: Option<ResponderId>,
    /// For whom.
    pub organisation: OrganisationId,
    /// Over which ground.
    pub area: AreaId,
}
