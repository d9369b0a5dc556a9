//! Who answers for which ground: `GET /areas`, `GET /areas/{id}`.

use super::{
    extract::{Path, Query, after, within},
    problem::{Answer, Problem},
    view::{AreaName, BoundsView, PlaceView, bounds},
};
use crate::scoped::ScopedIndex;
use axum::Json;
use geojson::{Geometry, GeometryValue, Position};
use gridward_data::model::{
    area::{Area, AreaVersion, Level},
    code::CodeScheme,
    id::AreaId,
    shape::{Outline, Ring},
};
use gridward_domain::index::places::Areas;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Areas on a page, unless told otherwise.
const PAGE: u32 = 100;
/// Areas on a page at most.
const PAGE_MAX: u32 = 1_000;

/// The names of these areas, as far as they are there today.
pub(crate) fn names(index: &ScopedIndex, areas: impl IntoIterator<Item = AreaId>) -> Vec<AreaName> {
    let name = |id: AreaId| {
        let area = index.places().areas.find(id)?;
        Some(AreaName::of(area, area.current()?))
    };
    areas.into_iter().filter_map(name).collect()
}

/// Which areas are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AreaQuery {
    /// `district`, `street`, `community` or `grid`.
    level: Option<String>,
    /// Only those right under this area.
    parent: Option<u64>,
    /// How many, up to 1,000.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of areas, by id.
#[derive(Serialize, ToSchema)]
pub(crate) struct AreaPage {
    areas: Vec<AreaView>,
    /// Give it as `cursor` for the next page; null at the end.
    next: Option<String>,
    /// The version of the map.
    version: String,
}

/// An area as it is today.
#[derive(Serialize, ToSchema)]
pub(crate) struct AreaView {
    #[serde(flatten)]
    name: AreaName,
    /// How its code is read: `statistics`, `unit_grid`, `component` or `local`.
    #[schema(value_type = String)]
    scheme: CodeScheme,
    /// The area above it.
    parent: Option<u64>,
    /// A point surely inside, where a label fits.
    centre: PlaceView,
    /// The box around it: west, south, east, north.
    #[schema(value_type = Vec<f64>)]
    bounds: BoundsView,
    /// Households in it, where known.
    households: Option<u32>,
}

/// An area with its ground.
#[derive(Serialize, ToSchema)]
pub(crate) struct AreaWhole {
    #[serde(flatten)]
    view: AreaView,
    /// How many areas lie right under it.
    children: usize,
    /// Its ground: a GeoJSON `MultiPolygon`.
    #[schema(value_type = Object)]
    geometry: Geometry,
    /// The version of the map.
    version: String,
}

impl AreaView {
    fn of(areas: &Areas, area: &Area, now: &AreaVersion) -> Self {
        let around = now.outline.bounds();
        Self {
            name: AreaName::of(area, now),
            scheme: now.code.scheme(),
            parent: now.parent.map(AreaId::number),
            centre: areas.anchor(area.id).unwrap_or(around.centre()).into(),
            bounds: bounds(around),
            households: now.households,
        }
    }
}

/// Areas as they are today, by id.
#[utoipa::path(get, operation_id = "listAreas", path = "/areas", tag = "map", params(AreaQuery),
    responses((status = OK, body = AreaPage), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(index: ScopedIndex, Query(query): Query<AreaQuery>) -> Answer<Json<AreaPage>> {
    let wrong = |name, detail: &str| Problem::invalid_parameter(name, detail);
    let level = query.level.as_deref().map(|word| {
        Level::parse(word)
            .ok_or_else(|| wrong("level", "the level is `district`, `street`, `community` or `grid`"))
    });
    let level = level.transpose()?;
    let after = after(query.cursor.as_deref())?;
    let limit = within("limit", query.limit, PAGE, PAGE_MAX)? as usize;

    let areas = &index.places().areas;
    let mut found: Vec<(&Area, &AreaVersion)> = Level::ALL
        .into_iter()
        .filter(|each| level.is_none_or(|level| level == *each))
        .flat_map(|level| areas.at_level(level))
        .filter(|area| area.id.number() > after)
        .filter_map(|area| Some((area.as_ref(), area.current()?)))
        .filter(|(_, now)| query.parent.is_none_or(|parent| now.parent.map(AreaId::number) == Some(parent)))
        .collect();
    found.sort_unstable_by_key(|(area, _)| area.id);
    let more = found.len() > limit;
    found.truncate(limit);

    let next = if more { found.last().map(|(area, _)| area.id.to_string()) } else { None };
    let page = found.into_iter().map(|(area, now)| AreaView::of(areas, area, now)).collect();
    Ok(Json(AreaPage { areas: page, next, version: index.version().to_string() }))
}

/// One area as it is today, with its ground.
#[utoipa::path(get, operation_id = "readArea", path = "/areas/{id}", tag = "map", params(("id" = u64, Path, description = "its number")),
    responses((status = OK, body = AreaWhole), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(index: ScopedIndex, Path(id): Path<u64>) -> Answer<Json<AreaWhole>> {
    let areas = &index.places().areas;
    let found = AreaId::new(id).ok().and_then(|id| areas.find(id));
    let (area, now) = found
        .and_then(|area| Some((area, area.current()?)))
        .ok_or_else(|| Problem::not_found(format!("there is no area {id} today")))?;
    Ok(Json(AreaWhole {
        view: AreaView::of(areas, area, now),
        children: areas.children(area.id).len(),
        geometry: ground(&now.outline),
        version: index.version().to_string(),
    }))
}

fn ground(outline: &Outline) -> Geometry {
    let ring =
        |ring: &Ring| ring.places().iter().map(|place| Position::from([place.lon(), place.lat()])).collect();
    let polygons = outline.polygons().iter().map(|polygon| polygon.rings().map(ring).collect()).collect();
    Geometry::new(GeometryValue::MultiPolygon { coordinates: polygons })
}
