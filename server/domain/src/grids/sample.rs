//! Which points the triangles get as corners: the parent's own, those of its streets, and a lattice between them.
//!
//! Points come in order of rank (parent, streets, lattice) and a point that lies too near to one that is there is that one. So streets that nearly
//! meet do meet, and no triangle is thinner than it must be.

use crate::index::inside::inside;
use gridward_data::model::{
    place::Place,
    road::{Street, StreetKind},
    shape::{Line, Outline, Polygon, Ring},
};
use std::collections::BTreeMap;

/// A corner of triangles, by its number.
pub(crate) type Corner = u32;

/// The points of a mesh, and which of them are to be joined.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    /// The points; those of the parent first.
    pub(crate) places: Vec<Place>,
    /// The edges of the parent, cut where a corner lies on them.
    pub(crate) border: Vec<[usize; 2]>,
    /// Pieces of streets, in order of their rank.
    pub(crate) streets: Vec<[Corner; 2]>,
    /// How many of the points are corners of the parent as it was given.
    pub(crate) given: usize,
    /// How many of them lie on its border, those among them.
    bordering: usize,
}

/// Points by cells, so that near ones are found.
struct Cells {
    side: f64,
    shrink: f64,
    held: BTreeMap<(i32, i32), Vec<Corner>>,
}

impl Cells {
    fn flat(&self, place: Place) -> (f64, f64) {
        (f64::from(place.lon_e7()) * self.shrink, f64::from(place.lat_e7()))
    }
    fn cell(&self, place: Place) -> (i32, i32) {
        let (x, y) = self.flat(place);
        ((x / self.side).floor() as i32, (y / self.side).floor() as i32)
    }
    /// The nearest point within a reach among the first so many; ties by number.
    fn nearest(&self, places: &[Place], place: Place, reach: f64) -> Option<Corner> {
        let (column, row) = self.cell(place);
        let span = (reach / self.side).ceil() as i32;
        let (x, y) = self.flat(place);
        let mut best: Option<(f64, Corner)> = None;
        let columns = column - span..=column + span;
        for key in (row - span..=row + span).flat_map(|row| columns.clone().map(move |column| (column, row)))
        {
            let corners = self.held.get(&key).into_iter().flatten();
            for corner in corners.filter(|corner| (**corner as usize) < places.len()) {
                let (its_x, its_y) = self.flat(places[*corner as usize]);
                let far = (its_x - x).hypot(its_y - y);
                if far <= reach && best.is_none_or(|best| (far, *corner) < best) {
                    best = Some((far, *corner));
                }
            }
        }
        best.map(|(_, corner)| corner)
    }
    fn insert(&mut self, place: Place, corner: Corner) {
        let cell = self.cell(place);
        self.held.entry(cell).or_default().push(corner);
    }
}

/// A street that leaves the parent is led to a corner of its border at most so many steps away.
const DOOR_STEPS: f64 = 3.0;

/// The points for a parent and its streets, about `step` units of 1e-7° of latitude apart.
pub(crate) fn sample(parent: &Outline, streets: &[&Street], step: f64, shrink: f64) -> Sample {
    let mut sample = Sample::default();
    let mut cells = Cells { side: step, shrink, held: BTreeMap::new() };
    border(parent, step, &mut sample, &mut cells);
    sample.bordering = sample.places.len();
    let mut ranked: Vec<&Street> = streets.iter().copied().filter(|street| is_border(street)).collect();
    ranked.sort_by_key(|street| (street.kind, street.id));
    let crossings = super::follow::crossings(&ranked);
    for (street, crossings) in ranked.iter().zip(crossings) {
        follow(parent, &street.line, &crossings, step, &mut sample, &mut cells);
    }
    lattice(parent, step, &mut sample, &mut cells);
    sample
}

/// Whether grids are parted by a street of its kind: by those that people name, and not by paths, yards and tunnels.
fn is_border(street: &Street) -> bool {
    let parts = match street.kind {
        StreetKind::Motorway
        | StreetKind::Trunk
        | StreetKind::Primary
        | StreetKind::Secondary
        | StreetKind::Tertiary
        | StreetKind::Residential
        | StreetKind::Living
        | StreetKind::Pedestrian => true,
        StreetKind::Service
        | StreetKind::Track
        | StreetKind::Cycleway
        | StreetKind::Footway
        | StreetKind::Path
        | StreetKind::Steps => false,
    };
    parts && !street.tunnel && !street.bridge
}

/// The parent's corners and edges. A long edge is cut where whole numbers lie exactly on it, so that cuts can end there; the edge stays what it is.
fn border(parent: &Outline, step: f64, sample: &mut Sample, cells: &mut Cells) {
    let mut numbers: BTreeMap<Place, usize> = BTreeMap::new();
    for ring in parent.polygons().iter().flat_map(Polygon::rings) {
        for place in ring.places() {
            numbers.entry(*place).or_insert_with(|| {
                cells.insert(*place, sample.places.len() as Corner);
                sample.places.push(*place);
                sample.places.len() - 1
            });
        }
    }
    sample.given = sample.places.len();
    for edge in
        parent.polygons().iter().flat_map(Polygon::rings).flat_map(|ring: &Ring| ring.places().windows(2))
    {
        let mut from = numbers[&edge[0]];
        for place in on_edge(edge[0], edge[1], step) {
            // Another ring may run along the same edge or have a corner there.
            let number = *numbers.entry(place).or_insert_with(|| {
                cells.insert(place, sample.places.len() as Corner);
                sample.places.push(place);
                sample.places.len() - 1
            });
            sample.border.push([from, number]);
            from = number;
        }
        sample.border.push([from, numbers[&edge[1]]]);
    }
}

