//! The city for QGIS: `city.gpkg`, a published copy of the places.
//!
//! A GeoPackage 1.3 (OGC 12-128r17; nothing of 1.4 is needed, and older readers warn of it): one layer for each level of area, and
//! one each for compounds, buildings, stations, facilities and streets, in EPSG:4326. No people, no cases. It is written aside and
//! takes the place of the last one at once, so a reader has either the old one or the new one. It has no spatial index and no
//! triggers: any program with `SQLite` can read and change its copy.
//!
//! The SQL of the format lies beside this file.

mod binary;
mod layer;

use super::ExportError;
use crate::model::{entity::Entity, place::Bounds, time::Timestamp};
use layer::{LAYERS, Layer, Row};
use rusqlite::{Connection, Statement, params, params_from_iter, types::Value};
use std::{
    borrow::Borrow,
    ffi::OsString,
    fs::File,
    path::{Path, PathBuf},
};

/// How many things were written into each layer, by its name in the file.
pub type Written = Vec<(&'static str, u64)>;

/// Publishes the places among the facts as they were at `at`, in place of the file at `path`. Other facts are passed over, and so
/// are areas that have ended.
///
/// O(n); writes about 300 bytes for a building. An error leaves the file at `path` as it was.
pub fn publish_city<E: Borrow<Entity>>(
    facts: impl IntoIterator<Item = E>,
    at: Timestamp,
    path: &Path,
) -> Result<Written, ExportError> {
    let aside = aside(path);
    // What an interrupted publishing left.
    drop(std::fs::remove_file(&aside));
    let written = write(facts, at, &aside).map_err(|error| ExportError::of(path, error));
    let published = written.and_then(|written| {
        put_in_place(&aside, path).map_err(|error| ExportError::of(path, error))?;
        Ok(written)
    });
    if published.is_err() {
        drop(std::fs::remove_file(&aside));
    }
    published
}

/// The file beside `path` that is written first.
fn aside(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn put_in_place(aside: &Path, path: &Path) -> std::io::Result<()> {
    // On the disk before it takes the name: after a power cut there is a whole file under it.
    File::open(aside)?.sync_all()?;
    std::fs::rename(aside, path)
}

fn write<E: Borrow<Entity>>(
    facts: impl IntoIterator<Item = E>,
    at: Timestamp,
    aside: &Path,
) -> rusqlite::Result<Written> {
    let connection = Connection::open(aside)?;
    // Nobody reads it before it is whole, and a broken one is thrown away: no journal, no waiting.
    connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(include_str!("format.sql"))?;
    for layer in &LAYERS {
        transaction.execute_batch(&layer.create())?;
    }
    let mut sheets =
        LAYERS.iter().map(|layer| Sheet::open(layer, &transaction)).collect::<Result<Vec<_>, _>>()?;
    for fact in facts {
        if let Some((place, row)) = layer::row(fact.borrow()) {
            sheets[place].add(row)?;
        }
    }
    let written = sheets.iter().map(|sheet| (sheet.layer.table, sheet.count)).collect();
    for sheet in sheets {
        sheet.register(&transaction, at)?;
    }
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(written)
}

/// A layer that is being written.
struct Sheet<'file> {
    layer: &'static Layer,
    insert: Statement<'file>,
    bounds: Option<Bounds>,
    count: u64,
}

impl<'file> Sheet<'file> {
    fn open(layer: &'static Layer, connection: &'file Connection) -> rusqlite::Result<Self> {
        Ok(Self { layer, insert: connection.prepare(&layer.insert())?, bounds: None, count: 0 })
    }

    fn add(&mut self, row: Row<'_>) -> rusqlite::Result<()> {
        let bounds = row.shape.bounds();
        let geometry = Value::Blob(binary::geometry(&row.shape));
        let values = [Value::Integer(row.id as i64), geometry].into_iter().chain(row.values);
        self.insert.execute(params_from_iter(values))?;
        self.bounds = Some(self.bounds.map_or(bounds, |joined| joined.joined(bounds)));
        self.count += 1;
        Ok(())
    }

    /// Enters the layer in the lists by which readers find it.
    fn register(self, connection: &Connection, at: Timestamp) -> rusqlite::Result<()> {
        let corner = |pick: fn(Bounds) -> f64| self.bounds.map(pick);
        connection.execute(
            include_str!("contents.sql"),
            params![
                self.layer.table,
                self.layer.title,
                at.0,
                corner(|bounds| bounds.min.lon()),
                corner(|bounds| bounds.min.lat()),
                corner(|bounds| bounds.max.lon()),
                corner(|bounds| bounds.max.lat()),
            ],
        )?;
        connection
            .execute(include_str!("geometry_column.sql"), params![self.layer.table, self.layer.shape])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
