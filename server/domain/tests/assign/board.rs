//! A board of streets with people on it.

use crate::lattice::{NOW, Network};
use gridward_data::{
    model::{
        entity::Entity,
        id::{CompoundId, ResponderId, RosterId, ShiftId, TaskId},
        place::Place,
        responder::{Responder, Role},
        road::Mode,
        roster::{Duty, Roster, Shift},
        time::{Span, Timestamp},
    },
    store::{change::Revision, question::Fact, version::Version},
};
use gridward_domain::{assign::positions::Positions, index::Index, roads::Roads};
use std::sync::Arc;

pub(crate) fn who(id: u64) -> ResponderId {
    ResponderId::new(id).expect("an id")
}

/// A grid worker on foot.
pub(crate) fn responder(id: u64) -> Responder {
    Responder {
        id: who(id),
        role: Role::GridWorker,
        organisation: None,
        home_area: None,
        compound: None,
        duty_post: None,
        mode: Mode::Foot,
        skills: vec![],
    }
}

/// On duty for an hour now and for two more.
pub(crate) fn shift(id: u64, duty: Duty) -> Shift {
    let hour_ms = 3_600_000;
    Shift {
        id: ShiftId::new(id).expect("an id"),
        responder: who(id),
        roster: None,
        duty,
        span: Span { from: Timestamp(NOW.0 - hour_ms), until: Some(Timestamp(NOW.0 + 2 * hour_ms)) },
        task: None,
    }
}

pub(crate) fn task(id: u64) -> TaskId {
    TaskId::new(id).expect("an id")
}

pub(crate) fn roster(id: u64, responder: u64) -> Roster {
    Roster {
        id: RosterId::new(id).expect("an id"),
        responder: who(responder),
        duty: Duty::Rotating,
        hours: gridward_data::model::time::Timetable::default(),
        valid: Span::since(Timestamp(0)),
    }
}

pub(crate) fn version(seq: u64) -> Version {
    Version::new("board", 0, seq).expect("a version")
}

pub(crate) fn index(entities: Vec<Entity>) -> Index {
    let fact = |entity: Entity| Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity };
    Index::build(version(1), entities.into_iter().map(fact))
}

/// The index of a network with people, and where they are.
pub(crate) fn served(
    network: &Network,
    compounds: &[(CompoundId, gridward_data::model::shape::Outline)],
    people: Vec<Entity>,
) -> (Index, Positions) {
    let mut entities: Vec<Entity> = network.streets.iter().cloned().map(Entity::from).collect();
    entities.extend(network.restrictions.iter().enumerate().map(|(at, restriction)| {
        let mut restriction = restriction.clone();
        restriction.id = gridward_data::model::id::RestrictionId::new(at as u64 + 1).expect("an id");
        Entity::from(restriction)
    }));
    entities.extend(compounds.iter().map(|(id, outline)| {
        let (id, outline) = (*id, outline.clone());
        Entity::from(gridward_data::model::building::Compound { id, name: String::new(), outline })
    }));
    entities.extend(people);
    let index = index(entities);
    let positions = Positions::new(Arc::new(roads(&index)), &index);
    (index, positions)
}

pub(crate) fn roads(index: &Index) -> Roads {
    let places = index.places();
    Roads::build(
        places.streets.iter().map(AsRef::as_ref),
        places.restrictions.iter().map(AsRef::as_ref),
        places.compounds.iter().map(|compound| (compound.id, &compound.outline)),
        index.frame(),
    )
}

/// A place as a target without a building.
pub(crate) fn target(place: Place) -> gridward_domain::assign::first_to_arrive::Target {
    gridward_domain::assign::first_to_arrive::Target { place, doors: vec![place] }
}
