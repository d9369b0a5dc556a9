//! The map as tiles: `GET /tiles/{set}` and `GET /tiles/{set}/{z}/{x}/{y}`.

use super::{
    city::attribution,
    extract::{Path, Query},
    problem::{Answer, Problem},
};
use crate::{
    etag,
    map::tileset::{DEEPEST_ZOOM, TileSet},
    scoped::ScopedIndex,
};
use axum::{
    Json,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gridward_tiles::{Encoding, TileCoord, TileJson};
use serde::Deserialize;
use utoipa::IntoParams;

/// Tiles may be kept, and must be asked for again each time: the answer is mostly 304.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// What may stand behind a tile's path.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TileQuery {
    /// Anything that makes the URL new, for clients that would not ask again otherwise. It is not looked at.
    #[serde(rename = "v")]
    _version: Option<String>,
}

fn set_of(word: &str) -> Answer<TileSet> {
    TileSet::parse(word).ok_or_else(|| Problem::not_found("the sets of tiles are `base` and `live`"))
}

/// What a set of tiles holds and how its tiles are fetched.
#[utoipa::path(get, operation_id = "readTileJson", path = "/tiles/{set}", tag = "map", params(("set" = String, Path, description = "`base` or `live`")),
    responses((status = OK, description = "a TileJSON 3.0 document", body = Object), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn tilejson(
    index: ScopedIndex,
    headers: HeaderMap,
    Path(set): Path<String>,
) -> Answer<Json<TileJson>> {
    let set = set_of(&set)?;
    let version = index.version().to_string();
    Ok(Json(set.tilejson(&root(&headers), &version, index.bounds(), &attribution(&index))))
}

/// One vector tile. Empty ones are 204.
#[utoipa::path(get, operation_id = "readTile", path = "/tiles/{set}/{z}/{x}/{y}", tag = "map",
    params(("set" = String, Path, description = "`base` or `live`"), ("z" = u8, Path, description = "0 to 18"),
        ("x" = u32, Path, description = "column from the west"), ("y" = u32, Path, description = "row from the north"), TileQuery),
    responses((status = OK, content_type = "application/vnd.mapbox-vector-tile", description = "a Mapbox Vector Tile 2.1"),
        (status = NO_CONTENT, description = "nothing to be seen"), (status = NOT_MODIFIED, description = "the same as before"),
        (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(
    index: ScopedIndex,
    headers: HeaderMap,
    Path((set, z, x, y)): Path<(String, String, String, String)>,
    _: Query<TileQuery>,
) -> Answer<Response> {
    let set = set_of(&set)?;
    let tile: TileCoord =
        format!("{z}/{x}/{y}").parse().map_err(|error| Problem::not_found(format!("{error}")))?;
    if tile.z() > DEEPEST_ZOOM {
        return Err(Problem::not_found(format!(
            "tiles are made down to zoom {DEEPEST_ZOOM}; draw deeper ones from these"
        )));
    }
    let encoding = Encoding::negotiate(joined(&headers, &header::ACCEPT_ENCODING).as_deref())
        .ok_or_else(|| Problem::not_acceptable("tiles come as zstd, gzip or identity"))?;

    let Some(tile) = index.tile(set, tile, encoding) else {
        return Ok((StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, REVALIDATE)]).into_response());
    };

    let known =
        joined(&headers, &header::IF_NONE_MATCH).is_some_and(|tags| etag::is_named(&tile.etag, &tags));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(tile.body.clone()).into_response()
    };
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, REVALIDATE);
    head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    head.insert(header::ETAG, HeaderValue::from_str(&tile.etag).map_err(|error| Problem::internal(&error))?);
    if !known {
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.mapbox-vector-tile"));
        if let Some(encoding) = encoding.header() {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    Ok(response)
}

/// All values of a header, joined as HTTP joins them.
fn joined(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

/// The root under which the client reached this server.
pub(crate) fn root(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}
