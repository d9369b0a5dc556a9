//! The outlines of sets of triangles: along shared edges, to the unit.
//!
//! A border runs wherever triangles of different grids meet. Each grid follows its own side of it, so two neighbours run along the same corners in
//! opposite directions. Where borders touch in one corner, a ring goes on along the ground that is *not* the grid's; then a hole that touches the
//! outer ring is a ring of its own, as GeoJSON wants it. A corner that lies exactly on a straight border of two grids, and is not the parent's own, is left out
//! by both.

use super::mesh::{Beyond, Mesh};
use crate::index::inside::turn;
use gridward_data::model::{
    place::Place,
    shape::{Outline, Polygon, Ring},
};
use std::{cmp::Ordering, collections::BTreeMap};

/// The outline of each grid. The sets must leave no triangle out; each must hang together by edges.
pub(crate) fn outlines(mesh: &Mesh, grids: &[Vec<u32>]) -> Vec<Outline> {
    let mut owners = vec![u32::MAX; mesh.triangles.len()];
    for (number, grid) in grids.iter().enumerate() {
        for triangle in grid {
            owners[*triangle as usize] = number as u32;
        }
    }
    let parts = |triangle: u32, beyond: &Beyond| {
        beyond.triangle().is_none_or(|other| owners[other as usize] != owners[triangle as usize])
    };
    // How many pieces of border meet in each corner: each counts once from both sides, and those of the parent twice.
    let mut borders = vec![0u8; mesh.places.len()];
    for (triangle, it) in mesh.triangles.iter().enumerate() {
        for (at, beyond) in it.beyond.iter().enumerate().filter(|(_, beyond)| parts(triangle as u32, beyond))
        {
            let sides = if *beyond == Beyond::Outside { 2 } else { 1 };
            for corner in [it.corners[at], it.corners[(at + 1) % 3]] {
                borders[corner as usize] = borders[corner as usize].saturating_add(sides);
            }
        }
    }
    let kept = |corner: u32| (corner as usize) < mesh.given || borders[corner as usize] != 4;
    let outline = |grid: &Vec<u32>| {
        let mut edges: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for triangle in grid {
            let it = &mesh.triangles[*triangle as usize];
            for (at, _) in it.beyond.iter().enumerate().filter(|(_, beyond)| parts(*triangle, beyond)) {
                edges.entry(it.corners[at]).or_default().push(it.corners[(at + 1) % 3]);
            }
        }
        assembled(mesh, rings(mesh, edges), kept)
    };
    grids.iter().map(outline).collect()
}

/// Follows the edges until each ring closes.
fn rings(mesh: &Mesh, mut edges: BTreeMap<u32, Vec<u32>>) -> Vec<Vec<u32>> {
    let mut rings = Vec::new();
    while let Some((start, first)) = edges.iter().find_map(|(from, to)| Some((*from, *to.first()?))) {
        let mut ring = vec![start];
        let (mut before, mut here) = (start, first);
        take(&mut edges, start, first);
        loop {
            if here == start && closes(mesh, &edges, before, start, first) {
                break;
            }
            ring.push(here);
            let next = next(mesh, &edges, before, here).expect("as many edges leave a corner as come to it");
            take(&mut edges, here, next);
            (before, here) = (here, next);
        }
        rings.push(ring);
    }
    rings
}

fn take(edges: &mut BTreeMap<u32, Vec<u32>>, from: u32, to: u32) {
    if let Some(ends) = edges.get_mut(&from) {
        ends.retain(|end| *end != to);
        if ends.is_empty() {
            edges.remove(&from);
        }
    }
}

/// Whether a ring that is back at its start closes there, or goes on along an edge that comes before its first one.
fn closes(mesh: &Mesh, edges: &BTreeMap<u32, Vec<u32>>, before: u32, start: u32, first: u32) -> bool {
    let rival = next(mesh, edges, before, start);
    rival.is_none_or(|rival| by_turn(mesh, start, before, first, rival) == Ordering::Less)
}

/// The edge that goes on from a corner along the same foreign ground: the first one counter-clockwise from the way back.
fn next(mesh: &Mesh, edges: &BTreeMap<u32, Vec<u32>>, before: u32, here: u32) -> Option<u32> {
    edges.get(&here)?.iter().copied().min_by(|a, b| by_turn(mesh, here, before, *a, *b))
}

/// Which of two ways from a corner comes first, counter-clockwise from the way back.
fn by_turn(mesh: &Mesh, here: u32, back: u32, a: u32, b: u32) -> Ordering {
    let place = |corner: u32| mesh.places[corner as usize];
    let (here, back, a, b) = (place(here), place(back), place(a), place(b));
    // 0: less than half a turn from the way back; 1: half a turn; 2: more.
    let half = |to: Place| match turn(here, back, to).cmp(&0) {
        Ordering::Greater => 0,
        Ordering::Equal => 1,
        Ordering::Less => 2,
    };
    half(a).cmp(&half(b)).then_with(|| 0.cmp(&turn(here, a, b)))
}

/// The rings as an outline: what runs counter-clockwise is ground, the others are its holes.
fn assembled(mesh: &Mesh, rings: Vec<Vec<u32>>, kept: impl Fn(u32) -> bool) -> Outline {
    let (mut exteriors, mut holes) = (Vec::new(), Vec::new());
    for corners in rings {
        let ring = Ring::new(places(mesh, &corners, &kept)).expect("triangles enclose ground");
        if ring.twice_area_e14() > 0 { exteriors.push(ring) } else { holes.push(ring) }
    }
    let mut exteriors = exteriors.into_iter();
    let exterior = exteriors.next().expect("a grid has at least one triangle");
    // Ground that hangs together by edges has one outer ring.
    debug_assert!(exteriors.next().is_none(), "a grid in two pieces");
    Outline::new(vec![Polygon::new(exterior, holes)]).expect("one polygon")
}

/// The places of a ring, closed, without those that lie on a straight border and are not to be kept.
fn places(mesh: &Mesh, corners: &[u32], kept: impl Fn(u32) -> bool) -> Vec<Place> {
    let place = |at: usize| mesh.places[corners[at % corners.len()] as usize];
    let count = corners.len();
    let mut places: Vec<Place> = (0..count)
        .filter(|at| kept(corners[*at]) || turn(place(at + count - 1), place(*at), place(at + 1)) != 0)
        .map(place)
        .collect();
    places.extend(places.first().copied());
    places
}
