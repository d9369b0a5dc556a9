//! What makes a ring fit to draw?
//!
//! After rounding and cutting, a ring may repeat points or run out and back on the same line. Neither shows,
//! but readers of vector tiles are promised neither. Only such points are removed: no vertex between two areas
//! is ever simplified away, so areas that shared a border share it still, unit for unit, at every zoom.

use crate::window::TilePoint;

/// Twice the area by the surveyor's formula; positive where the ring runs clockwise on the screen, as an
/// exterior must (Mapbox Vector Tile Specification 2.1, §4.3.4.4). The ring may be closed or open.
///
/// For points within a window, where nothing can overflow.
pub(crate) fn doubled_area(ring: &[TilePoint]) -> i64 {
    let Some(&last) = ring.last() else { return 0 };
    let mut before = last;
    let mut sum = 0;
    for &point in ring {
        sum += before.x * point.y - point.x * before.y;
        before = point;
    }
    sum
}

/// Removes repeated points, the closing point and every tip where the ring turns back on itself. What is left
/// has the same area; fewer than three points are none.
///
/// O(n): each point is put down once and taken up at most once.
pub(crate) fn clean(ring: &mut Vec<TilePoint>) {
    let mut kept = 0;
    for next in 0..ring.len() {
        let point = ring[next];
        while kept > 0 && is_idle(&ring[..kept], point) {
            kept -= 1;
        }
        ring[kept] = point;
        kept += 1;
    }
    ring.truncate(kept);
    // The seam: the same, seen across the first point.
    let mut first = 0;
    while ring.len() - first >= 3 {
        let (open, last) = (&ring[first..], ring.len() - 1);
        if is_idle(open, open[0]) {
            ring.truncate(last);
        } else if turns_back(ring[last], open[0], open[1]) {
            first += 1;
        } else {
            break;
        }
    }
    if ring.len() - first < 3 {
        ring.clear();
    } else if first > 0 {
        ring.drain(..first);
    }
}

/// Whether the last point of a path says nothing once `next` follows: it is the same, or a tip.
fn is_idle(path: &[TilePoint], next: TilePoint) -> bool {
    match path {
        [.., last] if *last == next => true,
        [.., before, last] => turns_back(*before, *last, next),
        _ => false,
    }
}

/// Whether the way `a`, `b`, `c` turns round on the spot at `b`.
fn turns_back(a: TilePoint, b: TilePoint, c: TilePoint) -> bool {
    let (there, back) = ((b.x - a.x, b.y - a.y), (c.x - b.x, c.y - b.y));
    there.0 * back.1 == there.1 * back.0 && there.0 * back.0 + there.1 * back.1 < 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring(points: &[(i64, i64)]) -> Vec<TilePoint> {
        points.iter().map(|&(x, y)| TilePoint { x, y }).collect()
    }

    fn cleaned(points: &[(i64, i64)]) -> Vec<TilePoint> {
        let mut cleaned = ring(points);
        clean(&mut cleaned);
        cleaned
    }

    #[test]
    fn clockwise_on_the_screen_is_positive() {
        assert_eq!(doubled_area(&ring(&[(0, 0), (2, 0), (2, 2), (0, 2)])), 8);
        assert_eq!(doubled_area(&ring(&[(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)])), -8);
        assert_eq!(doubled_area(&[]), 0);
    }

    #[test]
    fn repeats_tips_and_the_closing_point_go() {
        let square = ring(&[(0, 0), (4, 0), (4, 4), (0, 4)]);
        assert_eq!(cleaned(&[(0, 0), (4, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), square);
        assert_eq!(cleaned(&[(0, 0), (4, 0), (4, 9), (4, 4), (0, 4)]), square);
        assert_eq!(cleaned(&[(0, 0), (4, 0), (9, 0), (12, 0), (9, 0), (4, 0), (4, 4), (0, 4)]), square);
        assert_eq!(cleaned(&[(0, -3), (0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), square);
    }

    #[test]
    fn what_has_no_inside_is_nothing() {
        for flat in [
            &[][..],
            &[(1, 1)],
            &[(0, 0), (5, 5)],
            &[(0, 0), (5, 5), (2, 2)],
            &[(0, 0), (1, 1), (0, 0), (3, 1)],
        ] {
            assert_eq!(cleaned(flat), [], "{flat:?}");
        }
    }

    #[test]
    fn a_point_on_a_straight_border_stays_for_the_neighbour_that_ends_there() {
        let with_joint = [(0, 0), (2, 0), (4, 0), (4, 4), (0, 4)];
        assert_eq!(cleaned(&with_joint), ring(&with_joint));
    }

    proptest! {
        #[test]
        fn cleaning_keeps_the_area_and_leaves_nothing_to_clean(
            points in prop::collection::vec((0_i64..4, 0_i64..4), 0..14)
        ) {
            let is = cleaned(&points);
            prop_assert_eq!(doubled_area(&is), doubled_area(&ring(&points)));
            prop_assert!(is.is_empty() || is.len() >= 3);
            for i in 0..is.len() {
                let (before, after) = (is[(i + is.len() - 1) % is.len()], is[(i + 1) % is.len()]);
                prop_assert!(is[i] != after && !turns_back(before, is[i], after));
            }
        }
    }
}
