//! How the index, and what hangs on it, follows the log: one task, in log order.
//!
//! Everything derived learns of a change here and nowhere else. For each batch of the log that is there: (1) fold it into the index and
//! publish one new snapshot, (2) drop the tiles that it touches, (3) follow
//! it with those who are on duty and the roads they stand on, (4) hand it to the streams, (5) say how far the readers may count on being.

use super::{Live, facts::Fact, forces::Forces};
use crate::map::cache::{TileCache, Touched};
use arc_swap::ArcSwap;
use gridward_data::store::{Store, change::LogRow, commit::StoreError, question::Tail, version::Version};
use gridward_domain::index::{Index, fold::ForeignEpoch};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Rows folded into one snapshot at most: enough for the busiest moment, and few enough that a reader waits milliseconds.
const BATCH_ROWS: usize = 4_096;

/// How long to wait after the store failed to answer.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(500);

/// The newest snapshot of the index, and how far it has come.
#[derive(Clone)]
pub(crate) struct Snapshots {
    current: Arc<ArcSwap<Index>>,
    reached: watch::Receiver<Version>,
}

impl Snapshots {
    /// The newest snapshot.
    pub(crate) fn current(&self) -> Arc<Index> {
        self.current.load_full()
    }

    /// Waits until a snapshot is published that is not this one.
    pub(crate) async fn other_than(&mut self, version: &Version) {
        // An error means that the applier has ended with the server: nothing else will come.
        if self.reached.wait_for(|reached| reached != version).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until the index has come as far as a commit, so that a client reads its own writes.
    pub(crate) async fn reach(&self, version: &Version) {
        // An error means that the applier has ended with the server: then nobody reads any more.
        let _ = self.reached.clone().wait_for(|reached| reached.reaches(version)).await;
    }
}

/// Follows the log of one store.
pub(crate) struct Applier {
    store: Store,
    tiles: Arc<TileCache>,
    forces: Arc<Forces>,
    live: Arc<Live>,
    current: Arc<ArcSwap<Index>>,
    reached: watch::Sender<Version>,
}

impl Applier {
    /// Loads the state and stands ready to follow the log after it.
    pub(crate) async fn load(
        store: Store,
        tiles: Arc<TileCache>,
    ) -> Result<(Self, Snapshots, Arc<Forces>, Arc<Live>), StoreError> {
        let index = load_index(&store).await?;
        tiles.redraw(&index);
        let forces = Arc::new(Forces::new(&index));
        let version = index.version().clone();
        let live = Arc::new(Live::from(&version));
        let current = Arc::new(ArcSwap::from_pointee(index));
        let (reached, receiver) = watch::channel(version);
        let snapshots = Snapshots { current: current.clone(), reached: receiver };
        let applier = Self { store, tiles, forces: forces.clone(), live: live.clone(), current, reached };
        Ok((applier, snapshots, forces, live))
    }

    /// Follows the log until the store is closed.
    pub(crate) async fn follow(self) {
        loop {
            let at = self.current.load().version().clone();
            match self.step(&at).await {
                Ok(true) => {}
                Ok(false) => {
                    self.store.newer_than(&at).await;
                }
                Err(StoreError::Closed) => return,
                Err(error) => {
                    tracing::error!(%error, "the log cannot be read; the map stands still until it can");
                    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                }
            }
        }
    }

    /// Takes the next batch of the log; `false` when there is none.
    async fn step(&self, at: &Version) -> Result<bool, StoreError> {
        match self.store.log_after(at, BATCH_ROWS).await? {
            Tail::Rows(rows) if rows.is_empty() => Ok(false),
            Tail::Rows(rows) => match self.apply(rows) {
                Ok(()) => Ok(true),
                Err(foreign) => {
                    tracing::warn!(%foreign, "loading the state anew");
                    self.reload().await
                }
            },
            Tail::Reload => {
                tracing::warn!(%at, "the log does not reach back this far: loading the state anew");
                self.reload().await
            }
        }
    }

    fn apply(&self, rows: Vec<LogRow>) -> Result<(), ForeignEpoch> {
        let before = self.current.load_full();
        let touched = Touched::by(&rows, &before);
        let places_changed = touched.places_changed();
        let facts: Vec<Fact> = rows.iter().cloned().map(Fact::of).collect();
        let fold = || {
            let after = Arc::new(before.apply(rows)?);
            // Who draws between these two lines draws the new snapshot; what was kept of the old one is dropped by the second.
            self.current.store(after.clone());
            self.tiles.follow(&after, touched);
            self.forces.follow(&after);
            self.live.facts.publish(facts, after.version());
            self.reached.send_replace(after.version().clone());
            Ok(())
        };
        // Affairs take microseconds; places are built anew, and the runtime is told that this thread is busy.
        if places_changed { tokio::task::block_in_place(fold) } else { fold() }
    }

    async fn reload(&self) -> Result<bool, StoreError> {
        let index = Arc::new(load_index(&self.store).await?);
        self.current.store(index.clone());
        self.tiles.redraw(&index);
        self.forces.follow(&index);
        self.live.facts.restart(index.version());
        self.reached.send_replace(index.version().clone());
        Ok(true)
    }
}

async fn load_index(store: &Store) -> Result<Index, StoreError> {
    let loaded = store.load().await?;
    tokio::task::spawn_blocking(move || Index::build(loaded.version, loaded.facts))
        .await
        .map_err(|error| StoreError::Driver(format!("building the index was interrupted: {error}")))
}
