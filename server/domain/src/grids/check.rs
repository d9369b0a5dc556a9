//! Whether areas tile the area above them: exactly, without any tolerance.
//!
//! **The rule.** Cut every edge of every outline wherever a corner of any outline lies exactly on it. Then every piece of border that a grid runs
//! along, with its ground on the left, is run along by exactly one other grid in the opposite direction, or it is a piece of the parent's own border
//! and the parent runs along it in the same direction; and every piece of the parent's border is run along by a grid.
//!
//! **Why that is all.** If the pieces cancel out so, then at each place the numbers of turns that the grids make around it add up to the number
//! that the parent makes: 1 inside, 0 outside. A grid whose rings do not cross, and whose holes lie inside, makes 1 or 0. So each place of the
//! parent lies in exactly one grid, and no other place in any. Both conditions are checked, and neither of them needs the other's outcome.

use crate::index::inside::{inside, turn};
use gridward_data::model::{
    place::{Bounds, Place},
    shape::{Outline, Polygon, Ring},
};
use rstar::{AABB, RTree, RTreeObject, primitives::GeomWithData};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// Something that keeps areas from tiling the one above them. Areas are named by their position in what was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A piece of a grid's border has nobody on its other side: a gap, an overlap, or ground outside the parent.
    #[error(
        "grid {grid}: the border from {from} to {to} is shared with no other grid and is not the parent's: move it onto the neighbour's"
    )]
    Loose {
        /// Which grid.
        grid: usize,
        /// Where the piece begins.
        from: Place,
        /// Where it ends.
        to: Place,
    },
    /// Two grids run along the same piece of border on the same side: both claim the ground on its left.
    #[error(
        "grids {one} and {other} overlap left of the border from {from} to {to}: give the ground to one of them"
    )]
    Overlap {
        /// The first of them.
        one: usize,
        /// The other.
        other: usize,
        /// Where the piece begins.
        from: Place,
        /// Where it ends.
        to: Place,
    },
    /// A piece of the parent's border along which no grid runs: ground that lies in no grid.
    #[error("no grid reaches the parent's border from {from} to {to}: there is ground in no grid")]
    Bare {
        /// Where the piece begins.
        from: Place,
        /// Where it ends.
        to: Place,
    },
    /// Two edges of one outline cross or lie on each other.
    #[error("grid {grid} crosses itself near {at}: mend its outline")]
    Crossed {
        /// Which grid.
        grid: usize,
        /// Where, or where one of the edges begins.
        at: Place,
    },
    /// The parent crosses itself, so that it is not clear what is to be tiled.
    #[error("the parent crosses itself near {at}: mend its outline first")]
    CrossedParent {
        /// Where.
        at: Place,
    },
    /// A hole that does not lie in the ground it is cut out of.
    #[error("grid {grid} has a hole at {at} that is not in its ground: drop it")]
    StrayHole {
        /// Which grid.
        grid: usize,
        /// A corner of the hole.
        at: Place,
    },
    /// A grid in several pieces.
    #[error("grid {grid} is in {pieces} pieces: make a grid of each, or join them")]
    Pieces {
        /// Which grid.
        grid: usize,
        /// How many.
        pieces: usize,
    },
}

/// Everything that keeps these areas from tiling their parent; empty when they do. In no area's favour: the order is that of the areas, then of the place.
/// O(n log n) in corners.
#[must_use]
pub fn check(grids: &[&Outline], parent: &Outline) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        crossing(parent).map(|at| Finding::CrossedParent { at }).into_iter().collect();
    for (number, grid) in grids.iter().enumerate() {
        if grid.polygons().len() > 1 {
            findings.push(Finding::Pieces { grid: number, pieces: grid.polygons().len() });
        }
        findings.extend(crossing(grid).map(|at| Finding::Crossed { grid: number, at }));
        findings.extend(stray_hole(grid).map(|at| Finding::StrayHole { grid: number, at }));
    }
    findings.extend(borders(grids, parent));
    findings
}

type Corners = RTree<[i64; 2]>;

fn point(place: Place) -> [i64; 2] {
    [i64::from(place.lon_e7()), i64::from(place.lat_e7())]
}

