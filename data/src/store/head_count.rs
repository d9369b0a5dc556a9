//! How many people were in each grid at moments of the past: numbers, and nobody's name or way.

use super::varint::{BrokenOff, Reader, put};
use crate::model::{id::AreaId, time::Timestamp};

/// How many were where at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadCount {
    /// When they were counted.
    pub at: Timestamp,
    /// By grid, in the order of their numbers; a grid without anybody is not named.
    pub grids: Vec<(AreaId, u32)>,
}

/// The counts as bytes: of each grid its number less that of the one before, and how many. Two to three bytes a grid.
#[must_use]
pub fn encode(grids: &[(AreaId, u32)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(grids.len() * 3);
    let mut before = 0;
    for (grid, count) in grids {
        put(&mut bytes, grid.number().wrapping_sub(before));
        put(&mut bytes, u64::from(*count));
        before = grid.number();
    }
    bytes
}

/// Reads what [`encode`] wrote; `None` for bytes that it did not write.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<(AreaId, u32)>> {
    let mut reader = Reader::from(bytes, 0);
    let mut grids = Vec::new();
    let mut number = 0_u64;
    while !reader.is_at_end() {
        let mut next = || reader.take().map_err(|BrokenOff { .. }| ()).ok();
        number = number.wrapping_add(next()?);
        grids.push((AreaId::new(number).ok()?, u32::try_from(next()?).ok()?));
    }
    Some(grids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn what_was_written_is_read(counts in prop::collection::btree_map(1_u64..(1 << 53), any::<u32>(), 0..50)) {
            let counts: BTreeMap<u64, u32> = counts;
            let grids: Vec<_> =
                counts.into_iter().map(|(grid, count)| (AreaId::new(grid).expect("an id"), count)).collect();
            prop_assert_eq!(decode(&encode(&grids)), Some(grids));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = decode(&bytes);
        }
    }

    #[test]
    fn a_grid_takes_few_bytes() {
        let grids: Vec<_> = (1..=2_441).map(|grid| (AreaId::new(grid).expect("an id"), 4)).collect();
        assert_eq!(encode(&grids).len(), 2 * 2_441);
    }
}
