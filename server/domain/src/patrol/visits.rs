//! Who was in which grid long enough to have visited it 到访.
//!
//! One is in a grid for sure where the fix lies inside by more than its accuracy. From the first such fix to the last of a way, without having been
//! in another grid for sure in between, is a passage. It is a visit where it lasted or went far enough, or something was scanned there. Two visits of a
//! grid are one where little time lies between them and no other grid was visited meanwhile.

use super::{
    coverage::distance_to,
    filter::{Leg, Spot},
    rules::PatrolRules,
};
use crate::index::Index;
use gridward_data::model::{
    area::Level,
    id::AreaId,
    local::{LocalFrame, Metric},
    place::Place,
    shape::{Outline, Polygon},
    time::Timestamp,
    visit::{Visit, Visited},
};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// A visit of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaVisit {
    /// Which grid.
    pub area: AreaId,
    /// From when, milliseconds since 1970.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
}

/// Being in a grid, long enough or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// Which grid.
    pub area: AreaId,
    /// From when, milliseconds since 1970.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
    /// How far one went meanwhile, metres.
    pub walked_m: f64,
}

type Borders = Rc<Vec<(Metric, Metric)>>;

/// Where the grids of a city lie. Remembers what it was asked, so that a walk in one grid costs little.
pub struct Grids<'a> {
    index: &'a Index,
    borders: RefCell<HashMap<AreaId, Borders>>,
}

impl<'a> Grids<'a> {
    /// The grids of a snapshot.
    #[must_use]
    pub fn of(index: &'a Index) -> Self {
        Self { index, borders: RefCell::default() }
    }

    /// The frame in which metres are reckoned.
    #[must_use]
    pub fn frame(&self) -> &LocalFrame {
        self.index.frame()
    }

    /// The grid that holds a point.
    #[must_use]
    pub fn at(&self, point: Metric) -> Option<AreaId> {
        self.at_place(self.frame().to_place(point)?)
    }

    fn at_place(&self, place: Place) -> Option<AreaId> {
        self.index.chain(place).pop().filter(|area| area.level == Level::Grid).map(|area| area.id)
    }

    /// The grid in which a spot lies for sure.
    #[must_use]
    pub fn surely_at(&self, spot: &Spot) -> Option<AreaId> {
        let grid = self.at(spot.point)?;
        let near = |(a, b): &(Metric, Metric)| distance_to(spot.point, *a, *b) < spot.accuracy_m;
        (!self.borders_of(grid).iter().any(near)).then_some(grid)
    }

    fn borders_of(&self, grid: AreaId) -> Borders {
        let drawn = || {
            let area = self.index.places().areas.find(grid);
            let outline = area.and_then(|area| area.current().map(|version| version.outline.clone()));
            let mut borders = Vec::new();
            for ring in outline.iter().flat_map(Outline::polygons).flat_map(Polygon::rings) {
                let points: Vec<Metric> =
                    ring.places().iter().map(|place| self.frame().to_metres(*place)).collect();
                borders.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
            }
            Rc::new(borders)
        };
        Rc::clone(self.borders.borrow_mut().entry(grid).or_insert_with(drawn))
    }

    /// The passages of a way, in their order.
    #[must_use]
    pub fn passages(&self, way: &[Leg], rules: &PatrolRules) -> Vec<Passage> {
        let Some(first) = way.first() else { return Vec::new() };
        let mut passages: Vec<Passage> = Vec::new();
        let mut standing = first.from;
        let mut since_m = 0.0;
        for spot in std::iter::once(first.from).chain(way.iter().map(|leg| leg.to)) {
            let moved_m = standing.point.distance(spot.point);
            if moved_m > rules.still_m.max(spot.accuracy_m).max(standing.accuracy_m) {
                since_m += moved_m;
                standing = spot;
            }
            let Some(grid) = self.surely_at(&spot) else { continue };
            match passages.last_mut() {
                Some(passage) if passage.area == grid => {
                    passage.until_ms = spot.at_ms;
                    passage.walked_m += since_m;
                }
                _ => passages.push(Passage {
                    area: grid,
                    from_ms: spot.at_ms,
                    until_ms: spot.at_ms,
                    walked_m: 0.0,
                }),
            }
            since_m = 0.0;
        }
        passages
    }
}

/// The visits that passages and scans come to, in the order of their beginnings. O(n log n).
#[must_use]
pub fn visits(
    passages: Vec<Passage>,
    scans: &[Visit],
    grids: &Grids<'_>,
    rules: &PatrolRules,
) -> Vec<AreaVisit> {
    let long = |passage: &Passage| {
        (passage.until_ms - passage.from_ms) as f64 >= rules.dwell_s * 1_000.0
            || passage.walked_m >= rules.walked_m
    };
    let mut all: Vec<AreaVisit> = passages
        .into_iter()
        .filter(long)
        .map(|passage| AreaVisit { area: passage.area, from_ms: passage.from_ms, until_ms: passage.until_ms })
        .collect();
    all.extend(scans.iter().filter_map(|scan| scanned(scan, grids)));
    all.sort_unstable_by_key(|visit| (visit.from_ms, visit.until_ms, visit.area));
    let mut merged: Vec<AreaVisit> = Vec::new();
    for visit in all {
        match merged.last_mut() {
            // Another grid in between would be the last.
            Some(last)
                if last.area == visit.area
                    && ((visit.from_ms - last.until_ms) as f64) < rules.visits_apart_s * 1_000.0 =>
            {
                last.until_ms = last.until_ms.max(visit.until_ms);
            }
            _ => merged.push(visit),
        }
    }
    merged
}

fn scanned(scan: &Visit, grids: &Grids<'_>) -> Option<AreaVisit> {
    let Visited::Checkpoint(place) = scan.what else { return None };
    let Timestamp(from_ms) = scan.span.from;
    let until_ms = scan.span.until.map_or(from_ms, |until| until.0);
    Some(AreaVisit { area: grids.at_place(place)?, from_ms, until_ms })
}
