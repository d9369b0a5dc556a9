//! How imported places get into a store: beside those that are there, or in their place, never twice.

use super::super::commit::Opened;
use gridward_data::{
    import::Import,
    model::entity::{Entity, Key, Kind, Pace},
    store::{change::Change, question::Fact},
};
use gridward_domain::index::Index;
use std::collections::BTreeSet;

/// Puts a city of OpenStreetMap into the store; the answer is how many things changed.
pub(super) fn put_osm(
    opened: &Opened,
    mut import: Import,
    name: &str,
    replace: bool,
) -> Result<usize, Box<dyn std::error::Error>> {
    let facts = opened.facts()?;
    if facts.iter().any(|fact| fact.key.kind == Kind::Area) {
        // The areas of the store are somebody's decision; those of a map are not put over them.
        import.entities.retain(|entity| entity.key().kind != Kind::Area);
    } else if import.count(Kind::Area) == 0 {
        let _ = name;
    }
    put(opened, import, &facts, replace)
}

/// Stores an import under numbers of the store, in one commit.
pub(in super::super) fn put(
    opened: &Opened,
    mut import: Import,
    facts: &[Fact],
    replace: bool,
) -> Result<usize, Box<dyn std::error::Error>> {
    let kinds: BTreeSet<Kind> = import.entities.iter().map(|entity| entity.key().kind).collect();
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