fn rings(outline: &Outline) -> impl Iterator<Item = &Ring> {
    outline.polygons().iter().flat_map(Polygon::rings)
}

/// The edges of an outline with their ground on the left, cut at every corner that lies exactly on them.
fn pieces<'a>(outline: &'a Outline, corners: &'a Corners) -> impl Iterator<Item = (Place, Place)> + 'a {
    rings(outline).flat_map(|ring| ring.places().windows(2)).flat_map(|edge| {
        let (from, to) = (edge[0], edge[1]);
        let near = corners.locate_in_envelope_intersecting(&AABB::from_corners(point(from), point(to)));
        let place = |corner: &[i64; 2]| {
            Place::from_e7(corner[0] as i32, corner[1] as i32).expect("a corner is a place")
        };
        let mut on: Vec<Place> = near.map(place).filter(|place| turn(from, to, *place) == 0).collect();
        // All lie on one straight edge, so their order is that of their coordinates.
        on.sort_unstable();
        if from > to {
            on.reverse();
        }
        on.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    })
}

/// Who runs along a piece of border: from its smaller end, and back.
#[derive(Default)]
struct Runners {
    along: Vec<usize>,
    back: Vec<usize>,
    parent_along: usize,
    parent_back: usize,
}

fn borders(grids: &[&Outline], parent: &Outline) -> Vec<Finding> {
    let all: BTreeSet<[i64; 2]> =
        grids.iter().copied().chain([parent]).flat_map(Outline::places).map(point).collect();
    let corners = Corners::bulk_load(all.into_iter().collect());
    let mut runners: BTreeMap<(Place, Place), Runners> = BTreeMap::new();
    for (number, grid) in grids.iter().enumerate() {
        for (from, to) in pieces(grid, &corners) {
            let runners = runners.entry((from.min(to), from.max(to))).or_default();
            if from < to { runners.along.push(number) } else { runners.back.push(number) }
        }
    }
    for (from, to) in pieces(parent, &corners) {
        let runners = runners.entry((from.min(to), from.max(to))).or_default();
        if from < to { runners.parent_along += 1 } else { runners.parent_back += 1 }
    }
    runners.into_iter().flat_map(|((low, high), runners)| judged(low, high, &runners)).collect()
}

/// What is wrong with one piece of border.
fn judged(low: Place, high: Place, runners: &Runners) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (side, from, to) in [(&runners.along, low, high), (&runners.back, high, low)] {
        if let [one, other, ..] = side[..] {
            findings.push(Finding::Overlap { one, other, from, to });
        }
    }
    // The parent's border counts as a neighbour: where the parent runs along, the outside runs back.
    let along = runners.along.len() + runners.parent_back;
    let back = runners.back.len() + runners.parent_along;
    if along != back && findings.is_empty() {
        let (fuller, from, to) =
            if along > back { (&runners.along, low, high) } else { (&runners.back, high, low) };
        findings.push(match fuller.first() {
            Some(grid) => Finding::Loose { grid: *grid, from, to },
            None => Finding::Bare { from: to, to: from },
        });
    }
    findings
}

/// A piece of ring, with its number among the outline's edges.
type Edge = GeomWithData<Segment, usize>;

/// An edge as a box.
struct Segment(Place, Place);

impl RTreeObject for Segment {
    type Envelope = AABB<[i64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(point(self.0), point(self.1))
    }
}

/// Where an outline crosses itself or runs along itself: the first such place. Rings may touch.
fn crossing(outline: &Outline) -> Option<Place> {
    let edges = rings(outline).flat_map(|ring| ring.places().windows(2)).enumerate();
    let tree =
        RTree::bulk_load(edges.map(|(number, edge)| Edge::new(Segment(edge[0], edge[1]), number)).collect());
    let mut found: Vec<Place> = Vec::new();
    for edge in &tree {
        let near = tree.locate_in_envelope_intersecting(&edge.envelope());
        let others = near.filter(|other| other.data > edge.data && cross(edge.geom(), other.geom()));
        found.extend(others.map(|_| edge.geom().0));
    }
    // Edges that do not cross between their corners may still cross in one.
    let corners =
        Corners::bulk_load(outline.places().map(point).collect::<BTreeSet<_>>().into_iter().collect());
    let mut ways: BTreeMap<Place, Vec<(Place, bool)>> = BTreeMap::new();
    for (from, to) in pieces(outline, &corners) {
        ways.entry(from).or_default().push((to, true));
        ways.entry(to).or_default().push((from, false));
    }
    found.extend(ways.into_iter().filter(|(at, ways)| !alternate(*at, ways)).map(|(at, _)| at));
    found.into_iter().min()
}

