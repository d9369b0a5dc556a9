//! How time enters: what the clock has brought becomes commits, like everything else.
//!
//! Looks when something is due, when the people or closures changed, and once a minute at the latest. What it decided on may have changed before
//! it is stored; then it looks again.

use super::{applier::Snapshots, outbox::Outbox};
use crate::clock;
use gridward_data::{
    model::{account::Actor, time::Timestamp},
    store::{
        Store,
        change::{Change, Revision},
        commit::{Commit, CommitError, StoreError},
    },
};
use gridward_domain::{duty::shifts, index::Index};
use std::{sync::Arc, time::Duration};

/// So many shifts start in one commit at most, so that a report that comes meanwhile waits milliseconds and not for a whole change of shifts.
const BATCH: usize = 512;
/// The longest time without a look: clocks are set, machines sleep.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// How long to wait after the store refused or failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Follows the clock until the task is ended.
pub(crate) async fn follow(store: Store, outbox: Arc<Outbox>, mut snapshots: Snapshots) {
    loop {
        let index = snapshots.current();
        let now = clock::now();
        let due = shifts::due(&index, now);
        if due.changes.is_empty() {
            let wait = wait_for(due.next, now);
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = changed(&mut snapshots, &index) => {}
            }
            continue;
        }
        let count = due.changes.len();
        match commit(&store, &outbox, &snapshots, due.changes, now).await {
            Ok(()) => tracing::info!(count, "shifts and closures that were due"),
            Err(CommitError::Store(StoreError::Closed)) => return,
            // Somebody was quicker: the next look decides on what is there now.
            Err(CommitError::Conflict { key, .. }) => {
                tracing::debug!(%key, "changed while the clock struck");
                snapshots.other_than(index.version()).await;
            }
            Err(error) => {
                tracing::error!(%error, "shifts that are due could not be stored; trying again");
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
            }
        }
    }
}

async fn commit(
    store: &Store,
    outbox: &Outbox,
    snapshots: &Snapshots,
    changes: Vec<(Change, Option<Revision>)>,
    now: Timestamp,
) -> Result<(), CommitError> {
    for batch in changes.chunks(BATCH) {
        let expected = batch.iter().map(|(change, seen)| (change.key(), *seen)).collect();
        let changes = batch.iter().map(|(change, _)| change.clone()).collect();
        let commit = Commit { expected, ..Commit::of(now, Actor::Ticker, changes) };
        outbox.commit(store, commit).await?;
    }
    // What was just stored must be seen before the next look, or it would be decided again.
    snapshots.reach(&store.version()).await;
    Ok(())
}

fn wait_for(next: Option<Timestamp>, now: Timestamp) -> Duration {
    let wait = next.map(|next| Duration::from_millis((next.0 - now.0).max(1) as u64));
    wait.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

/// Waits until people or closures are others than in a snapshot.
async fn changed(snapshots: &mut Snapshots, seen: &Index) {
    let mut version = seen.version().clone();
    loop {
        snapshots.other_than(&version).await;
        let now = snapshots.current();
        let (people, before) = (now.people(), seen.people());
        let same = people.rosters.is_same(&before.rosters)
            && people.responders.is_same(&before.responders)
            && people.shifts.is_same(&before.shifts)
            && people.patrols.is_same(&before.patrols)
            && now.affairs().closures.is_same(&seen.affairs().closures);
        if !same {
            return;
        }
        version = now.version().clone();
    }
}
