//! Which numbers new things get: blocks allotted by the store, handed out one by one.

use gridward_data::{
    model::{entity::Kind, id::DistrictId},
    store::{Store, commit::StoreError},
};
use std::{collections::HashMap, ops::Range};
use tokio::sync::Mutex;

/// How many numbers are taken at once: a restart wastes at most so many, and a write to the store is needed once in so many.
const BLOCK: u64 = 1_024;

/// Hands out the numbers of new things; a number is given once, also across restarts and servers.
pub(crate) struct Ids {
    store: Store,
    district: DistrictId,
    blocks: Mutex<HashMap<Kind, Range<u64>>>,
}

impl Ids {
    /// Numbers from this store.
    pub(crate) fn of(store: Store, district: DistrictId) -> Self {
        Self { store, district, blocks: Mutex::default() }
    }

    /// The next number for each of these kinds.
    pub(crate) async fn next<const N: usize>(&self, kinds: [Kind; N]) -> Result<[u64; N], StoreError> {
        let mut blocks = self.blocks.lock().await;
        let mut numbers = [0; N];
        for (number, kind) in numbers.iter_mut().zip(kinds) {
            let block = blocks.entry(kind).or_insert(0..0);
            if block.is_empty() {
                *block = self.store.allot_ids(self.district, kind, BLOCK).await?;
            }
            *number = block.start;
            block.start += 1;
        }
        Ok(numbers)
    }
}
