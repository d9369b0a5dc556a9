//! A search that is drawn towards some segments: where few are looked for, most of the roads need not be seen.
//!
//! A label is taken up by its time and the least time that is still ahead of it (Hart, Nilsson and Raphael 1968), bounded by landmarks. No label
//! promises more than it keeps, and none more than its successors: the first time that is told is the earliest, to the decisecond.

use super::{
    Roads,
    landmarks::{Ends, Landmarks},
};
use gridward_data::model::road::Mode;

/// What is looked for: one of these, whichever is the earliest.
#[derive(Debug)]
pub(super) struct Goal<'a> {
    landmarks: &'a Landmarks,
    /// With what bounds the time from there.
    segments: Vec<(u32, Ends)>,
}

impl<'a> Goal<'a> {
    /// To get to one of these segments, going in a mode.
    pub(super) fn of(roads: &'a Roads, mode: Mode, segments: &[u32]) -> Self {
        let graph = roads.graph(mode);
        let landmarks = graph.landmarks();
        let ends = |segment: &u32| {
            let nodes = roads.segments.rows[*segment as usize].nodes;
            (*segment, landmarks.ends(nodes.into_iter().flat_map(|node| graph.states_of(node))))
        };
        Self { landmarks, segments: segments.iter().map(ends).collect() }
    }

    /// Whether a segment is looked for.
    pub(super) fn contains(&self, segment: u32) -> bool {
        self.segments.iter().any(|(its, _)| *its == segment)
    }

    /// The least time from a segment that is looked for to a state, deciseconds; 0 where nothing is looked for.
    pub(super) fn ahead_ds(&self, state: u32) -> u32 {
        self.segments.iter().map(|(_, ends)| self.landmarks.ahead_ds(ends, state)).min().unwrap_or(0)
    }
}
