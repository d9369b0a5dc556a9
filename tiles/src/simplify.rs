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
