//! What one commit writes: checked first, then written, inside the transaction of its group.

use super::{
    next_ids::NextIds,
    statement::{self, HERE},
};
use crate::{
    model::{
        entity::{Entity, Key, Kind, Pace},
        id::AreaId,
    },
    store::{
        change::{After, Change, LogRow, Revision},
        commit::{Commit, CommitError, Committed, Request, StoreError, UniqueName},
        version::Version,
    },
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::{collections::HashMap, fmt::Write};

/// What became of a commit inside its transaction, as far as that can be said before the transaction stands.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was written, with these rows of the log.
    Written(Version, Vec<LogRow>),
    /// It was answered, or refused, by the checks. Nothing was written.
    Answered(Result<Committed, CommitError>),
}

/// Checks a commit and writes it. `newest` is the newest version inside the transaction.
///
/// An error means that something may have been written: the transaction has to be rolled back. About 15 prepared statements for a
/// commit of three changes.
pub(super) fn apply(
    connection: &Connection,
    next_ids: &mut NextIds,
    newest: &Version,
    commit: &Commit,
) -> Result<Outcome, CommitError> {
    if let Some(request) = &commit.request
        && let Some((first, seq)) = recall(connection, &request.key)?
    {
        let repeated = Committed::Repeated { answer: first.answer, version: newest.moved(seq) };
        let same = first.digest == request.digest;
        return Ok(Outcome::Answered(if same { Ok(repeated) } else { Err(CommitError::KeyReused) }));
    }
    if let Some(refusal) = check_read_set(connection, commit)? {
        return Ok(Outcome::Answered(Err(refusal)));
    }
    if let Some(refusal) = check_names(connection, &commit.unique)? {
        return Ok(Outcome::Answered(Err(refusal)));
    }
    let rows = write_changes(connection, newest, commit)?;
    let version = rows.last().map_or_else(|| newest.clone(), |row| row.version.clone());
    write_the_rest(connection, next_ids, commit, &rows, &version)?;
    Ok(Outcome::Written(version, rows))
}

/// The request with this key, and the number of its last log row.
pub(super) fn recall(connection: &Connection, key: &str) -> rusqlite::Result<Option<(Request, u64)>> {
    let mut statement =
        connection.prepare_cached("SELECT digest, answer, seq FROM request WHERE key = ?1")?;
    let read = |row: &Row<'_>| {
        let request = Request { key: key.to_owned(), digest: row.get(0)?, answer: row.get(1)? };
        Ok((request, row.get::<_, i64>(2)? as u64))
    };
    statement.query_row([key], read).optional()
}

fn check_read_set(connection: &Connection, commit: &Commit) -> rusqlite::Result<Option<CommitError>> {
    for (key, expected) in &commit.expected {
        let mut statement = connection.prepare_cached(&statement::of(key.kind).find)?;
        let found = statement.query_row((HERE, key.id as i64), |row| row.get::<_, i64>(0)).optional()?;
        let found = found.map(|revision| Revision(revision as u64));
        if found != *expected {
            return Ok(Some(CommitError::Conflict { key: *key, expected: *expected, found }));
        }
    }
    Ok(None)
}

fn check_names(connection: &Connection, names: &[UniqueName]) -> Result<Option<CommitError>, CommitError> {
    let mut taken: HashMap<(&str, &str), Key> = HashMap::new();
    for UniqueName { namespace, name, bearer } in names {
        let known = match taken.get(&(namespace.as_str(), name.as_str())) {
            Some(key) => Some(*key),
            None => bearer_of(connection, namespace, name)?,
        };
        if let Some(other) = known.filter(|known| known != bearer) {
            let (namespace, name) = (namespace.clone(), name.clone());
            return Ok(Some(CommitError::NameTaken { namespace, name, bearer: other }));
        }
        taken.insert((namespace, name), *bearer);
    }
    Ok(None)
}

fn bearer_of(connection: &Connection, namespace: &str, name: &str) -> Result<Option<Key>, CommitError> {
    let ask = "SELECT kind, id FROM unique_name WHERE district = ?1 AND namespace = ?2 AND name = ?3";
    let mut statement = connection.prepare_cached(ask)?;
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
    let Some((word, id)) = statement.query_row((HERE, namespace, name), read).optional()? else {
        return Ok(None);
    };
    let Some(kind) = Kind::parse(&word) else {
        let key = format!("the name {name} of {namespace}");
        return Err(StoreError::Unreadable { key, reason: format!("there is no kind {word}") }.into());
    };
    Ok(Some(Key { kind, id: id as u64 }))
}

