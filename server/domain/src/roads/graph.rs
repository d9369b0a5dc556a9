//! The roads for one mode, in compressed rows, against the direction of travel.
//!
//! Searches run over *states*. A state is a node together with what is forbidden there by the turns already chosen: nearly all nodes are one
//! state. Where a restricted turn ends, the node has a second state for those who come to it through that turn, from which the forbidden way
//! is missing (splitting of nodes; Geisberger and Vetter 2011 do the same in their hierarchies).

use super::{
    NONE,
    landmarks::Landmarks,
    restrictions::Forbidden,
    segments::{Segments, directed},
    speeds::time_ds,
};
use gridward_data::model::{local::Metric, road::Mode};
use std::collections::BTreeMap;

/// The arcs of a mode by the state in which they end.
#[derive(Debug)]
pub(super) struct Graph {
    /// Where the arcs into each state begin; one more than states.
    first: Vec<u32>,
    arcs: Vec<Arc>,
    /// By directed segment: the state at its beginning for who goes nowhere else beyond it; [`NONE`] where one may not go.
    starts: Vec<u32>,
    /// By directed segment, centimetres a second.
    speeds: Vec<u16>,
    /// The nodes of the states beyond those that are nodes themselves.
    split: Vec<u32>,
    node_count: u32,
    landmarks: Landmarks,
}

/// A segment taken in the direction of travel, seen from its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    /// Twice the segment, and one more against its direction.
    pub(super) directed: u32,
    /// The state at its beginning.
    pub(super) from: u32,
    /// The time along all of it, deciseconds.
    pub(super) cost_ds: u32,
    /// Where it ends for who goes this way, centimetres from its beginning: its length, or 0 against its direction. With it and the next a search
    /// touches the segment itself only where there is a gate.
    pub(super) until_cm: u32,
    /// Whether there is a gate at one of its ends.
    pub(super) gated: bool,
}

/// How far each forbidden turn has been followed back from its end: pairs of turn and number of arcs, ascending.
type Followed = Vec<(u32, u32)>;

impl Graph {
    pub(super) fn new(mode: Mode, segments: &Segments, forbidden: &Forbidden, points: &[Metric]) -> Self {
        let speed = |segment: u32| segments.street_of(segment).speeds[mode as usize];
        let speeds: Vec<u16> = (0..segments.rows.len() as u32).flat_map(speed).collect();
        let nothing = Forbidden::default();
        // Turns are forbidden to vehicles that keep to the carriageway.
        let forbidden = if mode == Mode::Car { forbidden } else { &nothing };
        let mut found = States::new(segments, forbidden);
        let incoming = Incoming::new(segments, &speeds);
        let starts = vec![NONE; speeds.len()];
        let node_count = segments.node_count;
        let mut new = Self {
            first: vec![0],
            arcs: Vec::new(),
            starts,
            speeds,
            split: Vec::new(),
            node_count,
            landmarks: Landmarks::default(),
        };
        let mut at = 0;
        while at < found.rows.len() {
            let (node, so_far) = found.rows[at].clone();
            for &directed in incoming.of(node) {
                let Some(next) = forbidden.follow(&so_far, directed) else { continue };
                let from = found.number(tail(segments, directed), next);
                let length_cm = segments.length_cm(directed / 2);
                let cost_ds = new.cost_ds(directed, length_cm);
                let until_cm = if directed.is_multiple_of(2) { length_cm } else { 0 };
                let gated = segments.rows[directed as usize / 2].gates != [NONE; 2];
                new.arcs.push(Arc { directed, from, cost_ds, until_cm, gated });
            }
            new.first.push(new.arcs.len() as u32);
            at += 1;
        }
        new.split = found.rows[node_count as usize..].iter().map(|(node, _)| *node).collect();
        for directed in 0..new.starts.len() as u32 {
            if new.speeds[directed as usize] > 0
                && let Some(next) = forbidden.follow(&[], directed)
            {
                new.starts[directed as usize] = found.known(tail(segments, directed), next).unwrap_or(NONE);
            }
        }
        new.landmarks = Landmarks::of(&new, points);
        new
    }

