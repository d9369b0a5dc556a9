//! How the map is drawn: `GET /styles/{name}`.

use super::{
    extract::Path,
    pages::page,
    problem::{Answer, Problem},
    tiles::root,
};
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

/// A `MapLibre` style of the pages, with every address on this server.
#[utoipa::path(get, operation_id = "readStyle", path = "/styles/{name}", tag = "map", params(("name" = String, Path, description = "`day` or `night`")),
    responses((status = OK, description = "a MapLibre style", body = Object), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(headers: HeaderMap, Path(name): Path<String>) -> Answer<Response> {
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let style = if plain { page(&format!("styles/{name}.json")) } else { None };
    let style = style.ok_or_else(|| {
        Problem::not_found(format!("there is no style “{name}”; there are `day` and `night`"))
    })?;
    let text = String::from_utf8_lossy(&style.data).replace("{origin}", &root(&headers));
    let kind = HeaderValue::from_static("application/json");
    let keep = HeaderValue::from_static("private, no-cache");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], text).into_response())
}
