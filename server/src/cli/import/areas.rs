//! How imported areas get into a store: a known code gets a new version, a new code a new area.

use super::{
    super::{Failure, commit::Opened},
    source,
};
use crate::clock;
use gridward_data::{
    import::Import,
    model::{
        area::{Area, AreaVersion, Level},
        code::AreaCode,
        entity::Entity,
        id::AreaId,
        time::{Span, Timestamp},
    },
    store::change::Change,
};
use std::collections::HashMap;

/// Puts areas into the store; the answer is how many things changed.
pub(super) fn put(opened: &Opened, mut import: Import, attribution: Option<&str>) -> Result<usize, Failure> {
    let now = clock::now();
    let facts = opened.facts()?;
    let mut known: HashMap<(Level, AreaCode), Area> = HashMap::new();
    for fact in &facts {
        if let Entity::Area(area) = &fact.entity
            && let Some(current) = area.current()
        {
            known.insert((area.level, current.code.clone()), area.clone());
        }
    }
    opened.number(&mut import)?;
    import.adopt(|code| known.iter().filter(|((_, known), _)| known == code).map(|(_, area)| area.id).min());

    let imported: Vec<Area> = import
        .entities
        .into_iter()
        .filter_map(|entity| if let Entity::Area(area) = entity { Some(area) } else { None })
        .collect();
    let instead = same_codes(&imported, &known);
    let mut changes = Vec::new();
    for area in imported {
        let Some(mut version) = area.current().cloned() else { continue };
        version.valid = Span::since(now);
        version.parent = match version.parent {
            Some(parent) => Some(instead.get(&parent).copied().unwrap_or(parent)),
            None => above(&area, &version, &known),
        };
        let next = match known.get(&(area.level, version.code.clone())) {
            Some(before) => following(before, version, now),
            None => Some(Area { versions: vec![version], ..area }),
        };
        changes.extend(next.map(|area| Change::within(&[area.id], area)));
    }
    let count = changes.len();
    if count > 0 {
        changes.extend(source::thank(opened, &facts, attribution)?);
        opened.commit(changes)?;
    }
    Ok(count)
}

/// For each imported area whose code is known: the area that bears the code.
fn same_codes(imported: &[Area], known: &HashMap<(Level, AreaCode), Area>) -> HashMap<AreaId, AreaId> {
    let same = |area: &Area| {
        let code = area.current()?.code.clone();
        Some((area.id, known.get(&(area.level, code))?.id))
    };
    imported.iter().filter_map(same).collect()
}

/// The area of the store that lies above an imported one by its code, at the nearest level that has one.
fn above(area: &Area, version: &AreaVersion, known: &HashMap<(Level, AreaCode), Area>) -> Option<AreaId> {
    let codes = std::iter::successors(version.code.parent(), AreaCode::parent);
    let levels = || std::iter::successors(area.level.above(), |level| level.above());
    codes
        .flat_map(|code| levels().map(move |level| (level, code.clone())))
        .find_map(|key| known.get(&key))
        .map(|area| area.id)
}

/// The area with a new version after the present one; `None` where nothing would change. What is known of its households holds until a
/// file says otherwise.
fn following(before: &Area, mut version: AreaVersion, now: Timestamp) -> Option<Area> {
    let mut area = before.clone();
    let present = area.versions.last_mut()?;
    version.households = version.households.or(present.households);
    let same = present.name == version.name
        && present.outline == version.outline
        && present.parent == version.parent
        && present.households == version.households;
    if same {
        return None;
    }
    present.valid.until = Some(now);
    area.versions.push(version);
    Some(area)
}
