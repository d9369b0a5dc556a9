//! Which numbers were given: the first free one of each kind, in its table and, for speed, in memory.

use super::statement::HERE;
use crate::{
    model::{entity::Kind, id::MAX_ID},
    store::change::Change,
};
use rusqlite::{Connection, params};
use std::{collections::BTreeMap, ops::Range};

/// The numbers that were given, so that most commits need not ask for them.
#[derive(Debug, Default)]
pub(super) struct NextIds(BTreeMap<(i64, Kind), u64>);

impl NextIds {
    /// What the table says: at the start, and whenever a transaction was rolled back.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached("SELECT district, kind, next FROM id_block")?;
        let mut next = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            // A kind that is not known any more is given no numbers.
            if let Some(kind) = Kind::parse(row.get_ref(1)?.as_str()?) {
                next.insert((row.get(0)?, kind), row.get::<_, i64>(2)? as u64);
            }
        }
        Ok(Self(next))
    }

    /// Takes the next `count` numbers; `None`: there are not so many left.
    pub(super) fn allot(
        &mut self,
        connection: &Connection,
        district: i64,
        kind: Kind,
        count: u64,
    ) -> rusqlite::Result<Option<Range<u64>>> {
        let first = self.0.get(&(district, kind)).copied().unwrap_or(1);
        let end = first.saturating_add(count);
        if end > MAX_ID + 1 {
            return Ok(None);
        }
        self.set(connection, district, kind, end)?;
        Ok(Some(first..end))
    }

    /// Numbers that came from outside are never given again either.
    pub(super) fn raise(&mut self, connection: &Connection, changes: &[Change]) -> rusqlite::Result<()> {
        let mut highest: BTreeMap<Kind, u64> = BTreeMap::new();
        for change in changes {
            if let Change::Put { entity, .. } = change {
                let key = entity.key();
                let known = self.0.get(&(HERE, key.kind)).copied().unwrap_or(1);
                if key.id >= known {
                    let highest = highest.entry(key.kind).or_default();
                    *highest = key.id.max(*highest);
                }
            }
        }
        highest.into_iter().try_for_each(|(kind, id)| self.set(connection, HERE, kind, id + 1))
    }

    fn set(&mut self, connection: &Connection, district: i64, kind: Kind, next: u64) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(include_str!("queries/id_block_raise.sql"))?;
        statement.execute(params![district, kind.word(), next as i64])?;
        self.0.insert((district, kind), next);
        Ok(())
    }
}
