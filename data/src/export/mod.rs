//! How what is kept leaves the house: files for other programs.

pub mod geopackage;

use std::path::Path;

/// Why a file could not be written. What was there before is still there.
#[derive(Debug, thiserror::Error)]
#[error("{place} could not be written: {reason}")]
pub struct ExportError {
    /// The file.
    pub place: String,
    /// Why.
    pub reason: String,
}

impl ExportError {
    fn of(place: &Path, reason: impl std::fmt::Display) -> Self {
        Self { place: place.display().to_string(), reason: reason.to_string() }
    }
}
