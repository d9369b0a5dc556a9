//! A search that is drawn towards some segments: where few are looked for, most of the roads need not be seen.
//!
//! A label is taken up by its time and the least time that is still ahead of it (Hart, Nilsson and Raphael 1968). What is ahead is bounded from below
//! by the straight distance to the nearest end of a segment that is looked for, at the best pace of any arc between its two ends as they
//! lie: by the triangle inequality no label promises more than it keeps, so that the first time told is the earliest, to the decisecond, however
//! times were rounded. Where an arc costs nothing the bound is 0, and the search is Dijkstra's.

use super::{Roads, graph::Graph};
use gridward_data::model::{local::Metric, road::Mode};

/// What a bound loses to the last bits of straight distances.
const CAREFUL: f64 = 1.0 - 1e-9;

/// What is looked for, and how fast one can come nearer to it.
#[derive(Debug)]
pub(super) struct Goal {
    /// The ends of the segments.
    ends: Vec<Metric>,
    /// Deciseconds a metre, at the least.
    pace_ds: f64,
}

impl Goal {
    /// To get to one of these segments, going in a mode.
    pub(super) fn of(roads: &Roads, mode: Mode, segments: &[u32]) -> Self {
        let nodes = segments.iter().flat_map(|segment| roads.segments.rows[*segment as usize].nodes);
        let ends = nodes.map(|node| roads.nodes[node as usize]).collect();
        Self { ends, pace_ds: roads.graph(mode).pace_ds() }
    }

    /// The least time from a point to an end of a segment that is looked for, deciseconds, rounded down.
    pub(super) fn ahead_ds(&self, point: Metric) -> u32 {
        let nearest_m = self.ends.iter().map(|end| end.distance(point)).fold(f64::INFINITY, f64::min);
        if nearest_m.is_finite() { (nearest_m * self.pace_ds) as u32 } else { 0 }
    }
}

/// The best pace of the arcs of a graph, deciseconds a metre between their ends; 0 where one arc costs nothing.
pub(super) fn best_pace_ds(graph: &Graph, nodes: &[Metric]) -> f64 {
    let paces = graph.ends().filter_map(|(from, to, cost_ds)| {
        let straight_m = nodes[from as usize].distance(nodes[to as usize]);
        (straight_m > 0.0).then(|| f64::from(cost_ds) / straight_m)
    });
    let best = paces.fold(f64::INFINITY, f64::min);
    if best.is_finite() { best * CAREFUL } else { 0.0 }
}
