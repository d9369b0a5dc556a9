//! The web pages, which the binary carries in itself.

use super::problem::Problem;
use crate::etag;
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use gridward_tiles::{Effort, Encoding, compress};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

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

    let encoding = encoding_for(path, &headers);
    let etag = etag::of(&file.metadata.sha256_hash(), encoding.header().unwrap_or(""));
    // Names under /assets/ and /fonts/ hold a digest or a version of what is in them; what is under such a name never changes.
    let keep = if path.starts_with("assets/") || path.starts_with("fonts/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let named = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let known = named.is_some_and(|tags| etag::is_named(&etag, tags));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        packed(path, &file.data, encoding).into_response()
    };
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    head.extend(HeaderValue::from_str(&etag).map(|etag| (header::ETAG, etag)));
    head.extend(encoding.header().map(|word| (header::CONTENT_ENCODING, HeaderValue::from_static(word))));
    if !known {
        // In place of the type that axum gives to bytes, not beside it.
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind_of(path)));
    }
    response
}

/// How a file is sent: text packed, if the reader takes that; fonts and pictures are packed already.
fn encoding_for(path: &str, headers: &HeaderMap) -> Encoding {
    let takes = headers.get(header::ACCEPT_ENCODING).and_then(|takes| takes.to_str().ok());
    let is_text = !kind_of(path).starts_with("font/") && kind_of(path) != "image/png";
    // A file is never refused for its encoding: who takes none of ours gets it as it is.
    takes.filter(|_| is_text).and_then(|takes| Encoding::negotiate(Some(takes))).unwrap_or(Encoding::Identity)
}

/// A file as it is sent. Each is packed once, when it is first asked for.
fn packed(path: &str, file: &[u8], encoding: Encoding) -> Bytes {
    static PACKED: LazyLock<Mutex<HashMap<(String, Encoding), Bytes>>> = LazyLock::new(Mutex::default);
    if encoding == Encoding::Identity {
        return Bytes::copy_from_slice(file);
    }
    let kept = || PACKED.lock().unwrap_or_else(PoisonError::into_inner);
    let name = (path.to_owned(), encoding);
    let known = kept().get(&name).cloned();
    // Packed while nobody waits for the others; two who ask at once may both pack it.
    known.unwrap_or_else(|| {
        let packed = Bytes::from(compress(file, encoding, Effort::Thorough));
        kept().insert(name, packed.clone());
        packed
    })
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
