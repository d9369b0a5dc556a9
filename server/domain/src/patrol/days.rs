//! What all patrols of some days have covered, by area: kept as patrols come in and are reckoned anew, asked at any level.

use super::{
    coverage::{Covered, Effort, Proof},
    pieces::{Coverables, Pieces},
};
use gridward_data::model::{
    id::{AreaId, PatrolId},
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Which of the things of one grid are meant: a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, at: usize) {
        if self.0.len() <= at / 64 {
            self.0.resize(at / 64 + 1, 0);
        }
        self.0[at / 64] |= 1 << (at % 64);
    }
    fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
    fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// What of one kind was covered in a grid. Possibly includes certainly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Proved {
    certain: Bits,
    possible: Bits,
}

impl Proved {
    fn join(&mut self, other: &Self) {
        self.certain.join(&other.certain);
        self.possible.join(&other.possible);
    }
}

/// What happened in one grid.
#[derive(Clone, Debug, Default, PartialEq)]
struct GridShare {
    pieces: Proved,
    entrances: Proved,
    effort: Effort,
    patrols: u32,
    /// Beginnings and ends of visits, milliseconds since 1970.
    visits: Vec<(i64, i64)>,
}

impl GridShare {
    fn join(&mut self, other: &Self) {
        self.pieces.join(&other.pieces);
        self.entrances.join(&other.entrances);
        self.effort.metres += other.effort.metres;
        self.effort.seconds += other.effort.seconds;
        self.patrols += other.patrols;
        self.visits.extend(&other.visits);
    }
}

/// What the patrols that began on one day have covered.
#[derive(Clone, Debug)]
pub struct DayCoverage {
    pieces: Arc<Pieces>,
    patrols: BTreeMap<PatrolId, BTreeMap<AreaId, GridShare>>,
    /// All patrols together, by grid; a grid in which nobody was has none.
    grids: BTreeMap<AreaId, GridShare>,
}

/// A share as an interval, with what it is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// So many were covered for certain.
    pub certain: u32,
    /// So many perhaps, those included.
    pub possible: u32,
    /// So many there are.
    pub of: u32,
}

/// What was covered in an area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaCoverage {
    /// Pieces of streets.
    pub pieces: Share,
    /// Entrances of buildings.
    pub entrances: Share,
    /// What was spent.
    pub effort: Effort,
    /// How many patrols came by; one that went through two areas counts in both.
    pub patrols: u32,
    /// How many visits there were.
    pub visits: u32,
    /// The end of the last one.
    pub last_visit: Option<Timestamp>,
    /// The longest time between two visits, from the first to the last of the window, seconds; `None` with fewer than two.
    pub longest_gap_s: Option<i64>,
}

impl DayCoverage {
    /// Nobody was out yet.
    #[must_use]
    pub fn new(pieces: Arc<Pieces>) -> Self {
        Self { pieces, patrols: BTreeMap::new(), grids: BTreeMap::new() }
    }

    /// The pieces by which it counts.
    #[must_use]
    pub const fn pieces(&self) -> &Arc<Pieces> {
        &self.pieces
    }

    /// The patrols of the day, by number.
    pub fn patrols(&self) -> impl Iterator<Item = PatrolId> + '_ {
        self.patrols.keys().copied()
    }

    /// What some of its patrols alone have covered. Costs what they have covered.
    #[must_use]
    pub fn only(&self, takes: impl Fn(PatrolId) -> bool) -> Self {
        let patrols: BTreeMap<_, _> = self
            .patrols
            .iter()
            .filter(|(id, _)| takes(**id))
            .map(|(id, shares)| (*id, shares.clone()))
            .collect();
        let mut grids: BTreeMap<AreaId, GridShare> = BTreeMap::new();
        for (grid, share) in patrols.values().flatten() {
            grids.entry(*grid).or_default().join(share);
        }
        Self { pieces: Arc::clone(&self.pieces), patrols, grids }
    }

    /// A patrol came to this: in place of what it came to before. Pieces that are not there any more are passed over. Costs what the patrol and the
    /// others in its grids have covered.
    pub fn put(&mut self, patrol: PatrolId, covered: &Covered) {
        let mut shares: BTreeMap<AreaId, GridShare> = BTreeMap::new();
        let proofs = covered.pieces.iter().copied();
        mark(&self.pieces.streets, proofs, &mut shares, |share| &mut share.pieces);
        let proofs = covered.entrances.iter().copied();
        mark(&self.pieces.entrances, proofs, &mut shares, |share| &mut share.entrances);
        for (grid, effort) in &covered.effort {
            shares.entry(*grid).or_default().effort = *effort;
        }
        for visit in &covered.visits {
            shares.entry(visit.area).or_default().visits.push((visit.from_ms, visit.until_ms));
        }
        for share in shares.values_mut() {
            share.patrols = 1;
        }
        let touched: BTreeSet<AreaId> = shares
            .keys()
            .chain(self.patrols.get(&patrol).into_iter().flat_map(BTreeMap::keys))
            .copied()
            .collect();
        self.patrols.insert(patrol, shares);
        for grid in touched {
            let mut all = GridShare::default();
            for share in self.patrols.values().filter_map(|shares| shares.get(&grid)) {
                all.join(share);
            }
            self.grids.insert(grid, all);
        }
    }
}

