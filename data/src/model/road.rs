//! Where one can go: streets, footpaths, steps, gates, forbidden turns, closures.

use super::{
    id::{ClosureId, CompoundId, NodeId, RestrictionId, StreetId},
    place::Place,
    shape::Line,
    time::{Span, Timetable},
};
use serde::{Deserialize, Serialize};

/// A street or footpath as it was mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Street {
    /// Which one.
    pub id: StreetId,
    /// What it is.
    pub kind: StreetKind,
    /// Its name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its middle, in the direction in which it was mapped.
    pub line: Line,
    /// Where other streets can be entered: the index of a place of `line` and the node there. In order; both ends are among them.
    pub joints: Vec<Joint>,
    /// Which way vehicles may go.
    #[serde(default, skip_serializing_if = "Direction::is_both")]
    pub direction: Direction,
    /// Who may go.
    pub access: Access,
    /// On a bridge, or above others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bridge: bool,
    /// In a tunnel or passage.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tunnel: bool,
    /// What stands in the way, by the index of a place of `line`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<Barrier>,
}

/// A place of a street where others can be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// The index of the place in the street's line.
    pub at: u32,
    /// The node that the streets share.
    pub node: NodeId,
}

/// What a street is; the words are those of OpenStreetMap's `highway`, links counted with their road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum StreetKind {
    Motorway,
    Trunk,
    Primary,
    Secondary,
    Tertiary,
    /// Also `unclassified` and `road`.
    Residential,
    Living,
    Service,
    Track,
    Pedestrian,
    Cycleway,
    Footway,
    Path,
    Steps,
}

impl StreetKind {
    /// The word for it in tiles and styles.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Motorway => "motorway",
            Self::Trunk => "trunk",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Residential => "residential",
            Self::Living => "living",
            Self::Service => "service",
            Self::Track => "track",
            Self::Pedestrian => "pedestrian",
            Self::Cycleway => "cycleway",
            Self::Footway => "footway",
            Self::Path => "path",
            Self::Steps => "steps",
        }
    }
}

/// Which way vehicles may go along the line; people on foot may go both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Both ways.
    #[default]
    Both,
    /// With the line.
    Forward,
    /// Against the line.
    Backward,
}

impl Direction {
    /// Whether both ways are free.
    #[must_use]
    pub fn is_both(&self) -> bool {
        *self == Self::Both
    }
}

/// Who may use a street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// On foot.
    pub foot: bool,
    /// By bicycle or e-bike.
    pub cycle: bool,
    /// By car.
    pub car: bool,
}

/// How somebody goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 步行.
    #[default]
    Foot,
    /// 电动自行车: goes where bicycles may.
    EBike,
    /// 汽车.
    Car,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Foot, Self::EBike, Self::Car];

    /// The word for it in code and URLs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Foot => "foot",
            Self::EBike => "e_bike",
            Self::Car => "car",
        }
    }
    /// Whether it is the usual one, walking.
    #[must_use]
    pub fn is_foot(&self) -> bool {
        *self == Self::Foot
    }
}

/// Something that stands in the way at one place of a street.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barrier {
    /// The index of the place in the street's line.
    pub at: u32,
    /// What stands there.
    pub kind: BarrierKind,
    /// Who may pass all the same.
    pub access: Access,
    /// When it is open; empty where not known, which means always for those who may pass.
    #[serde(default, skip_serializing_if = "is_unknown")]
    pub hours: Timetable,
    /// The compound whose people alone may pass: who lives, works or keeps watch there, and who is called to it. Others go around.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residents: Option<CompoundId>,
}

fn is_unknown(hours: &Timetable) -> bool {
    hours.0.is_empty()
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum BarrierKind {
    Gate,
    LiftGate,
    Bollard,
    Block,
    Stile,
    Kerb,
    Other,
}

impl BarrierKind {
    /// The word for it in tiles and styles.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::LiftGate => "lift_gate",
            Self::Bollard => "bollard",
            Self::Block => "block",
            Self::Stile => "stile",
            Self::Kerb => "kerb",
            Self::Other => "other",
        }
    }
}

/// A turn that is forbidden, or the only one allowed, for vehicles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Which one.
    pub id: RestrictionId,
    /// The street one comes from.
    pub from: StreetId,
    /// What one goes through.
    pub via: Via,
    /// The street one may not, or must, turn into.
    pub to: StreetId,
    /// `true`: only this turn is allowed; `false`: this turn is forbidden.
    pub only: bool,
}

/// What a restricted turn goes through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// A node.
    Node(NodeId),
    /// One or more streets, in order.
    Streets(Vec<StreetId>),
}

/// A closure of a street for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// Which one.
    pub id: ClosureId,
    /// The street.
    pub street: StreetId,
    /// Where on it, when only a gate is closed.
    pub place: Option<Place>,
    /// From when until when.
    pub span: Span,
}
