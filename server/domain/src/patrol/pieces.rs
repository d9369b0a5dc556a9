//! What can be covered: streets cut into pieces of some ten metres, and the entrances of buildings, each in one grid.
//!
//! A piece is named by its street and its number along the street, so that what was covered keeps its meaning when other streets change. It belongs to the
//! grid that holds its middle; where the street is the border of grids, to the one of them with the lowest number, so that it belongs to one grid along
//! its whole length and is counted once.

use crate::index::Index;
use gridward_data::model::{
    area::Level,
    id::{AreaId, BuildingId, StreetId},
    local::Metric,
    place::Place,
    road::Street,
};
use std::collections::HashMap;

/// How far to either side of a piece its grid is looked for, metres: less than half of the narrowest street with grids on both sides.
const ASIDE_M: f64 = 3.0;
/// The side of a cell in which pieces are looked for by place, metres.
const CELL_M: f64 = 64.0;

/// A piece of a street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PieceId {
    /// Of which street.
    pub street: StreetId,
    /// From its beginning, from 0 on.
    pub number: u32,
}

/// An entrance of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntranceId {
    /// Of which building.
    pub building: BuildingId,
    /// Its place in the list of the building's entrances.
    pub number: u32,
}

/// Something that can be covered, at a point.
#[derive(Clone, Copy, Debug)]
pub struct Coverable<T> {
    /// Which one.
    pub id: T,
    /// Where: the middle of a piece.
    pub point: Metric,
    /// In which grid.
    pub grid: AreaId,
}

/// Everything of one kind that can be covered, by grid and number, and by place.
#[derive(Debug)]
pub struct Coverables<T> {
    rows: Vec<Coverable<T>>,
    /// The grids, each with the first of its rows.
    grids: Vec<(AreaId, u32)>,
    cells: HashMap<(i32, i32), Vec<u32>>,
    by_id: Vec<u32>,
}

/// Everything that can be covered in a city.
#[derive(Debug)]
pub struct Pieces {
    /// Pieces of streets on which one may walk.
    pub streets: Coverables<PieceId>,
    /// Entrances of buildings.
    pub entrances: Coverables<EntranceId>,
    piece_m: f64,
}

impl<T: Copy + Ord> Coverables<T> {
    fn of(mut rows: Vec<Coverable<T>>) -> Self {
        rows.sort_unstable_by_key(|row| (row.grid, row.id));
        let mut grids: Vec<(AreaId, u32)> = Vec::new();
        let mut cells: HashMap<(i32, i32), Vec<u32>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            if grids.last().is_none_or(|(grid, _)| *grid != row.grid) {
                grids.push((row.grid, at as u32));
            }
            cells.entry(cell_of(row.point)).or_default().push(at as u32);
        }
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by_key(|at| rows[*at as usize].id);
        Self { rows, grids, cells, by_id }
    }

    /// All of them, by grid and number.
    #[must_use]
    pub fn rows(&self) -> &[Coverable<T>] {
        &self.rows
    }

    /// The grids in which there is something to cover, by number.
    pub fn grids(&self) -> impl Iterator<Item = AreaId> + '_ {
        self.grids.iter().map(|(grid, _)| *grid)
    }

    /// Where the rows of a grid lie; empty where there is nothing to cover.
    #[must_use]
    pub fn of_grid(&self, grid: AreaId) -> std::ops::Range<usize> {
        let Ok(at) = self.grids.binary_search_by_key(&grid, |(grid, _)| *grid) else { return 0..0 };
        let end = self.grids.get(at + 1).map_or(self.rows.len(), |(_, next)| *next as usize);
        self.grids[at].1 as usize..end
    }

    /// Where the row with this number lies.
    #[must_use]
    pub fn find(&self, id: T) -> Option<usize> {
        let its = |at: &u32| self.rows[*at as usize].id;
        self.by_id.binary_search_by_key(&id, its).ok().map(|at| self.by_id[at] as usize)
    }

    /// Rows within a reach of a straight way, and some beyond it.
    pub(super) fn around(
        &self,
        from: Metric,
        to: Metric,
        reach_m: f64,
        mut take: impl FnMut(usize, &Coverable<T>),
    ) {
        let low = cell_of(Metric { x: from.x.min(to.x) - reach_m, y: from.y.min(to.y) - reach_m });
        let high = cell_of(Metric { x: from.x.max(to.x) + reach_m, y: from.y.max(to.y) + reach_m });
        for x in low.0..=high.0 {
            for y in low.1..=high.1 {
                for at in self.cells.get(&(x, y)).into_iter().flatten() {
                    take(*at as usize, &self.rows[*at as usize]);
                }
            }
        }
    }
}

