//! `gridward openapi`: print the description of the HTTP interface.

use super::Outcome;

pub(super) fn run() -> Outcome {
    println!("{}", crate::api::openapi().to_pretty_json()?);
    Ok(())
}
