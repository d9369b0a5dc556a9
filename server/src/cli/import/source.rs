//! Whom to thank for what was imported: named once in the store, and on every map that it draws.

use super::super::{Failure, commit::Opened};
use crate::clock;
use gridward_data::{
    model::{
        entity::{Entity, Kind},
        id::SourceId,
        source::Source,
    },
    store::{change::Change, question::Fact},
};

/// The change that names a source; none where nobody is to be thanked. A source that is known only gets the new time.
pub(super) fn thank(
    opened: &Opened,
    facts: &[Fact],
    attribution: Option<&str>,
) -> Result<Option<Change>, Failure> {
    let Some(attribution) = attribution.map(str::trim).filter(|attribution| !attribution.is_empty()) else {
        return Ok(None);
    };
    let known = facts.iter().find_map(|fact| match &fact.entity {
        Entity::Source(source) if source.attribution == attribution => Some(source.id),
        _ => None,
    });
    let id = match known {
        Some(id) => id,
        None => SourceId::new(opened.allot(Kind::Source, 1)?.start)?,
    };
    Ok(Some(Change::place(Source { id, attribution: attribution.to_owned(), taken_at: clock::now() })))
}
