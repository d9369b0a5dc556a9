//! From some places outwards: who could be there, in the order of time.
//!
//! Dijkstra's search from the targets against the direction of travel, one segment at a time, so that the caller can stop as soon as the answer is
//! certain and can run the searches of several modes side by side.
//!
//! Gates for residents make ways that not everybody may take. Each label says for whom it holds: for everybody, or for the people of one compound. A label
//! for some is dropped where everybody gets there as early. A way through residents' gates of two compounds is nobody's.

use super::{
    Conditions, NONE, Roads, conditions::Passage, graph::Graph, segments::directed, snap::Snap, towards::Goal,
};
use gridward_data::model::{id::CompoundId, road::Mode};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, binary_heap::PeekMut},
    ops::Range,
};

/// A segment that was reached: whoever stands on it, up to a point, can go on from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The segment.
    pub segment: u32,
    /// Whether one goes with its direction.
    pub forward: bool,
    /// From that point to the target, deciseconds.
    pub head_ds: u32,
    /// The point: its end, or where the target lies beside it; centimetres from its beginning.
    pub until_cm: u32,
    /// The compound whose people alone may take this way; `None`: everybody.
    pub residents_of: Option<CompoundId>,
    /// The label from which it was reached.
    pub(super) label: u32,
}

/// How early somebody at a state can be at the target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) ds: u32,
    /// [`NONE`]: the target itself, beside the segment `by`.
    state: u32,
    /// For whom it holds, as a row of the walls; [`NONE`] for everybody.
    residents: u32,
    /// The directed segment that one takes from here.
    pub(super) by: u32,
    /// Up to where one takes it.
    pub(super) until_cm: u32,
    /// The label at its end; of a target, the position of the target.
    pub(super) parent: u32,
    /// The next label of the same state.
    next: u32,
    settled: bool,
}

impl Label {
    pub(super) const fn is_target(&self) -> bool {
        self.state == NONE
    }
}

/// Room for a search: reused, so that a search allocates next to nothing. Belongs to no graph.
#[derive(Debug, Default)]
pub struct Scratch {
    /// By state: the search in which it was seen last, and its first label.
    seen: Vec<(u32, u32)>,
    pub(super) labels: Vec<Label>,
    /// Time above label, in one number: compared at once.
    heap: BinaryHeap<Reverse<u64>>,
    /// Whether the least of the heap is settled: what is pushed next takes its place, near the top where it mostly belongs.
    is_spent: bool,
    search: u32,
}

impl Scratch {
    fn begin(&mut self, states: usize) {
        self.labels.clear();
        self.heap.clear();
        self.is_spent = false;
        self.search = self.search.wrapping_add(1);
        if self.search == 0 {
            self.seen.clear();
            self.search = 1;
        }
        if self.seen.len() < states {
            self.seen.resize(states, (0, NONE));
        }
    }

    /// Offers a label, to be taken up by its time and what is still ahead. It is dropped where one as early and as wide is known; of equals the first
    /// stays.
    fn offer(&mut self, label: Label, ahead_ds: impl FnOnce() -> u32) {
        let seen = &mut self.seen[label.state as usize];
        if seen.0 != self.search {
            *seen = (self.search, NONE);
        }
        let (mut at, mut same) = (seen.1, None);
        while at != NONE {
            let known = &self.labels[at as usize];
            let as_wide = known.residents == NONE || known.residents == label.residents;
            if as_wide && known.ds <= label.ds {
                return;
            }
            if known.residents == label.residents {
                same = Some(at);
            }
            at = known.next;
        }
        // A later one of the same reach cannot be settled yet: times are settled in their order.
        let at = if let Some(at) = same {
            let known = &mut self.labels[at as usize];
            *known = Label { next: known.next, ..label };
            at
        } else {
            let at = self.labels.len() as u32;
            let first = std::mem::replace(&mut self.seen[label.state as usize].1, at);
            self.labels.push(Label { next: first, ..label });
            at
        };
        let ahead_ds = ahead_ds();
        if ahead_ds != NONE {
            self.push(entry(label.ds.saturating_add(ahead_ds), at));
        }
    }

    fn offer_target(&mut self, label: Label) {
        self.push(entry(label.ds, self.labels.len() as u32));
        self.labels.push(label);
    }

