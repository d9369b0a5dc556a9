//! From time to time, how many people are in each grid: what the time line tells of people. Numbers alone are kept; who they were is not.

use super::{applier::Snapshots, forces::Forces, movement::by_grid};
use crate::clock;
use gridward_data::{
    model::time::Timestamp,
    store::{Store, commit::StoreError, head_count::HeadCount},
};
use std::{sync::Arc, time::Duration};

/// So long counts are kept: as long as fixes may be.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// Counts until the task is ended: at whole multiples of the pace, so that the counts of two servers are of the same moments.
pub(crate) async fn follow(store: Store, snapshots: Snapshots, forces: Arc<Forces>, every: Duration) {
    loop {
        tokio::time::sleep(until_next(clock::now(), every)).await;
        let now = clock::now();
        let at = begin_of(now, every);
        let grids = by_grid(&snapshots.current(), &forces.read(), now);
        let oldest = Timestamp(at.0 - KEPT.as_millis() as i64);
        match store.keep_head_count(HeadCount { at, grids }, oldest).await {
            Ok(()) => {}
            Err(StoreError::Closed) => return,
            Err(error) => tracing::error!(%error, "the people in each grid could not be counted this time"),
        }
    }
}

fn until_next(now: Timestamp, every: Duration) -> Duration {
    Duration::from_millis((begin_of(now, every).0 + every.as_millis() as i64 - now.0) as u64)
}

/// The whole multiple of the pace before a moment, which is that of the count: some milliseconds of waking up are no other moment.
fn begin_of(now: Timestamp, every: Duration) -> Timestamp {
    Timestamp(now.0 - now.0.rem_euclid(every.as_millis() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_taken_at_whole_multiples_of_the_pace() {
        let every = Duration::from_mins(5);
        let wait = |now| until_next(Timestamp(now), every).as_millis();
        assert_eq!([wait(0), wait(1), wait(299_999), wait(300_000)], [300_000, 299_999, 1, 300_000]);
        assert_eq!(begin_of(Timestamp(300_007), every), Timestamp(300_000));
    }
}
