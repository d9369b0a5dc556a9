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

/// Cuts a line and hands on every point that is left; `begin` starts a new piece, `go` carries on.
/// A piece may be a single point where the line only touches the window.
///
/// O(n) for n points.
pub(crate) fn clip_line(line: &[TilePoint], window: &Window, mut draw: impl FnMut(Pen)) {
    let mut pen_at = None;
    for ends in line.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let Some((enters, leaves)) = clip_segment(from, to, window) else {
            pen_at = None;
            continue;
        };
        if pen_at != Some(enters) {
            draw(Pen::Begin(enters));
        }
        draw(Pen::Go(leaves));
        // Where the line leaves, the piece ends, even if it comes back at the same unit.
        pen_at = (leaves == to).then_some(to);
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
