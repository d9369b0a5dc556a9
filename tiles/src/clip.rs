//! What of a shape lies in the window of a tile?
//!
//! Rings are cut by Sutherland and Hodgman (1974, "Reentrant polygon clipping"), one edge of the window after the
//! other; a ring that enters several times stays one ring, joined along the edge of the buffer, which is never
//! seen. Lines are cut by Cohen and Sutherland (Newman and Sproull 1973) and fall into pieces.
//!
//! A crossing is computed exactly and rounded once, half up, from the edge as it is and not from where it
//! begins: two neighbours that walk a shared edge in opposite directions are cut at the same unit.

use crate::window::{Reach, TilePoint, Window};

/// Cuts a ring (open or closed) in place. `spare` is scratch. Fewer than three points may be left.
///
/// O(n) for n points; only the edges of the window that the ring crosses cost anything.
pub(crate) fn clip_ring(
    ring: &mut Vec<TilePoint>,
    spare: &mut Vec<TilePoint>,
    window: &Window,
    reach: &Reach,
) {
    let (first, last) = (window.first, window.last);
    if reach.least.x < first {
        cut(ring, spare, |point| point.x >= first, |a, b| crossing_x(a, b, first));
    }
    if reach.most.x > last {
        cut(ring, spare, |point| point.x <= last, |a, b| crossing_x(a, b, last));
    }
    if reach.least.y < first {
        cut(ring, spare, |point| point.y >= first, |a, b| crossing_y(a, b, first));
    }
    if reach.most.y > last {
        cut(ring, spare, |point| point.y <= last, |a, b| crossing_y(a, b, last));
    }
}

/// Keeps one side of a line.
fn cut(
    ring: &mut Vec<TilePoint>,
    spare: &mut Vec<TilePoint>,
    keeps: impl Fn(TilePoint) -> bool,
    crossing: impl Fn(TilePoint, TilePoint) -> TilePoint,
) {
    spare.clear();
    let Some(&last) = ring.last() else { return };
    let mut before = last;
    let mut before_is_kept = keeps(before);
    for &point in ring.iter() {
        let is_kept = keeps(point);
        if is_kept != before_is_kept {
            spare.push(crossing(before, point));
        }
        if is_kept {
            spare.push(point);
        }
        (before, before_is_kept) = (point, is_kept);
    }
    std::mem::swap(ring, spare);
}

/// Cuts a line and draws what is left. A piece ends where the line leaves the window, unless it comes back at the
/// same unit; where it only touches the window, the pen goes nowhere.
///
/// O(n) for n points.
pub(crate) fn clip_line(line: &[TilePoint], window: &Window, mut draw: impl FnMut(Pen)) {
    let mut pen_at = None;
    for ends in line.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let Some((enters, leaves)) = clip_segment(from, to, window) else { continue };
        if pen_at != Some(enters) {
            draw(Pen::Begin(enters));
        }
        draw(Pen::Go(leaves));
        pen_at = Some(leaves);
    }
}

/// A step of drawing a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pen {
    /// A new piece begins here.
    Begin(TilePoint),
    /// The piece goes on to here.
    Go(TilePoint),
}

/// What of a straight line lies in the window, in the same direction.
fn clip_segment(from: TilePoint, to: TilePoint, window: &Window) -> Option<(TilePoint, TilePoint)> {
    let outside = |point: TilePoint, other: TilePoint| {
        point.x.max(other.x) < window.first
            || point.y.max(other.y) < window.first
            || point.x.min(other.x) > window.last
            || point.y.min(other.y) > window.last
    };
    let pulled_in = |end: TilePoint| {
        let mut end = end;
        // Each axis moves the end once at most. An end that is still outside after both belongs to a line
        // that passes a corner without entering.
        if let Some(edge) = edge_passed(end.x, window) {
            end = if from.x == to.x { return None } else { crossing_x(from, to, edge) };
        }
        if let Some(edge) = edge_passed(end.y, window) {
            end = if from.y == to.y { return None } else { crossing_y(from, to, edge) };
        }
        window.holds(end).then_some(end)
    };
    if outside(from, to) { None } else { Some((pulled_in(from)?, pulled_in(to)?)) }
}

/// The edge of the window beyond which a place lies, along one axis.
fn edge_passed(along: i64, window: &Window) -> Option<i64> {
    if along < window.first { Some(window.first) } else { (along > window.last).then_some(window.last) }
}

/// Where the line through `a` and `b` meets the vertical at `x`.
fn crossing_x(a: TilePoint, b: TilePoint, x: i64) -> TilePoint {
    TilePoint { x, y: a.y + rounded_share(b.y - a.y, x - a.x, b.x - a.x) }
}

/// Where the line through `a` and `b` meets the horizontal at `y`.
fn crossing_y(a: TilePoint, b: TilePoint, y: i64) -> TilePoint {
    TilePoint { x: a.x + rounded_share(b.x - a.x, y - a.y, b.y - a.y), y }
}

