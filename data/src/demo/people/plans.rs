//! What is to be walked: for each grid a plan of every day, its streets and the signs on its way.

use super::ground::Ground;
use crate::model::{
    area::Level,
    entity::Entity,
    id::{AreaId, PatrolPlanId, StreetId},
    patrol::PatrolPlan,
    place::Place,
    road::Street,
    time::{Timetable, Weekday, WeeklySpan},
};
use std::collections::{BTreeMap, BTreeSet};

/// Signs in one grid at most.
const SIGNS_MAX: usize = 4;
/// From eight in the morning to six in the evening.
const HOURS_MIN: (u16, u16) = (8 * 60, 18 * 60);

/// What lies in one grid.
#[derive(Default)]
struct Beat {
    streets: Vec<StreetId>,
    signs: Vec<Place>,
    /// The community of the grid.
    community: Option<AreaId>,
}

/// The plans, with ids from 1 on, by grid. A grid in which nobody may walk has none; a city without grids has none at all.
pub(super) fn plans(ground: &Ground<'_>, places: &[Entity]) -> Vec<PatrolPlan> {
    let mut beats: BTreeMap<AreaId, Beat> = BTreeMap::new();
    let of_level = |level| -> BTreeSet<AreaId> { ground.of_level(level).map(|ward| ward.id).collect() };
    let (grids, communities) = (of_level(Level::Grid), of_level(Level::Community));
    let grid = |place: Place| ground.areas(place).pop().filter(|area| grids.contains(area));
    // Signs stand at love stations first, then at gates.
    for entity in places {
        if let Entity::Station(station) = entity
            && let Some(grid) = grid(station.place)
        {
            beats.entry(grid).or_default().signs.push(station.place);
        }
    }
    for street in places.iter().filter_map(walkable) {
        let corners = street.line.places();
        let middle = corners[corners.len() / 2];
        if let Some(grid) = grid(middle) {
            let beat = beats.entry(grid).or_default();
            beat.streets.push(street.id);
            // On a border a level may be missing.
            let community = ground.areas(middle).into_iter().find(|area| communities.contains(area));
            beat.community = beat.community.or(community);
        }
        for barrier in street.barriers.iter().filter(|barrier| barrier.access.foot) {
            let place = corners[barrier.at as usize];
            if let Some(beat) = grid(place).map(|grid| beats.entry(grid).or_default())
                && beat.signs.len() < SIGNS_MAX
                && !beat.signs.contains(&place)
            {
                beat.signs.push(place);
            }
        }
    }
    let names: BTreeMap<AreaId, &str> = ground.wards().iter().map(|ward| (ward.id, ward.name)).collect();
    // A grid is called by its community, since each community counts its grids from one.
    let name = |area: AreaId, beat: &Beat| {
        let community = beat.community.and_then(|community| names.get(&community));
        format!("{}{}日巡", community.unwrap_or(&""), names.get(&area).unwrap_or(&""))
    };
    let hours: Vec<WeeklySpan> =
        Weekday::ALL.map(|day| WeeklySpan { day, from_min: HOURS_MIN.0, until_min: HOURS_MIN.1 }).to_vec();
    let walked = beats.into_iter().filter(|(_, beat)| !beat.streets.is_empty());
    let plan = |(number, (area, beat)): (usize, (AreaId, Beat))| PatrolPlan {
        id: PatrolPlanId::new(number as u64 + 1).expect("counted from one"),
        name: name(area, &beat),
        area,
        streets: beat.streets,
        checkpoints: beat.signs.into_iter().take(SIGNS_MAX).collect(),
        hours: Timetable(hours.clone()),
    };
    walked.enumerate().map(plan).collect()
}

fn walkable(entity: &Entity) -> Option<&Street> {
    match entity {
        Entity::Street(street) if street.access.foot => Some(street),
        _ => None,
    }
}
