//! How the ways of a multipolygon become polygons.
//!
//! Roles are not needed, and often wrong. The lines of all members are taken as one drawing; what is drawn twice cancels out, also where
//! two lines share a piece only; inside is what is separated from the far outside by an odd number of lines. Every line is turned so
//! that the inside is on its left. Where several rings touch, the way goes on along the same piece of the inside, and what comes back
//! to a place it has passed is cut off as a ring: so every ring passes a place once, those that run counter-clockwise are exteriors,
//! the others are holes.
//!
//! For n nodes O(n log n) where lines are short, as they are mapped, and no rings touch; O(n) more for each line between two places at
//! which they do. All decisions are exact.

use super::element::{Elements, Way};
use crate::{
    import::{
        ground::{holds, lies_on, ring},
        outcome::{Reason, Record},
    },
    model::{
        place::Place,
        shape::{Polygon, Ring},
    },
};
use std::collections::HashMap;

/// What is wrong, and where if it is known.
pub(super) type Broken = (Reason, Option<Place>);

/// The polygons that the lines of these ways enclose. They are not checked for lines that cross without a node.
pub(super) fn assemble<'a>(
    ways: impl Iterator<Item = &'a Way>,
    elements: &Elements,
) -> Result<Vec<Polygon>, Broken> {
    let drawing = Drawing::of(ways, elements)?;
    let rings = drawing.rings()?;
    let mut exteriors: Vec<(Ring, Vec<Ring>)> = Vec::new();
    let mut holes = Vec::new();
    for places in rings {
        let at = places.first().copied();
        let ring = ring(places).map_err(|reason| (reason, at))?;
        if ring.twice_area_e14() > 0 { exteriors.push((ring, Vec::new())) } else { holes.push(ring) }
    }
    // The smallest first: a hole belongs to the smallest exterior around it.
    exteriors.sort_by_key(|(ring, _)| ring.twice_area_e14());
    for hole in holes {
        let around =
            |(ring, _): &&mut (Ring, Vec<Ring>)| hole.places().iter().all(|&place| holds(ring, place));
        match exteriors.iter_mut().find(around) {
            Some((_, inside)) => inside.push(hole),
            None => return Err((Reason::Misfit("a hole lies outside".to_owned()), Some(hole.places()[0]))),
        }
    }
    // The order of the outcome is that of the places, whatever the order of the members.
    let mut polygons: Vec<Polygon> = exteriors
        .into_iter()
        .map(|(ring, mut inside)| {
            inside.sort_by_key(|hole| hole.places().iter().min().copied());
            Polygon::new(ring, inside)
        })
        .collect();
    polygons.sort_by_key(|polygon| polygon.exterior.places().iter().min().copied());
    Ok(polygons)
}

/// The lines between two nodes of all ways; those that are drawn an even number of times cancel out.
fn drawn_lines<'a>(ways: impl Iterator<Item = &'a Way>) -> Vec<(i64, i64)> {
    let lines = ways.flat_map(|way| way.nodes.windows(2)).filter(|pair| pair[0] != pair[1]);
    odd(lines.map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1]))).collect())
}

fn odd<T: Ord + Copy>(mut lines: Vec<T>) -> Vec<T> {
    lines.sort_unstable();
    lines.chunk_by(|a, b| a == b).filter(|same| same.len() % 2 == 1).map(|same| same[0]).collect()
}

/// Every node has an even number of lines, or a ring is open there. Nodes on the same place are not the same: a gap that cannot be seen
/// is a gap.
fn check_closed(lines: &[(i64, i64)], elements: &Elements) -> Result<(), Broken> {
    let ends = odd(lines.iter().flat_map(|&(a, b)| [a, b]).collect());
    let Some((&from, others)) = ends.split_first() else { return Ok(()) };
    let start = elements.place_of(from);
    let off = |node: &&i64| {
        let (a, b) = (start?, elements.place_of(**node)?);
        let (lon, lat) =
            (i64::from(a.lon_e7()) - i64::from(b.lon_e7()), i64::from(a.lat_e7()) - i64::from(b.lat_e7()));
        Some(lon.abs() + lat.abs())
    };
    // The number of ends is even, so there is another one.
    let to = others.iter().min_by_key(off).copied().unwrap_or(from);
    Err((Reason::OpenRing { from, to }, start))
}

