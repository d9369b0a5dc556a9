//! What can be done at the command line: one verb, one file.

mod commit;
mod import;
mod openapi;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Gridward 格卫 maps a city district down to its grids, keeps what lies and moves in them, and answers where and who is near.
#[derive(Parser)]
#[command(name = "gridward", version = concat!(env!("CARGO_PKG_VERSION"), " ", env!("GRIDWARD_BUILD_ID")))]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Serve the map and its questions over HTTP
    Serve(crate::config::ServeOptions),
    /// Read a city, or parts of it, into a store: all or nothing
    Import(import::Options),
    /// Print the description of the HTTP interface
    Openapi,
}

/// What a verb answers: nothing, or words about what went wrong and what to do.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Runs the verb that was asked for.
pub(crate) fn run() -> ExitCode {
    let outcome = match Command::parse().verb {
        Verb::Serve(options) => serve::run(options),
        Verb::Import(options) => import::run(&options),
        Verb::Openapi => openapi::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gridward: {error}");
            ExitCode::FAILURE
        }
    }
}
