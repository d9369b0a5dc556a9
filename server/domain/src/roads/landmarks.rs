//! How long it takes at the least between two states: by the times to and from some landmarks (ALT; Goldberg and Harrelson 2005).
//!
//! Whoever goes from one state to another and on to a landmark is there no earlier than by the best way: so the time between the two is at least the
//! difference of their times to it, and likewise of their times from it. The times are those with every gate and street open; what is closed
//! makes ways longer, and the bound stays one. Times are whole, so that no rounding can make it promise too much.

use super::{NONE, graph::Graph};
use std::{cmp::Reverse, collections::BinaryHeap};

/// So many landmarks at most, each with two times for every state. Twice as many bound the way of a car closer and no other; a row of four stays within
/// one line of the cache.
const COUNT: usize = 4;
/// So many states are tried for one from which much can be reached.
const TRIED: usize = 8;

/// More than any time: there is no way.
const NEVER: i32 = i32::MAX;
/// No way is taken to be longer: three years.
const LONGEST: i32 = NEVER / 2;

/// Of a state, deciseconds: its times to the landmarks, negative, then its times from them; [`NEVER`] where there is no way. Written so, every bound
/// is a difference of two rows, place by place, and none overflows.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Row([i32; 2 * COUNT]);

/// The rows of all states.
#[derive(Debug, Default)]
pub(super) struct Landmarks(Vec<Row>);

/// What bounds the time from some states: the ends of a segment that is looked for.
#[derive(Debug)]
pub(super) struct Ends(Row);

impl Landmarks {
    /// Chooses landmarks far from each other, and reckons the times. O(landmarks · n log n).
    pub(super) fn of(graph: &Graph) -> Self {
        let states = graph.state_count();
        let (into, out) = (Arcs::into(graph), Arcs::out(graph));
        let mut rows = vec![Row([0; 2 * COUNT]); states];
        let reach = |state: u32| into.times(state).into_iter().filter(|time| *time != NEVER).count();
        let tried = (0..TRIED.min(states)).map(|nth| (nth * states / TRIED.min(states)) as u32);
        let Some(start) = tried.max_by_key(|state| (reach(*state), Reverse(*state))) else {
            return Self(rows);
        };
        // How far each state is from the nearest landmark so far; the first landmark is far from where one began.
        let mut apart = into.times(start);
        for nth in 0..COUNT {
            let far = apart.iter().enumerate().filter(|(_, time)| **time != NEVER);
            let Some((next, _)) = far.max_by_key(|(state, time)| (**time, Reverse(*state))) else { break };
            let (to, from) = (into.times(next as u32), out.times(next as u32));
            for state in 0..states {
                rows[state].0[nth] = -to[state];
                rows[state].0[COUNT + nth] = from[state];
                if apart[state] != NEVER {
                    apart[state] = if nth == 0 { to[state] } else { apart[state].min(to[state]) };
                }
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
        let mut ends = rows.reduce(greatest).unwrap_or(Row([NEVER; 2 * COUNT]));
        // Whence no landmark can be reached, nothing is known.
        for to in ends.0[..COUNT].iter_mut().filter(|to| **to == -NEVER) {
            *to = 0;
        }
        Ends(ends)
    }

    /// The least time from the ends to a state, deciseconds; [`NONE`] where there surely is no way.
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

    /// The least times from a state, by Dijkstra's search.
    fn times(&self, start: u32) -> Vec<i32> {
        let mut times = vec![NEVER; self.first.len() - 1];
        let mut heap = BinaryHeap::from([Reverse((0, start))]);
        times[start as usize] = 0;
        while let Some(Reverse((time, here))) = heap.pop() {
            if time > times[here as usize] {
                continue;
            }
            let arcs = self.first[here as usize] as usize..self.first[here as usize + 1] as usize;
            for (there, cost_ds) in &self.arcs[arcs] {
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
