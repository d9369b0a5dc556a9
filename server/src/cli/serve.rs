//! `gridward serve`: serve the map and its questions over HTTP.

use super::Outcome;
use crate::{
    config::{Config, ServeOptions},
    startup,
};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

pub(super) fn run(options: ServeOptions) -> Outcome {
    let filter =
        EnvFilter::try_from_env("GRIDWARD_LOG").unwrap_or_else(|_| EnvFilter::new("info,refinery_core=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let config = Config::read(options)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(startup::serve(config))
}
