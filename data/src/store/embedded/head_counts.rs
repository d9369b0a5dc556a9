//! The rows that say how many people were where.

use super::statement::HERE;
use crate::{
    model::time::Timestamp,
    store::{
        commit::StoreError,
        head_count::{HeadCount, decode, encode},
    },
};
use rusqlite::{Connection, OptionalExtension};

/// Keeps one, and forgets those that are too old.
pub(super) fn keep(connection: &Connection, count: &HeadCount, oldest: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    let text = "INSERT OR REPLACE INTO head_count (district, at, grids) VALUES (?1, ?2, ?3)";
    transaction.prepare_cached(text)?.execute((HERE, count.at.0, encode(&count.grids)))?;
    let text = "DELETE FROM head_count WHERE district = ?1 AND at < ?2";
    transaction.prepare_cached(text)?.execute((HERE, oldest.0))?;
    transaction.commit()
}

/// The last one of that moment or before it.
pub(super) fn last(connection: &Connection, at: Timestamp) -> Result<Option<HeadCount>, StoreError> {
    let ask = "SELECT at, grids FROM head_count WHERE district = ?1 AND at <= ?2 ORDER BY at DESC LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
    let found = connection.prepare_cached(ask)?.query_row((HERE, at.0), row).optional()?;
    let Some((at, bytes)) = found else { return Ok(None) };
    let grids = decode(&bytes).ok_or_else(|| StoreError::Unreadable {
        key: format!("the head count of {at}"),
        reason: "it holds something else than counts".to_owned(),
    })?;
    Ok(Some(HeadCount { at: Timestamp(at), grids }))
}
