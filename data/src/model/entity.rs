//! One of all the kinds of things that are kept, and the key by which it is named.

use super::{
    area::Area,
    building::{Building, Compound},
    case::{Case, Hazard},
    facility::Facility,
    organisation::{Organisation, Post},
    patrol::{Patrol, PatrolPlan},
    place::Bounds,
    report::Report,
    responder::Responder,
    road::{Closure, Restriction, Street},
    roster::{Roster, Shift},
    source::Source,
    station::Station,
    task::Task,
    visit::Visit,
};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($( $(#[$doc:meta])* $kind:ident($word:literal, $pace:ident) ),* $(,)?) => {
        /// The kinds of things that are kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $( $(#[$doc])* $kind ),* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word for it: the name of its table, and of its kind in URLs and logs.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }
            /// How often it changes, which is how it is indexed.
            #[must_use]
            pub const fn pace(self) -> Pace {
                match self { $(Self::$kind => Pace::$pace),* }
            }
        }

        /// A thing that is kept. As JSON: `{"<kind>": {…}}`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum Entity { $( $kind($kind) ),* }

        impl Entity {
            /// By which key it is named.
            #[must_use]
            pub fn key(&self) -> Key {
                match self { $(Self::$kind(it) => Key { kind: Kind::$kind, id: it.id.number() }),* }
            }
            /// The thing alone as JSON, without the word for its kind.
            pub fn to_json(&self) -> serde_json::Result<String> {
                match self { $(Self::$kind(it) => serde_json::to_string(it)),* }
            }
            /// Reads what [`Self::to_json`] wrote.
            pub fn from_json(kind: Kind, json: &str) -> serde_json::Result<Self> {
                match kind { $(Kind::$kind => serde_json::from_str(json).map(Self::$kind)),* }
            }
        }

        $( impl From<$kind> for Entity {
            fn from(it: $kind) -> Self { Self::$kind(it) }
        } )*
    };
}

kinds! {
    /// 辖区.
    Area("area", Place),
    /// 小区.
    Compound("compound", Place),
    /// 楼栋.
    Building("building", Place),
    /// 爱心驿站.
    Station("station", Place),
    /// 服务设施.
    Facility("facility", Place),
    /// A street or footpath.
    Street("street", Place),
    /// A restricted turn.
    Restriction("restriction", Place),
    /// 来源.
    Source("source", Place),
    /// A closure for a time.
    Closure("closure", Affair),
    /// 单位.
    Organisation("organisation", Record),
    /// 岗位.
    Post("post", Record),
    /// 人员.
    Responder("responder", Record),
    /// 值班表.
    Roster("roster", Record),
    /// 班次.
    Shift("shift", Record),
    /// 上报 / 诉求.
    Report("report", Record),
    /// 事项.
    Case("case", Affair),
    /// 隐患.
    Hazard("hazard", Affair),
    /// 任务.
    Task("task", Affair),
    /// 巡逻计划.
    PatrolPlan("patrol_plan", Record),
    /// 巡逻.
    Patrol("patrol", Record),
    /// 到访.
    Visit("visit", Record),
}

impl Kind {
    /// The kind with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// How often things of a kind change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Seldom, and many at once: rebuilt aside and swapped.
    Place,
    /// All day long, one by one: a packed base and an overlay.
    Affair,
    /// Not on the map.
    Record,
}

/// The name of one thing that is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Of which kind.
    pub kind: Kind,
    /// Its number within the kind: 1 ..= 2^53 - 1.
    pub id: u64,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind.word(), self.id)
    }
}
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Entity {
    /// What everybody who may see the thing at all may see of it: the after-image that goes into the log, tiles and streams.
    /// `None` for kinds that hold nothing else than what people told, or where they were.
    #[must_use]
    pub fn public_image(&self) -> Option<Self> {
        match self {
            Self::Report(_) | Self::Visit(_) => None,
            public => Some(public.clone()),
        }
    }

    /// Whether it is over and done with: the log tells of it, and then it is nobody's present. A patrol that has ended is of this kind, as there
    /// are thousands a day.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Patrol(patrol) if patrol.span.until.is_some())
    }

    /// The box around what it covers on the map; `None` for what has no place of its own.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::Area(area) => area.versions.last().map(|newest| newest.outline.bounds()),
            Self::Compound(compound) => Some(compound.outline.bounds()),
            Self::Building(building) => Some(building.outline.bounds()),
            Self::Street(street) => Some(street.line.bounds()),
            Self::Station(station) => Some(Bounds::of(station.place)),
            Self::Facility(facility) => Some(Bounds::of(facility.place)),
            Self::Closure(closure) => closure.place.map(Bounds::of),
            Self::Case(case) => Some(Bounds::of(case.place)),
            Self::Report(report) => Some(Bounds::of(report.place)),
            Self::Hazard(hazard) => Some(Bounds::of(hazard.place)),
            Self::Task(task) => Some(Bounds::of(task.place)),
            Self::Restriction(_)
            | Self::Source(_)
            | Self::Organisation(_)
            | Self::Post(_)
            | Self::Responder(_)
            | Self::Roster(_)
            | Self::Shift(_)
            | Self::PatrolPlan(_)
            | Self::Patrol(_)
            | Self::Visit(_) => None,
        }
    }
}
