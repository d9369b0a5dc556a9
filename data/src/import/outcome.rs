//! What an import made of a file: entities, faults, and counts.

use crate::model::{
    code::AreaCode,
    entity::{Entity, Kind},
    id::AreaId,
    place::Place,
    shape::InvalidShape,
};
use std::{collections::BTreeMap, fmt};

/// What an import made of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The things, kind by kind, numbered 1 to n within each kind until [`Import::renumber`] gives them numbers of a store.
    pub entities: Vec<Entity>,
    /// How many nodes the streets name; they are numbered 1 to n as well.
    pub nodes: u64,
    /// What was left out, and why, in the order in which it was met.
    pub faults: Vec<Fault>,
    /// Areas whose parent was named but is not in the file, with the code of the parent; see [`Import::adopt`].
    pub orphans: Vec<(AreaId, AreaCode)>,
    /// What was counted on the way.
    pub summary: Summary,
}

impl Import {
    /// Gives the orphans the parents that `find` knows of, for example those that are stored already; the others stay orphans. To be
    /// called after [`Import::renumber`], with numbers of the store. Answers how many found a parent.
    pub fn adopt(&mut self, mut find: impl FnMut(&AreaCode) -> Option<AreaId>) -> usize {
        let parents: BTreeMap<AreaId, AreaId> =
            self.orphans.iter().filter_map(|(id, code)| Some((*id, find(code)?))).collect();
        for entity in &mut self.entities {
            if let Entity::Area(area) = entity
                && let (Some(parent), Some(version)) = (parents.get(&area.id), area.versions.last_mut())
            {
                version.parent = Some(*parent);
            }
        }
        self.orphans.retain(|(id, _)| !parents.contains_key(id));
        parents.len()
    }
    /// Whether nothing was made of the file. O(1).
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }
    /// How many things of a kind there are. O(n).
    #[must_use]
    pub fn count(&self, kind: Kind) -> u64 {
        self.entities.iter().filter(|entity| entity.key().kind == kind).count() as u64
    }
}

/// What was counted on the way, under a short phrase each: what the file holds, what was normal to leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary(BTreeMap<String, u64>);

impl Summary {
    /// Counts one more.
    pub fn add(&mut self, phrase: impl Into<String>) {
        self.add_many(phrase, 1);
    }
    /// Counts so many more.
    pub fn add_many(&mut self, phrase: impl Into<String>, more: u64) {
        *self.0.entry(phrase.into()).or_default() += more;
    }
    /// How often something was counted; 0 when never.
    #[must_use]
    pub fn count(&self, phrase: &str) -> u64 {
        self.0.get(phrase).copied().unwrap_or(0)
    }
    /// All counts in the order of their phrases.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(phrase, &count)| (phrase.as_str(), count))
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|(phrase, count)| writeln!(f, "{count:>9} {phrase}"))
    }
}

/// One record that was left out, or taken with less than it said; the import went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which record.
    pub record: Record,
    /// Where in the file it stands, where known.
    pub position: Option<Position>,
    /// Where on the Earth it lies, where known.
    pub place: Option<Place>,
    /// What is wrong with it, and what to do.
    pub reason: Reason,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.record)?;
        if let Some(place) = self.place {
            write!(f, " at {place}")?;
        }
        if let Some(position) = self.position {
            write!(f, " ({position})")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// A record of a file, as its makers name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    /// A node of OpenStreetMap.
    Node(i64),
    /// A way of OpenStreetMap.
    Way(i64),
    /// A relation of OpenStreetMap.
    Relation(i64),
    /// A feature of a GeoJSON file; the first is 1.
    Feature(u64),
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(id) => write!(f, "node {id}"),
            Self::Way(id) => write!(f, "way {id}"),
            Self::Relation(id) => write!(f, "relation {id}"),
            Self::Feature(index) => write!(f, "feature {index}"),
        }
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// A block of a PBF file.
    Block {
        /// Its number; the header is 0.
        number: u32,
        /// The byte at which its frame begins.
        byte: u64,
    },
    /// A line of a text file; the first is 1.
    Line(u64),
    /// A line and a column of a text file; the first are 1.
    LineColumn(u64, u64),
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block { number, byte } => write!(f, "block {number} at byte {byte}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::LineColumn(line, column) => write!(f, "line {line}, column {column}"),
        }
    }
}

/// What is wrong with a record, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Numbers that are no point of the Earth.
    #[error("{0}; it was left out, and ways are cut there: correct the node in the map")]
    NoPlace(String),
    /// The ends of a ring do not meet.
    #[error(
        "ring not closed between node {from} and node {to}: join them in the map, or take an extract that holds all of it"
    )]
    OpenRing {
        /// One end.
        from: i64,
        /// The other end, or the end nearest to it.
        to: i64,
    },
    /// A way that should be a ring is a line.
    #[error("it begins at node {from} and ends at node {to}, and encloses nothing: close it in the map")]
    OpenWay {
        /// The first node.
        from: i64,
        /// The last node.
        to: i64,
    },
    /// Members of a relation, or nodes of a ring, are not in the file.
    #[error(
        "{missing} of its {what} are not in the file (the first is {first}): take an extract that holds all of it"
    )]
    Incomplete {
        /// How many are not there.
        missing: u64,
        /// What they are.
        what: &'static str,
        /// The first of them.
        first: Record,
    },
    /// The lines of a relation cancel each other out, or there are none.
    #[error(
        "its members enclose nothing (they are missing, lie on each other, or are listed twice): correct its members"
    )]
    NoRing,
    /// A shape that is none.
    #[error("{0}: draw it again")]
    Shape(#[from] InvalidShape),
    /// One ring of several is wrong.
    #[error("ring {ring}: {reason}")]
    InRing {
        /// Which of its polygon; the first is 1.
        ring: u64,
        /// What is wrong with it.
        reason: Box<Reason>,
    },
    /// A ring crosses, touches or overlaps itself.
    #[error("its outline crosses or touches itself at {0}: draw it again without loops and spikes")]
    SelfCrossing(Place),
    /// An outline that spans more than half the Earth.
    #[error("it crosses the date line at {0}: cut it in two there")]
    DateLine(Place),
    /// Rings that cross each other, or a hole outside.
    #[error(
        "its rings do not fit together ({0}): draw them again so that holes lie inside and rings do not cross"
    )]
    Misfit(String),
    /// A turn restriction that cannot be followed.
    #[error("{0}: correct the restriction in the map")]
    Restriction(&'static str),
    /// A record without something that it needs.
    #[error("it has no {what}: {remedy}")]
    Missing {
        /// What it has not.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Something that cannot be understood.
    #[error("{what} “{text}” is not understood: {remedy}")]
    NotUnderstood {
        /// What it should be.
        what: &'static str,
        /// What it is.
        text: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A geometry that is none of the kind that was asked for.
    #[error("{found} is no {sought}: {remedy}")]
    OtherGeometry {
        /// What it is.
        found: &'static str,
        /// What was asked for.
        sought: &'static str,
        /// What to do.
        remedy: &'static str,
    },
}
