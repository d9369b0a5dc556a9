//! How long it takes at the least between two states: by the times to and from some landmarks (ALT; Goldberg and Harrelson 2005).
//!
//! Whoever goes from one state to another and on to a landmark is there no earlier than by the best way: so the time between the two is at least the
//! difference of their times to it, and likewise of their times from it. The times are those with every gate and street open; what is closed
//! makes ways longer, and the bound stays one. Times are whole, so that no rounding can make it promise too much.

use super::{NONE, graph::Graph};
use std::{cmp::Reverse, collections::BinaryHeap};

/// So many landmarks at most: two times each for every state, one line of the cache together.
const COUNT: usize = 8;
/// So many states are tried for one from which much can be reached.
const TRIED: usize = 8;

/// The times of all states, in deciseconds: to the landmarks, then from them; [`NONE`] where there is no way.
#[derive(Debug, Default)]
pub(super) struct Landmarks(Vec<[u32; 2 * COUNT]>);

/// What bounds the time from some states: the ends of a segment that is looked for.
#[derive(Debug)]
pub(super) struct Ends([u32; 2 * COUNT]);

impl Landmarks {
    /// Chooses landmarks far from each other, and reckons the times. O(landmarks · n log n).
    pub(super) fn of(graph: &Graph) -> Self {
        let states = graph.state_count();
        let (into, out) = (Arcs::into(graph), Arcs::out(graph));
        let mut times = vec![[NONE; 2 * COUNT]; states];
        let reach = |state: u32| into.times(state).into_iter().filter(|time| *time != NONE).count();
        let tried = (0..TRIED.min(states)).map(|nth| (nth * states / TRIED.min(states)) as u32);
        let Some(start) = tried.max_by_key(|state| (reach(*state), Reverse(*state))) else {
            return Self(times);
        };
        // How far each state is from the nearest landmark so far; the first landmark is far from where one began.
        let mut apart = into.times(start);
        for nth in 0..COUNT {
            let far = apart.iter().enumerate().filter(|(_, time)| **time != NONE);
            let Some((next, _)) = far.max_by_key(|(state, time)| (**time, Reverse(*state))) else { break };
            let (to, from) = (into.times(next as u32), out.times(next as u32));
            for state in 0..states {
                times[state][nth] = to[state];
                times[state][COUNT + nth] = from[state];
                let known = if nth == 0 { NONE } else { apart[state] };
                apart[state] = if apart[state] == NONE { NONE } else { known.min(to[state]) };
            }
        }
        Self(times)
    }

    /// What bounds the time from any of some states: the least of their times to a landmark, the greatest of those from it.
    pub(super) fn ends(&self, states: impl IntoIterator<Item = u32>) -> Ends {
        let mut ends = [NONE; 2 * COUNT];
        ends[COUNT..].fill(0);
        for state in states {
            let its = &self.0[state as usize];
            for nth in 0..COUNT {
                ends[nth] = ends[nth].min(its[nth]);
                ends[COUNT + nth] = ends[COUNT + nth].max(its[COUNT + nth]);
            }
        }
        Ends(ends)
    }

    /// The least time from the ends to a state, deciseconds; [`NONE`] where there surely is no way.
    pub(super) fn ahead_ds(&self, ends: &Ends, state: u32) -> u32 {
        let (its, mut most) = (&self.0[state as usize], 0);
        for nth in 0..COUNT {
            let (end_to, end_from) = (ends.0[nth], ends.0[COUNT + nth]);
            let (to, from) = (its[nth], its[COUNT + nth]);
            if end_to != NONE && to != NONE {
                most = most.max(end_to.saturating_sub(to));
            }
            if end_from != NONE {
                most = most.max(if from == NONE { NONE } else { from.saturating_sub(end_from) });
            }
        }
        most
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// The arcs of a graph in one direction: for each state, where one gets from it and for how much.
struct Arcs {
    first: Vec<u32>,
    arcs: Vec<(u32, u32)>,
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
        let mut all: Vec<(u32, u32, u32)> = arcs
            .map(|(to, arc)| {
                let (here, there) = turned(arc.from, to);
                (here, there, arc.cost_ds)
            })
            .collect();
        all.sort_unstable();
        let first = (0..=states).map(|state| all.partition_point(|(here, ..)| *here < state) as u32);
        let first = first.collect();
        Self { first, arcs: all.into_iter().map(|(_, there, cost_ds)| (there, cost_ds)).collect() }
    }

    /// The least times from a state, by Dijkstra's search.
    fn times(&self, start: u32) -> Vec<u32> {
        let mut times = vec![NONE; self.first.len() - 1];
        let mut heap = BinaryHeap::from([Reverse((0, start))]);
        times[start as usize] = 0;
        while let Some(Reverse((time, here))) = heap.pop() {
            if time > times[here as usize] {
                continue;
            }
            let arcs = self.first[here as usize] as usize..self.first[here as usize + 1] as usize;
            for (there, cost_ds) in &self.arcs[arcs] {
                let then = time + cost_ds;
                if then < times[*there as usize] {
                    times[*there as usize] = then;
                    heap.push(Reverse((then, *there)));
                }
            }
        }
        times
    }
}
