//! Which points of a line can nobody see?
//!
//! Lines (streets) only. Areas and buildings share borders, and a border that two of them simplified apart would
//! gape: they keep every point that rounding leaves (see `ring`).

use crate::window::TilePoint;

/// How far a dropped point may lie from the line that is drawn, in units of the tile: an eighth of a pixel
/// where a tile is shown 512 pixels wide.
const TOLERANCE_UNITS: i64 = 1;

/// Drops the points of a line that lie within one unit of the line through those that stay (Douglas and
/// Peucker 1973). The ends stay; of points equally far, the first does.
///
/// Within a window, where nothing can overflow. O(n log n) for common lines of n points, O(n²) at worst.
/// `stays` and `spans` are scratch.
pub(crate) fn simplify(
    line: &[TilePoint],
    stays: &mut Vec<bool>,
    spans: &mut Vec<(usize, usize)>,
    mut keep: impl FnMut(TilePoint),
) {
    stays.clear();
    stays.resize(line.len(), false);
    spans.clear();
    if let Some(end) = line.len().checked_sub(1) {
        (stays[0], stays[end]) = (true, true);
        spans.push((0, end));
    }
    while let Some((from, to)) = spans.pop() {
        let mut farthest = (TOLERANCE_UNITS * TOLERANCE_UNITS, 1, None);
        for between in from + 1..to {
            let (squared, per) = squared_distance(line[between], line[from], line[to]);
            // squared / per > farthest, without a division.
            if i128::from(squared) * i128::from(farthest.1) > i128::from(farthest.0) * i128::from(per) {
                farthest = (squared, per, Some(between));
            }
        }
        if let Some(split) = farthest.2 {
            stays[split] = true;
            spans.extend([(from, split), (split, to)]);
        }
    }
    for (point, _) in line.iter().zip(stays.iter()).filter(|(_, stays)| **stays) {
        keep(*point);
    }
}

/// The squared distance of a point from the line between `a` and `b`, as a fraction.
fn squared_distance(point: TilePoint, a: TilePoint, b: TilePoint) -> (i64, i64) {
    let (along, to_point) = ((b.x - a.x, b.y - a.y), (point.x - a.x, point.y - a.y));
    let length_squared = along.0 * along.0 + along.1 * along.1;
    let ahead = along.0 * to_point.0 + along.1 * to_point.1;
    if ahead <= 0 {
        (to_point.0 * to_point.0 + to_point.1 * to_point.1, 1)
    } else if ahead >= length_squared {
        let (x, y) = (point.x - b.x, point.y - b.y);
        (x * x + y * y, 1)
    } else {
        let aside = along.0 * to_point.1 - along.1 * to_point.0;
        (aside * aside, length_squared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn simplified(points: &[(i64, i64)]) -> Vec<(i64, i64)> {
        let line: Vec<_> = points.iter().map(|&(x, y)| TilePoint { x, y }).collect();
        let mut kept = Vec::new();
        simplify(&line, &mut vec![], &mut vec![], |point| kept.push((point.x, point.y)));
        kept
    }

    #[test]
    fn a_point_one_unit_off_goes_and_one_farther_off_stays() {
        assert_eq!(simplified(&[(0, 0), (50, 1), (100, 0)]), [(0, 0), (100, 0)]);
        assert_eq!(simplified(&[(0, 0), (50, 2), (100, 0)]), [(0, 0), (50, 2), (100, 0)]);
    }

    #[test]
    fn a_line_that_goes_out_and_comes_back_keeps_its_far_end() {
        assert_eq!(simplified(&[(0, 0), (50, 0), (0, 0)]), [(0, 0), (50, 0), (0, 0)]);
        assert_eq!(simplified(&[(0, 0), (90, 0), (40, 0)]), [(0, 0), (90, 0), (40, 0)]);
    }

    #[test]
    fn the_shortest_lines_are_left_alone() {
        assert_eq!(simplified(&[]), []);
        assert_eq!(simplified(&[(3, 4)]), [(3, 4)]);
        assert_eq!(simplified(&[(3, 4), (3, 5)]), [(3, 4), (3, 5)]);
    }

    proptest! {
        /// Oracle: the distance in f64 to the stretch that replaced the point.
        #[test]
        fn what_was_dropped_lies_within_a_unit_of_what_stays(
            points in prop::collection::vec((-64_i64..=4160, -64_i64..=4160), 2..40),
            bend in 1_i64..3000,
        ) {
            // Flattened, so that there is something to drop.
            let points: Vec<_> = points.into_iter().map(|(x, y)| (x, y / bend)).collect();
            let kept = simplified(&points);
            prop_assert_eq!((kept.first(), kept.last()), (points.first(), points.last()));
            // The kept points are some of the given ones, in their order: find which ones that can be so that
            // each dropped point is near the stretch that spans it. Repeated points make the choice ambiguous,
            // so it is enough that each dropped point is near some stretch.
            let mut left = points.iter();
            prop_assert!(kept.iter().all(|point| left.any(|given| given == point)));
            for &point in &points {
                let nearest = kept.windows(2).map(|ends| distance(point, ends[0], ends[1]));
                prop_assert!(nearest.fold(f64::MAX, f64::min) <= 1.0 + 1e-9);
            }
        }
    }

    fn distance(point: (i64, i64), a: (i64, i64), b: (i64, i64)) -> f64 {
        let at = |(x, y): (i64, i64)| (x as f64, y as f64);
        let (point, a, b) = (at(point), at(a), at(b));
        let along = (b.0 - a.0, b.1 - a.1);
        let share = ((point.0 - a.0) * along.0 + (point.1 - a.1) * along.1) / along.0.hypot(along.1).powi(2);
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        (point.0 - a.0 - share * along.0).hypot(point.1 - a.1 - share * along.1)
    }
}
