//! Why nothing of a file could be imported.

use super::outcome::{Fault, Position, Record};
use crate::model::frame::Frame;

/// Nothing of the file can be used. The message names the place in the file and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read.
    #[error("the file cannot be read: {0}; check the path and the rights")]
    Unreadable(#[from] std::io::Error),
    /// The file is of another kind.
    #[error("this is {found}, not {sought}: {remedy}")]
    Foreign {
        /// What it looks like.
        found: &'static str,
        /// What was expected.
        sought: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// The file ends too early.
    #[error(
        "the file ends at byte {byte} in the middle of {what}: it was cut off, copy or download it again"
    )]
    Truncated {
        /// How long the file is.
        byte: u64,
        /// What was being read.
        what: &'static str,
    },
    /// The file breaks the rules of its format.
    #[error("{position}: {reason}; {remedy}")]
    Malformed {
        /// Where in the file.
        position: Position,
        /// What is wrong.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A vertex does not lie in the frame that was given: the file is in another one, or in metres, or swapped.
    #[error(
        "{record}, vertex {vertex} of ring {ring} ({position}): {lon}, {lat} cannot be {frame}: {remedy}"
    )]
    OutsideFrame {
        /// In which feature.
        record: Record,
        /// Where in the file.
        position: Position,
        /// Which vertex; the first is 1.
        vertex: u64,
        /// Of which ring of its polygon; the first is 1.
        ring: u64,
        /// The frame that was given.
        frame: Frame,
        /// What stands first.
        lon: f64,
        /// What stands second.
        lat: f64,
        /// What to do.
        remedy: &'static str,
    },
    /// The file is whole, but nothing of what was sought could be made of it.
    #[error("the file holds no {sought} that can be used: {remedy}")]
    Nothing {
        /// What was sought.
        sought: &'static str,
        /// What to do: the first fault, if there was one.
        remedy: String,
    },
}

impl ImportError {
    /// Nothing could be made of the file, and these are the faults.
    pub(crate) fn nothing(sought: &'static str, faults: &[Fault], otherwise: &str) -> Self {
        Self::Nothing {
            sought,
            remedy: faults.first().map_or_else(|| otherwise.to_owned(), ToString::to_string),
        }
    }

    /// The file breaks the rules of its format, and only another copy or another export will help.
    pub(crate) fn malformed(position: Position, reason: impl Into<String>) -> Self {
        Self::Malformed { position, reason: reason.into(), remedy: "copy, download or export the file again" }
    }
}
