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
    /// By number, see [`without_few`].
    pub(crate) areas: BTreeMap<AreaId, u32>,
}

/// Of fewer than so many the area above is told: one who goes from grid to grid by night would be a way, though without a name.
const FEW: u32 = 3;

/// The counts of areas with those of few put to the area above, and that to the one above it; the widest tells whatever is left. The sum is the same.
fn without_few(
    mut counts: BTreeMap<AreaId, u32>,
    above: impl Fn(AreaId) -> Option<AreaId>,
) -> BTreeMap<AreaId, u32> {
    let mut told: BTreeMap<AreaId, u32> = BTreeMap::new();
    while !counts.is_empty() {
        let mut next: BTreeMap<AreaId, u32> = BTreeMap::new();
        for (area, count) in counts {
            match above(area) {
                Some(above) if count < FEW => *next.entry(above).or_default() += count,
                _ => *told.entry(area).or_default() += count,
            }
        }
        counts = next;
    }
    told
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
        heads.areas = without_few(heads.areas, |area| areas.find(area)?.current()?.parent);
        Ok(Some(heads))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_told_with_the_area_above_and_nobody_is_lost() {
        let area = |number| AreaId::new(number).expect("an id");
        // 1 is the district, 10 and 20 are communities, 11 to 22 grids.
        let above = |of: AreaId| match of.number() {
            11..=19 => Some(area(10)),
            21..=29 => Some(area(20)),
            10 | 20 => Some(area(1)),
            _ => None,
        };
        let counts = [(11, 5), (12, 1), (13, 2), (21, 1), (22, 3)].map(|(of, count)| (area(of), count));
        let told: Vec<_> = without_few(BTreeMap::from(counts), above).into_iter().collect();
        assert_eq!(told, [(1, 1), (10, 3), (11, 5), (22, 3)].map(|(of, count)| (area(of), count)));
    }
}
