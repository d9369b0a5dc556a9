//! How one gets there: the roads as a graph, for each way of going.
//!
//! ```text
//! streets ─► segments ─┬─► graph (one for each mode, reversed) ─► outward ─► who is near, by time
//! restrictions ────────┘        ▲                                    └─────► route: one way, told in words
//! compounds ─► walls ─► snap ───┘ place → point of a segment
//! closures, the hour ─► conditions: which gates let whom through now
//! ```
//!
//! A *segment* is a stretch of a street without a choice: cut where streets meet and where a barrier stands. People, targets and answers lie on
//! segments as (segment, centimetres from its beginning). Times are whole deciseconds, so that sums and ties mean the same to everybody who
//! reckons them.
//!
//! The graph never changes: a change of the streets builds the next one aside. What changes by the hour lies over it
//! ([`Conditions`]).

pub mod closures;
pub mod conditions;
pub mod estimate;
mod graph;
mod landmarks;
pub mod outward;
mod restrictions;
pub mod route;
mod segments;
pub mod snap;
mod speeds;
mod told;
mod towards;
mod walls;
mod way;

pub use conditions::Conditions;
pub use estimate::Estimate;
pub use outward::{Outward, Reached, Scratch};
pub use route::{Leg, Route, RouteFault, Turn};
pub use snap::{Snap, SnapFault};
pub use way::Way;

use estimate::Detours;
use graph::Graph;
use gridward_data::model::{
    id::CompoundId,
    local::LocalFrame,
    place::Place,
    road::{Mode, Restriction, Street},
    shape::Outline,
};
use segments::Segments;
use snap::Pieces;
use walls::Walls;

/// No segment, node, gate or compound.
const NONE: u32 = u32::MAX;

/// The roads of a city. Never changes; share it.
#[derive(Debug)]
pub struct Roads {
    frame: LocalFrame,
    segments: Segments,
    walls: Walls,
    pieces: Pieces,
    /// Speeds and arcs, in the order of [`Mode::ALL`].
    graphs: [Graph; Mode::ALL.len()],
    detours: Detours,
    version: u64,
}

impl Roads {
    /// The roads of some streets, restricted turns, and compounds with their outlines. What of a restriction cannot be found on the
    /// streets, or is told so that more than one turn could be meant, binds nobody. O(n log n); some 430 bytes for
    /// each segment, with its corners.
    #[must_use]
    pub fn build<'a>(
        streets: impl IntoIterator<Item = &'a Street>,
        restrictions: impl IntoIterator<Item = &'a Restriction>,
        compounds: impl IntoIterator<Item = (CompoundId, &'a Outline)>,
        frame: &LocalFrame,
    ) -> Self {
        let mut segments = Segments::cut(streets, frame);
        let walls = Walls::around(compounds, &mut segments, frame);
        let turns = restrictions::forbidden(restrictions, &segments);
        let points = segments.node_points(frame);
        let graphs = Mode::ALL.map(|mode| Graph::new(mode, &segments, &turns, &points));
        let pieces = Pieces::of(&segments, frame);
        let detours = Detours::over(&segments, frame);
        let version = segments.digest() ^ walls.digest().rotate_left(17) ^ turns.digest().rotate_left(31);
        Self { frame: frame.clone(), segments, walls, pieces, graphs, detours, version }
    }

    /// How many segments there are: their numbers are 0 to one less.
    #[must_use]
    pub const fn segment_count(&self) -> usize {
        self.segments.rows.len()
    }
    /// How many nodes the segments meet at.
    #[must_use]
    pub const fn node_count(&self) -> usize {
        self.segments.node_count as usize
    }
    /// Which roads these are: equal for equal streets, restrictions and compounds.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }
    /// The bytes that the graph takes, without what the allocator adds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let graphs: usize = self.graphs.iter().map(Graph::bytes).sum();
        graphs + self.segments.bytes() + self.pieces.bytes() + self.walls.bytes()
    }

    /// How long a segment is, centimetres.
    #[must_use]
    pub fn length_cm(&self, segment: u32) -> u32 {
        self.segments.length_cm(segment)
    }
    /// The place on a segment, so many centimetres from its beginning; its end where that is farther.
    #[must_use]
    pub fn place_on(&self, segment: u32, offset_cm: u32) -> Place {
        self.segments.place_on(segment, offset_cm)
    }

    /// How long somebody at an offset of a reached segment still goes on it, deciseconds; `None` for somebody who is past the point up to which the
    /// segment was reached.
    #[must_use]
    pub fn rest_ds(&self, mode: Mode, reached: &Reached, offset_cm: u32) -> Option<u32> {
        let rest_cm = if reached.forward {
            reached.until_cm.checked_sub(offset_cm)?
        } else {
            offset_cm.checked_sub(reached.until_cm)?
        };
        Some(self.graph(mode).cost_ds(segments::directed(reached.segment, reached.forward), rest_cm))
    }

    const fn graph(&self, mode: Mode) -> &Graph {
        &self.graphs[mode as usize]
    }
}
