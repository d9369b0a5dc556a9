//! How a verb changes a store: everything in one commit, or nothing.

use crate::clock;
use gridward_data::{
    import::Import,
    model::{
        account::Actor,
        entity::{Kind, Pace},
    },
    store::{
        DISTRICT, Store,
        change::Change,
        commit::{Commit, CommitError, StoreError},
        question::Fact,
        version::Version,
    },
};
use std::{collections::BTreeMap, ops::Range, path::Path};

/// A store that a verb of the command line has opened alone.
pub(super) struct Opened {
    store: Store,
    runtime: tokio::runtime::Runtime,
}

impl Opened {
    /// Opens the store of a folder; refused while a server holds it.
    pub(super) fn open(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { store: Store::open(folder)?, runtime })
    }

    /// Opens the store of a folder that must be one already: a mistyped name makes no new store.
    pub(super) fn existing(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        if !is_store(folder) {
            return Err(format!(
                "{} holds no store: check --store, or import a city first",
                folder.display()
            )
            .into());
        }
        Self::open(folder)
    }

    /// Everything that everybody may see, as it is now.
    pub(super) fn facts(&self) -> Result<Vec<Fact>, StoreError> {
        Ok(self.runtime.block_on(self.store.load())?.facts)
    }

    /// Up to where the store has come.
    pub(super) fn version(&self) -> Version {
        self.store.version()
    }

    /// Gives everything that was imported numbers of the store. People and what is told of them keep theirs, from 1 on: refused where the
    /// store has given some of these before.
    pub(super) fn number(&self, import: &mut Import) -> Result<(), Box<dyn std::error::Error>> {
        let mut first = BTreeMap::new();
        for (kind, count) in import.needs() {
            let start = self.runtime.block_on(self.store.allot_ids(DISTRICT, kind, count))?.start;
            if start != 1 && kind.pace() != Pace::Place {
                return Err(format!(
                    "the store has had things of the kind {} before: people can be made up in a city once",
                    kind.word()
                )
                .into());
            }
            first.insert(kind, start);
        }
        import.renumber(|kind, _| first[&kind])?;
        Ok(())
    }

    /// New numbers of a kind, together: each allotment is a write of its own.
    pub(super) fn allot(&self, kind: Kind, count: u64) -> Result<Range<u64>, StoreError> {
        self.runtime.block_on(self.store.allot_ids(DISTRICT, kind, count))
    }

    /// Stores the changes together.
    pub(super) fn commit(&self, changes: Vec<Change>) -> Result<(), CommitError> {
        let commit = Commit::of(clock::now(), Actor::Import, changes);
        self.runtime.block_on(self.store.commit(commit)).map(|_| ())
    }

    /// Tidies up and lets the folder go.
    pub(super) fn close(self) -> Result<(), StoreError> {
        self.runtime.block_on(self.store.close())
    }
}

/// Whether a folder holds a store.
pub(super) fn is_store(folder: &Path) -> bool {
    folder.join("gridward.db").exists()
}
