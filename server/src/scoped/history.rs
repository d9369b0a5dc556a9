//! What was, as one reader may see it.

use super::{ScopedIndex, ScopedStore};
use gridward_data::{
    model::{area::Level, id::AreaId, time::Timestamp},
    store::commit::StoreError,
};
use gridward_domain::cases::past::{Bar, Past, pace, past};
use std::collections::BTreeMap;

/// How many people were in the areas of a level.
pub(crate) struct Heads {
    /// When they were counted.
    pub(crate) at: Timestamp,
    /// By number; an area without anybody is not among them.
    pub(crate) areas: BTreeMap<AreaId, u32>,
}

impl ScopedIndex {
    /// What was open at a moment.
    pub(crate) fn past(&self, at: Timestamp) -> Past {
        past(&self.index, &self.scope, at)
    }

    /// How many cases came and went in stretches of time of this length.
    pub(crate) fn pace(&self, from: Timestamp, until: Timestamp, bar_ms: i64) -> Vec<Bar> {
        pace(&self.index, &self.scope, from, until, bar_ms)
    }
}

impl ScopedStore {
    /// How many people were in the areas of a level that the reader may look into; `None` where nobody counted within so long before the moment.
    pub(crate) async fn heads(
        &self,
        at: Timestamp,
        level: Level,
        within_ms: i64,
    ) -> Result<Option<Heads>, StoreError> {
        let Some(count) = self.app.0.store.head_count(at).await? else { return Ok(None) };
        if count.at.0 < at.0 - within_ms {
            return Ok(None);
        }
        let index = self.index();
        let areas = &index.places().areas;
        let mut heads = Heads { at: count.at, areas: BTreeMap::new() };
        for (grid, count) in count.grids {
            let chain = areas.chain(grid);
            let of_level =
                chain.iter().find(|area| areas.find(**area).is_some_and(|area| area.level == level));
            if let Some(area) = of_level.filter(|_| self.scope.sees(&chain)) {
                *heads.areas.entry(*area).or_default() += count;
            }
        }
        Ok(Some(heads))
    }
}