/// Whether two edges cross in the middle of both.
fn cross(one: &Segment, other: &Segment) -> bool {
    let sides = |edge: &Segment, of: &Segment| {
        turn(edge.0, edge.1, of.0).signum() * turn(edge.0, edge.1, of.1).signum()
    };
    sides(one, other) < 0 && sides(other, one) < 0
}

/// Whether the ways around a corner alternate between those that leave and those that come, so that ground and no ground alternate too.
fn alternate(at: Place, ways: &[(Place, bool)]) -> bool {
    let mut ways = ways.to_vec();
    ways.sort_unstable_by(|a, b| around(at, a.0, b.0));
    let next = ways.iter().cycle().skip(1);
    ways.iter().zip(next).all(|(way, next)| way.1 != next.1 && around(at, way.0, next.0).is_ne())
}

/// The order of two places around a third, counter-clockwise from due east.
fn around(at: Place, a: Place, b: Place) -> Ordering {
    let southern = |to: Place| (to.lat_e7(), to.lon_e7()) < (at.lat_e7(), at.lon_e7());
    southern(a).cmp(&southern(b)).then_with(|| 0.cmp(&turn(at, a, b)))
}

/// A corner of a hole that lies outside the exterior it is cut out of, or in another hole of it.
fn stray_hole(outline: &Outline) -> Option<Place> {
    outline.polygons().iter().find_map(|polygon| {
        let filled = |ring: &Ring| Outline::new(vec![Polygon::new(ring.clone(), Vec::new())]).ok();
        let around = filled(&polygon.exterior)?;
        let stray = |(number, hole): (usize, &Ring)| {
            let others = polygon.holes.iter().enumerate().filter(|(other, _)| *other != number);
            let beside: Vec<&Ring> = others.map(|(_, other)| other).collect();
            // A corner on another ring says nothing: rings may touch.
            let touching = |place: &Place| {
                beside.iter().copied().chain([&polygon.exterior]).any(|ring| on(ring, *place))
            };
            let telling = *hole.places().iter().find(|place| !touching(place))?;
            let in_hole =
                beside.iter().any(|other| filled(other).is_some_and(|other| inside(&other, telling)));
            (in_hole || !inside(&around, telling)).then_some(telling)
        };
        polygon.holes.iter().enumerate().find_map(stray)
    })
}