    /// The label with the least key that is not settled yet, and its key. A label that was made earlier meanwhile has the lesser key twice: the later
    /// one finds it settled.
    fn settle(&mut self) -> Option<(u32, u32)> {
        loop {
            let entry = self.least()?;
            self.is_spent = true;
            let (key_ds, at) = ((entry >> 32) as u32, entry as u32);
            let label = &mut self.labels[at as usize];
            if !label.settled {
                label.settled = true;
                return Some((at, key_ds));
            }
        }
    }

    fn push(&mut self, entry: u64) {
        if std::mem::take(&mut self.is_spent)
            && let Some(mut least) = self.heap.peek_mut()
        {
            *least = Reverse(entry);
        } else {
            self.heap.push(Reverse(entry));
        }
    }

    /// The least entry that is not spent.
    fn least(&mut self) -> Option<u64> {
        if std::mem::take(&mut self.is_spent)
            && let Some(spent) = self.heap.peek_mut()
        {
            PeekMut::pop(spent);
        }
        self.heap.peek().map(|Reverse(entry)| *entry)
    }
}

/// The entry of a label in the heap.
const fn entry(ds: u32, label: u32) -> u64 {
    (ds as u64) << 32 | label as u64
}

/// A search outwards, stopped between two steps.
#[derive(Debug)]
pub struct Outward<'a> {
    pub(super) roads: &'a Roads,
    graph: &'a Graph,
    mode: Mode,
    conditions: &'a Conditions,
    pub(super) scratch: &'a mut Scratch,
    pub(super) targets: Vec<Snap>,
    /// Whoever is called to a place in this compound passes its gates.
    welcome: u32,
    /// What the search is drawn towards.
    goal: Option<Goal<'a>>,
    /// The label whose arcs are being gone back along, its key, and the arcs still to come.
    current: u32,
    current_ds: u32,
    arcs: Range<u32>,
    /// The state to which one goes on from there: straight back to it there is nothing to find.
    onward: u32,
}

impl<'a> Outward<'a> {
    /// Begins at the targets: the doors of one building, say, of which the earliest reached counts. They were put on the roads for the same mode.
    pub fn start(
        roads: &'a Roads,
        mode: Mode,
        targets: &[Snap],
        conditions: &'a Conditions,
        scratch: &'a mut Scratch,
    ) -> Self {
        Self::begin(roads, mode, targets.to_vec(), conditions, scratch, None)
    }

    /// The same search anew, drawn towards whoever stands on some segments. It tells of these segments only, and in another order.
    #[must_use]
    pub fn towards(self, segments: &[u32]) -> Self {
        let goal = Goal::of(self.roads, self.mode, segments);
        Self::begin(self.roads, self.mode, self.targets, self.conditions, self.scratch, Some(goal))
    }

    fn begin(
        roads: &'a Roads,
        mode: Mode,
        targets: Vec<Snap>,
        conditions: &'a Conditions,
        scratch: &'a mut Scratch,
        goal: Option<Goal<'a>>,
    ) -> Self {
        let graph = roads.graph(mode);
        scratch.begin(graph.state_count());
        for (at, target) in targets.iter().enumerate() {
            for forward in [true, false] {
                let by = directed(target.segment, forward);
                if graph.start(by).is_some() {
                    scratch.offer_target(Label {
                        ds: target.away_ds,
                        state: NONE,
                        residents: NONE,
                        by,
                        until_cm: target.offset_cm,
                        parent: at as u32,
                        next: NONE,
                        settled: false,
                    });
                }
            }
        }
        let welcome = targets.first().map_or(NONE, |target| target.compound);
        let (current, current_ds, arcs, onward) = (NONE, 0, 0..0, NONE);
        Self {
            roads,
            graph,
            mode,
            conditions,
            scratch,
            targets,
            welcome,
            goal,
            current,
            current_ds,
            arcs,
            onward,
        }
    }

