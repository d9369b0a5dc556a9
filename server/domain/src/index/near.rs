//! What is nearest.
//!
//! The trees hold boxes. Each kind is gone through by the least distance that a box allows, the true distance to the outline is reckoned
//! for each, and the search ends when no box can be nearer than the k-th best. So an outline that is far larger than its distance is
//! found, and one whose box is near but which is not itself is not.

use super::{
    Index,
    affairs::{Affair, Points},
    layer::{Layer, Placed},
};
use crate::access::Scope;
use gridward_data::model::{
    entity::{Key, Kind},
    local::Metric,
    place::Place,
};
use std::{cmp::Ordering, collections::BinaryHeap};

/// The kinds of things that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NearKind {
    /// 楼栋.
    Building,
    /// 小区.
    Compound,
    /// 服务设施.
    Facility,
    /// 隐患 that is still there.
    Hazard,
    /// 爱心驿站.
    Station,
    /// A street or footpath.
    Street,
}

impl NearKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Building, Self::Compound, Self::Facility, Self::Hazard, Self::Station, Self::Street];

    /// The same as a kind of thing that is kept.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Building => Kind::Building,
            Self::Compound => Kind::Compound,
            Self::Facility => Kind::Facility,
            Self::Hazard => Kind::Hazard,
            Self::Station => Kind::Station,
            Self::Street => Kind::Street,
        }
    }
    /// The word for it in URLs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.kind().word()
    }
    /// The kind with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A thing that is near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Which thing.
    pub key: Key,
    /// How far, metres: 0 inside an outline.
    pub distance_m: f64,
    /// Where it comes nearest: the place that was asked about, where that lies inside.
    pub place: Place,
}

/// A thing found: so far, this thing, and where on it.
#[derive(Clone, Copy, Debug)]
struct Found {
    distance_m: f64,
    key: Key,
    /// Of a layer: its position, and the spot on it. Of an affair: its own place.
    spot: Spot,
}

#[derive(Clone, Copy, Debug)]
enum Spot {
    Asked,
    At(Place),
    On { position: usize, corner: usize, share: f64 },
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Found {}
impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.distance_m.total_cmp(&other.distance_m).then(self.key.cmp(&other.key))
    }
}

/// The best so far: at most `k`, none beyond the radius.
struct Best {
    k: usize,
    radius_m: f64,
    heap: BinaryHeap<Found>,
}

impl Best {
    /// Beyond which distance nothing is of use any more. A hair is added, so that rounding in a box loses no tie.
    fn bound_m(&self) -> f64 {
        let worst = self.heap.peek().filter(|_| self.heap.len() >= self.k).map(|found| found.distance_m);
        worst.map_or(self.radius_m, |worst| worst.min(self.radius_m)) * (1.0 + 1e-12) + 1e-9
    }
    fn offer(&mut self, found: Found) {
        if found.distance_m <= self.radius_m {
            self.heap.push(found);
            if self.heap.len() > self.k {
                self.heap.pop();
            }
        }
    }
}

impl Index {
    /// The `k` nearest things of these kinds within `radius_m` of a place that the reader may see; the nearest first, ties by kind, then by id.
    ///
    /// Distances go to outlines (0 inside), to lines for streets, to the points of stations, facilities and hazards. A kind that is named twice
    /// counts once. O((log n + k) · kinds) where things are spread evenly.
    #[must_use]
    pub fn near(
        &self,
        scope: &Scope,
        place: Place,
        kinds: &[NearKind],
        k: usize,
        radius_m: f64,
    ) -> Vec<Near> {
        let Some(point) = self.drawn(place).filter(|_| k > 0 && radius_m >= 0.0) else { return Vec::new() };
        let mut best = Best { k, radius_m, heap: BinaryHeap::with_capacity(k.min(1_000) + 1) };
        let places = &self.places;
        for kind in NearKind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
            match kind {
                NearKind::Building => in_layer(&places.buildings, point, &mut best),
                NearKind::Compound => in_layer(&places.compounds, point, &mut best),
                NearKind::Facility => in_layer(&places.facilities, point, &mut best),
                NearKind::Hazard => in_affairs(&self.affairs.hazards, scope, point, &mut best),
                NearKind::Station => in_layer(&places.stations, point, &mut best),
                NearKind::Street => in_layer(&places.streets, point, &mut best),
            }
        }
        let found = best.heap.into_sorted_vec().into_iter();
        found
            .map(|found| Near {
                key: found.key,
                distance_m: found.distance_m,
                place: self.spot(place, found),
            })
            .collect()
    }

    fn spot(&self, asked: Place, found: Found) -> Place {
        let places = &self.places;
        let on = |position, corner, share| match found.key.kind {
            Kind::Building => along(&places.buildings, position, corner, share),
            Kind::Compound => along(&places.compounds, position, corner, share),
            Kind::Facility => along(&places.facilities, position, corner, share),
            Kind::Station => along(&places.stations, position, corner, share),
            Kind::Street => along(&places.streets, position, corner, share),
            _ => None,
        };
        match found.spot {
            Spot::Asked => asked,
            Spot::At(place) => place,
            Spot::On { position, corner, share } => on(position, corner, share).unwrap_or(asked),
        }
    }
}

fn along<T: Placed>(layer: &Layer<T>, position: usize, corner: usize, share: f64) -> Option<Place> {
    layer.at(position).shape()?.along(corner, share)
}

fn in_layer<T: Placed>(layer: &Layer<T>, point: Metric, best: &mut Best) {
    for (position, least_m) in layer.by_least_distance(point) {
        if least_m > best.bound_m() {
            break;
        }
        let nearest = layer.nearest(position, point);
        let on = |(corner, share)| Spot::On { position, corner, share };
        let key = Key { kind: T::KIND, id: layer.at(position).id() };
        best.offer(Found { distance_m: nearest.distance_m, key, spot: nearest.spot.map_or(Spot::Asked, on) });
    }
}

fn in_affairs<T: Affair>(points: &Points<T>, scope: &Scope, point: Metric, best: &mut Best) {
    let seen = |known: &super::affairs::Known<T>| known.thing.is_open() && scope.sees(&known.areas);
    let found = |known: &super::affairs::Known<T>, distance_m| Found {
        distance_m,
        key: Key { kind: T::KIND, id: known.thing.id() },
        spot: Spot::At(known.thing.place()),
    };
    for (known, distance_m) in points.changed_from(point) {
        if distance_m <= best.bound_m() && seen(known) && points.is_newest(known) {
            best.offer(found(known, distance_m));
        }
    }
    for (known, distance_m) in points.base_by_distance(point) {
        if distance_m > best.bound_m() {
            break;
        }
        if seen(known) {
            best.offer(found(known, distance_m));
        }
    }
}
