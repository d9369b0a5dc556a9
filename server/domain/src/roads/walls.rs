//! Walls of compounds: what lies within one is reached from within.
//!
//! A compound is *walled* where a barrier of a street stands on its outline: whoever put a gate there built a wall beside it. A place in a walled
//! compound lies on ways of the same compound only, a place outside on ways outside only, however near the other side is. Ways go
//! through the wall where they are drawn through it, and that is at gates.

use super::{
    NONE,
    segments::{Digest, Segments},
};
use crate::index::{ground::to_edge, inside::inside};
use gridward_data::model::{
    id::CompoundId,
    local::{LocalFrame, Metric},
    place::{Bounds, Place},
    road::Mode,
    shape::{Outline, Polygon},
};
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};
use std::collections::{BTreeMap, BTreeSet};

/// A barrier so near to an outline stands on it, metres: both are drawn by hand.
const ON_OUTLINE_M: f64 = 2.0;
/// More than [`ON_OUTLINE_M`] in units of 1e-7° at every latitude below 80°.
const MARGIN_E7: i32 = 1_200;

type Boxed = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// The compounds that matter to the roads: walled ones, and those whose people alone pass some gate.
#[derive(Debug)]
pub(super) struct Walls {
    rows: Vec<Row>,
    tree: RTree<Boxed>,
    /// By segment: the walled compound in which its middle lies.
    of_segment: Vec<u32>,
}

#[derive(Debug)]
struct Row {
    id: CompoundId,
    outline: Outline,
    walled: bool,
    /// Of a walled one: whether a way of the mode lies within, in the order of [`Mode::ALL`].
    ways: [bool; Mode::ALL.len()],
}

impl Walls {
    pub(super) fn around<'a>(
        compounds: impl IntoIterator<Item = (CompoundId, &'a Outline)>,
        segments: &mut Segments,
        frame: &LocalFrame,
    ) -> Self {
        let compounds: BTreeMap<CompoundId, &Outline> = compounds.into_iter().collect();
        let walled = walled(&compounds, segments, frame);
        let named: BTreeSet<CompoundId> = segments.gates.iter().filter_map(|gate| gate.residents).collect();
        let matter = |id: &CompoundId| walled.contains(id) || named.contains(id);
        let rows: Vec<Row> = compounds
            .iter()
            .filter(|(id, _)| matter(id))
            .map(|(id, outline)| Row {
                id: *id,
                outline: (*outline).clone(),
                walled: walled.contains(id),
                ways: [false; Mode::ALL.len()],
            })
            .collect();
        for gate in &mut segments.gates {
            let row = |id| rows.binary_search_by_key(&id, |row: &Row| row.id).ok();
            // The people of a compound that is not there are nobody: a row beyond all.
            gate.residents_row = gate.residents.map_or(NONE, |id| row(id).unwrap_or(rows.len()) as u32);
        }
        let boxes = rows.iter().enumerate().map(|(at, row)| boxed(row.outline.bounds(), 0, at));
        let tree = RTree::bulk_load(boxes.collect());
        let mut new = Self { rows, tree, of_segment: Vec::new() };
        for segment in 0..segments.rows.len() as u32 {
            let middle = segments.place_on(segment, segments.length_cm(segment) / 2);
            let within = new.compound_at(middle).filter(|row| new.rows[*row as usize].walled);
            new.of_segment.push(within.unwrap_or(NONE));
            if let Some(row) = within {
                let speeds = segments.street_of(segment).speeds;
                for mode in Mode::ALL {
                    let goes = speeds[mode as usize] != [0; 2];
                    new.rows[row as usize].ways[mode as usize] |= goes;
                }
            }
        }
        new
    }

    /// The compound that holds a place, if it matters to the roads; of several the one with the lowest id.
    pub(super) fn compound_at(&self, place: Place) -> Option<u32> {
        let point = [f64::from(place.lon_e7()), f64::from(place.lat_e7())];
        let boxes = self.tree.locate_all_at_point(&point).map(|boxed| boxed.data);
        boxes.filter(|row| inside(&self.rows[*row as usize].outline, place)).min()
    }

    /// Within which walls a place counts for a mode: [`NONE`] for the open city. Where no way of the mode leads into a compound one gets off outside.
    pub(super) fn side(&self, compound: Option<u32>, mode: Mode) -> u32 {
        compound.filter(|row| self.rows[*row as usize].ways[mode as usize]).unwrap_or(NONE)
    }
    /// Within which walls a segment lies.
    pub(super) fn side_of(&self, segment: u32) -> u32 {
        self.of_segment[segment as usize]
    }
    pub(super) fn id(&self, row: u32) -> Option<CompoundId> {
        self.rows.get(row as usize).map(|row| row.id)
    }

    pub(super) fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        for row in self.rows.iter().filter(|row| row.walled) {
            digest.take(row.id.number());
            for place in row.outline.places() {
                digest.take(u64::from(place.lon_e7() as u32) << 32 | u64::from(place.lat_e7() as u32));
            }
        }
        digest.0
    }
    pub(super) fn bytes(&self) -> usize {
        let outlines: usize =
            self.rows.iter().map(|row| row.outline.places().count() * size_of::<Place>()).sum();
        outlines
            + size_of_val(&*self.rows)
            + size_of_val(&*self.of_segment)
            + self.tree.size() * size_of::<Boxed>()
    }
}

fn boxed(bounds: Bounds, margin_e7: i32, at: usize) -> Boxed {
    let corner = |place: Place, by: i32| {
        [f64::from(place.lon_e7()) + f64::from(by), f64::from(place.lat_e7()) + f64::from(by)]
    };
    let rectangle = Rectangle::from_corners(corner(bounds.min, -margin_e7), corner(bounds.max, margin_e7));
    GeomWithData::new(rectangle, at as u32)
}

/// Those on whose outline a gate stands.
fn walled(
    compounds: &BTreeMap<CompoundId, &Outline>,
    segments: &Segments,
    frame: &LocalFrame,
) -> BTreeSet<CompoundId> {
    let all: Vec<(CompoundId, &Outline)> = compounds.iter().map(|(id, outline)| (*id, *outline)).collect();
    let boxes = all.iter().enumerate().map(|(at, (_, outline))| boxed(outline.bounds(), MARGIN_E7, at));
    let tree = RTree::bulk_load(boxes.collect());
    let mut drawn: Vec<Option<Vec<Vec<Metric>>>> = vec![None; all.len()];
    let mut walled = BTreeSet::new();
    for gate in &segments.gates {
        let degrees = [f64::from(gate.place.lon_e7()), f64::from(gate.place.lat_e7())];
        let point = AABB::from_point(degrees);
        for near in tree.locate_in_envelope_intersecting(&point) {
            let (id, outline) = all[near.data as usize];
            let rings = drawn[near.data as usize].get_or_insert_with(|| rings(outline, frame));
            if !walled.contains(&id) && stands_on(rings, frame.to_metres(gate.place)) {
                walled.insert(id);
            }
        }
    }
    walled
}

fn rings(outline: &Outline, frame: &LocalFrame) -> Vec<Vec<Metric>> {
    let rings = outline.polygons().iter().flat_map(Polygon::rings);
    rings.map(|ring| ring.places().iter().map(|place| frame.to_metres(*place)).collect()).collect()
}

fn stands_on(rings: &[Vec<Metric>], point: Metric) -> bool {
    let edges = rings.iter().flat_map(|ring| ring.windows(2));
    edges.map(|edge| to_edge(point, edge[0], edge[1]).0).any(|square| square <= ON_OUTLINE_M * ON_OUTLINE_M)
}
