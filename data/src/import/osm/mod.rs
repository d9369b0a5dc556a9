//! How a map of OpenStreetMap becomes places: streets, buildings, compounds, facilities, areas.
//!
//! ```text
//! file ─► elements ─► Streets ─► Restrictions ─► Buildings ─► Compounds ─► Facilities ─► Areas ─► Import
//!         (PBF, XML)  joints     turns           entrances    of buildings  stations     and cover
//! ```
//!
//! The steps are a list ([`Step::ALL`]) that a caller may shorten. Each adds to a draft and counts what it leaves out. The result
//! depends on the elements alone: not on their order in the file, nor on how it is packed.

mod areas;
mod block;
mod buildings;
mod compounds;
mod element;
mod facilities;
mod format;
mod hours;
mod outlines;
mod pbf;
mod restrictions;
mod rings;
mod rules;
mod streets;
mod wire;
mod xml;

use super::{
    ImportError,
    outcome::{Fault, Import, Record, Summary},
};
use crate::model::{
    area::Area,
    building::{Building, Compound},
    entity::Entity,
    facility::Facility,
    road::{Restriction, Street},
    station::Station,
    time::Timestamp,
};
pub use areas::cover_area;

use element::{Elements, Relation, Way};
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
    /// Forbidden and only turns, between streets.
    Restrictions,
    /// Buildings with their entrances.
    Buildings,
    /// Compounds, and which buildings stand in them.
    Compounds,
    /// Stations and facilities with their timetables.
    Facilities,
    /// Areas from administrative boundaries, with their parents.
    Areas,
}

impl Step {
    /// Every step, in order: later ones use what earlier ones made.
    pub const ALL: [Self; 6] =
        [Self::Streets, Self::Restrictions, Self::Buildings, Self::Compounds, Self::Facilities, Self::Areas];

    fn run(self, elements: &Elements, made: &mut Made, report: &mut Report, options: &Options) {
        match self {
            Self::Streets => streets::draft(elements, made, report),
            Self::Restrictions => restrictions::draft(elements, made, report),
            Self::Buildings => buildings::draft(elements, made, report),
            Self::Compounds => compounds::draft(elements, made, report),
            Self::Facilities => facilities::draft(elements, made, report),
            Self::Areas => areas::draft(elements, made, report, options),
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
        let otherwise = "take an extract of the district with its streets";
        return Err(ImportError::nothing("node", &report.faults, otherwise));
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
    areas: Vec<Area>,
    compounds: Vec<Compound>,
    buildings: Vec<Building>,
    stations: Vec<Station>,
    facilities: Vec<Facility>,
    streets: Vec<Street>,
    joints: Joints,
    restrictions: Vec<Restriction>,
}

impl Made {
    fn finish(self, mut report: Report) -> Import {
        let mut entities: Vec<Entity> = Vec::new();
        entities.extend(self.areas.into_iter().map(Entity::from));
        entities.extend(self.compounds.into_iter().map(Entity::from));
        entities.extend(self.buildings.into_iter().map(Entity::from));
        entities.extend(self.stations.into_iter().map(Entity::from));
        entities.extend(self.facilities.into_iter().map(Entity::from));
        entities.extend(self.streets.into_iter().map(Entity::from));
        entities.extend(self.restrictions.into_iter().map(Entity::from));
        report.summary.add_many("faults", report.faults.len() as u64);
        let (faults, summary) = (report.faults, report.summary);
        Import { entities, nodes: self.joints.count, faults, summary, ..Import::default() }
    }
}
