//! In which areas, compound and building a place lies, and by which street.

use super::{
    Index,
    ground::Shape,
    inside::inside,
    layer::{Layer, Placed},
};
use gridward_data::model::{
    area::{Area, Level},
    building::{Building, Compound},
    id::AreaId,
    local::Metric,
    place::Place,
    road::Street,
};
use std::sync::Arc;

/// A street farther than this is not named with a place, metres.
pub const STREET_REACH_M: f64 = 200.0;

/// An area of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AreaRef {
    /// Which one.
    pub id: AreaId,
    /// How wide it is.
    pub level: Level,
}

/// Where a place lies.
#[derive(Clone, Debug)]
pub struct Located {
    /// The areas that hold it, the widest first.
    pub areas: Vec<AreaRef>,
    /// The compound that holds it.
    pub compound: Option<Arc<Compound>>,
    /// The building that holds it.
    pub building: Option<Arc<Building>>,
    /// The nearest street with a name within [`STREET_REACH_M`], and how far it is, metres.
    pub street: Option<(Arc<Street>, f64)>,
}

impl Index {
    /// The areas, compound, building and street of a place.
    #[must_use]
    pub fn locate(&self, place: Place) -> Located {
        let Some(point) = self.drawn(place) else {
            return Located { areas: Vec::new(), compound: None, building: None, street: None };
        };
        Located {
            areas: self.chain_at(place, point),
            compound: holder(&self.places.compounds, place, point),
            building: holder(&self.places.buildings, place, point),
            street: self.street_at(point),
        }
    }

    /// The areas of today that hold a place, the widest first; at most one of each level.
    ///
    /// The smallest area that holds the place by the rule of [`super::inside`] is found by its outline, the ones above it by their ties;
    /// a level that the ties leave out is found by outline too. Where areas of one level overlap, against the rule, the lowest
    /// id counts. O(log n + corners of those whose boxes hold the place).
    #[must_use]
    pub fn chain(&self, place: Place) -> Vec<AreaRef> {
        self.drawn(place).map_or_else(Vec::new, |point| self.chain_at(place, point))
    }

    /// The same as ids alone.
    #[must_use]
    pub fn chain_ids(&self, place: Place) -> Vec<AreaId> {
        self.chain(place).into_iter().map(|area| area.id).collect()
    }

    /// The compound that holds the place; of several the one with the lowest id.
    #[must_use]
    pub fn compound_at(&self, place: Place) -> Option<Arc<Compound>> {
        holder(&self.places.compounds, place, self.drawn(place)?)
    }

    /// The building that holds the place; of several the one with the lowest id.
    #[must_use]
    pub fn building_at(&self, place: Place) -> Option<Arc<Building>> {
        holder(&self.places.buildings, place, self.drawn(place)?)
    }

    fn chain_at(&self, place: Place, point: Metric) -> Vec<AreaRef> {
        let layer = self.places.areas.layer();
        // Positions are in the order of ids.
        let mut boxed: Vec<(Level, usize)> =
            layer.items_at(place, point).map(|at| (layer.at(at).level, at)).collect();
        boxed.sort_unstable();
        let mut chain: [Option<AreaId>; 4] = [None; 4];
        for level in Level::ALL.into_iter().rev() {
            if chain[level as usize].is_some() {
                continue;
            }
            let mut peers = boxed.iter().filter(|(its, _)| *its == level).map(|(_, at)| layer.at(*at));
            let holder =
                peers.find(|area| area.current().is_some_and(|version| inside(&version.outline, place)));
            if let Some(holder) = holder {
                self.climb(holder, &mut chain);
            }
        }
        let areas = Level::ALL.into_iter().zip(chain);
        areas.filter_map(|(level, id)| Some(AreaRef { id: id?, level })).collect()
    }

    /// Writes an area and those above it into the free levels of a chain.
    fn climb(&self, from: &Arc<Area>, chain: &mut [Option<AreaId>; 4]) {
        let mut next = Some(from);
        // At most one step for each level, so that a ring of parents ends.
        for _ in Level::ALL {
            let Some(area) = next else { break };
            chain[area.level as usize].get_or_insert(area.id);
            let parent = area.current().and_then(|version| version.parent);
            next = parent
                .and_then(|parent| self.places.areas.find(parent))
                .filter(|above| above.level < area.level);
        }
    }

    fn street_at(&self, point: Metric) -> Option<(Arc<Street>, f64)> {
        let streets = &self.places.streets;
        let (mut best_m, mut best) = (STREET_REACH_M, None);
        for (at, least_m) in streets.by_least_distance(point) {
            if least_m > best_m {
                break;
            }
            if streets.at(at).name.is_none() {
                continue;
            }
            let distance_m = streets.nearest(at, point).distance_m;
            if distance_m < best_m || (distance_m <= best_m && best.is_none_or(|best| at < best)) {
                (best_m, best) = (distance_m, Some(at));
            }
        }
        best.map(|at| (Arc::clone(streets.at(at)), best_m))
    }
}

fn holder<T: Placed>(layer: &Layer<T>, place: Place, point: Metric) -> Option<Arc<T>> {
    let holds = |at: &usize| match layer.at(*at).shape() {
        Some(Shape::Outline(outline)) => inside(outline, place),
        _ => false,
    };
    let first = layer.items_at(place, point).filter(holds).min()?;
    Some(Arc::clone(layer.at(first)))
}
