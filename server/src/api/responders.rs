//! Who is on duty, and where: `GET /responders`.

use super::{
    extract::Query,
    problem::{Answer, Problem},
    view::PlaceView,
};
use crate::{
    clock,
    scoped::{ScopedForces, ScopedIndex},
};
use axum::Json;
use gridward_data::model::{
    area::Level,
    id::{AreaId, ResponderId, TaskId},
    place::{Bounds, Place},
    responder::Responder,
    roster::{Duty, Shift},
    time::Timestamp,
};
use gridward_domain::{
    access::{Precision, precision},
    assign::positions::{Presence, Source},
    index::{affairs::Known, locate::AreaRef},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// So many people are named one by one; of more the sums by area are told.
const PEOPLE_MAX: usize = 1_500;
/// So many sums by area at most, or they are those of the wider areas.
const AREAS_MAX: usize = 300;

/// In which way somebody is on duty.
#[derive(Serialize, ToSchema)]
pub(crate) struct DutyView {
    /// `resident` (at the post all day), `rotating` (in turn) or `on_call` (comes when called).
    kind: &'static str,
    /// The promised minutes until this person sets out; 0 where not on call.
    turnout_min: u16,
}

impl DutyView {
    pub(crate) fn of(duty: Duty) -> Self {
        Self { kind: duty.word(), turnout_min: duty.turnout_min() }
    }
}

/// Where somebody counts as being, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct PositionView {
    /// A point; with `precision` `grid` some point of the grid in which this person is. Null where nothing is known.
    place: Option<PlaceView>,
    /// `point`, or `grid` for a volunteer who is on no task.
    precision: &'static str,
    /// `fix` (a telephone said so) or `duty_post` (on resident duty without a fresh fix).
    source: &'static str,
    /// When the fix was taken; null at a post.
    at: Option<String>,
    /// The age of the fix when it was asked, seconds; null at a post.
    age_s: Option<f64>,
    /// The radius that holds the truth with 68 %, metres; null where not known, or with `precision` `grid`.
    accuracy_m: Option<f32>,
}

impl PositionView {
    /// A volunteer is shown by grid, unless on a task.
    pub(crate) fn of(
        index: &ScopedIndex,
        responder: &Responder,
        shift: &Shift,
        presence: &Presence,
        asked_at: Timestamp,
    ) -> Self {
        let precision = precision(responder, shift);
        let veiled = precision == Precision::Grid;
        let place = if veiled { index.grid_anchor(presence.place) } else { Some(presence.place) };
        Self {
            place: place.map(PlaceView::from),
            precision: precision.word(),
            source: match presence.source {
                Source::Fix => "fix",
                Source::Post => "duty_post",
            },
            at: presence.at.map(clock::rfc3339),
            age_s: presence.at.map(|at| ((asked_at.0 - at.0).max(0) / 100) as f64 / 10.0),
            accuracy_m: presence.accuracy_m.filter(|_| !veiled),
        }
    }
    /// Nothing is known.
    pub(crate) fn unknown() -> Self {
        Self {
            place: None,
            precision: Precision::Point.word(),
            source: "fix",
            at: None,
            age_s: None,
            accuracy_m: None,
        }
    }
    /// Whether the place is the very place.
    pub(crate) fn is_exact(&self) -> bool {
        self.precision == Precision::Point.word()
    }
}

/// Whose part of the map is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ResponderQuery {
    /// Only those in this box: west, south, east, north in degrees, joined by commas.
    bounds: Option<String>,
}

/// Who is on duty.
#[derive(Serialize, ToSchema)]
pub(crate) struct Force {
    /// Those in the box, by number; empty where they are too many to be shown one by one, and `areas` tells how many.
    people: Vec<PersonView>,
    /// How many are in each area, where they are too many.
    areas: Vec<AreaCount>,
    /// How many are in the box.
    in_box: usize,
    /// How many are on duty, in the box or not, with a known place or without.
    on_duty: usize,
    /// When it was so.
    at: String,
}