    /// The next segment, in the order of [`Reached::head_ds`]; `None` when everything was reached. A segment comes once for each direction and
    /// each group of people for whom there is an earlier way, but not against the direction in which it was just gone along; one on which a target lies
    /// comes up to the target, too.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Option<Reached> {
        self.next_within(u32::MAX)
    }

    /// The next segment; `None` as soon as [`Self::bound_ds`] is beyond a time.
    pub fn next_within(&mut self, until_ds: u32) -> Option<Reached> {
        while self.bound_ds()? <= until_ds {
            let reached = if let Some(at) = self.arcs.next() {
                self.back_along(at)
            } else {
                (self.current, self.current_ds) = self.scratch.settle()?;
                self.take_up(self.scratch.labels[self.current as usize])
            };
            let is_wanted =
                |reached: &Reached| self.goal.as_ref().is_none_or(|goal| goal.contains(reached.segment));
            if let Some(reached) = reached.filter(is_wanted) {
                return Some(reached);
            }
        }
        None
    }

    /// Begins with the arcs of a label. A target has none; it lies beside a segment.
    fn take_up(&mut self, label: Label) -> Option<Reached> {
        if label.is_target() {
            return Some(self.beside(label));
        }
        self.arcs = self.graph.into(label.state);
        self.onward = self.scratch.labels[label.parent as usize].state;
        None
    }

    /// Nothing that still comes can have an earlier [`Reached::head_ds`], or, of a search that is drawn, can let somebody who is looked for be there
    /// earlier; `None` when nothing comes.
    #[must_use]
    pub fn bound_ds(&mut self) -> Option<u32> {
        if !self.arcs.is_empty() {
            return Some(self.current_ds);
        }
        self.scratch.least().map(|entry| (entry >> 32) as u32)
    }

    /// A segment beside which a target lies.
    fn beside(&mut self, label: Label) -> Reached {
        let segment = label.by / 2;
        let forward = label.by.is_multiple_of(2);
        let row = &self.roads.segments.rows[segment as usize];
        let along_cm = if forward {
            label.until_cm
        } else {
            self.roads.length_cm(segment).saturating_sub(label.until_cm)
        };
        let residents = self.through(NONE, row.gates[usize::from(!forward)]);
        if let (Some(state), Some(residents)) = (self.graph.start(label.by), residents) {
            let ds = label.ds + self.graph.cost_ds(label.by, along_cm);
            let parent = self.current;
            self.offer(Label { ds, state, residents, parent, next: NONE, settled: false, ..label });
        }
        let (head_ds, until_cm) = (label.ds, label.until_cm);
        Reached { segment, forward, head_ds, until_cm, residents_of: None, label: self.current }
    }

    /// Back along one arc of the current label.
    fn back_along(&mut self, at: u32) -> Option<Reached> {
        let Label { ds: head_ds, residents: beyond, by, .. } = self.scratch.labels[self.current as usize];
        let arc = self.graph.arc(at);
        if arc.directed == by ^ 1 && arc.from == self.onward {
            return None;
        }
        let (segment, forward) = (arc.directed / 2, arc.directed.is_multiple_of(2));
        let gates = if arc.gated { self.roads.segments.rows[segment as usize].gates } else { [NONE; 2] };
        let until_cm = arc.until_cm;
        let residents = self.through(beyond, gates[usize::from(forward)])?;
        if !self.conditions.is_closed(segment)
            && let Some(residents) = self.through(residents, gates[usize::from(!forward)])
        {
            self.offer(Label {
                ds: head_ds + arc.cost_ds,
                state: arc.from,
                residents,
                by: arc.directed,
                until_cm,
                parent: self.current,
                next: NONE,
                settled: false,
            });
        }
        let residents_of = if residents == NONE { None } else { self.roads.walls.id(residents) };
        Some(Reached { segment, forward, head_ds, until_cm, residents_of, label: self.current })
    }

    /// Offers a label, with what is still ahead of it at the least.
    fn offer(&mut self, label: Label) {
        self.scratch.offer(label, || self.goal.as_ref().map_or(0, |goal| goal.ahead_ds(label.state)));
    }

    /// For whom a way holds on the other side of a gate; `None`: for nobody.
    #[inline]
    fn through(&self, residents: u32, gate: u32) -> Option<u32> {
        if gate == NONE {
            return Some(residents);
        }
        match self.conditions.passage(self.roads, gate, self.mode) {
            Passage::Everybody => Some(residents),
            Passage::Residents(row) if row == self.welcome || row == residents => Some(residents),
            Passage::Residents(row) if residents == NONE && self.roads.walls.id(row).is_some() => Some(row),
            Passage::Residents(_) | Passage::Nobody => None,
        }
    }
}