/// Whether a place lies exactly on a ring.
fn on(ring: &Ring, place: Place) -> bool {
    let bounds = |edge: &[Place]| Bounds::of(edge[0]).joined(Bounds::of(edge[1]));
    ring.places().windows(2).any(|edge| bounds(edge).contains(place) && turn(edge[0], edge[1], place) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(i32, i32)]) -> Ring {
        let closed = corners.iter().chain(&corners[..1]);
        Ring::new(closed.map(|&(lon, lat)| Place::from_e7(lon, lat).expect("on the Earth")).collect())
            .expect("a ring")
    }

    fn outline(corners: &[(i32, i32)]) -> Outline {
        Outline::new(vec![Polygon::new(ring(corners), vec![])]).expect("an outline")
    }

    fn with_holes(corners: &[(i32, i32)], holes: &[&[(i32, i32)]]) -> Outline {
        let holes = holes.iter().map(|hole| ring(hole)).collect();
        Outline::new(vec![Polygon::new(ring(corners), holes)]).expect("an outline")
    }

    const SQUARE: [(i32, i32); 4] = [(0, 0), (10, 0), (10, 10), (0, 10)];
    const WEST: [(i32, i32); 4] = [(0, 0), (5, 0), (5, 10), (0, 10)];
    const EAST: [(i32, i32); 4] = [(5, 0), (10, 0), (10, 10), (5, 10)];

    #[test]
    fn halves_tile_their_square_and_so_does_the_square_itself() {
        assert_eq!(check(&[&outline(&WEST), &outline(&EAST)], &outline(&SQUARE)), []);
        assert_eq!(check(&[&outline(&SQUARE)], &outline(&SQUARE)), []);
    }

    #[test]
    fn a_corner_exactly_on_a_neighbours_edge_is_no_gap_and_one_beside_it_is() {
        let north_east = outline(&[(5, 4), (10, 4), (10, 10), (5, 10)]);
        let south_east = outline(&[(5, 0), (10, 0), (10, 4), (5, 4)]);
        assert_eq!(check(&[&outline(&WEST), &north_east, &south_east], &outline(&SQUARE)), []);
        let beside = outline(&[(5, 0), (10, 0), (10, 4), (6, 4)]);
        let findings = check(&[&outline(&WEST), &north_east, &beside], &outline(&SQUARE));
        assert!(findings.iter().any(|finding| matches!(finding, Finding::Loose { .. })), "{findings:?}");
    }

    #[test]
    fn a_missing_grid_leaves_its_neighbour_loose_and_the_parent_bare() {
        let findings = check(&[&outline(&WEST)], &outline(&SQUARE));
        assert!(findings.iter().any(|finding| matches!(finding, Finding::Loose { grid: 0, .. })));
        assert!(findings.iter().any(|finding| matches!(finding, Finding::Bare { .. })));
    }

    #[test]
    fn the_same_grid_twice_overlaps() {
        let findings = check(&[&outline(&WEST), &outline(&EAST), &outline(&EAST)], &outline(&SQUARE));
        assert!(
            findings.iter().any(|finding| matches!(finding, Finding::Overlap { one: 1, other: 2, .. })),
            "{findings:?}"
        );
    }

    #[test]
    fn a_grid_that_sticks_out_is_loose() {
        let wide = outline(&[(5, 0), (11, 0), (11, 10), (5, 10)]);
        assert!(!check(&[&outline(&WEST), &wide], &outline(&SQUARE)).is_empty());
    }

    #[test]
    fn a_bow_crosses_itself_in_the_middle_of_its_edges_and_also_in_a_corner() {
        let crossed = |corners| check(&[&outline(corners)], &outline(corners));
        let bow = crossed(&[(0, 0), (10, 10), (10, 0), (0, 12)]);
        assert!(bow.iter().any(|finding| matches!(finding, Finding::Crossed { grid: 0, .. })), "{bow:?}");
        // Through the corner 5, 5, which both lobes have.
        let knot = crossed(&[(0, 0), (5, 5), (10, 10), (10, 0), (5, 5), (0, 12)]);
        assert!(knot.iter().any(|finding| matches!(finding, Finding::Crossed { grid: 0, .. })), "{knot:?}");
    }

    #[test]
    fn a_hole_that_touches_the_outer_ring_is_no_crossing_and_its_filling_tiles() {
        let hole = [(0, 5), (5, 3), (5, 7)];
        let holed = with_holes(&SQUARE, &[&hole]);
        assert_eq!(check(&[&holed, &outline(&hole)], &outline(&SQUARE)), []);
    }

    #[test]
    fn holes_outside_and_in_other_holes_are_stray() {
        let stray = |holes: &[&[(i32, i32)]]| {
            let grid = with_holes(&SQUARE, holes);
            check(&[&grid], &grid).iter().any(|finding| matches!(finding, Finding::StrayHole { .. }))
        };
        assert!(stray(&[&[(20, 20), (22, 20), (22, 22)]]));
        assert!(stray(&[&[(1, 1), (8, 1), (8, 8)], &[(4, 2), (7, 2), (7, 4)]]));
        assert!(!stray(&[&[(1, 1), (3, 1), (3, 3)], &[(5, 5), (7, 5), (7, 7)]]));
    }
}
