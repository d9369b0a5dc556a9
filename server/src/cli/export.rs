//! `gridward export`: write the places of a store into a file for other programs.

use super::{Outcome, commit::Opened};
use crate::clock;
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
    let written = publish_city(facts.iter().map(|fact| &fact.entity), clock::now(), &options.path)?;
    opened.close()?;
    println!("{}:", options.path.display());
    for (layer, count) in written {
        println!("{count:>9} {layer}");
    }
    Ok(())
}
