//! How facts are kept, and how they change.
//!
//! State is the truth; every commit writes the state and one log row per change in one transaction. What is derived (index, tiles,
//! streams) is a fold over the log and can be thrown away.
//!
//! ```text
//! Commit ─► Store::commit ─► state, log, names, request, audit, outbox: all or nothing ─► Committed { version }
//!                                   └─► recent rows in memory ─► Store::newer_than wakes the follower ─► Store::log_after
//! start: Store::load gives the state at a version; then the log after that version
//! ```
//!
//! There are two stores: in memory, for tests and demonstrations, and embedded, one `SQLite` file. Both keep the promises that are
//! written down as functions in `contract`.

pub mod change;
pub mod commit;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
#[cfg(feature = "embedded")]
pub mod embedded;
pub mod head_count;
pub mod memory;
pub mod outbox;
pub mod question;
mod recent;
pub mod tracks;
mod varint;
pub mod version;

use crate::model::{
    calendar::Day,
    case::Case,
    entity::{Entity, Key, Kind},
    id::{CaseId, DistrictId, PatrolId},
    time::Timestamp,
    visit::Visit,
};
use change::Revision;
use commit::{Commit, CommitError, Committed, Request, StoreError};
#[cfg(feature = "embedded")]
use embedded::EmbeddedStore;
use head_count::HeadCount;
use memory::MemoryStore;
use outbox::{GivenUp, KeptNotice, TopicCount};
use question::{CaseFilter, Loaded, Tail};
use std::{collections::BTreeMap, ops::Range};
use tracks::{DeviceFixes, FixBatch, FixesKept};
use version::Version;

/// The district under which everything is kept while a store holds one district. Every stored key leads with it, so that a second
/// district needs no new schema.
pub const DISTRICT: DistrictId = match DistrictId::new(1) {
    Ok(district) => district,
    Err(_) => panic!("1 is a number from 1 to 2^53 - 1"),
};

/// Where facts are kept. Cheap to clone: all clones are the same store.
#[derive(Clone, Debug)]
pub enum Store {
    /// In memory; gone with the process.
    Memory(MemoryStore),
    /// In a folder of this machine.
    #[cfg(feature = "embedded")]
    Embedded(EmbeddedStore),
}

macro_rules! each {
    ($store:expr, $held:ident => $answer:expr) => {
        match $store {
            Self::Memory($held) => $answer,
            #[cfg(feature = "embedded")]
            Self::Embedded($held) => $answer,
        }
    };
}

