//! Why nothing of a file could be imported.

use super::outcome::Position;

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
    /// The file is whole, but holds nothing of what was sought.
    #[error("the file holds no {sought}: {remedy}")]
    Nothing {
        /// What was sought.
        sought: &'static str,
        /// What to do.
        remedy: &'static str,
    },
}

impl ImportError {
    /// The file breaks the rules of its format, and only another copy or another export will help.
    pub(crate) fn malformed(position: Position, reason: impl Into<String>) -> Self {
        Self::Malformed { position, reason: reason.into(), remedy: "copy, download or export the file again" }
    }
}
