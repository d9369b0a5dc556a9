//! What is near: `GET /near`.

use super::{
    extract::{Query, place, within},
    locate::rounded,
    problem::{Answer, Problem},
    view::{HoursView, PlaceView, hours},
};
use crate::{clock, scoped::ScopedIndex};
use axum::Json;
use gridward_data::model::entity::Kind;
use gridward_domain::index::near::{Near, NearKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Things answered, unless told otherwise.
const K: u32 = 10;
/// Things answered at most.
const K_MAX: u32 = 100;
/// How far to look, unless told otherwise, metres.
const RADIUS_M: u32 = 1_000;
/// How far to look at most, metres.
const RADIUS_M_MAX: u32 = 20_000;

/// What is asked for, and where.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NearQuery {
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
    /// Kinds, joined by commas: `station`, `facility`, `hazard`, `building`, `compound`, `street`; all if left out.
    kinds: Option<String>,
    /// How many, 1 to 100.
    k: Option<u32>,
    /// How far to look, metres, 1 to 20,000.
    radius_m: Option<u32>,
    /// The frame of `lon` and `lat`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
}

/// What is near, the nearest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct NearView {
    place: PlaceView,
    results: Vec<NearThing>,
    /// The version of the map.
    version: String,
}

/// One thing that is near.
#[derive(Serialize, ToSchema)]
struct NearThing {
    /// `station`, `facility`, `hazard`, `building`, `compound` or `street`.
    kind: &'static str,
    id: u64,
    /// Its name, where it has one.
    name: Option<String>,
    /// What else is known of it.
    detail: Detail,
    /// Straight distance to its outline, metres; 0 inside.
    distance_m: f64,
    /// The point of it that is nearest.
    place: PlaceView,
}

/// What is known of a thing, by its kind; what its kind does not have is left out.
#[derive(Default, Serialize, ToSchema)]
struct Detail {
    /// Of a hazard: the code of its category.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// Of a hazard: `open` or `cleared`.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// Of a hazard: when it was first told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<String>,
    /// Of a hazard: the number of its case.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<u64>,
    /// Of a building: street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// Of a building: storeys above ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    storeys: Option<u16>,
    /// Of a facility or street: what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// Of a station or facility: when it is open; empty where not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<Vec<HoursView>>,
}

/// What is near a place, the nearest first; ties by kind and number.
#[utoipa::path(get, operation_id = "near", path = "/near", tag = "map", params(NearQuery),
    responses((status = OK, body = NearView), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn read(index: ScopedIndex, Query(query): Query<NearQuery>) -> Answer<Json<NearView>> {
    let at = place(query.lon, query.lat, query.frame.as_deref())?;
    let kinds = kinds(query.kinds.as_deref())?;
    let k = within("k", query.k, K, K_MAX)?;
    let radius_m = within("radius_m", query.radius_m, RADIUS_M, RADIUS_M_MAX)?;

    let found = index.near(at, &kinds, k as usize, f64::from(radius_m));

    let results = found.iter().filter_map(|near| thing(&index, near)).collect();
    Ok(Json(NearView { place: at.into(), results, version: index.version().to_string() }))
}

fn kinds(words: Option<&str>) -> Answer<Vec<NearKind>> {
    let Some(words) = words else { return Ok(NearKind::ALL.to_vec()) };
    let parse = |word: &str| {
        NearKind::parse(word).ok_or_else(|| {
            let known: Vec<&str> = NearKind::ALL.iter().map(|kind| kind.word()).collect();
            Problem::invalid_parameter("kinds", format!("“{word}” is none of {}", known.join(", ")))
        })
    };
    words.split(',').map(parse).collect()
}

fn thing(index: &ScopedIndex, near: &Near) -> Option<NearThing> {
    let id = near.key.id;
    let places = index.places();
    let (name, detail) = match near.key.kind {
        Kind::Station => {
            let station = places.stations.find(id)?;
            (
                Some(station.name.clone()),
                Detail { hours: Some(hours(&station.timetable)), ..Detail::default() },
            )
        }
        Kind::Facility => {
            let facility = places.facilities.find(id)?;
            let detail = Detail {
                kind: Some(facility.kind.word()),
                hours: Some(hours(&facility.timetable)),
                ..Detail::default()
            };
            (Some(facility.name.clone()), detail)
        }
        Kind::Building => {
            let building = places.buildings.find(id)?;
            let detail =
                Detail { address: building.address.clone(), storeys: building.storeys, ..Detail::default() };
            (building.name.clone(), detail)
        }
        Kind::Compound => (Some(places.compounds.find(id)?.name.clone()), Detail::default()),
        Kind::Street => {
            let street = places.streets.find(id)?;
            (street.name.clone(), Detail { kind: Some(street.kind.word()), ..Detail::default() })
        }
        Kind::Hazard => {
            let hazard = index.hazard(id)?;
            let detail = Detail {
                category: Some(hazard.category.to_string()),
                state: Some(hazard.state.word()),
                seen_at: Some(clock::rfc3339(hazard.seen_at)),
                case: Some(hazard.case.number()),
                ..Detail::default()
            };
            (None, detail)
        }
        _ => return None,
    };
    Some(NearThing {
        kind: near.key.kind.word(),
        id,
        name,
        detail,
        distance_m: rounded(near.distance_m),
        place: near.place.into(),
    })
}
