//! A folder for one test, taken away afterwards.

use crate::store::Store;
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

/// An empty folder below the one for temporary files.
#[derive(Debug)]
pub struct TestFolder(PathBuf);

impl TestFolder {
    /// A folder that no other test has.
    #[must_use]
    pub fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("gridward-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The store in it.
    #[must_use]
    pub fn open(&self) -> Store {
        Store::open(self.path()).expect("a folder of our own")
    }
}

impl Default for TestFolder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        // What cannot be taken away lies below the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
