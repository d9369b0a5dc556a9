//! Which city is mapped, and how much is known of it: `GET /city`.

use super::view::{BoundsView, PlaceView, bounds};
use crate::scoped::ScopedIndex;
use axum::Json;
use gridward_data::model::{area::Level, entity::Kind};
use serde::Serialize;
use utoipa::ToSchema;

/// The city.
#[derive(Serialize, ToSchema)]
pub(crate) struct City {
    /// The name of its widest area; null for an empty store.
    name: Option<String>,
    /// The box around it; null for an empty store.
    #[schema(value_type = Option<Vec<f64>>)]
    bounds: Option<BoundsView>,
    /// The middle of the box.
    centre: Option<PlaceView>,
    /// How many there are of each kind.
    counts: Counts,
    /// Whom to thank for the data.
    attribution: String,
    /// The version of the map.
    version: String,
}

/// How many there are.
#[derive(Serialize, ToSchema)]
struct Counts {
    districts: usize,
    /// Sub-districts 街道.
    streets: usize,
    communities: usize,
    grids: usize,
    compounds: usize,
    buildings: usize,
    stations: usize,
    facilities: usize,
    /// Streets and footpaths one can walk.
    roads: usize,
    /// Hazards that are still there.
    hazards: usize,
    /// Cases that are still open.
    cases: usize,
}

/// Whom to thank for the places of the index.
pub(crate) fn attribution(index: &ScopedIndex) -> String {
    let sources: Vec<&str> =
        index.places().sources.iter().map(|source| source.attribution.as_str()).collect();
    sources.join("; ")
}

/// The city that is mapped.
#[utoipa::path(get, operation_id = "readCity", path = "/city", tag = "map", responses((status = OK, body = City)))]
pub(crate) async fn read(index: ScopedIndex) -> Json<City> {
    let areas = |level| index.places().areas.at_level(level).len();
    let counts = Counts {
        districts: areas(Level::District),
        streets: areas(Level::Street),
        communities: areas(Level::Community),
        grids: areas(Level::Grid),
        compounds: index.count(Kind::Compound),
        buildings: index.count(Kind::Building),
        stations: index.count(Kind::Station),
        facilities: index.count(Kind::Facility),
        roads: index.count(Kind::Street),
        hazards: index.count_open(Kind::Hazard),
        cases: index.count_open(Kind::Case),
    };
    let around = index.bounds();
    Json(City {
        name: index.city_name().map(str::to_owned),
        bounds: around.map(bounds),
        centre: around.map(|around| around.centre().into()),
        counts,
        attribution: attribution(&index),
        version: index.version().to_string(),
    })
}
