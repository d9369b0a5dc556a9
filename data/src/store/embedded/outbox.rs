//! The rows of the outbox.

use super::{read::limited, statement::HERE};
use crate::{
    model::time::Timestamp,
    store::{
        commit::{Notice, StoreError},
        outbox::{GivenUp, KeptNotice, TopicCount},
    },
};
use rusqlite::{Connection, Row};

/// What is still to be told of a topic, the oldest first.
pub(super) fn waiting(
    connection: &Connection,
    topic: &str,
    limit: usize,
) -> Result<Vec<KeptNotice>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("queries/notices_waiting.sql"))?;
    Ok(statement.query_map((HERE, topic, limited(limit)), kept)?.collect::<rusqlite::Result<_>>()?)
}

/// What lies in the tray, the oldest first.
pub(super) fn given_up(connection: &Connection, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("queries/notices_given_up.sql"))?;
    Ok(statement.query_map((HERE, limited(limit)), kept)?.collect::<rusqlite::Result<_>>()?)
}

/// How many there are, by topic.
pub(super) fn by_topic(connection: &Connection) -> Result<Vec<TopicCount>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("queries/notices_by_topic.sql"))?;
    let count = |row: &Row<'_>| {
        let (waiting, given_up) = (row.get::<_, i64>(1)? as u64, row.get::<_, i64>(2)? as u64);
        Ok(TopicCount { topic: row.get(0)?, waiting, given_up })
    };
    Ok(statement.query_map([HERE], count)?.collect::<rusqlite::Result<_>>()?)
}

/// These are settled.
pub(super) fn settle(connection: &Connection, numbers: &[u64]) -> rusqlite::Result<usize> {
    let transaction = connection.unchecked_transaction()?;
    let mut gone = 0;
    for number in numbers {
        let text = "DELETE FROM outbox WHERE number = ?1";
        gone += transaction.prepare_cached(text)?.execute([*number as i64])?;
    }
    transaction.commit()?;
    Ok(gone)
}

/// One goes into the tray, or out of it.
pub(super) fn put_aside(
    connection: &Connection,
    number: u64,
    given_up: Option<GivenUp>,
) -> rusqlite::Result<usize> {
    let text = "UPDATE outbox SET given_up_at = ?2, reason = ?3 WHERE number = ?1 \
        AND (given_up_at IS NULL) <> (?2 IS NULL)";
    let (at, reason) = given_up.map(|given_up| (given_up.at.0, given_up.reason)).unzip();
    connection.prepare_cached(text)?.execute((number as i64, at, reason))
}

/// One in the tray is gone.
pub(super) fn throw_away(connection: &Connection, number: u64) -> rusqlite::Result<usize> {
    let text = "DELETE FROM outbox WHERE number = ?1 AND given_up_at IS NOT NULL";
    connection.prepare_cached(text)?.execute([number as i64])
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptNotice> {
    let (given_up_at, reason): (Option<i64>, Option<String>) = (row.get(4)?, row.get(5)?);
    Ok(KeptNotice {
        number: row.get::<_, i64>(0)? as u64,
        at: Timestamp(row.get(1)?),
        notice: Notice { topic: row.get(2)?, body: row.get(3)? },
        given_up: given_up_at.map(|at| GivenUp { at: Timestamp(at), reason: reason.unwrap_or_default() }),
    })
}
