//! What lies where.
//!
//! ```text
//! facts of the store ─► Index::build ─┐
//!                                     ├─► Index ─► near, locate, grids_around, … within (a box), find (an id)
//! rows of the log ────► Index::apply ─┘   one snapshot per batch, never changed, cheap to clone
//! ```
//!
//! Distances are metres in the flat frame around the middle of the city and go to outlines; whether a place lies in an outline is
//! reckoned exactly, in whole numbers of 1e-7° ([`inside`]). Things farther than 200 km from the middle of the city are kept but may not be
//! found by place. Where people are is no fact of the store: see
//! [`crate::assign::positions`].

pub mod affairs;
pub mod anchor;
pub mod fold;
pub mod ground;
pub mod inside;
pub mod layer;
pub mod locate;
pub mod near;
pub mod people;
pub mod places;
pub mod records;
pub mod search;
pub mod spread;

use affairs::Affairs;
use gridward_data::{
    model::{
        entity::{Key, Kind},
        local::{LocalFrame, Metric, REACH_M},
        place::{Bounds, Place},
    },
    store::{change::Revision, version::Version},
};
use people::People;
use places::Places;
use std::{collections::BTreeMap, sync::Arc};

/// Everything that is on the map at one version of the log. Cheap to clone; never changes.
#[derive(Clone, Debug)]
pub struct Index {
    version: Version,
    loaded: Version,
    frame: Arc<LocalFrame>,
    places: Places,
    affairs: Affairs,
    people: People,
    /// At which revision things went, since the load.
    gone: Arc<BTreeMap<Key, Revision>>,
}

impl Index {
    /// Up to where in the log it holds everything.
    #[must_use]
    pub const fn version(&self) -> &Version {
        &self.version
    }
    /// The flat frame in which distances are reckoned.
    #[must_use]
    pub fn frame(&self) -> &LocalFrame {
        &self.frame
    }
    /// What stands on the ground.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }
    /// What goes on.
    #[must_use]
    pub const fn affairs(&self) -> &Affairs {
        &self.affairs
    }
    /// Who there is.
    #[must_use]
    pub const fn people(&self) -> &People {
        &self.people
    }

    /// A place in metres; `None` too far from the middle of the frame for anything to be near.
    pub(crate) fn drawn(&self, place: Place) -> Option<Metric> {
        let point = self.frame.to_metres(place);
        (point.x.hypot(point.y) <= 2.0 * REACH_M).then_some(point)
    }

    /// The box around all places; `None` where there are none.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let places = &self.places;
        let first = [places.areas.layer().bounds(), places.compounds.bounds(), places.buildings.bounds()];
        let rest = [places.stations.bounds(), places.facilities.bounds(), places.streets.bounds()];
        layer::joined(first.into_iter().chain(rest))
    }

    /// How far a place lies outside the box around all places, metres; 0 inside, and where there are none.
    #[must_use]
    pub fn metres_outside(&self, place: Place) -> f64 {
        let Some(around) = self.bounds() else { return 0.0 };
        let lon_e7 = place.lon_e7().clamp(around.min.lon_e7(), around.max.lon_e7());
        let lat_e7 = place.lat_e7().clamp(around.min.lat_e7(), around.max.lat_e7());
        let nearest = Place::from_e7(lon_e7, lat_e7).unwrap_or(around.min);
        self.frame.to_metres(place).distance(self.frame.to_metres(nearest))
    }

    /// The name of the city: that of its widest area; of several, the one with the first code.
    #[must_use]
    pub fn city_name(&self) -> Option<&str> {
        Some(&self.places.areas.widest()?.current()?.name)
    }

    /// How many things of a kind there is still something to be done about; 0 for kinds that are never done with.
    #[must_use]
    pub const fn count_open(&self, kind: Kind) -> usize {
        match kind {
            Kind::Hazard => self.affairs.hazards.open(),
            Kind::Case => self.affairs.cases.open(),
            Kind::Task => self.affairs.tasks.open(),
            _ => 0,
        }
    }

    /// How many things of a kind there are; of areas, those of today. 0 for kinds that are not on the map.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        let places = &self.places;
        match kind {
            Kind::Area => gridward_data::model::area::Level::ALL
                .into_iter()
                .map(|level| places.areas.at_level(level).len())
                .sum(),
            Kind::Compound => places.compounds.len(),
            Kind::Building => places.buildings.len(),
            Kind::Station => places.stations.len(),
            Kind::Facility => places.facilities.len(),
            Kind::Street => places.streets.len(),
            Kind::Restriction => places.restrictions.len(),
            Kind::Source => places.sources.len(),
            Kind::Hazard => self.affairs.hazards.len(),
            Kind::Case => self.affairs.cases.len(),
            Kind::Task => self.affairs.tasks.len(),
            Kind::Closure => self.affairs.closures.len(),
            Kind::Organisation => self.people.organisations.len(),
            Kind::Post => self.people.posts.len(),
            Kind::Responder => self.people.responders.len(),
            Kind::Roster => self.people.rosters.len(),
            Kind::Shift => self.people.shifts.len(),
            Kind::PatrolPlan => self.people.plans.len(),
            Kind::Patrol => self.people.patrols.len(),
            Kind::Report | Kind::Visit => 0,
        }
    }
}