impl Pieces {
    /// Cuts the streets of a city. Some seconds for the 300,000 pieces of a district; to be done aside.
    #[must_use]
    pub fn cut(index: &Index, piece_m: f64) -> Self {
        let mut streets = Vec::new();
        for street in index.places().streets.iter().filter(|street| street.access.foot) {
            streets.extend(pieces_of(index, street, piece_m));
        }
        let mut entrances = Vec::new();
        for building in index.places().buildings.iter() {
            for (number, entrance) in building.entrances.iter().enumerate() {
                let Some(grid) = grid_at(index, entrance.place) else { continue };
                let id = EntranceId { building: building.id, number: number as u32 };
                entrances.push(Coverable { id, point: index.frame().to_metres(entrance.place), grid });
            }
        }
        Self { streets: Coverables::of(streets), entrances: Coverables::of(entrances), piece_m }
    }

    /// The line of the pieces `first..=last` of a street.
    #[must_use]
    pub fn line(&self, index: &Index, street: &Street, first: u32, last: u32) -> Vec<Place> {
        let along = Along::of(index, street);
        let count = along.count(self.piece_m);
        let at = |number: u32| along.length_m() * f64::from(number) / f64::from(count);
        let (from_m, to_m) = (at(first.min(count)), at((last + 1).min(count)));
        let mut line = vec![along.place(from_m)];
        let within = along.corners_m.iter().zip(street.line.places());
        line.extend(within.filter(|(m, _)| **m > from_m && **m < to_m).map(|(_, place)| *place));
        line.push(along.place(to_m));
        line
    }
}

fn cell_of(point: Metric) -> (i32, i32) {
    ((point.x / CELL_M).floor() as i32, (point.y / CELL_M).floor() as i32)
}

fn grid_at(index: &Index, place: Place) -> Option<AreaId> {
    index.chain(place).pop().filter(|area| area.level == Level::Grid).map(|area| area.id)
}

/// A street by the metres along it.
struct Along<'a> {
    street: &'a Street,
    /// How far each corner is from the first.
    corners_m: Vec<f64>,
    points: Vec<Metric>,
}

impl<'a> Along<'a> {
    fn of(index: &Index, street: &'a Street) -> Self {
        let points: Vec<Metric> =
            street.line.places().iter().map(|place| index.frame().to_metres(*place)).collect();
        let mut corners_m = vec![0.0; points.len()];
        for at in 1..points.len() {
            corners_m[at] = corners_m[at - 1] + points[at - 1].distance(points[at]);
        }
        Self { street, corners_m, points }
    }

    fn length_m(&self) -> f64 {
        self.corners_m.last().copied().unwrap_or(0.0)
    }

    /// Into how many pieces it is cut: of equal length, none longer than told.
    fn count(&self, piece_m: f64) -> u32 {
        ((self.length_m() / piece_m).ceil() as u32).max(1)
    }

    /// On which straight part a point along the street lies, and at which share of it.
    fn part(&self, along_m: f64) -> (usize, f64) {
        let last = self.corners_m.len() - 1;
        let at = self.corners_m.partition_point(|corner_m| *corner_m <= along_m).clamp(1, last) - 1;
        let length_m = self.corners_m[at + 1] - self.corners_m[at];
        let share = if length_m > 0.0 { (along_m - self.corners_m[at]) / length_m } else { 0.0 };
        (at, share.clamp(0.0, 1.0))
    }

    fn point(&self, along_m: f64) -> Metric {
        let (at, share) = self.part(along_m);
        let (a, b) = (self.points[at], self.points[at + 1]);
        Metric { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
    }

    fn place(&self, along_m: f64) -> Place {
        let (at, share) = self.part(along_m);
        let places = self.street.line.places();
        between(places[at], places[at + 1], share)
    }

    /// The places a little to the left and to the right.
    fn beside(&self, index: &Index, along_m: f64) -> [Place; 2] {
        let (at, _) = self.part(along_m);
        let (a, b) = (self.points[at], self.points[at + 1]);
        let length_m = a.distance(b).max(f64::MIN_POSITIVE);
        let (east, north) = ((b.x - a.x) / length_m, (b.y - a.y) / length_m);
        let point = self.point(along_m);
        [ASIDE_M, -ASIDE_M].map(|aside_m| {
            let beside = Metric { x: point.x - north * aside_m, y: point.y + east * aside_m };
            index.frame().to_place(beside).unwrap_or_else(|| self.place(along_m))
        })
    }
}

fn between(a: Place, b: Place, share: f64) -> Place {
    let e7 = |a: i32, b: i32| a + (f64::from(b - a) * share).round() as i32;
    Place::from_e7(e7(a.lon_e7(), b.lon_e7()), e7(a.lat_e7(), b.lat_e7())).unwrap_or(a)
}

fn pieces_of(index: &Index, street: &Street, piece_m: f64) -> Vec<Coverable<PieceId>> {
    let along = Along::of(index, street);
    let count = along.count(piece_m);
    let piece = |number: u32| {
        let middle_m = along.length_m() * (f64::from(number) + 0.5) / f64::from(count);
        let grids = along.beside(index, middle_m).map(|place| grid_at(index, place));
        let grid = grids.into_iter().flatten().min()?;
        let id = PieceId { street: street.id, number };
        Some(Coverable { id, point: along.point(middle_m), grid })
    };
    (0..count).filter_map(piece).collect()
}
