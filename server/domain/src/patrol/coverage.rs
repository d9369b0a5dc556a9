//! What one patrol has covered: each piece and entrance certainly, possibly, or not proved; and by which fixes.
//!
//! A piece is covered for certain where the way passes it within the buffer even if both fixes are as far off as their accuracy says, and possibly
//! where it does so only if they are: `distance + accuracy <= buffer`, `distance - accuracy <= buffer`, with the distance of the piece's middle to
//! the straight leg and the worse accuracy of the leg's two ends. What is neither is not proved: nobody was "absent" there.

use super::{
    filter::{Leg, Track, Worth, filter},
    matching::as_measured,
    pieces::{Coverables, EntranceId, PieceId, Pieces},
    rules::PatrolRules,
    visits::{AreaVisit, Grids, Passage, visits},
};
use gridward_data::{
    model::{
        id::AreaId,
        local::Metric,
        place::Place,
        road::Mode,
        visit::{Visit, Visited},
    },
    store::tracks::DeviceFixes,
};
use std::collections::BTreeMap;

/// How surely something was covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// Perhaps.
    Possible,
    /// For certain.
    Certain,
}

/// Something that was covered, and the leg that proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned<T> {
    /// What.
    pub id: T,
    /// How surely.
    pub proof: Proof,
    /// On which device the two fixes were taken between which the way went: its place in the list of devices.
    pub device: usize,
    /// The numbers of the two fixes.
    pub fixes: (u64, u64),
}

/// What was spent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Metres walked, standing still left out.
    pub metres: f64,
    /// Seconds, standing still included.
    pub seconds: f64,
}

/// What one patrol came to, with the fixes that prove it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walked {
    /// Pieces of streets, by number.
    pub pieces: Vec<Earned<PieceId>>,
    /// Entrances, by number.
    pub entrances: Vec<Earned<EntranceId>>,
    /// What was spent in each grid.
    pub effort: BTreeMap<AreaId, Effort>,
    /// Who was in which grid long enough, in the order of their beginnings.
    pub visits: Vec<AreaVisit>,
    /// Of each checkpoint of the plan, in its order, whether it was scanned or passed for certain.
    pub checkpoints: Vec<bool>,
    /// How many fixes are of which worth.
    pub worth: BTreeMap<Worth, usize>,
}

/// What one patrol came to, without saying when or by which fixes anything was covered: what others may know, and what is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Covered {
    /// Pieces of streets, by number.
    pub pieces: Vec<(PieceId, Proof)>,
    /// Entrances, by number.
    pub entrances: Vec<(EntranceId, Proof)>,
    /// What was spent in each grid.
    pub effort: BTreeMap<AreaId, Effort>,
    /// Who was in which grid long enough, in the order of their beginnings.
    pub visits: Vec<AreaVisit>,
    /// Of each checkpoint of the plan, in its order, whether it was scanned or passed for certain.
    pub checkpoints: Vec<bool>,
    /// How many fixes are of which worth.
    pub worth: BTreeMap<Worth, usize>,
}

impl From<Walked> for Covered {
    fn from(walked: Walked) -> Self {
        Self {
            pieces: walked.pieces.iter().map(|earned| (earned.id, earned.proof)).collect(),
            entrances: walked.entrances.iter().map(|earned| (earned.id, earned.proof)).collect(),
            effort: walked.effort,
            visits: walked.visits,
            checkpoints: walked.checkpoints,
            worth: walked.worth,
        }
    }
}

/// What was told of one patrol.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Its fixes, by device.
    pub devices: &'a [DeviceFixes],
    /// What was scanned.
    pub scans: &'a [Visit],
    /// How its responder goes.
    pub mode: Mode,
    /// The checkpoints of its plan.
    pub checkpoints: &'a [Place],
}

/// What a patrol is reckoned from, beside its fixes.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// What can be covered.
    pub pieces: &'a Pieces,
    /// Where the grids lie.
    pub grids: &'a Grids<'a>,
    /// By which rules.
    pub rules: &'a PatrolRules,
}

