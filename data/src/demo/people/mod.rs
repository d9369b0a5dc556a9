//! Who works in the city: organisations, responders, posts, who is on when, and what is to be walked.
//!
//! The figures are those that the district published for its 2,441 grids, and follow the number of grids elsewhere. Nobody has a name, and
//! nobody a home: a responder knows an area, and a desk at most.

pub(in crate::demo) mod ground;
mod organisations;
mod plans;
mod posts;
mod responders;
mod rosters;
#[cfg(test)]
mod tests;

use crate::model::{
    entity::Entity,
    organisation::{Organisation, Post},
    patrol::PatrolPlan,
    responder::Responder,
    roster::Roster,
    time::Timestamp,
};
use ground::Ground;

/// Which people, and which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeoplePlan {
    /// The same seed makes the same people and the same year.
    pub seed: u64,
    /// The year ends with the day in China (UTC+8) that holds the instant before this one: an instant of midnight there ends it exactly.
    pub until: Timestamp,
}

const DAY_MS: i64 = 86_400_000;
/// China's time is eight hours ahead of UTC, all year.
const CHINA_MS: i64 = 8 * 3_600_000;

impl PeoplePlan {
    /// The first instant after the year.
    pub(in crate::demo) fn end(&self) -> Timestamp {
        let days = -(-(self.until.0 + CHINA_MS)).div_euclid(DAY_MS);
        Timestamp(days * DAY_MS - CHINA_MS)
    }
    /// The first instant of the year: 365 days before its end.
    pub(in crate::demo) fn start(&self) -> Timestamp {
        Timestamp(self.end().0 - 365 * DAY_MS)
    }
}

/// The grids of the district for which the figures were published.
const GRIDS: usize = 2_441;

/// A figure of the district for a city of `leaves` grids: in proportion, rounded, and at least `fewest`.
pub(in crate::demo) fn in_proportion(figure: usize, leaves: usize, fewest: usize) -> usize {
    ((2 * figure * leaves + GRIDS) / (2 * GRIDS)).max(fewest)
}

/// The people of a city.
pub(in crate::demo) struct People {
    pub(in crate::demo) organisations: Vec<Organisation>,
    pub(in crate::demo) responders: Vec<Responder>,
    pub(in crate::demo) posts: Vec<Post>,
    pub(in crate::demo) rosters: Vec<Roster>,
    pub(in crate::demo) plans: Vec<PatrolPlan>,
}

impl People {
    /// As things that are kept.
    pub(in crate::demo) fn into_entities(self) -> Vec<Entity> {
        let organisations = self.organisations.into_iter().map(Entity::from);
        let responders = self.responders.into_iter().map(Entity::from);
        let posts = self.posts.into_iter().map(Entity::from);
        let rosters = self.rosters.into_iter().map(Entity::from);
        let plans = self.plans.into_iter().map(Entity::from);
        organisations.chain(responders).chain(posts).chain(rosters).chain(plans).collect()
    }
}

/// The people of the ground, which is that of these places.
pub(in crate::demo) fn people(ground: &Ground<'_>, places: &[Entity], plan: &PeoplePlan) -> People {
    let organisations = organisations::organisations(ground);
    let responders = responders::responders(ground, plan.seed);
    let posts = posts::posts(ground, &organisations, &responders);
    let rosters = rosters::rosters(&responders, plan);
    let plans = plans::plans(ground, places);
    People { organisations, responders, posts, rosters, plans }
}
