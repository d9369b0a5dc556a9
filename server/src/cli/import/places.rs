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
        entity::{Entity, Key, Kind, Pace},
        shape::Outline,
    },
    store::{change::Change, question::Fact},
};
use gridward_domain::index::Index;
use std::{collections::BTreeSet, path::Path};

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
    changes.extend(import.entities.into_iter().map(placed));
    changes.extend(source::thank(opened, facts, attribution)?);
    let count = changes.len();
    opened.commit(changes)?;
    Ok(count)
}

/// An entity of an import as a change: an area lies in itself, other places are seen by everybody.
fn placed(entity: Entity) -> Change {
    match entity {
        Entity::Area(area) => Change::within(&[area.id], area),
        place => Change::place(place),
    }
}