/// What a patrol came to. The devices of one patrol are reckoned one by one, and the better proof counts. O(fixes · pieces near each leg).
#[must_use]
pub fn walked(told: &Told<'_>, field: &Field<'_>) -> Walked {
    let Told { devices, scans, mode, checkpoints } = *told;
    let mut walked = Walked { checkpoints: vec![false; checkpoints.len()], ..Walked::default() };
    let mut best = Best::default();
    let mut passages: Vec<Passage> = Vec::new();
    for (device, of) in devices.iter().enumerate() {
        let Track { worth, ways } = filter(&of.fixes, mode, field.rules, field.grids.frame());
        for (_, worth) in worth {
            *walked.worth.entry(worth).or_default() += 1;
        }
        let ways = as_measured(ways);
        for leg in ways.iter().flatten() {
            best.earn(leg, device, mode, field);
            pass(leg, checkpoints, field, &mut walked.checkpoints);
        }
        for way in &ways {
            spend(way, field, &mut walked.effort);
            passages.extend(field.grids.passages(way, field.rules));
        }
    }
    walked.pieces = best.pieces.into_values().collect();
    walked.pieces.sort_unstable_by_key(|earned| earned.id);
    walked.entrances = best.entrances.into_values().collect();
    walked.entrances.sort_unstable_by_key(|earned| earned.id);
    walked.visits = visits(passages, scans, field.grids, field.rules);
    for (checkpoint, reached) in checkpoints.iter().zip(&mut walked.checkpoints) {
        let frame = field.grids.frame();
        let near = |place: Place| {
            frame.to_metres(place).distance(frame.to_metres(*checkpoint)) <= field.rules.checkpoint_m
        };
        *reached |= scans.iter().any(|scan| matches!(scan.what, Visited::Checkpoint(place) if near(place)));
    }
    walked
}

/// Whether a leg passes checkpoints for certain.
fn pass(leg: &Leg, checkpoints: &[Place], field: &Field<'_>, reached: &mut [bool]) {
    let accuracy_m = leg.from.accuracy_m.max(leg.to.accuracy_m);
    for (checkpoint, reached) in checkpoints.iter().zip(reached) {
        let point = field.grids.frame().to_metres(*checkpoint);
        *reached |= distance_to(point, leg.from.point, leg.to.point) + accuracy_m <= field.rules.checkpoint_m;
    }
}

/// The best proof of each thing so far, by its row.
#[derive(Default)]
struct Best {
    pieces: BTreeMap<usize, Earned<PieceId>>,
    entrances: BTreeMap<usize, Earned<EntranceId>>,
}

impl Best {
    fn earn(&mut self, leg: &Leg, device: usize, mode: Mode, field: &Field<'_>) {
        let buffer_m = field.rules.buffer(mode);
        earn(&field.pieces.streets, &mut self.pieces, leg, device, buffer_m);
        earn(&field.pieces.entrances, &mut self.entrances, leg, device, buffer_m);
    }
}

/// Of two legs that prove the same the earlier one counts.
fn earn<T: Copy + Ord>(
    all: &Coverables<T>,
    best: &mut BTreeMap<usize, Earned<T>>,
    leg: &Leg,
    device: usize,
    buffer_m: f64,
) {
    let accuracy_m = leg.from.accuracy_m.max(leg.to.accuracy_m);
    all.around(leg.from.point, leg.to.point, buffer_m + accuracy_m, |at, row| {
        let distance_m = distance_to(row.point, leg.from.point, leg.to.point);
        let proof = if distance_m + accuracy_m <= buffer_m {
            Proof::Certain
        } else if distance_m - accuracy_m <= buffer_m {
            Proof::Possible
        } else {
            return;
        };
        let earned = Earned { id: row.id, proof, device, fixes: (leg.from.sequence, leg.to.sequence) };
        best.entry(at)
            .and_modify(|best| {
                if best.proof < proof {
                    *best = earned;
                }
            })
            .or_insert(earned);
    });
}

/// The distance of a point to a straight way, metres.
#[must_use]
pub fn distance_to(point: Metric, from: Metric, to: Metric) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length_2 = dx * dx + dy * dy;
    let share = if length_2 > 0.0 {
        (((point.x - from.x) * dx + (point.y - from.y) * dy) / length_2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    point.distance(Metric { x: from.x + share * dx, y: from.y + share * dy })
}

/// Books metres and seconds to the grids in which they were spent: each leg in parts of at most ten metres, each part to the grid of its middle. Who
/// stands spends seconds and no metres, though the fixes dance.
fn spend(way: &[Leg], field: &Field<'_>, effort: &mut BTreeMap<AreaId, Effort>) {
    let Some(first) = way.first() else { return };
    let mut standing = first.from;
    for leg in way {
        book(leg.from.point, leg.to.point, field, |grid, share| {
            effort.entry(grid).or_default().seconds += leg.seconds() * share;
        });
        let moved_m = standing.point.distance(leg.to.point);
        if moved_m > field.rules.still_m.max(leg.to.accuracy_m).max(standing.accuracy_m) {
            book(standing.point, leg.to.point, field, |grid, share| {
                effort.entry(grid).or_default().metres += moved_m * share;
            });
            standing = leg.to;
        }
    }
}

/// A part of a straight way at most, metres.
const PART_M: f64 = 10.0;

fn book(from: Metric, to: Metric, field: &Field<'_>, mut take: impl FnMut(AreaId, f64)) {
    let parts = (from.distance(to) / PART_M).ceil().max(1.0);
    for part in 0..parts as u32 {
        let share = (f64::from(part) + 0.5) / parts;
        let middle = Metric { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
        if let Some(grid) = field.grids.at(middle) {
            take(grid, 1.0 / parts);
        }
    }
}
