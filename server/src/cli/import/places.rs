//! How imported places get into a store: beside those that are there, or in their place, never twice.

use super::{
    super::{
        Failure,
        commit::{Opened, is_store},
    },
    source,
};
use crate::clock;
use gridward_data::{
    import::{
        Import,
        osm::{ATTRIBUTION, cover_area},
    },
    model::{
        area::Level,
        entity::{Entity, Key, Kind, Pace},
        id::{AreaId, CaseId},
        shape::Outline,
    },
    store::{change::Change, question::Fact},
};
use gridward_domain::index::Index;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Puts a city of `OpenStreetMap` into the store; the answer is how many things changed.
///
/// Areas are somebody's decision. Where the store has some, those of the map are not put over them; where it has none, one district that
/// covers everything is made, since the boundaries of an extract are seldom whole.
pub(super) fn put_osm(
    opened: &Opened,
    mut import: Import,
    name: &str,
    replace: bool,
) -> Result<usize, Failure> {
    let facts = opened.facts()?;
    import.entities.retain(|entity| entity.key().kind != Kind::Area);
    if !facts.iter().any(|fact| fact.key.kind == Kind::Area) {
        cover_area(&mut import, name, clock::now());
    }
    put(opened, import, &facts, replace, Some(ATTRIBUTION))
}

/// The outline of the widest area of a store; `None` where there is none, or no store yet.
pub(super) fn widest(folder: &Path) -> Result<Option<Outline>, Failure> {
    if !is_store(folder) {
        return Ok(None);
    }
    let opened = Opened::open(folder)?;
    let index = Index::build(opened.version(), opened.facts()?);
    opened.close()?;
    let widest = index.places().areas.widest().and_then(|area| area.current());
    Ok(widest.map(|version| version.outline.clone()))
}

/// Stores an import under numbers of the store, in one commit.
pub(in super::super) fn put(
    opened: &Opened,
    mut import: Import,
    facts: &[Fact],
    replace: bool,
    attribution: Option<&str>,
) -> Result<usize, Failure> {
    let mut kinds: BTreeSet<Kind> = import.entities.iter().map(|entity| entity.key().kind).collect();
    if kinds.contains(&Kind::Street) {
        // Turns are restricted between streets, and those go.
        kinds.insert(Kind::Restriction);
    }
    let there: Vec<Key> = facts
        .iter()
        .map(|fact| fact.key)
        .filter(|key| key.kind != Kind::Area && key.kind.pace() == Pace::Place && kinds.contains(&key.kind))
        .collect();
    if let Some(first) = there.first().filter(|_| !replace) {
        return Err(format!(
            "the store holds {} things of these kinds already, for example {first}; give --replace to take the new ones in their place",
            there.len()
        )
        .into());
    }
    opened.number(&mut import)?;
    let mut changes: Vec<Change> = there.into_iter().map(Change::Remove).collect();
    let chains = Chains::of(facts.iter().map(|fact| &fact.entity).chain(&import.entities));
    changes.extend(import.entities.into_iter().map(|entity| chains.placed(entity)));
    changes.extend(source::thank(opened, facts, attribution)?);
    let count = changes.len();
    opened.commit(changes)?;
    Ok(count)
}

/// In which areas things lie: what is above each area, and where each case is.
struct Chains {
    parents: BTreeMap<AreaId, Option<AreaId>>,
    cases: BTreeMap<CaseId, Vec<AreaId>>,
}

impl Chains {
    fn of<'a>(entities: impl Iterator<Item = &'a Entity>) -> Self {
        let mut chains = Self { parents: BTreeMap::new(), cases: BTreeMap::new() };
        for entity in entities {
            match entity {
                Entity::Area(area) => {
                    let parent = area.current().and_then(|version| version.parent);
                    chains.parents.insert(area.id, parent);
                }
                Entity::Case(case) => {
                    chains.cases.insert(case.id, case.areas.clone());
                }
                _ => {}
            }
        }
        chains
    }

    /// An area and those above it, the widest first.
    fn chain(&self, area: AreaId) -> Vec<AreaId> {
        let above = |area: &AreaId| self.parents.get(area).copied().flatten();
        // One step for each level is enough, and ends a ring of parents.
        let mut chain: Vec<AreaId> =
            std::iter::successors(Some(area), above).take(Level::ALL.len()).collect();
        chain.reverse();
        chain
    }

    /// An entity of an import as a change: an area lies in itself, affairs and people lie where they are, and other places are seen by everybody.
    fn placed(&self, entity: Entity) -> Change {
        let of_case = |case: CaseId| self.cases.get(&case).cloned().unwrap_or_default();
        let within = match &entity {
            Entity::Area(area) => vec![area.id],
            Entity::Case(case) => case.areas.clone(),
            Entity::Report(report) => report.areas.clone(),
            Entity::Task(task) => task.areas.clone(),
            Entity::Hazard(hazard) => of_case(hazard.case),
            Entity::Responder(responder) => {
                responder.home_area.map_or_else(Vec::new, |area| self.chain(area))
            }
            Entity::PatrolPlan(plan) => self.chain(plan.area),
            _ => Vec::new(),
        };
        Change::within(&within, entity)
    }
}
