//! The web pages, which the binary carries in itself.

use super::problem::Problem;
use crate::etag;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../web/dist"]
struct Pages;

/// A file of the built pages.
pub(crate) fn page(path: &str) -> Option<EmbeddedFile> {
    Pages::get(path)
}

/// The first page is the command map.
pub(crate) async fn first() -> Redirect {
    Redirect::temporary("/command/")
}

/// A file of the built pages, by its path.
pub(crate) async fn read(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let found = if path.ends_with('/') { page(&format!("{path}index.html")) } else { page(path) };
    let Some(file) = found else {
        let as_folder = page(&format!("{path}/index.html")).is_some();
        return if as_folder {
            Redirect::permanent(&format!("/{path}/")).into_response()
        } else {
            Problem::not_found("there is no such page").into_response()
        };
    };

    let etag = etag::of(&file.metadata.sha256_hash(), "");
    // Names under /assets/ and /fonts/ hold a digest or a version of what is in them; what is under such a name never changes.
    let keep = if path.starts_with("assets/") || path.starts_with("fonts/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let named = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let known = named.is_some_and(|tags| etag::is_named(&etag, tags));
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { file.data.into_owned().into_response() };
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    head.extend(HeaderValue::from_str(&etag).map(|etag| (header::ETAG, etag)));
    if !known {
        // In place of the type that axum gives to bytes, not beside it.
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind_of(path)));
    }
    response
}

/// The media type of a file by its ending; only endings that the build makes.
fn kind_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}
