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
pub(crate) fn simplify(line: &mut Vec<TilePoint>, stays: &mut Vec<bool>, spans: &mut Vec<(usize, usize)>) {
    stays.clear();
    stays.resize(line.len(), false);
    spans.clear();
    if let Some(end) = line.len().checked_sub(1) {
        (stays[0], stays[end]) = (true, true);
        spans.push((0, end));
    }
    while let Some((from, to)) = spans.pop() {
        let chord = Chord::new(line[from], line[to]);
        let mut farthest = (TOLERANCE_UNITS * TOLERANCE_UNITS * chord.scale, None);
        for (between, point) in line.iter().enumerate().take(to).skip(from + 1) {
            let distance = chord.scaled_squared_distance(*point);
            if distance > farthest.0 {
                farthest = (distance, Some(between));
            }
        }
        if let Some(split) = farthest.1 {
            stays[split] = true;
            spans.extend([(from, split), (split, to)]);
        }
    }
    let mut stays = stays.iter();
    line.retain(|_| stays.next().is_some_and(|stays| *stays));
}

/// The straight line that stands for a stretch.
struct Chord {
    a: TilePoint,
    b: TilePoint,
    along: (i64, i64),
    /// By which squared distances are multiplied, so that they are whole numbers: the squared length, or 1 where
    /// the stretch ends where it began. In a window of at most 12 288 units a product stays below 10¹⁷.
    scale: i64,
}

impl Chord {
    fn new(a: TilePoint, b: TilePoint) -> Self {
        let along = (b.x - a.x, b.y - a.y);
        Self { a, b, along, scale: (along.0 * along.0 + along.1 * along.1).max(1) }
    }

    /// How far a point lies from the chord: squared and scaled.
    #[inline]
    fn scaled_squared_distance(&self, point: TilePoint) -> i64 {
        let from_a = (point.x - self.a.x, point.y - self.a.y);
        let ahead = self.along.0 * from_a.0 + self.along.1 * from_a.1;
        if ahead <= 0 {
            (from_a.0 * from_a.0 + from_a.1 * from_a.1) * self.scale
        } else if ahead >= self.scale {
            let from_b = (point.x - self.b.x, point.y - self.b.y);
            (from_b.0 * from_b.0 + from_b.1 * from_b.1) * self.scale
        } else {
            let aside = self.along.0 * from_a.1 - self.along.1 * from_a.0;
            aside * aside
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn simplified(points: &[(i64, i64)]) -> Vec<(i64, i64)> {
        let mut line = points.iter().map(|&(x, y)| TilePoint { x, y }).collect();
        simplify(&mut line, &mut vec![], &mut vec![]);
        line.into_iter().map(|point| (point.x, point.y)).collect()
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
