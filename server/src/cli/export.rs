//! `gridward export`: write the places of a store into a file for other programs.

use super::{Outcome, commit::Opened};
use crate::clock;
use clap::Args;
use gridward_data::export::geopackage::publish_city;
use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

/// Where the header of an `SQLite` file says whose it is, and what a `GeoPackage` says there.
const MARK_AT: usize = 68;
const MARK: &[u8; 4] = b"GPKG";

/// What is to be written, and where.
#[derive(Args)]
pub(super) struct Options {
    /// The file to be written: a `GeoPackage`, for QGIS and others
    #[arg(value_name = "FILE.gpkg")]
    path: PathBuf,
    /// The store
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    store: PathBuf,
}

pub(super) fn run(options: &Options) -> Outcome {
    may_be_replaced(&options.path)?;
    let opened = Opened::existing(&options.store)?;
    let facts = opened.facts()?;
    let written = publish_city(facts.iter().map(|fact| &fact.entity), clock::now(), &options.path)?;
    opened.close()?;
    say!("{}:", options.path.display());
    for (layer, count) in written {
        say!("{count:>9} {layer}");
    }
    Ok(())
}

/// Only an earlier copy is written over: a slip of the pen must not cost somebody a file, least of all the store itself.
fn may_be_replaced(path: &Path) -> Outcome {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(named(error).into()),
    };
    let mut head = Vec::new();
    file.take((MARK_AT + MARK.len()) as u64).read_to_end(&mut head).map_err(named)?;
    if head.is_empty() || head.get(MARK_AT..) == Some(MARK) {
        return Ok(());
    }
    Err(format!(
        "{} is there already and is no GeoPackage: move it away, or give another file",
        path.display()
    )
    .into())
}
