//! What can be done at the command line: one verb, one file.

/// Says a line. A reader who has heard enough (`| head`) does not stop the work.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

mod commit;
mod demo;
mod draft_grids;
mod export;
mod import;
mod openapi;
mod serve;
mod simulate;

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
    /// Cut communities (or whatever is the smallest area) into grids
    DraftGrids(draft_grids::Options),
    /// Make a city up with its people, to try things with
    Demo(demo::Options),
    /// Write the places of a store into a file for other programs
    Export(export::Options),
    /// Let people walk their rounds, and send where they are to a running server
    Simulate(simulate::Options),
    /// Print the description of the HTTP interface
    Openapi,
}

/// What went wrong, and what to do about it.
type Failure = Box<dyn std::error::Error>;

/// What a verb answers.
type Outcome = Result<(), Failure>;

/// Runs the verb that was asked for.
pub(crate) fn run() -> ExitCode {
    let outcome = match Command::parse().verb {
        Verb::Serve(options) => serve::run(options),
        Verb::Import(options) => import::run(&options),
        Verb::DraftGrids(options) => draft_grids::run(&options),
        Verb::Demo(options) => demo::run(&options),
        Verb::Export(options) => export::run(&options),
        Verb::Simulate(options) => simulate::run(&options),
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
