//! Which number a grid gets: from west to east, then from north to south.

use super::draft::DraftGrid;
use crate::index::anchor::anchor;
use gridward_data::model::{id::AreaId, place::Place, shape::Outline};

/// The grids of a parent in the order of their numbers.
///
/// Grids lie in no rows of their own, so rows are made: the northernmost grid that has no number begins one, and all whose middle lies less than half
/// the usual height of a grid south of it are of that row. In a row they go from west to east.
pub(crate) fn numbered(parent: AreaId, grids: Vec<(Outline, u32)>) -> Vec<DraftGrid> {
    let mut heights: Vec<i64> = grids.iter().map(|(outline, _)| height(outline)).collect();
    heights.sort_unstable();
    let half = heights.get(heights.len() / 2).copied().unwrap_or_default() / 2;
    let mut waiting: Vec<(Place, Outline, u32)> =
        grids.into_iter().map(|(outline, households)| (anchor(&outline), outline, households)).collect();
    // From the end of the list: north first, then west.
    waiting.sort_by_key(|(middle, _, _)| (middle.lat_e7(), std::cmp::Reverse(middle.lon_e7())));
    let mut numbered = Vec::with_capacity(waiting.len());
    while let Some(first) = waiting.pop() {
        let south = i64::from(first.0.lat_e7()) - half;
        let rest = waiting.partition_point(|(middle, _, _)| i64::from(middle.lat_e7()) < south);
        let mut row = waiting.split_off(rest);
        row.push(first);
        row.sort_by_key(|(middle, _, _)| (middle.lon_e7(), std::cmp::Reverse(middle.lat_e7())));
        for (_, outline, households) in row {
            let sequence = numbered.len() as u16 + 1;
            numbered.push(DraftGrid { parent, sequence, outline, households });
        }
    }
    numbered
}

fn height(outline: &Outline) -> i64 {
    let bounds = outline.bounds();
    i64::from(bounds.max.lat_e7()) - i64::from(bounds.min.lat_e7())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::model::shape::{Polygon, Ring};

    fn square(west: i32, south: i32) -> Outline {
        let corners = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)];
        let place = |(east, north)| Place::from_e7(west + east, south + north).expect("on the Earth");
        let ring = Ring::new(corners.map(place).to_vec()).expect("a ring");
        Outline::new(vec![Polygon::new(ring, vec![])]).expect("an outline")
    }

    #[test]
    fn numbers_go_from_west_to_east_and_then_from_north_to_south() {
        // Two rows, the southern one a little crooked.
        let corners = [(200, -100), (100, 0), (0, 10), (0, -100), (100, -120), (200, -20)];
        let parent = AreaId::new(1).expect("an id");
        let grids = numbered(parent, corners.iter().map(|&(west, south)| (square(west, south), 0)).collect());
        let order: Vec<(i32, i32)> = grids
            .iter()
            .map(|grid| grid.outline.bounds().min)
            .map(|min| (min.lon_e7(), min.lat_e7()))
            .collect();
        assert_eq!(order, [(0, 10), (100, 0), (200, -20), (0, -100), (100, -120), (200, -100)]);
        assert_eq!(grids.iter().map(|grid| grid.sequence).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }
}
