//! How long it takes at the least between two states: by the times to and from some landmarks (ALT; Goldberg and Harrelson 2005).
//!
//! Whoever goes from one state to another and on to a landmark is there no earlier than by the best way: so the time between the two is at least the
//! difference of their times to it, and likewise of their times from it. The times are those with every gate and street open; what is closed
//! makes ways longer, and the bound stays one. Times are whole, so that no rounding can make it promise too much.

use super::{NONE, graph::Graph};
use gridward_data::model::local::Metric;
use std::{cmp::Reverse, collections::BinaryHeap};

/// So many landmarks at most: their times for a state fill one line of the cache. Half as many let a search see twice as much; twice as many halve
/// the slowest once more, for 16 MB in 100,000 segments.
const COUNT: usize = 8;
/// So many nodes are tried for a middle from which much can be reached.
const TRIED: usize = 16;

/// More than any time: there is no way.
const NEVER: i32 = i32::MAX;
/// No way is taken to be longer: three years.
const LONGEST: i32 = NEVER / 2;

/// Of a state, deciseconds: its times to the landmarks, negative, then its times from them; [`NEVER`] where there is no way. Written so, every bound
/// is a difference of two rows, place by place, and none overflows.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Row([i32; 2 * COUNT]);

/// The rows of all states.
#[derive(Debug, Default)]
pub(super) struct Landmarks(Vec<Row>);

/// What bounds the time from some states: the ends of a segment that is looked for.
#[derive(Debug)]
pub(super) struct Ends(Row);

impl Landmarks {
    /// Reckons the times. `points` are the nodes. O(landmarks · n log n).
    pub(super) fn of(graph: &Graph, points: &[Metric]) -> Self {
        let (into, out) = (Arcs::into(graph), Arcs::out(graph));
        let mut rows = vec![Row([0; 2 * COUNT]); graph.state_count()];
        for (nth, landmark) in around(points, &into).into_iter().enumerate() {
            for ((row, to), from) in rows.iter_mut().zip(into.times(landmark)).zip(out.times(landmark)) {
                row.0[nth] = -to;
                row.0[COUNT + nth] = from;
            }
        }
        Self(rows)
    }

    /// What bounds the time from any of some states: the least of their times to a landmark, the greatest of those from it.
    pub(super) fn ends(&self, states: impl IntoIterator<Item = u32>) -> Ends {
        let rows = states.into_iter().map(|state| self.0[state as usize]);
        let greatest = |mut ends: Row, row: Row| {
            for (end, its) in ends.0.iter_mut().zip(row.0) {
                *end = (*end).max(its);
            }
            ends
        };
        Ends(rows.reduce(greatest).unwrap_or(Row([NEVER; 2 * COUNT])))
    }

    /// The least time from the ends to a state, deciseconds; [`NONE`] where there surely is no way: a landmark is reached from the state and not from the
    /// ends, or the ends from it and not the state.
    #[inline]
    pub(super) fn ahead_ds(&self, ends: &Ends, state: u32) -> u32 {
        let bounds = self.0[state as usize].0.iter().zip(&ends.0.0).map(|(its, end)| its - end);
        match bounds.fold(0, i32::max) {
            bound if bound > LONGEST => NONE,
            bound => bound as u32,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// The landmarks: around the middle of the nodes, in each of [`COUNT`] directions with equally many nodes the farthest from there. A landmark bounds well
/// what lies on the way to it; chosen far from each other alone, most would be in the far villages and none around the city.
fn around(points: &[Metric], into: &Arcs) -> Vec<u32> {
    let mut nodes: Vec<u32> = (0..points.len() as u32).filter(|node| !into.of(*node).is_empty()).collect();
    let place = |node: &u32| points[*node as usize];
    let middle = Metric {
        x: median(nodes.iter().map(|node| place(node).x)),
        y: median(nodes.iter().map(|node| place(node).y)),
    };
    nodes.sort_by_cached_key(|node| (place(node).distance(middle) * 1e3) as u64);
    let times = times_to_most(&nodes, into);
    nodes.retain(|node| times[*node as usize] != NEVER);
    let direction = |point: Metric| (point.y - middle.y).atan2(point.x - middle.x);
    nodes.sort_by_cached_key(|node| (direction(place(node)) * 1e9) as i64);
    let farthest = |nodes: &[u32]| nodes.iter().copied().max_by_key(|node| times[*node as usize]);
    nodes.chunks(nodes.len().div_ceil(COUNT).max(1)).filter_map(farthest).collect()
}

/// The times to the first node that can be reached from most; to that which can be reached from the most of those tried, where there is none.
fn times_to_most(nodes: &[u32], into: &Arcs) -> Vec<i32> {
    let (mut best, mut most) = (vec![], 0);
    for node in nodes.iter().take(TRIED) {
        let times = into.times(*node);
        let reached = times.iter().filter(|time| **time != NEVER).count();
        if reached > most {
            (best, most) = (times, reached);
        }
        if most > nodes.len() / 2 {
            break;
        }
    }
    best
}

/// The number in the middle; 0 of none.
fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

/// The arcs of a graph in one direction: for each state, where one gets from it and for how much.
struct Arcs {
    first: Vec<u32>,
    arcs: Vec<(u32, i32)>,
}

impl Arcs {
    /// Against the direction of travel.
    fn into(graph: &Graph) -> Self {
        Self::sorted(graph, |from, to| (to, from))
    }
    /// In the direction of travel.
    fn out(graph: &Graph) -> Self {
        Self::sorted(graph, |from, to| (from, to))
    }

    fn sorted(graph: &Graph, turned: impl Fn(u32, u32) -> (u32, u32)) -> Self {
        let states = graph.state_count() as u32;
        let arcs = (0..states).flat_map(|to| graph.into(to).map(move |at| (to, graph.arc(at))));
        let mut all: Vec<(u32, u32, i32)> = arcs
            .map(|(to, arc)| {
                let (here, there) = turned(arc.from, to);
                (here, there, i32::try_from(arc.cost_ds).unwrap_or(LONGEST))
            })
            .collect();
        all.sort_unstable();
        let first = (0..=states).map(|state| all.partition_point(|(here, ..)| *here < state) as u32);
        let first = first.collect();
        Self { first, arcs: all.into_iter().map(|(_, there, cost_ds)| (there, cost_ds)).collect() }
    }

    /// Where one gets from a state.
    fn of(&self, state: u32) -> &[(u32, i32)] {
        &self.arcs[self.first[state as usize] as usize..self.first[state as usize + 1] as usize]
    }

    /// The least times from a state, by Dijkstra's search.
    fn times(&self, start: u32) -> Vec<i32> {
        let mut times = vec![NEVER; self.first.len() - 1];
        let mut heap = BinaryHeap::from([Reverse((0, start))]);
        times[start as usize] = 0;
        while let Some(Reverse((time, here))) = heap.pop() {
            if time > times[here as usize] {
                continue;
            }
            for (there, cost_ds) in self.of(here) {
                let then = time.saturating_add(*cost_ds).min(LONGEST);
                if then < times[*there as usize] {
                    times[*there as usize] = then;
                    heap.push(Reverse((then, *there)));
                }
            }
        }
        times
    }
}
