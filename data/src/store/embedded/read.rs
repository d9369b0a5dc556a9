//! What is read from the file: the state, the log, single things, lists of cases.

use super::{
    apply::read_areas,
    statement::{self, HERE},
};
use crate::{
    model::{
        case::Case,
        entity::{Entity, Key, Kind},
        id::{CaseId, MAX_ID, PatrolId},
        time::Timestamp,
        visit::Visit,
    },
    store::{
        change::{After, LogRow, Revision},
        commit::StoreError,
        question::{CaseFilter, Tail},
        version::Version,
    },
};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter, types::Value};
use std::{collections::BTreeMap, fmt::Write};

/// A thing from its JSON.
pub(super) fn entity(kind: Kind, id: i64, body: &str) -> Result<Entity, StoreError> {
    Entity::from_json(kind, body).map_err(|error| StoreError::Unreadable {
        key: Key { kind, id: id as u64 }.to_string(),
        reason: error.to_string(),
    })
}

/// Whole things, in the order of the keys.
pub(super) fn several(
    connection: &Connection,
    keys: &[Key],
) -> Result<Vec<Option<(Revision, Entity)>>, StoreError> {
    // One moment for all of them.
    let moment = connection.unchecked_transaction()?;
    keys.iter()
        .map(|key| {
            let mut statement = moment.prepare_cached(&statement::of(key.kind).read)?;
            let mut rows = statement.query((HERE, key.id as i64))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let revision = Revision(row.get::<_, i64>(0)? as u64);
            Ok(Some((revision, entity(key.kind, key.id as i64, text(row, 1)?)?)))
        })
        .collect()
}

/// The rows of the log after a version of this epoch.
pub(super) fn log_after(connection: &Connection, after: &Version, limit: usize) -> Result<Tail, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let first: Option<i64> = moment.query_row("SELECT min(seq) FROM log", [], |row| row.get(0))?;
    // The row at `after` itself, or the one behind it, must be the oldest or later: otherwise something in between is gone.
    if first.is_none_or(|first| (first as u64) > after.seq() + 1) {
        return Ok(Tail::Reload);
    }
    let mut statement = moment.prepare_cached(include_str!("queries/log_after.sql"))?;
    let mut rows = statement.query((after.seq() as i64, limited(limit)))?;
    let mut tail = Vec::new();
    while let Some(row) = rows.next()? {
        tail.push(log_row(row, after)?);
    }
    Ok(Tail::Rows(tail))
}

fn log_row(row: &Row<'_>, after: &Version) -> Result<LogRow, StoreError> {
    let seq: i64 = row.get(0)?;
    let unreadable = |reason: &str| StoreError::Unreadable {
        key: format!("row {seq} of the log"),
        reason: reason.to_owned(),
    };
    let kind = Kind::parse(text(row, 2)?).ok_or_else(|| unreadable("its kind is not known"))?;
    let id: i64 = row.get(3)?;
    let what = match text(row, 7)? {
        "now" => After::Now(Box::new(entity(kind, id, text(row, 8)?)?)),
        "veiled" => After::Veiled,
        "gone" => After::Gone,
        _ => return Err(unreadable("what remains is not known")),
    };
    Ok(LogRow {
        version: after.moved(seq as u64),
        at: Timestamp(row.get(1)?),
        key: Key { kind, id: id as u64 },
        revision: Revision(row.get::<_, i64>(4)? as u64),
        areas_before: read_areas(row, 5, || format!("row {seq} of the log"))?,
        areas_after: read_areas(row, 6, || format!("row {seq} of the log"))?,
        class: kind.pace(),
        after: what,
    })
}

/// Cases, the newest first.
pub(super) fn cases(
    connection: &Connection,
    filter: CaseFilter,
    before: Option<CaseId>,
    limit: usize,
) -> Result<Vec<(Revision, Case)>, StoreError> {
    let (question, values) = cases_statement(&filter, before, limit);
    let mut statement = connection.prepare_cached(&question)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let revision = Revision(row.get::<_, i64>(1)? as u64);
        if let Entity::Case(case) = entity(Kind::Case, id, text(row, 2)?)? {
            found.push((revision, case));
        }
    }
    Ok(found)
}

/// What was scanned or dwelt at on a patrol.
pub(super) fn visits(connection: &Connection, patrol: PatrolId) -> Result<Vec<Visit>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("queries/visits_of_patrol.sql"))?;
    let mut rows = statement.query((HERE, patrol.number() as i64))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Entity::Visit(visit) = entity(Kind::Visit, row.get(0)?, text(row, 1)?)? {
            found.push(visit);
        }
    }
    Ok(found)
}

/// The question for cases, and the values of its places. Only what is asked is named, so that an index can answer it.
pub(super) fn cases_statement(
    filter: &CaseFilter,
    before: Option<CaseId>,
    limit: usize,
) -> (String, Vec<Value>) {
    let before = before.map_or(MAX_ID + 1, CaseId::number) as i64;
    let mut values: Vec<Value> = vec![HERE.into(), before.into(), limited(limit).into()];
    let mut template = include_str!("queries/cases.sql").to_owned();
    if let Some(area) = filter.area {
        values.push((area.number() as i64).into());
        template = include_str!("queries/cases_in_area.sql").replace("{area}", &format!("?{}", values.len()));
    }
    let mut conditions = String::new();
    let mut ask = |column: &str, value: Value| {
        values.push(value);
        write!(conditions, " AND one.{column} = ?{}", values.len())
            .expect("a string takes what is written to it");
    };
    if let Some(open) = filter.open {
        ask("is_open", i64::from(open).into());
    }
    if let Some(category) = filter.category {
        ask("category", category.to_string().into());
    }
    (template.replace("{conditions}", &conditions), values)
}

/// A limit as the driver takes it.
pub(super) fn limited(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// How many there are of each kind.
pub(super) fn counts(connection: &Connection) -> Result<BTreeMap<Kind, u64>, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let count = |kind: &Kind| {
        let mut statement = moment.prepare_cached(&statement::of(*kind).count)?;
        let count: i64 = statement.query_row([HERE], |row| row.get(0))?;
        Ok((*kind, count as u64))
    };
    Ok(Kind::ALL.iter().map(count).collect::<rusqlite::Result<_>>()?)
}

/// The epoch of the store.
pub(super) fn epoch(connection: &Connection) -> Result<String, StoreError> {
    connection
        .query_row("SELECT value FROM meta WHERE name = 'epoch'", [], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::Unreadable {
            key: "the epoch".to_owned(),
            reason: "it is not there".to_owned(),
        })
}

/// The text in a column of a row, where it lies.
pub(super) fn text<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row str, StoreError> {
    Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}
