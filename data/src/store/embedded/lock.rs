//! Whose folder it is: one process holds a store.
//!
//! A lock of the operating system, which goes with the process however it ends; the number in the file is only for people.

use crate::store::commit::StoreError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

/// The name of the file in the folder.
const NAME: &str = "gridward.lock";

/// A folder that is ours until this is dropped.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: File,
}

impl FolderLock {
    /// Takes the folder, or says who has it.
    pub(super) fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(NAME);
        let unusable = |reason: String| StoreError::Unusable { place: path.display().to_string(), reason };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| unusable(format!("{error}; give a folder that can be written")))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Who holds it may be writing its number right now.
                let _ = file.read_to_string(&mut holder);
                let holder = holder.trim();
                let holder = if holder.is_empty() { "unknown" } else { holder };
                return Err(StoreError::InUse {
                    place: folder.display().to_string(),
                    holder: holder.to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => {
                return Err(unusable(format!("it cannot be locked ({error}); use a local disk")));
            }
        }
        // On a full disk the number cannot be written; the folder is ours all the same, and what is in it can be read.
        let _ = file
            .set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| writeln!(file, "{}", std::process::id()));
        Ok(Self { file })
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // The number says nothing any more. The file stays: to remove it could take away the lock of the next holder.
        let _ = self.file.set_len(0);
    }
}
