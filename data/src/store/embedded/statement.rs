//! The statements that are the same for every kind of thing but for the name of the table.

use crate::{model::entity::Kind, store::DISTRICT};
use std::sync::LazyLock;

/// The leading part of every key, as the driver takes it.
pub(super) const HERE: i64 = DISTRICT.number() as i64;

/// The statements about things of one kind.
#[derive(Debug)]
pub(super) struct OfKind {
    /// Number, revision, areas and body of all, by number.
    pub(super) all: String,
    /// Revision and areas of one.
    pub(super) find: String,
    /// Revision and body of one.
    pub(super) read: String,
    /// Writes one that is not there.
    pub(super) put_new: String,
    /// Writes one that is there.
    pub(super) put_again: String,
    /// Takes one away.
    pub(super) remove: String,
    /// How many there are.
    pub(super) count: String,
}

static STATEMENTS: LazyLock<Vec<OfKind>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| write(*kind)).collect());

/// The statements about things of this kind.
pub(super) fn of(kind: Kind) -> &'static OfKind {
    &STATEMENTS[kind as usize]
}

fn write(kind: Kind) -> OfKind {
    // Quoted, since `case` is a word of SQL; the words are ours and hold no quotes.
    let table = format!("\"{}\"", kind.word());
    let named = |text: &str| text.replace("{table}", &table);
    // Those that are over are thousands a day: an index holds the others.
    let current = if kind == Kind::Patrol { "AND body ->> '$.span.until' IS NULL" } else { "" };
    let all = "SELECT id, revision, areas, body FROM {table} WHERE district = ?1 {current} ORDER BY id";
    OfKind {
        all: named(&all.replace("{current}", current)),
        find: named("SELECT revision, areas FROM {table} WHERE district = ?1 AND id = ?2"),
        read: named("SELECT revision, body FROM {table} WHERE district = ?1 AND id = ?2"),
        put_new: named(include_str!("queries/put_new.sql")),
        put_again: named(include_str!("queries/put_again.sql")),
        remove: named("DELETE FROM {table} WHERE district = ?1 AND id = ?2"),
        count: named("SELECT count(*) FROM {table} WHERE district = ?1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_finds_the_statements_of_its_own_table() {
        for kind in Kind::ALL {
            assert!(of(*kind).count.contains(&format!("\"{}\"", kind.word())), "{kind:?}");
        }
    }
}
