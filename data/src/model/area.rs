//! Who answers for which ground: districts, streets, communities, grids, over time.

use super::{
    code::AreaCode,
    id::AreaId,
    shape::Outline,
    time::{Span, Timestamp},
};
use serde::{Deserialize, Serialize};

/// How wide an area is. Ordered from the widest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 区.
    District,
    /// 街道: a sub-district.
    Street,
    /// 社区 or village.
    Community,
    /// 网格: the smallest area.
    Grid,
}

impl Level {
    /// Every level, the widest first.
    pub const ALL: [Self; 4] = [Self::District, Self::Street, Self::Community, Self::Grid];

    /// The word for it in code, URLs and tiles.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Street => "street",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }
    /// The level with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
    /// The level next above.
    #[must_use]
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::District => None,
            Self::Street => Some(Self::District),
            Self::Community => Some(Self::Street),
            Self::Grid => Some(Self::Community),
        }
    }
}

/// An area 辖区: for ever itself, while its versions come and go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Which one.
    pub id: AreaId,
    /// How wide.
    pub level: Level,
    /// What it was, in order of time; the last is the newest. Never empty; spans do not overlap.
    pub versions: Vec<AreaVersion>,
    /// The areas that it was split from or merged of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lineage: Vec<AreaId>,
}

/// What an area was for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaVersion {
    /// The code it bore.
    pub code: AreaCode,
    /// The name it bore.
    pub name: String,
    /// The area above it; none for the widest of a store.
    pub parent: Option<AreaId>,
    /// The ground it covered.
    pub outline: Outline,
    /// When.
    pub valid: Span,
    /// Households counted or reckoned in it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<u32>,
}

impl Area {
    /// What the area was at an instant; `None` before its first version, in a gap, or after its end.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<&AreaVersion> {
        self.versions.iter().find(|version| version.valid.contains(at))
    }
    /// What the area is today: its version without an end; `None` when it has ended.
    #[must_use]
    pub fn current(&self) -> Option<&AreaVersion> {
        self.versions.last().filter(|version| version.valid.until.is_none())
    }
}
