//! `gridward import`: read a city, or parts of it, into a store: all or nothing.

mod areas;
pub(super) mod places;
mod source;

use super::{Failure, Outcome, commit::Opened};
use crate::clock;
use clap::{Args, Subcommand};
use gridward_data::{
    import::{self, Import, ImportError},
    model::{area::Level, entity::Kind, frame::Frame},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Faults that are named one by one before the rest is counted.
const FAULTS_SHOWN: usize = 20;

/// What is to be imported.
#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Streets, footpaths, buildings and facilities from OpenStreetMap (PBF or XML)
    Osm {
        #[command(flatten)]
        file: FileOptions,
        /// The name of the city, for the area that is made where the store has none [default: the name of the file]
        #[arg(long)]
        name: Option<String>,
        /// Take the new streets, buildings and facilities in place of those that are there
        #[arg(long)]
        replace: bool,
    },
    /// Areas of any level from `GeoJSON`; an area that is there already under the same code gets a new version
    Areas {
        #[command(flatten)]
        file: FileOptions,
        /// The frame of the file's coordinates: wgs84, cgcs2000, gcj02 (Amap) or bd09 (Baidu)
        #[arg(long)]
        frame: Frame,
        /// The level of all areas of the file: district, street, community or grid [default: as each feature says]
        #[arg(long, value_parser = level)]
        level: Option<Level>,
        /// The code of the one area of the file, where the file does not say it
        #[arg(long)]
        code: Option<String>,
        /// The name of the one area of the file, where the file does not say it
        #[arg(long)]
        name: Option<String>,
        /// Whom to name on the map, with the licence
        #[arg(long)]
        attribution: Option<String>,
    },
    /// Footprints of buildings from `GeoJSON`; those outside the areas of the store are left out
    Buildings {
        #[command(flatten)]
        file: FileOptions,
        /// The frame of the file's coordinates: wgs84, cgcs2000, gcj02 (Amap) or bd09 (Baidu)
        #[arg(long)]
        frame: Frame,
        /// Take the new buildings in place of those that are there
        #[arg(long)]
        replace: bool,
        /// Whom to name on the map, with the licence
        #[arg(long)]
        attribution: Option<String>,
    },
}

/// What every import needs.
#[derive(Args)]
struct FileOptions {
    /// The file to be read
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// The store: a folder, made if it is not there
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    store: PathBuf,
    /// Read and report, and store nothing
    #[arg(long)]
    check: bool,
}

fn level(word: &str) -> Result<Level, String> {
    Level::parse(word).ok_or_else(|| "the levels are district, street, community and grid".to_owned())
}

pub(super) fn run(options: &Options) -> Outcome {
    match &options.what {
        What::Osm { file, name, replace } => {
            let steps = import::osm::Options { valid_from: clock::now(), ..import::osm::Options::default() };
            let import = report(&file.path, import::osm::read(&bytes(&file.path)?[..], &steps))?;
            let stem =
                file.path.file_name().and_then(|name| name.to_str()).and_then(|name| name.split('.').next());
            let name = name.as_deref().or(stem).unwrap_or("city");
            store(file, |opened| places::put_osm(opened, import, name, *replace))
        }
        What::Areas { file, frame, level, code, name, attribution } => {
            let options = import::areas::Options {
                level: *level,
                code: code.clone(),
                name: name.clone(),
                valid_from: clock::now(),
                ..import::areas::Options::default()
            };
            let import = report(&file.path, import::areas::read(&bytes(&file.path)?, *frame, &options))?;
            store(file, |opened| areas::put(opened, import, attribution.as_deref()))
        }
        What::Buildings { file, frame, replace, attribution } => {
            let options =
                import::places::Options { within: places::widest(&file.store)?, ..Default::default() };
            let import = report(&file.path, import::places::read(&bytes(&file.path)?, *frame, &options))?;
            store(file, |opened| {
                places::put(opened, import, &opened.facts()?, *replace, attribution.as_deref())
            })
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}; name a file that can be read", path.display()))
}

/// Says what was read and what was left out; the whole file is refused with its name before the reason.
fn report(path: &Path, read: Result<Import, ImportError>) -> Result<Import, String> {
    let import = read.map_err(|error| format!("{}: {error}; nothing was stored", path.display()))?;
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for entity in &import.entities {
        *counts.entry(entity.key().kind).or_default() += 1;
    }
    say!("{}:", path.display());
    for (kind, count) in counts {
        say!("{count:>9} {}", kind.word());
    }
    if import.summary.iter().next().is_some() {
        say!("counted on the way:\n{}", import.summary.to_string().trim_end());
    }
    if !import.faults.is_empty() {
        say!("{} faults, each left out:", import.faults.len());
        for fault in import.faults.iter().take(FAULTS_SHOWN) {
            say!("  {fault}");
        }
        if import.faults.len() > FAULTS_SHOWN {
            say!("  and {} more", import.faults.len() - FAULTS_SHOWN);
        }
    }
    Ok(import)
}

/// Stores what was read, unless it was only to be checked.
fn store(file: &FileOptions, put: impl FnOnce(&Opened) -> Result<usize, Failure>) -> Outcome {
    if file.check {
        say!("checked; nothing was stored");
        return Ok(());
    }
    let opened = Opened::open(&file.store)?;
    let changes = put(&opened)?;
    opened.close()?;
    say!("stored {changes} changes in {}", file.store.display());
    Ok(())
}
