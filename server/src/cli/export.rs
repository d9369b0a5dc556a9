//! `gridward export`: write the places of a store into a file for other programs.

use super::{Outcome, commit::Opened};
use clap::Args;
use gridward_data::export::geopackage::publish_city;
use std::path::PathBuf;

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
    let opened = Opened::open(&options.store)?;
    let facts = opened.facts()?;
    publish_city(facts.iter().map(|fact| &fact.entity), &options.path)?;
    opened.close()?;
    println!("wrote {}", options.path.display());
    Ok(())
}