/// The lines between places, cut where the corner of another lies on them, so that what touches has a corner in common.
fn cut_at_corners(lines: &[(Place, Place)]) -> Vec<(Place, Place)> {
    let mut corners: Vec<Place> = lines.iter().flat_map(|&(a, b)| [a, b]).collect();
    corners.sort_unstable();
    corners.dedup();
    let mut cut = Vec::new();
    for &(a, b) in lines {
        // Places are ordered by longitude first: those on the line are a piece of the list, in the order of the line.
        let (first, last) = (a.min(b), a.max(b));
        let between = corners.partition_point(|&it| it < first)..corners.partition_point(|&it| it <= last);
        let on_line: Vec<Place> =
            corners[between].iter().copied().filter(|&it| lies_on([a, b], it)).collect();
        cut.extend(on_line.windows(2).map(|pair| (pair[0], pair[1])));
    }
    cut
}

/// Places, and the lines between them.
struct Drawing {
    places: Vec<Place>,
    /// Two places each, by index.
    lines: Vec<[usize; 2]>,
    /// The lines at each place.
    at: Vec<Vec<usize>>,
}

impl Drawing {
    fn of<'a>(ways: impl Iterator<Item = &'a Way>, elements: &Elements) -> Result<Self, Broken> {
        let drawn = drawn_lines(ways);
        let nodes = || drawn.iter().flat_map(|&(a, b)| [a, b]);
        let mut missing: Vec<i64> = nodes().filter(|&id| elements.rank(id).is_none()).collect();
        missing.sort_unstable();
        missing.dedup();
        if let Some(&first) = missing.first() {
            let missing = missing.len() as u64;
            return Err((Reason::Incomplete { missing, what: "nodes", first: Record::Node(first) }, None));
        }
        check_closed(&drawn, elements)?;
        let lines: Vec<(Place, Place)> = drawn
            .iter()
            .filter_map(|&(a, b)| Some((elements.place_of(a)?, elements.place_of(b)?)))
            .filter(|(a, b)| a != b)
            .collect();
        let lines = odd(cut_at_corners(&lines));
        if lines.is_empty() {
            return Err((Reason::NoRing, None));
        }
        let mut places: Vec<Place> = lines.iter().flat_map(|&(a, b)| [a, b]).collect();
        places.sort_unstable();
        places.dedup();
        let index = |place: Place| places.binary_search(&place).expect("every end of a line is listed");
        let lines: Vec<[usize; 2]> = lines.iter().map(|&(a, b)| [index(a), index(b)]).collect();
        let mut at = vec![Vec::new(); places.len()];
        for (number, ends) in lines.iter().enumerate() {
            for &end in ends {
                at[end].push(number);
            }
        }
        Ok(Self { places, lines, at })
    }

    /// The rings as closed lists of places, with the inside on the left.
    fn rings(&self) -> Result<Vec<Vec<Place>>, Broken> {
        let directed = self.directed();
        let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); self.places.len()];
        let mut balance = vec![0_i64; self.places.len()];
        for (line, &[from, to]) in directed.iter().enumerate() {
            leaving[from].push(line);
            balance[from] += 1;
            balance[to] -= 1;
        }
        if let Some(node) = balance.iter().position(|&balance| balance != 0) {
            let reason = Reason::Misfit("lines cross where there is no node".to_owned());
            return Err((reason, Some(self.places[node])));
        }
        let mut rings = Vec::new();
        for start in 0..self.lines.len() {
            let from = directed[start][0];
            if !leaving[from].contains(&start) {
                continue;
            }
            self.walk(start, &directed, &mut leaving, &mut rings);
        }
        Ok(rings)
    }

    /// Walks from a line until it is back, cutting off a ring whenever it passes a place again.
    fn walk(
        &self,
        start: usize,
        directed: &[[usize; 2]],
        leaving: &mut [Vec<usize>],
        rings: &mut Vec<Vec<Place>>,
    ) {
        let mut path = vec![directed[start][0]];
        let mut passed = HashMap::from([(directed[start][0], 0)]);
        let mut line = start;
        loop {
            let [from, to] = directed[line];
            leaving[from].retain(|&left| left != line);
            if let Some(&since) = passed.get(&to) {
                let mut ring: Vec<Place> = path[since..].iter().map(|&node| self.places[node]).collect();
                ring.push(self.places[to]);
                rings.push(ring);
                for node in path.drain(since + 1..) {
                    passed.remove(&node);
                }
            } else {
                passed.insert(to, path.len());
                path.push(to);
            }
            // As many lines leave a place as arrive: when none is left here, the walk is back where it began.
            let back = self.places[from];
            let next = leaving[to].iter().copied().reduce(|best, other| {
                let (a, b) = (self.places[directed[best][1]], self.places[directed[other][1]]);
                if is_before_clockwise(self.places[to], back, b, a) { other } else { best }
            });
            match next {
                Some(next) if path.len() > 1 => line = next,
                _ => return,
            }
        }
    }

    /// Every line, turned so that the inside is on its left.
    fn directed(&self) -> Vec<[usize; 2]> {
        let mut directed: Vec<Option<[usize; 2]>> = vec![None; self.lines.len()];
        for seed in 0..self.lines.len() {
            if directed[seed].is_some() {
                continue;
            }
            let [a, b] = self.lines[seed];
            let first = if self.inside_is_left(seed) { [a, b] } else { [b, a] };
            directed[seed] = Some(first);
            // The inside stays on the same side up to the next place where rings touch.
            let (mut line, mut end) = (seed, first[1]);
            while let Some((next, beyond)) =
                self.only_way_on(line, end).filter(|(next, _)| directed[*next].is_none())
            {
                directed[next] = Some([end, beyond]);
                (line, end) = (next, beyond);
            }
            let (mut line, mut end) = (seed, first[0]);
            while let Some((next, beyond)) =
                self.only_way_on(line, end).filter(|(next, _)| directed[*next].is_none())
            {
                directed[next] = Some([beyond, end]);
                (line, end) = (next, beyond);
            }
        }
        directed.into_iter().flatten().collect()
    }

    fn only_way_on(&self, line: usize, node: usize) -> Option<(usize, usize)> {
        let [a, b] = self.at[node][..] else { return None };
        let next = if a == line { b } else { a };
        let [from, to] = self.lines[next];
        Some((next, if from == node { to } else { from }))
    }

    /// Whether the inside is on the left of a line from its first to its second place: counts the lines that a ray from its middle to the
    /// north meets, or to the east where it runs north itself. Places are doubled, so that the middle is a whole number.
    fn inside_is_left(&self, line: usize) -> bool {
        let upright = {
            let [a, b] = self.lines[line].map(|node| self.places[node]);
            a.lon_e7() == b.lon_e7()
        };
        let doubled = |node: usize| {
            let (lon, lat) =
                (2 * i128::from(self.places[node].lon_e7()), 2 * i128::from(self.places[node].lat_e7()));
            if upright { (lat, lon) } else { (lon, lat) }
        };
        let [a, b] = self.lines[line].map(doubled);
        let middle = (i128::midpoint(a.0, b.0), i128::midpoint(a.1, b.1));
        let mut inside = false;
        for (number, ends) in self.lines.iter().enumerate() {
            let [p, q] = ends.map(doubled);
            if number == line || (p.0 <= middle.0) == (q.0 <= middle.0) {
                continue;
            }
            let (p, q) = if p.0 < q.0 { (p, q) } else { (q, p) };
            let turned = (q.0 - p.0) * (middle.1 - p.1) - (q.1 - p.1) * (middle.0 - p.0);
            inside ^= turned < 0;
        }
        // Beyond the line, in the direction of the ray, lies its left when it runs along the first axis; swapped axes mirror that.
        (inside == (b.0 > a.0)) != upright
    }
}

/// Whether, turning clockwise around `centre` from the direction of `back`, `a` comes before `b`. Exact.
fn is_before_clockwise(centre: Place, back: Place, a: Place, b: Place) -> bool {
    let direction = |to: Place| {
        (
            i128::from(to.lon_e7()) - i128::from(centre.lon_e7()),
            i128::from(to.lat_e7()) - i128::from(centre.lat_e7()),
        )
    };
    let cross = |u: (i128, i128), v: (i128, i128)| u.0 * v.1 - u.1 * v.0;
    let (back, a, b) = (direction(back), direction(a), direction(b));
    let half = |u: (i128, i128)| match cross(back, u) {
        right if right < 0 => 0,
        0 if back.0 * u.0 + back.1 * u.1 < 0 => 1,
        0 => 3,
        _ => 2,
    };
    match half(a).cmp(&half(b)) {
        std::cmp::Ordering::Equal => cross(a, b) < 0,
        order => order.is_lt(),
    }
}
