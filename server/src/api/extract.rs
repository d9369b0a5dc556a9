//! How a request is parsed: queries, paths and bodies that cannot be used become problems.

use super::problem::Problem;
use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
};
use gridward_data::model::{
    frame::Frame,
    place::{LonLat, Place},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use sha2::{Digest, Sha256};
use std::{fmt, marker::PhantomData};

/// The body of a request, bytes: a report is a few lines.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;

/// A query that was understood whole: unknown parameters are refused, since a misspelt one would be passed over in silence.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|rejection| Problem::invalid_query(rejection.body_text()))
    }
}

/// The variable parts of a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(path)| Self(path))
            .map_err(|_| Problem::not_found("there is nothing under this path; see /openapi.json"))
    }
}

/// The key under which a changing request may be sent again.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = parts.headers.get("idempotency-key").ok_or_else(Problem::idempotency_key_missing)?;
        match key.to_str() {
            Ok(key) if (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Ok(Self(key.to_owned()))
            }
            _ => Err(Problem::idempotency_key_missing()),
        }
    }
}

/// A body of JSON of at most so many bytes, and a digest of what was asked: of the method, the path and the bytes of the body.
pub(crate) struct Asked<T, const BYTES_MAX: usize = BODY_BYTES_MAX> {
    pub(crate) body: T,
    pub(crate) digest: [u8; 32],
}

impl<T: DeserializeOwned, S: Send + Sync, const BYTES_MAX: usize> FromRequest<S> for Asked<T, BYTES_MAX> {
    type Rejection = Problem;
    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let json =
            request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(
                |kind| kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json"),
            );
        if !json {
            return Err(Problem::not_json());
        }
        let mut digest = Sha256::new();
        for part in [request.method().as_str(), request.uri().path()] {
            digest.update(part);
            digest.update([0]);
        }
        let bytes = to_bytes(request.into_body(), BYTES_MAX).await;
        let bytes = bytes.map_err(|error| unread(&error, BYTES_MAX))?;
        digest.update(&bytes);
        let Object(body) =
            serde_json::from_slice(&bytes).map_err(|error| Problem::invalid_body(error.to_string()))?;
        Ok(Self { body, digest: digest.finalize().into() })
    }
}

/// What an object of JSON says. Derived readers take a list of the values as well, in the order of the fields, which nobody means.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        object(given).map(Self)
    }
}

/// Reads a field that is an object of JSON, and no list.
pub(crate) fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(given: D) -> Result<T, D::Error> {
    struct Fields<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
        type Value = T;
        fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
            words.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(fields))
        }
    }
    given.deserialize_map(Fields(PhantomData))
}

/// The same for a field that may be left out.
pub(crate) fn optional_object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    given: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(given)?.map(|Object(value)| value))
}

/// The number after which a page begins, from the `next` of the page before; 0 for the first page.
pub(crate) fn after(cursor: Option<&str>) -> Result<u64, Problem> {
    let wrong = |_| Problem::invalid_parameter("cursor", "give `next` of the page before, as it is");
    cursor.map_or(Ok(0), |cursor| cursor.parse().map_err(wrong))
}

fn unread(error: &axum::Error, bytes_max: usize) -> Problem {
    let is_too_large = std::error::Error::source(error)
        .is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>);
    if is_too_large {
        Problem::too_large(bytes_max)
    } else {
        Problem::invalid_body("the body broke off; send it again, with the same key")
    }
}

/// The frame that is named, or WGS-84.
pub(crate) fn frame(named: Option<&str>) -> Result<Frame, Problem> {
    named.map_or(Ok(Frame::Wgs84), |word| {
        let unknown =
            |_| Problem::invalid_parameter("frame", "the frame is one of wgs84, cgcs2000, gcj02, bd09");
        word.parse().map_err(unknown)
    })
}

/// The place that degrees in a frame mean.
pub(crate) fn place(lon: f64, lat: f64, frame: Option<&str>) -> Result<Place, Problem> {
    let frame = self::frame(frame)?;
    // The check of the Earth comes first: its message says which number is which.
    Place::new(lon, lat)?;
    let degrees = frame.to_wgs84(LonLat { lon, lat })?;
    Ok(Place::new(degrees.lon, degrees.lat)?)
}

/// A whole number within limits, or the one that is taken when none is given.
pub(crate) fn within(name: &'static str, given: Option<u32>, default: u32, max: u32) -> Result<u32, Problem> {
    match given {
        None => Ok(default),
        Some(number) if (1..=max).contains(&number) => Ok(number),
        Some(number) => {
            Err(Problem::invalid_parameter(name, format!("{name}={number} is not between 1 and {max}")))
        }
    }
}