fn write_changes(
    connection: &Connection,
    newest: &Version,
    commit: &Commit,
) -> Result<Vec<LogRow>, CommitError> {
    let mut rows = Vec::with_capacity(commit.changes.len());
    for change in &commit.changes {
        if let Some((mut row, payload)) = write_state(connection, newest, commit, change)? {
            let seq = write_log(connection, &row, payload.as_deref())?;
            row.version = newest.moved(seq);
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Writes the state of one thing. Answers its row of the log, whose place is not known yet, and the payload as JSON; `None` when
/// nothing was there to remove.
fn write_state(
    connection: &Connection,
    newest: &Version,
    commit: &Commit,
    change: &Change,
) -> Result<Option<(LogRow, Option<String>)>, CommitError> {
    let key = change.key();
    let before = find(connection, key)?;
    let existed = before.is_some();
    let (last, areas_before) = match before {
        Some((revision, areas)) => (Some(revision), areas),
        None => (last_removed(connection, key)?, Vec::new()),
    };
    let row = |after, areas_after: &[AreaId]| LogRow {
        version: newest.clone(),
        at: commit.at,
        key,
        revision: Revision(last.map_or(1, |last| last.0 + 1)),
        areas_before: areas_before.clone(),
        areas_after: areas_after.to_vec(),
        class: key.kind.pace(),
        after,
    };
    match change {
        Change::Put { entity, areas } => {
            let body = as_json(entity)?;
            let image = entity.public_image();
            // Most images are the thing itself: written once, used twice.
            let other = image.as_ref().filter(|image| *image != &**entity).map(as_json).transpose()?;
            let row = row(image.map_or(After::Veiled, |image| After::Now(Box::new(image))), areas);
            put(connection, &row, existed, last.is_some(), &body)?;
            let payload = matches!(row.after, After::Now(_)).then(|| other.unwrap_or(body));
            Ok(Some((row, payload)))
        }
        Change::Remove(_) if existed => {
            let row = row(After::Gone, &[]);
            remove(connection, &row)?;
            Ok(Some((row, None)))
        }
        Change::Remove(_) => Ok(None),
    }
}

fn find(connection: &Connection, key: Key) -> Result<Option<(Revision, Vec<AreaId>)>, CommitError> {
    let mut statement = connection.prepare_cached(&statement::of(key.kind).find)?;
    let mut rows = statement.query((HERE, key.id as i64))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let revision = Revision(row.get::<_, i64>(0)? as u64);
    let areas = read_areas(row, 1, || key.to_string())?;
    Ok(Some((revision, areas)))
}

fn last_removed(connection: &Connection, key: Key) -> rusqlite::Result<Option<Revision>> {
    let ask = "SELECT revision FROM removed WHERE district = ?1 AND kind = ?2 AND id = ?3";
    let mut statement = connection.prepare_cached(ask)?;
    let read = |row: &Row<'_>| Ok(Revision(row.get::<_, i64>(0)? as u64));
    statement.query_row((HERE, key.kind.word(), key.id as i64), read).optional()
}

fn put(
    connection: &Connection,
    row: &LogRow,
    existed: bool,
    known: bool,
    body: &str,
) -> rusqlite::Result<()> {
    let (kind, id) = (row.key.kind, row.key.id as i64);
    let texts = statement::of(kind);
    let text = if existed { &texts.put_again } else { &texts.put_new };
    let areas = areas_as_json(&row.areas_after);
    connection.prepare_cached(text)?.execute((HERE, id, row.revision.0 as i64, areas, body))?;
    if known && !existed {
        let text = "DELETE FROM removed WHERE district = ?1 AND kind = ?2 AND id = ?3";
        connection.prepare_cached(text)?.execute((HERE, kind.word(), id))?;
    }
    if kind == Kind::Case { move_case(connection, row) } else { Ok(()) }
}

fn remove(connection: &Connection, row: &LogRow) -> rusqlite::Result<()> {
    let (kind, id) = (row.key.kind, row.key.id as i64);
    connection.prepare_cached(&statement::of(kind).remove)?.execute((HERE, id))?;
    let keep = include_str!("queries/removed_keep.sql");
    connection.prepare_cached(keep)?.execute((HERE, kind.word(), id, row.revision.0 as i64))?;
    if kind == Kind::Case { move_case(connection, row) } else { Ok(()) }
}

/// Keeps the list of cases of each area.
fn move_case(connection: &Connection, row: &LogRow) -> rusqlite::Result<()> {
    let id = row.key.id as i64;
    for area in row.areas_before.iter().filter(|area| !row.areas_after.contains(area)) {
        let text = "DELETE FROM case_area WHERE district = ?1 AND area = ?2 AND id = ?3";
        connection.prepare_cached(text)?.execute((HERE, area.number() as i64, id))?;
    }
    for area in row.areas_after.iter().filter(|area| !row.areas_before.contains(area)) {
        let text = "INSERT OR IGNORE INTO case_area (district, area, id) VALUES (?1, ?2, ?3)";
        connection.prepare_cached(text)?.execute((HERE, area.number() as i64, id))?;
    }
    Ok(())
}

fn write_log(connection: &Connection, row: &LogRow, payload: Option<&str>) -> rusqlite::Result<u64> {
    let class = match row.class {
        Pace::Place => "place",
        Pace::Affair => "affair",
        Pace::Record => "record",
    };
    let remains = match row.after {
        After::Now(_) => "now",
        After::Veiled => "veiled",
        After::Gone => "gone",
    };
    connection.prepare_cached(include_str!("queries/log_insert.sql"))?.execute(params![
        HERE,
        row.at.0,
        row.key.kind.word(),
        row.key.id as i64,
        row.revision.0 as i64,
        areas_as_json(&row.areas_before),
        areas_as_json(&row.areas_after),
        class,
        remains,
        payload,
    ])?;
    Ok(connection.last_insert_rowid() as u64)
}

/// Names, numbers, notices, the audit, the request.
fn write_the_rest(
    connection: &Connection,
    next_ids: &mut NextIds,
    commit: &Commit,
    rows: &[LogRow],
    version: &Version,
) -> rusqlite::Result<()> {
    next_ids.raise(connection, &commit.changes)?;
    for UniqueName { namespace, name, bearer } in &commit.unique {
        let text = include_str!("queries/name_take.sql");
        let bearer = (bearer.kind.word(), bearer.id as i64);
        connection.prepare_cached(text)?.execute((HERE, namespace, name, bearer.0, bearer.1))?;
    }
    for notice in &commit.outbox {
        let text = include_str!("queries/notice_keep.sql");
        connection.prepare_cached(text)?.execute((HERE, commit.at.0, &notice.topic, &notice.body))?;
    }
    let actor =
        serde_json::to_string(&commit.actor).expect("an actor is a word and a number, which JSON can say");
    let seq = |row: &LogRow| row.version.seq() as i64;
    let text = include_str!("queries/audit_keep.sql");
    let (first, last) = (rows.first().map(seq), rows.last().map(seq));
    connection.prepare_cached(text)?.execute((HERE, commit.at.0, actor, first, last))?;
    if let Some(request) = &commit.request {
        let text = include_str!("queries/request_keep.sql");
        let seq = version.seq() as i64;
        let digest = request.digest.as_slice();
        connection.prepare_cached(text)?.execute((
            &request.key,
            digest,
            &request.answer,
            seq,
            commit.at.0,
        ))?;
    }
    Ok(())
}

fn as_json(entity: &Entity) -> Result<String, CommitError> {
    entity.to_json().map_err(|error| {
        StoreError::Unreadable { key: entity.key().to_string(), reason: error.to_string() }.into()
    })
}

fn areas_as_json(areas: &[AreaId]) -> String {
    let mut text = String::with_capacity(2 + 8 * areas.len());
    text.push('[');
    for (place, area) in areas.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        write!(text, "{comma}{area}").expect("a string takes what is written to it");
    }
    text.push(']');
    text
}

/// The areas in a column of a row.
pub(super) fn read_areas(
    row: &Row<'_>,
    column: usize,
    key: impl FnOnce() -> String,
) -> Result<Vec<AreaId>, StoreError> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    if text == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(text)
        .map_err(|error| StoreError::Unreadable { key: key(), reason: format!("its areas: {error}") })
}