impl Store {
    /// An empty store in memory.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(MemoryStore::default())
    }

    /// The store in this folder, which is made if it is absent. Blocks for some milliseconds: call it at the start.
    ///
    /// [`StoreError::InUse`] when another server holds it, [`StoreError::Unusable`] when the folder cannot be written, the file is
    /// not ours, or it was written by a newer release.
    #[cfg(feature = "embedded")]
    pub fn open(folder: &std::path::Path) -> Result<Self, StoreError> {
        EmbeddedStore::open(folder).map(Self::Embedded)
    }

    /// Stores the changes of a commit together, or nothing of it. When it answers, the commit survives a crash.
    ///
    /// The order of the checks: a request that was stored before under the same key is [`Committed::Repeated`], or
    /// [`CommitError::KeyReused`] when its digest differs; then the read set; then the unique names. To remove what is not there
    /// writes nothing. A caller that stops waiting does not undo the commit.
    pub async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        each!(self, held => held.commit(commit).await)
    }

    /// Numbers for new things, never given before and never again, not even after a crash. Whoever takes them in blocks saves time;
    /// what is left of a block when the process ends stays unused.
    pub async fn allot_ids(
        &self,
        district: DistrictId,
        kind: Kind,
        count: u64,
    ) -> Result<Range<u64>, StoreError> {
        each!(self, held => held.allot_ids(district, kind, count).await)
    }

    /// Everything that has a public image and is not over, by kind and number, and the version at which it was so.
    pub async fn load(&self) -> Result<Loaded, StoreError> {
        each!(self, held => held.load().await)
    }

    /// What came into the log after a version, at most `limit` rows, in the order of the log.
    pub async fn log_after(&self, after: &Version, limit: usize) -> Result<Tail, StoreError> {
        each!(self, held => held.log_after(after, limit).await)
    }

    /// The newest version. Everything up to it is stored.
    #[must_use]
    pub fn version(&self) -> Version {
        each!(self, held => held.recent().newest())
    }

    /// Waits until something newer than `version` is stored, and answers the newest version. At once when there is something
    /// already, or `version` is of another epoch. Waits for ever on a store that is closed.
    pub async fn newer_than(&self, version: &Version) -> Version {
        each!(self, held => held.recent().newer_than(version).await)
    }

    /// The request that was stored under this key, with its answer; kept for seven days.
    pub async fn recall(&self, key: &str) -> Result<Option<Request>, StoreError> {
        each!(self, held => held.recall(key).await)
    }

    /// One whole thing, with what only its handler may read.
    pub async fn one(&self, key: Key) -> Result<Option<(Revision, Entity)>, StoreError> {
        Ok(self.several(&[key]).await?.pop().flatten())
    }

    /// Several whole things, in the order of the keys; `None` where there is none.
    pub async fn several(&self, keys: &[Key]) -> Result<Vec<Option<(Revision, Entity)>>, StoreError> {
        each!(self, held => held.several(keys).await)
    }

    /// Cases that pass the filter, the newest (with the highest number) first, only those before `before`, at most `limit`.
    pub async fn cases(
        &self,
        filter: CaseFilter,
        before: Option<CaseId>,
        limit: usize,
    ) -> Result<Vec<(Revision, Case)>, StoreError> {
        each!(self, held => held.cases(filter, before, limit).await)
    }

    /// How many things of each kind there are; every kind is named.
    pub async fn counts(&self) -> Result<BTreeMap<Kind, u64>, StoreError> {
        each!(self, held => held.counts().await)
    }

    /// What is still to be told of a topic, the oldest first. What was told and not settled before a crash is there again.
    pub async fn notices(&self, topic: &str, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        each!(self, held => held.notices(topic, limit).await)
    }

    /// What lies in the tray of what could not be told, the oldest first.
    pub async fn notices_given_up(&self, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        each!(self, held => held.notices_given_up(limit).await)
    }

    /// How many notices are kept, by topic in the order of their names; a topic without any is not named.
    pub async fn notices_by_topic(&self) -> Result<Vec<TopicCount>, StoreError> {
        each!(self, held => held.notices_by_topic().await)
    }

    /// These notices were told: they are gone. Answers how many of them were there.
    pub async fn settle_notices(&self, numbers: &[u64]) -> Result<usize, StoreError> {
        each!(self, held => held.settle_notices(numbers).await)
    }

    /// A notice goes into the tray, or with `None` out of it, to be told at its old place in the order. `false` where it is not there or is
    /// where it should go already.
    pub async fn put_notice_aside(&self, number: u64, given_up: Option<GivenUp>) -> Result<bool, StoreError> {
        each!(self, held => held.put_notice_aside(number, given_up).await)
    }

    /// Throws a notice in the tray away; `false` where it does not lie there.
    pub async fn drop_notice(&self, number: u64) -> Result<bool, StoreError> {
        each!(self, held => held.drop_notice(number).await)
    }

    /// Keeps how many people were where, and forgets what was counted before `oldest`. A second count of the same moment takes the place of the first.
    pub async fn keep_head_count(&self, count: HeadCount, oldest: Timestamp) -> Result<(), StoreError> {
        each!(self, held => held.keep_head_count(count, oldest).await)
    }

    /// The last count of that moment or before it.
    pub async fn head_count(&self, at: Timestamp) -> Result<Option<HeadCount>, StoreError> {
        each!(self, held => held.head_count(at).await)
    }

    /// What was scanned or dwelt at on a patrol, by number.
    pub async fn visits(&self, patrol: PatrolId) -> Result<Vec<Visit>, StoreError> {
        each!(self, held => held.visits(patrol).await)
    }

    /// Keeps fixes; when it answers, they survive a crash. A batch may come again, late, and in any order with others.
    pub async fn keep_fixes(&self, batch: FixBatch) -> Result<FixesKept, StoreError> {
        each!(self, held => held.keep_fixes(batch).await)
    }

    /// The fixes of a patrol that began on a day, by device and number.
    pub async fn fixes(&self, day: Day, patrol: PatrolId) -> Result<Vec<DeviceFixes>, StoreError> {
        each!(self, held => held.fixes(day, patrol).await)
    }

    /// Keeps what was reckoned from so many fixes of a patrol, in place of what was reckoned before. Where there are more fixes by now, nothing is
    /// kept: whoever brought them has it reckoned anew.
    pub async fn keep_walked(
        &self,
        day: Day,
        patrol: PatrolId,
        fixes: usize,
        body: String,
    ) -> Result<(), StoreError> {
        each!(self, held => held.keep_walked(day, patrol, fixes, body).await)
    }

    /// What was reckoned for the patrols that began on a day, by number; `None` where fixes came since, and it must be reckoned anew.
    pub async fn walked(&self, day: Day) -> Result<Vec<(PatrolId, Option<String>)>, StoreError> {
        each!(self, held => held.walked(day).await)
    }

    /// The days of which something is kept, in order.
    pub async fn days_walked(&self) -> Result<Vec<Day>, StoreError> {
        each!(self, held => held.days_walked().await)
    }

    /// Stores what is under way, tidies the files, and lets go of the folder. Whatever is asked afterwards is
    /// [`StoreError::Closed`]. Closing twice is harmless.
    pub async fn close(&self) -> Result<(), StoreError> {
        each!(self, held => held.close().await)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::contract::sample;

    #[test]
    fn a_store_and_its_answers_may_go_from_thread_to_thread() {
        fn sent<T: Send>(value: T) -> T {
            value
        }
        fn shared<T: Send + Sync + 'static>(_: &T) {}
        let store = Store::memory();
        shared(&store);
        let version = store.version();
        drop(sent(store.commit(sample::commit(Vec::new()))));
        drop(sent(store.allot_ids(DISTRICT, Kind::Case, 1)));
        drop(sent(store.load()));
        drop(sent(store.log_after(&version, 1)));
        drop(sent(store.newer_than(&version)));
        drop(sent(store.recall("key")));
        drop(sent(store.several(&[])));
        drop(sent(store.cases(CaseFilter::default(), None, 1)));
        drop(sent(store.counts()));
        drop(sent(store.notices("topic", 1)));
        drop(sent(store.settle_notices(&[])));
        drop(sent(store.put_notice_aside(1, None)));
        drop(sent(store.head_count(Timestamp(0))));
        drop(sent(store.close()));
    }
}
