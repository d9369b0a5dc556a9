//! Who can be there first: `POST /nearest-responders`.

use super::{
    candidates::NearestAnswer,
    extract::{Asked, object, optional_object, place, within},
    problem::{Answer, Problem},
};
use crate::{
    clock,
    scoped::{ScopedForces, ScopedIndex},
};
use axum::Json;
use gridward_data::model::{case::Case, id::AreaId, place::Place, responder::Role, road::Mode};
use gridward_domain::{
    assign::{eligible::Needs, first_to_arrive::Target},
    index::affairs::Known,
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Candidates answered, unless told otherwise.
const K: u32 = 10;
/// Candidates answered at most.
const K_MAX: u32 = 50;
/// How far outside the city somebody may be needed, metres: farther off, the place is a slip of the pen.
const OUTSIDE_M_MAX: f64 = 50_000.0;

/// Where somebody is needed, and who would do: one of `place`, `case` and `hazard`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NearestQuestion {
    /// A place, at most 50 km outside the city.
    #[serde(default, deserialize_with = "optional_object")]
    place: Option<AskedPlace>,
    /// The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
    /// The number of a case: its place is meant.
    case: Option<u64>,
    /// The number of a hazard: its place is meant.
    hazard: Option<u64>,
    /// How many candidates, 1 to 50; 10 if left out.
    k: Option<u32>,
    /// Who would do; everybody if left out.
    #[serde(default, deserialize_with = "object")]
    needs: AskedNeeds,
    /// Whether the ways of the candidates are answered, too; they are if left out.
    ways: Option<bool>,
}

/// A point in the frame that is named beside it.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskedPlace {
    /// Longitude, degrees.
    pub(crate) lon: f64,
    /// Latitude, degrees.
    pub(crate) lat: f64,
}

/// Who would do. What is left out is not asked.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskedNeeds {
    /// One of these roles: `grid_worker`, `watcher`, `mediator`, `expert`, `officer`.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    roles: Vec<Role>,
    /// All of these skills.
    #[serde(default)]
    skills: Vec<String>,
    /// Going `foot`, `e_bike` or `car`.
    #[schema(value_type = Option<String>)]
    mode: Option<Mode>,
    /// Working in this area or below it.
    area: Option<u64>,
}

/// Who can be at a place first, by road, of those who may be asked; and why the others may not.
#[utoipa::path(
    post, operation_id = "nearestResponders", path = "/nearest-responders", tag = "people", request_body = NearestQuestion,
    responses((status = OK, body = NearestAnswer), (status = NOT_FOUND, body = Problem), (status = BAD_REQUEST, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem))
)]
pub(crate) async fn ask(
    index: ScopedIndex,
    forces: ScopedForces,
    Asked { body, .. }: Asked<NearestQuestion>,
) -> Answer<Json<NearestAnswer>> {
    let now = clock::now();
    let k = within("k", body.k, K, K_MAX)? as usize;
    let ways = body.ways.unwrap_or(true);
    let meant = meant(&index, &body)?;
    let needs = needs(body.needs)?;

    let target = Target::of(index.snapshot(), meant.place);
    let arrivals = forces.first_to_arrive(&target, &needs, k, now, ways);

    Ok(Json(NearestAnswer::of(&index, &forces, &meant, now, arrivals)))
}

/// What is asked about.
pub(crate) struct Meant {
    /// Where somebody is needed.
    pub(crate) place: Place,
    /// The case, where one is meant.
    pub(crate) case: Option<Arc<Known<Case>>>,
}

fn meant(index: &ScopedIndex, body: &NearestQuestion) -> Answer<Meant> {
    let of_case = |id: u64| {
        let case = index.case(id);
        case.ok_or_else(|| Problem::not_found(format!("there is no case {id} that you may see")))
    };
    match (body.place, body.case, body.hazard) {
        (Some(asked), None, None) => {
            let place = place(asked.lon, asked.lat, body.frame.as_deref())?;
            if index.snapshot().metres_outside(place) > OUTSIDE_M_MAX {
                let detail = "the place lies far outside the city: check the coordinates (longitude first) and their frame";
                return Err(Problem::invalid_field("place", detail));
            }
            Ok(Meant { place, case: None })
        }
        (None, Some(id), None) => {
            let case = of_case(id)?;
            Ok(Meant { place: case.thing.place, case: Some(Arc::clone(case)) })
        }
        (None, None, Some(id)) => {
            let hazard = index.hazard(id);
            let absent = || Problem::not_found(format!("there is no hazard {id} that you may see"));
            let hazard = hazard.ok_or_else(absent)?;
            Ok(Meant { place: hazard.place, case: index.case(hazard.case.number()).cloned() })
        }
        _ => Err(Problem::invalid_field("place", "say where: give one of `place`, `case` and `hazard`")),
    }
}

fn needs(asked: AskedNeeds) -> Answer<Needs> {
    let area = asked.area.map(AreaId::new).transpose();
    let area = area.map_err(|error| Problem::invalid_field("needs", error.to_string()))?;
    Ok(Needs { roles: asked.roles, skills: asked.skills, mode: asked.mode, area })
}