/// `rise × part / whole`, to the nearest whole number, halves up. `whole` is not zero.
fn rounded_share(rise: i64, part: i64, whole: i64) -> i64 {
    let (part, whole) = if whole < 0 { (-part, -whole) } else { (part, whole) };
    match rise.checked_mul(2 * part).and_then(|doubled| doubled.checked_add(whole)) {
        Some(doubled) => doubled.div_euclid(2 * whole),
        // Only for shapes of the size of a continent at the deepest zooms.
        None => (i128::from(rise) * i128::from(2 * part) + i128::from(whole))
            .div_euclid(i128::from(2 * whole)) as i64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{clean, doubled_area};
    use proptest::prelude::*;

    fn window() -> Window {
        Window::new("3/4/4".parse().unwrap(), 64)
    }

    fn at(x: i64, y: i64) -> TilePoint {
        TilePoint { x, y }
    }

    fn reach_of(points: &[TilePoint]) -> Reach {
        let along = |axis: fn(&TilePoint) -> i64| {
            (points.iter().map(axis).min().unwrap(), points.iter().map(axis).max().unwrap())
        };
        let ((west, east), (north, south)) = (along(|point| point.x), along(|point| point.y));
        Reach { least: at(west, north), most: at(east, south) }
    }

    fn clipped(mut ring: Vec<TilePoint>) -> Vec<TilePoint> {
        let reach = reach_of(&ring);
        clip_ring(&mut ring, &mut Vec::new(), &window(), &reach);
        clean(&mut ring);
        ring
    }

    fn pieces(line: &[TilePoint]) -> Vec<Vec<TilePoint>> {
        let mut pieces: Vec<Vec<TilePoint>> = Vec::new();
        clip_line(line, &window(), |pen| match pen {
            Pen::Begin(point) => pieces.push(vec![point]),
            Pen::Go(point) => pieces.last_mut().unwrap().push(point),
        });
        pieces
    }

    #[test]
    fn a_ring_around_the_window_becomes_the_window() {
        let around = vec![at(-9000, -9000), at(9000, -9000), at(9000, 9000), at(-9000, 9000)];
        assert_eq!(doubled_area(&clipped(around)), 2 * 4224 * 4224);
    }

    #[test]
    fn a_ring_that_goes_round_a_corner_outside_leaves_nothing() {
        assert_eq!(clipped(vec![at(-500, 2000), at(-500, -500), at(2000, -500), at(-400, -400)]), []);
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two_pieces() {
        let line = [at(100, 100), at(100, -500), at(200, -500), at(200, 100)];
        let wanted = [vec![at(100, 100), at(100, -64)], vec![at(200, -64), at(200, 100)]];
        assert_eq!(pieces(&line), wanted);
    }

    #[test]
    fn a_line_right_through_is_one_piece_from_edge_to_edge() {
        assert_eq!(pieces(&[at(-9000, 7), at(9000, 7)]), [vec![at(-64, 7), at(4160, 7)]]);
        assert_eq!(pieces(&[at(9000, 9000), at(-9000, -9000)]), [vec![at(4160, 4160), at(-64, -64)]]);
    }

    #[test]
    fn a_line_that_passes_a_corner_is_no_piece() {
        assert_eq!(pieces(&[at(-1000, 500), at(500, -1000)]), Vec::<Vec<TilePoint>>::new());
    }

    #[test]
    fn the_longest_line_at_the_deepest_zoom_is_cut_where_it_should_be() {
        let far = 1_i64 << 34;
        assert_eq!(pieces(&[at(-far, -far), at(far, far)]), [vec![at(-64, -64), at(4160, 4160)]]);
        assert_eq!(pieces(&[at(-far, far + 10), at(far, 10 - far)]), [vec![at(-64, 74), at(74, -64)]]);
    }

    proptest! {
        #[test]
        fn an_edge_is_cut_at_the_same_unit_whichever_way_it_is_walked(
            a in (-20_000_i64..20_000, -20_000_i64..20_000), b in (-20_000_i64..20_000, -20_000_i64..20_000),
            line in -20_000_i64..20_000,
        ) {
            let (a, b) = (at(a.0, a.1), at(b.0, b.1));
            if a.x != b.x {
                prop_assert_eq!(crossing_x(a, b, line), crossing_x(b, a, line));
            }
            if a.y != b.y {
                prop_assert_eq!(crossing_y(a, b, line), crossing_y(b, a, line));
            }
            let mut back = pieces(&[b, a]);
            for piece in &mut back {
                piece.reverse();
            }
            prop_assert_eq!(pieces(&[a, b]), back);
        }

        /// Oracle: what it means to be the nearest whole number, halves up: r ≤ share + ½ < r + 1.
        #[test]
        fn a_share_is_rounded_to_the_nearest_however_long_the_edge(
            rise in -(1_i64 << 36)..(1_i64 << 36), thousandths in 0_i64..=1000,
            whole in (-(1_i64 << 36)..(1_i64 << 36)).prop_filter("no division by zero", |whole| *whole != 0),
            shorter_bits in 0..36,
        ) {
            let rise = rise >> shorter_bits;
            let part = whole / 1000 * thousandths;
            let is = i128::from(rounded_share(rise, part, whole));
            let sign = i128::from(whole.signum());
            let (over, under) = (sign * i128::from(rise) * i128::from(part), sign * i128::from(whole));
            prop_assert!(2 * is * under <= 2 * over + under && 2 * over + under < 2 * (is + 1) * under);
        }
    }
}