fn mark<T: Copy + Ord>(
    all: &Coverables<T>,
    proofs: impl Iterator<Item = (T, Proof)>,
    shares: &mut BTreeMap<AreaId, GridShare>,
    of: impl Fn(&mut GridShare) -> &mut Proved,
) {
    for (id, proof) in proofs {
        let Some(row) = all.find(id) else { continue };
        let grid = all.rows()[row].grid;
        let at = row - all.of_grid(grid).start;
        let proved = of(shares.entry(grid).or_default());
        proved.possible.set(at);
        if proof == Proof::Certain {
            proved.certain.set(at);
        }
    }
}

/// What was covered in each of some areas, on some days together. An area is told by its grids: what is covered on any of the days counts once.
#[must_use]
pub fn coverage(
    pieces: &Pieces,
    days: &[&DayCoverage],
    areas: &[(AreaId, Vec<AreaId>)],
) -> Vec<(AreaId, AreaCoverage)> {
    areas.iter().map(|(area, grids)| (*area, of_area(pieces, days, grids))).collect()
}

fn of_area(pieces: &Pieces, days: &[&DayCoverage], grids: &[AreaId]) -> AreaCoverage {
    let mut area = AreaCoverage::default();
    let mut visits: Vec<(i64, i64)> = Vec::new();
    for grid in grids {
        let mut all = GridShare::default();
        for share in days.iter().filter_map(|day| day.grids.get(grid)) {
            all.join(share);
        }
        add(&mut area.pieces, &all.pieces, pieces.streets.of_grid(*grid).len());
        add(&mut area.entrances, &all.entrances, pieces.entrances.of_grid(*grid).len());
        area.effort.metres += all.effort.metres;
        area.effort.seconds += all.effort.seconds;
        visits.append(&mut all.visits);
    }
    area.patrols = days.iter().map(|day| day.patrols_in(grids)).sum();
    visits.sort_unstable();
    area.visits = visits.len() as u32;
    area.last_visit = visits.iter().map(|(_, until_ms)| Timestamp(*until_ms)).max();
    area.longest_gap_s = longest_gap_ms(&visits).map(|gap_ms| gap_ms / 1_000);
    area
}

fn add(share: &mut Share, proved: &Proved, of: usize) {
    share.certain += proved.certain.count();
    share.possible += proved.possible.count();
    share.of += of as u32;
}

fn longest_gap_ms(visits: &[(i64, i64)]) -> Option<i64> {
    let (first, rest) = visits.split_first()?;
    let mut until_ms = first.1;
    let gaps = rest.iter().map(|(from_ms, end_ms)| {
        let gap_ms = (from_ms - until_ms).max(0);
        until_ms = until_ms.max(*end_ms);
        gap_ms
    });
    gaps.max()
}

impl DayCoverage {
    fn patrols_in(&self, grids: &[AreaId]) -> u32 {
        if let [grid] = grids {
            return self.grids.get(grid).map_or(0, |share| share.patrols);
        }
        let wanted: BTreeSet<AreaId> = grids.iter().copied().collect();
        let within = |shares: &&BTreeMap<AreaId, GridShare>| shares.keys().any(|grid| wanted.contains(grid));
        self.patrols.values().filter(within).count() as u32
    }
}

/// How surely each piece of a grid was covered on some days, in the order of the grid's pieces; `None`: not proved.
#[must_use]
pub fn pieces_of(pieces: &Pieces, days: &[&DayCoverage], grid: AreaId) -> Vec<Option<Proof>> {
    let mut all = Proved::default();
    for share in days.iter().filter_map(|day| day.grids.get(&grid)) {
        all.join(&share.pieces);
    }
    let proof = |at: usize| match (all.certain.has(at), all.possible.has(at)) {
        (true, _) => Some(Proof::Certain),
        (false, true) => Some(Proof::Possible),
        (false, false) => None,
    };
    (0..pieces.streets.of_grid(grid).len()).map(proof).collect()
}