/// Places of whole numbers exactly on an edge, about a step apart, without its ends.
fn on_edge(from: Place, to: Place, step: f64) -> Vec<Place> {
    // From the smaller end, so that the edge gets the same places whichever way it is run through.
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    let (dx, dy) = (
        i64::from(high.lon_e7()) - i64::from(low.lon_e7()),
        i64::from(high.lat_e7()) - i64::from(low.lat_e7()),
    );
    let shared = common_divisor(dx.unsigned_abs(), dy.unsigned_abs()) as i64;
    let pieces = ((dx as f64).hypot(dy as f64) / step).floor() as i64;
    let pieces = pieces.clamp(1, shared.max(1));
    let at = |piece: i64| {
        let units = shared * piece / pieces;
        let lon = i64::from(low.lon_e7()) + dx / shared * units;
        let lat = i64::from(low.lat_e7()) + dy / shared * units;
        Place::from_e7(lon as i32, lat as i32).ok()
    };
    let mut places: Vec<Place> = (1..pieces).filter_map(at).collect();
    if from > to {
        places.reverse();
    }
    places
}

const fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The corners along a street, and the pieces between them. Where it leaves the parent it is joined to the parent's nearest corner.
fn follow(
    parent: &Outline,
    line: &Line,
    crossings: &[(usize, Place)],
    step: f64,
    sample: &mut Sample,
    cells: &mut Cells,
) {
    // A street that begins inside comes from nowhere.
    let (mut before, mut entered): (Option<Corner>, bool) = (None, false);
    for place in super::follow::along(line, crossings, step, cells.shrink) {
        let near = cells.nearest(&sample.places, place, step / 4.0);
        let corner = near.or_else(|| {
            inside(parent, place).then(|| {
                let corner = sample.places.len() as Corner;
                sample.places.push(place);
                cells.insert(place, corner);
                corner
            })
        });
        // On its way in or out it is joined to the nearest corner of the border.
        let door = || cells.nearest(&sample.places[..sample.bordering], place, DOOR_STEPS * step);
        let piece = match (before, corner) {
            (Some(from), Some(to)) => Some((from, to)),
            (Some(inner), None) | (None, Some(inner)) if entered => door().map(|door| (door, inner)),
            _ => None,
        };
        sample.streets.extend(piece.filter(|(from, to)| from != to).map(|(from, to)| [from, to]));
        (before, entered) = (corner, true);
    }
}

/// Points between streets: rows and columns a step apart, none nearer than half a step to what is there.
fn lattice(parent: &Outline, step: f64, sample: &mut Sample, cells: &mut Cells) {
    let bounds = parent.bounds();
    let (across, up) = ((step / cells.shrink).round() as usize, step.round() as usize);
    let rows = (bounds.min.lat_e7()..=bounds.max.lat_e7()).skip(up / 2).step_by(up.max(1));
    for row in rows {
        let mut crossings: Vec<f64> = parent
            .polygons()
            .iter()
            .flat_map(Polygon::rings)
            .flat_map(|ring| ring.places().windows(2))
            .filter_map(|edge| crossing(edge[0], edge[1], row))
            .collect();
        crossings.sort_unstable_by(f64::total_cmp);
        let margin = step / 3.0 / cells.shrink;
        let held = |lon: i32| {
            let west = crossings.partition_point(|crossing| *crossing < f64::from(lon));
            let far = |crossing: Option<&f64>| {
                crossing.is_some_and(|crossing| (crossing - f64::from(lon)).abs() > margin)
            };
            west % 2 == 1 && far(crossings.get(west - 1)) && far(crossings.get(west))
        };
        let columns = (bounds.min.lon_e7()..=bounds.max.lon_e7()).skip(across / 2).step_by(across.max(1));
        for lon in columns.filter(|lon| held(*lon)) {
            let Ok(place) = Place::from_e7(lon, row) else { continue };
            if cells.nearest(&sample.places, place, step / 2.0).is_none() {
                cells.insert(place, sample.places.len() as Corner);
                sample.places.push(place);
            }
        }
    }
}

/// Where an edge crosses a parallel.
fn crossing(a: Place, b: Place, parallel: i32) -> Option<f64> {
    let crosses = (a.lat_e7() > parallel) != (b.lat_e7() > parallel);
    let share =
        || (f64::from(parallel) - f64::from(a.lat_e7())) / (f64::from(b.lat_e7()) - f64::from(a.lat_e7()));
    crosses.then(|| f64::from(a.lon_e7()) + share() * (f64::from(b.lon_e7()) - f64::from(a.lon_e7())))
}
