//! How a map of OpenStreetMap becomes places: streets, buildings, compounds, facilities, areas.
//!
//! ```text
//! file ─► elements ─► Streets ─► Restrictions ─► Buildings ─► Compounds ─► Facilities ─► Areas ─► Import
//!         (PBF, XML)  joints     turns           entrances    of buildings  stations     and cover
//! ```
//!
//! The steps are a list ([`Step::ALL`]) that a caller may shorten. Each adds to a draft and counts what it leaves out. The result
//! depends on the elements alone: not on their order in the file, nor on how it is packed.

mod block;
mod buildings;
mod element;
mod format;
mod hours;
mod outlines;
mod pbf;
mod rings;
mod rules;
mod streets;
mod wire;
mod xml;

use super::{
    ImportError,
    outcome::{Fault, Import, Reason, Record, Summary},
};
use crate::model::{building::Building, entity::Entity, road::Street, time::Timestamp};
use element::{Elements, Relation, TaggedNode, Way};
use rings::Broken;
use std::io::Read;
use streets::Joints;

/// Who must be named wherever the data are shown.
pub const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL 1.0";

/// What is to be made of a map.
#[derive(Clone, Debug)]
pub struct Options {
    /// The steps, in the order of [`Step::ALL`].
    pub steps: Vec<Step>,
    /// From when on the areas are valid.
    pub valid_from: Timestamp,
}

impl Default for Options {
    /// All steps; areas are valid since 1970.
    fn default() -> Self {
        Self { steps: Step::ALL.to_vec(), valid_from: Timestamp(0) }
    }
}

/// One step on the way from elements to places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Streets and footpaths, with their joints, barriers and access.
    Streets,
    /// Buildings with their entrances.
    Buildings,
}

impl Step {
    /// Every step, in order: later ones use what earlier ones made.
    pub const ALL: [Self; 2] = [Self::Streets, Self::Buildings];

    fn run(self, elements: &Elements, made: &mut Made, report: &mut Report, _options: &Options) {
        match self {
            Self::Streets => streets::draft(elements, made, report),
            Self::Buildings => buildings::draft(elements, made, report),
        }
    }
}

/// Reads a map in PBF (plain, zlib or LZ4 blocks) or XML, told apart by content.
///
/// Fails when nothing can be used: a file of another kind, one that was cut off or is broken, one without nodes. A PBF file that was
/// cut off exactly between two blocks cannot be told from a whole one; what is missing then shows in the counts.
pub fn read(source: impl Read, options: &Options) -> Result<Import, ImportError> {
    let mut report = Report::default();
    let mut elements = format::read(source)?;
    elements.settle(&mut report.summary);
    report.faults = std::mem::take(&mut elements.faults);
    if elements.node_count() == 0 {
        return Err(ImportError::Nothing {
            sought: "nodes",
            remedy: "take an extract of the district with its streets",
        });
    }
    let mut made = Made::default();
    for step in Step::ALL.into_iter().filter(|step| options.steps.contains(step)) {
        step.run(&elements, &mut made, &mut report, options);
    }
    Ok(made.finish(report))
}

/// What was counted and left out so far.
#[derive(Debug, Default)]
struct Report {
    summary: Summary,
    faults: Vec<Fault>,
}

impl Report {
    fn node(&mut self, elements: &Elements, node: &TaggedNode, reason: Reason) {
        let place = elements.place_of(node.id);
        self.faults.push(Fault {
            record: Record::Node(node.id),
            position: Some(node.position),
            place,
            reason,
        });
    }
    fn way(&mut self, elements: &Elements, way: &Way, (reason, place): Broken) {
        let place = place.or_else(|| elements.somewhere_on(way));
        self.faults.push(Fault { record: Record::Way(way.id), position: Some(way.position), place, reason });
    }
    fn relation(&mut self, elements: &Elements, relation: &Relation, (reason, place): Broken) {
        let place = place.or_else(|| elements.somewhere_in(relation));
        let record = Record::Relation(relation.id);
        self.faults.push(Fault { record, position: Some(relation.position), place, reason });
    }
}

/// What the steps have made so far, numbered from 1 within each kind.
#[derive(Debug, Default)]
struct Made {
    streets: Vec<Street>,
    joints: Joints,
    buildings: Vec<Building>,
}

impl Made {
    fn finish(self, mut report: Report) -> Import {
        let made = [("streets", self.streets.len()), ("buildings", self.buildings.len())];
        for (phrase, count) in made {
            report.summary.add_many(format!("{phrase} made"), count as u64);
        }
        report.summary.add_many("faults", report.faults.len() as u64);
        let buildings = self.buildings.into_iter().map(Entity::from);
        let streets = self.streets.into_iter().map(Entity::from);
        let entities = buildings.chain(streets).collect();
        Import { entities, nodes: self.joints.count, faults: report.faults, summary: report.summary }
    }
}
