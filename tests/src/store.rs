//! Folders for stores that go when the test ends, and cities that are made once for all tests.

use crate::{root, run, shared};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// A folder of its own that goes when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A new, empty one.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gridward-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
    /// A path in it, as an argument.
    #[must_use]
    pub fn join(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A city that tests are run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum City {
    /// A made-up town without people.
    Town,
    /// A made-up town with people and what they told in a year.
    Folk,
    /// The made-up city as large as a district: some 40,000 buildings, 2,441 grids, 9,000 people and 60,000 reports.
    District,
    /// The south of Karlsruhe, from OpenStreetMap, with drafted grids.
    Karlsruhe,
    /// The real boundary of Tiexi with its mapped buildings, and drafted grids.
    Tiexi,
}

impl City {
    /// A fresh store with the city in it; `None` where the data is not on this machine.
    ///
    /// # Panics
    /// If a verb that should make it fails.
    #[must_use]
    pub fn store(self) -> Option<Folder> {
        let made = self.made()?;
        let folder = Folder::new();
        copy(&made, folder.path());
        Some(folder)
    }

    /// The store that is made once for each build and then copied.
    fn made(self) -> Option<PathBuf> {
        let id = crate::build_id(root());
        let made = root().join("target/cities").join(format!("{self:?}-{id}"));
        if !made.exists() {
            self.forget_older();
            let folder = Folder::new();
            let store = folder.join("store");
            self.make(&store)?;
            fs::create_dir_all(made.parent().expect("it has a parent")).expect("a folder can be made");
            let beside = made.with_extension(std::process::id().to_string());
            fs::create_dir_all(&beside).expect("a folder can be made");
            copy(Path::new(&store), &beside);
            // Two tests may make it at the same time: the second to end throws its own away.
            if fs::rename(&beside, &made).is_err() {
                let _ = fs::remove_dir_all(&beside);
            }
        }
        Some(made)
    }

    /// Throws the city away as other builds made it: it is of no use any more.
    fn forget_older(self) {
        let start = format!("{self:?}-");
        for entry in fs::read_dir(root().join("target/cities")).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&start) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn make(self, store: &str) -> Option<()> {
        let must = |arguments: &[&str]| {
            let (well, said) = run(arguments);
            assert!(well, "gridward {}: {said}", arguments.join(" "));
        };
        match self {
            Self::Town => must(&["demo", "--store", store, "--scale", "0.02", "--only-places"]),
            Self::Folk => must(&["demo", "--store", store, "--scale", "0.02"]),
            Self::District => must(&["demo", "--store", store, "--scale", "1"]),
            Self::Karlsruhe => {
                let file = shared("osm/karlsruhe-kirchfeld.osm.pbf")?;
                must(&["import", "osm", &file.to_string_lossy(), "--store", store, "--name", "Karlsruhe"]);
                must(&["draft-grids", "--store", store, "--households", "400"]);
            }
            Self::Tiexi => {
                let boundary = shared("tiexi/adcode_fence_210106.geojson")?;
                let buildings = shared("tiexi/osm_shenyang_buildings_2021.geojson")?;
                let boundary = boundary.to_string_lossy().into_owned();
                let (code, name) = (["--code", "210106"], ["--name", "铁西区"]);
                let area = ["import", "areas", &boundary, "--store", store, "--frame", "gcj02"];
                must(&[&area[..], &["--level", "district"], &code, &name].concat());
                let buildings = buildings.to_string_lossy().into_owned();
                must(&["import", "buildings", &buildings, "--store", store, "--frame", "wgs84"]);
                must(&["draft-grids", "--store", store, "--households", "400"]);
            }
        }
        Some(())
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("readable").map(|entry| entry.expect("readable").path()) {
        if entry.is_file() {
            fs::copy(&entry, to.join(entry.file_name().expect("it has a name"))).expect("it can be copied");
        }
    }
}