/// Somebody on duty.
#[derive(Serialize, ToSchema)]
struct PersonView {
    responder: u64,
    /// `grid_worker`, `watcher`, `mediator`, `expert` or `officer`.
    role: &'static str,
    /// `foot`, `e_bike` or `car`.
    mode: &'static str,
    duty: DutyView,
    /// The task that this person is busy with.
    task: Option<u64>,
    position: PositionView,
    /// Whether the position may be relied on: at a post, or by a fix of the last 30 minutes.
    fresh: bool,
}

/// How many are in an area.
#[derive(Serialize, ToSchema)]
struct AreaCount {
    area: u64,
    level: &'static str,
    name: String,
    place: PlaceView,
    count: u32,
}

/// Who is on duty, and where. Nobody off duty has a place here.
#[utoipa::path(get, operation_id = "listResponders", path = "/responders", tag = "people", params(ResponderQuery),
    responses((status = OK, body = Force), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(
    index: ScopedIndex,
    forces: ScopedForces,
    Query(query): Query<ResponderQuery>,
) -> Answer<Json<Force>> {
    let now = clock::now();
    let bounds = query.bounds.as_deref().map(read_bounds).transpose()?;

    let (on_duty, found) = forces.in_box(bounds, now);
    let seen: Vec<_> = found
        .iter()
        .filter_map(|(id, presence)| Some((index.responder(*id)?, index.shift(*id)?, presence)))
        .collect();

    let one_by_one = seen.len() <= PEOPLE_MAX;
    let people = if one_by_one { &seen[..] } else { &[] };
    let people =
        people.iter().map(|(responder, shift, presence)| person(&index, responder, shift, presence, now));
    Ok(Json(Force {
        people: people.collect(),
        areas: if one_by_one { Vec::new() } else { counts(&index, &found) },
        in_box: seen.len(),
        on_duty,
        at: clock::rfc3339(now),
    }))
}

pub(crate) fn read_bounds(text: &str) -> Answer<Bounds> {
    let wrong = |detail: &str| Problem::invalid_parameter("bounds", detail);
    let numbers: Result<Vec<f64>, _> = text.split(',').map(str::parse).collect();
    let Ok(&[west, south, east, north]) = numbers.as_deref() else {
        return Err(wrong("give four numbers joined by commas: west, south, east, north"));
    };
    let bounds = Bounds { min: Place::new(west, south)?, max: Place::new(east, north)? };
    if bounds.min.lon_e7() > bounds.max.lon_e7() || bounds.min.lat_e7() > bounds.max.lat_e7() {
        return Err(wrong("west and south come first: west, south, east, north"));
    }
    Ok(bounds)
}

fn person(
    index: &ScopedIndex,
    responder: &Known<Responder>,
    shift: &Known<Shift>,
    presence: &Presence,
    now: Timestamp,
) -> PersonView {
    PersonView {
        responder: responder.thing.id.number(),
        role: responder.thing.role.word(),
        mode: responder.thing.mode.word(),
        duty: DutyView::of(shift.thing.duty),
        task: shift.thing.task.map(TaskId::number),
        position: PositionView::of(index, &responder.thing, &shift.thing, presence, now),
        fresh: presence.fresh,
    }
}

/// How many are in each area: by grid, or by the smallest areas of which there are few enough to be read.
fn counts(index: &ScopedIndex, found: &[(ResponderId, Presence)]) -> Vec<AreaCount> {
    let chains: Vec<Vec<AreaRef>> = found.iter().map(|(_, presence)| index.chain(presence.place)).collect();
    let mut counted: BTreeMap<AreaId, u32> = BTreeMap::new();
    for level in [Level::Grid, Level::Community, Level::Street, Level::District] {
        counted.clear();
        for chain in &chains {
            if let Some(area) = chain.iter().rev().find(|area| area.level <= level) {
                *counted.entry(area.id).or_default() += 1;
            }
        }
        if counted.len() <= AREAS_MAX {
            break;
        }
    }
    let view = |(id, count): (AreaId, u32)| {
        let area = index.places().areas.find(id)?;
        Some(AreaCount {
            area: id.number(),
            level: area.level.word(),
            name: area.current()?.name.clone(),
            place: index.places().areas.anchor(id)?.into(),
            count,
        })
    };
    counted.into_iter().filter_map(view).collect()
}