    /// Bounds of the times between states.
    pub(super) const fn landmarks(&self) -> &Landmarks {
        &self.landmarks
    }
    /// The states of a node: itself, and those within a restricted turn.
    pub(super) fn states_of(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let split = self.split.iter().zip(self.node_count..);
        std::iter::once(node).chain(split.filter(move |(its, _)| **its == node).map(|(_, state)| state))
    }

    /// The arcs that end in a state.
    pub(super) fn into(&self, state: u32) -> std::ops::Range<u32> {
        self.first[state as usize]..self.first[state as usize + 1]
    }
    pub(super) fn arc(&self, at: u32) -> Arc {
        self.arcs[at as usize]
    }
    pub(super) const fn state_count(&self) -> usize {
        self.first.len() - 1
    }
    /// The state at the beginning of a segment taken in a direction; `None` where one may not go.
    pub(super) fn start(&self, directed: u32) -> Option<u32> {
        Some(self.starts[directed as usize]).filter(|state| *state != NONE)
    }
    /// Whether one may go along a segment, in one direction at least.
    pub(super) fn allows(&self, segment: u32) -> bool {
        self.speeds[directed(segment, true) as usize] > 0
            || self.speeds[directed(segment, false) as usize] > 0
    }
    /// The time along a part of a segment, deciseconds.
    pub(super) fn cost_ds(&self, directed: u32, length_cm: u32) -> u32 {
        match self.speeds[directed as usize] {
            0 => NONE,
            speed_cm_s => time_ds(length_cm, speed_cm_s),
        }
    }
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.first)
            + size_of_val(&*self.arcs)
            + size_of_val(&*self.starts)
            + size_of_val(&*self.speeds)
            + size_of_val(&*self.split)
            + self.landmarks.bytes()
    }
}

/// The node at the beginning of a segment taken in a direction.
fn tail(segments: &Segments, directed: u32) -> u32 {
    segments.rows[directed as usize / 2].nodes[directed as usize % 2]
}

/// Directed segments by the node in which they end.
struct Incoming {
    first: Vec<u32>,
    directed: Vec<u32>,
}

impl Incoming {
    fn new(segments: &Segments, speeds: &[u16]) -> Self {
        let head = |directed: u32| segments.rows[directed as usize / 2].nodes[1 - directed as usize % 2];
        let mut arcs: Vec<(u32, u32)> = (0..speeds.len() as u32)
            .filter(|directed| speeds[*directed as usize] > 0)
            .map(|directed| (head(directed), directed))
            .collect();
        arcs.sort_unstable();
        let mut first = vec![0; segments.node_count as usize + 1];
        for (node, _) in &arcs {
            first[*node as usize + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        Self { first, directed: arcs.into_iter().map(|(_, directed)| directed).collect() }
    }
    fn of(&self, node: u32) -> &[u32] {
        &self.directed[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}

/// States as they are found: first the nodes as they are, then those within a restricted turn.
struct States {
    rows: Vec<(u32, Followed)>,
    numbers: BTreeMap<(u32, Followed), u32>,
}

impl States {
    fn new(segments: &Segments, forbidden: &Forbidden) -> Self {
        let plain = (0..segments.node_count).map(|node| (node, Followed::new()));
        let mut new = Self { rows: plain.collect(), numbers: BTreeMap::new() };
        // Also those from which only a way that ends within the turn comes.
        for (directed, followed) in forbidden.endings() {
            new.number(tail(segments, directed), followed);
        }
        new
    }
    fn known(&self, node: u32, followed: Followed) -> Option<u32> {
        if followed.is_empty() {
            return Some(node);
        }
        self.numbers.get(&(node, followed)).copied()
    }
    fn number(&mut self, node: u32, followed: Followed) -> u32 {
        if let Some(known) = self.known(node, followed.clone()) {
            return known;
        }
        let number = self.rows.len() as u32;
        self.rows.push((node, followed.clone()));
        self.numbers.insert((node, followed), number);
        number
    }
}
