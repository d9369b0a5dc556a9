//! `gridward openapi`: print the description of the HTTP interface.

use super::Outcome;

pub(super) fn run() -> Outcome {
    say!("{}", crate::api::openapi().to_pretty_json()?);
    Ok(())
}
