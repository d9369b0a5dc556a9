//! Where is this: `GET /locate`.

use super::{
    areas,
    extract::{Query, place},
    problem::{Answer, Problem},
    view::{AreaName, PlaceView},
};
use crate::scoped::ScopedIndex;
use axum::Json;
use gridward_data::model::building::{Building, Compound};
use gridward_domain::index::locate::AreaRef;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which place is asked about.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LocateQuery {
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
    /// The radius that holds the truth with 68 %, metres, up to 2,000; given, each grid in question is named with its probability.
    accuracy_m: Option<f64>,
    /// The frame of `lon` and `lat`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
}

/// Where a place is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Located {
    place: PlaceView,
    /// The areas that hold it, the widest first.
    areas: Vec<AreaName>,
    /// The compound in which it lies.
    compound: Option<CompoundView>,
    /// The building in which it lies.
    building: Option<BuildingView>,
    /// The nearest street with a name within 200 m.
    street: Option<StreetView>,
    /// With `accuracy_m`: the grids in question, the likeliest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    grids: Option<Vec<GridChance>>,
    /// With `accuracy_m`: the probability that it lies in no grid.
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<f64>,
    /// The version of the map.
    version: String,
}

/// A compound by name.
#[derive(Serialize, ToSchema)]
struct CompoundView {
    id: u64,
    name: String,
}

/// What is known of a building.
#[derive(Serialize, ToSchema)]
struct BuildingView {
    id: u64,
    name: Option<String>,
    address: Option<String>,
    storeys: Option<u16>,
    households: Option<u32>,
}

/// A street close by.
#[derive(Serialize, ToSchema)]
struct StreetView {
    id: u64,
    name: String,
    distance_m: f64,
}

/// How likely a grid holds the place.
#[derive(Serialize, ToSchema)]
struct GridChance {
    area: AreaName,
    /// 0 to 1; with `outside`, all add up to 1.
    probability: f64,
}

/// Where a place is: its areas, compound, building and street.
#[utoipa::path(get, operation_id = "locate", path = "/locate", tag = "map", params(LocateQuery),
    responses((status = OK, body = Located), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn read(index: ScopedIndex, Query(query): Query<LocateQuery>) -> Answer<Json<Located>> {
    let at = place(query.lon, query.lat, query.frame.as_deref())?;

    let located = index.locate(at);
    let odds = query.accuracy_m.map(|accuracy_m| index.grids_around(at, accuracy_m)).transpose()?;

    let chance = |(grid, probability): &(AreaRef, f64)| {
        areas::names(&index, [grid.id]).pop().map(|area| GridChance { area, probability: *probability })
    };
    Ok(Json(Located {
        place: at.into(),
        areas: areas::names(&index, located.areas.iter().map(|area| area.id)),
        compound: located.compound.as_deref().map(compound),
        building: located.building.as_deref().map(building),
        street: located.street.map(|(street, distance_m)| StreetView {
            id: street.id.number(),
            name: street.name.clone().unwrap_or_default(),
            distance_m: rounded(distance_m),
        }),
        grids: odds.as_ref().map(|odds| odds.grids.iter().filter_map(chance).collect()),
        outside: odds.as_ref().map(|odds| odds.outside),
        version: index.version().to_string(),
    }))
}

fn compound(compound: &Compound) -> CompoundView {
    CompoundView { id: compound.id.number(), name: compound.name.clone() }
}

fn building(building: &Building) -> BuildingView {
    BuildingView {
        id: building.id.number(),
        name: building.name.clone(),
        address: building.address.clone(),
        storeys: building.storeys,
        households: building.households,
    }
}

/// Decimetres are finer than any map is true.
pub(crate) fn rounded(distance_m: f64) -> f64 {
    (distance_m * 10.0).round() / 10.0
}
