//! Gridward 格卫: a city district mapped down to its grids, and its patrols run.

mod api;
mod cli;
mod clock;
mod config;
mod etag;
mod ids;
mod live;
mod map;
mod scoped;
mod startup;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
