//! What the driver's errors mean for who asked.

use crate::store::commit::{CommitError, StoreError};
use rusqlite::{Error, ErrorCode, ffi};

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::Driver(error.to_string())
    }
}

impl From<Error> for CommitError {
    fn from(error: Error) -> Self {
        if is_full(&error) { Self::Full } else { Self::Store(error.into()) }
    }
}

/// Whether the disk, or the file within its limit, has no room.
fn is_full(error: &Error) -> bool {
    let no_room_for_the_shared_index = ffi::SQLITE_IOERR_SHMSIZE;
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
        || error.sqlite_error().is_some_and(|cause| cause.extended_code == no_room_for_the_shared_index)
}
