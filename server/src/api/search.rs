//! What is called so: `GET /search`.

use super::{
    areas,
    extract::{Query, within},
    problem::{Answer, Problem},
    view::{AreaName, PlaceView},
};
use crate::scoped::ScopedIndex;
use axum::Json;
use gridward_data::model::area::Level;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Things answered, unless told otherwise.
const LIMIT: u32 = 10;
/// Things answered at most.
const LIMIT_MAX: u32 = 50;
/// The longest text, characters.
const TEXT_MAX_CHARACTERS: usize = 100;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// A name or code, or a part of it, up to 100 characters.
    q: String,
    /// How many, 1 to 50.
    limit: Option<u32>,
}

/// What was found, what fits best first.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchView {
    results: Vec<NamedView>,
    version: String,
}

/// Something with the name.
#[derive(Serialize, ToSchema)]
struct NamedView {
    /// `area`, `compound`, `station`, `facility` or `street`.
    kind: &'static str,
    id: u64,
    name: String,
    /// Of an area: `district`, `street`, `community` or `grid`.
    level: Option<&'static str>,
    /// Of an area: its code.
    code: Option<String>,
    /// Where to look for it on the map.
    place: PlaceView,
    /// The areas in which it lies, without itself, the widest first.
    within: Vec<AreaName>,
}

/// Areas, compounds, stations, facilities and streets by name or code.
#[utoipa::path(get, operation_id = "search", path = "/search", tag = "map", params(SearchQuery),
    responses((status = OK, body = SearchView), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn read(index: ScopedIndex, Query(query): Query<SearchQuery>) -> Answer<Json<SearchView>> {
    let limit = within("limit", query.limit, LIMIT, LIMIT_MAX)? as usize;
    if query.q.chars().count() > TEXT_MAX_CHARACTERS {
        let detail = format!("look for at most {TEXT_MAX_CHARACTERS} characters");
        return Err(Problem::invalid_parameter("q", detail));
    }
    let found = index.search(&query.q, limit);
    let results = found.into_iter().map(|named| {
        let level: Option<Level> = named.level;
        let chain = index.chain(named.place).into_iter();
        let wider = chain.filter(|area| level.is_none_or(|level| area.level < level)).map(|area| area.id);
        NamedView {
            kind: named.key.kind.word(),
            id: named.key.id,
            within: areas::names(&index, wider),
            name: named.name,
            level: level.map(Level::word),
            code: named.code,
            place: named.place.into(),
        }
    });
    Ok(Json(SearchView { results: results.collect(), version: index.version().to_string() }))
}
