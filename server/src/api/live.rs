//! What happens, as it happens: `GET /live`, `POST /live/{id}/view`.

use super::{
    extract::{Asked, Path, Query},
    problem::{Answer, Problem},
    responders::read_bounds,
};
use crate::{
    live::{
        event::{Beat, Change, Gone, Hello, MoreCovered, Reload},
        facts::is_told,
        movement::{PeopleCounted, PeopleMoved},
        view::{CELLS_MAX, View, cells_in},
    },
    scoped::ScopedLive,
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gridward_data::{
    model::{area::Level, entity::Kind, id::AreaId, place::Bounds},
    store::version::Version,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a reader looks at.
#[derive(Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LiveView {
    /// Only facts that lie in this area; all if left out.
    area: Option<u64>,
    /// Only facts of these kinds, joined by commas: `hazard,case,task,closure,shift` and others; all if left out.
    kinds: Option<String>,
    /// At which levels people are counted by area: `grid`, `community`, `street`, `district`, joined by commas; at none if left out.
    counts: Option<String>,
    /// Where each one of the people is wanted: west, south, east, north in degrees, joined by commas; several boxes joined by semicolons; nowhere
    /// if left out.
    bounds: Option<String>,
}

/// What an event of the stream may be; see `docs/live.md`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "it describes the stream, and nobody makes one")]
pub(crate) enum LiveEvent {
    Hello(Hello),
    Beat(Beat),
    Reload(Reload),
    Change(Box<Change>),
    Gone(Gone),
    People(PeopleMoved),
    Counts(PeopleCounted),
    Covered(MoreCovered),
}

/// What happens from now on, or after `Last-Event-ID`, as Server-Sent Events. It goes on until one side ends it.
#[utoipa::path(
    get, operation_id = "readLive", path = "/live", tag = "live",
    params(LiveView, ("Last-Event-ID" = Option<String>, Header, description = "the `id` of the last event that was read: what was missed comes first")),
    responses(
        (status = OK, description = "a stream of events; each `data` is one of these, by the name of its `event`", body = LiveEvent, content_type = "text/event-stream"),
        (status = BAD_REQUEST, body = Problem),
    )
)]
pub(crate) async fn read(
    live: ScopedLive,
    headers: HeaderMap,
    Query(asked): Query<LiveView>,
) -> Answer<Response> {
    let view = asked.read()?;
    let resume = resume(&headers);
    let reader = live.read(view, resume).map_err(|error| Problem::internal(&error))?;
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform")),
        // Asks nginx, and those who do as it does, to pass each event on at once.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((head, Body::from_stream(reader.told())).into_response())
}

/// Looks at something else without a new connection. What is newly in sight comes as a whole; facts of before are not told again: ask for them.
#[utoipa::path(
    post, operation_id = "turnLive", path = "/live/{id}/view", tag = "live", request_body = LiveView,
    params(("id" = String, Path, description = "`stream` of the `hello`")),
    responses(
        (status = NO_CONTENT, description = "done"), (status = NOT_FOUND, body = Problem), (status = BAD_REQUEST, body = Problem),
        (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn turn(
    live: ScopedLive,
    Path(id): Path<String>,
    Asked { body, .. }: Asked<LiveView>,
) -> Answer<StatusCode> {
    let view = body.read()?;
    if live.turn(&id, view) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("no stream has this number; it has ended: connect again with GET /live"))
    }
}

/// The version that the reader has; one that cannot be read was never given out, and is told so with `reload`.
fn resume(headers: &HeaderMap) -> Option<Version> {
    let given = headers.get("last-event-id")?;
    let unknown = || Version::new("unknown", 0, 0).ok();
    given.to_str().ok().and_then(|text| text.parse().ok()).or_else(unknown)
}

impl LiveView {
    fn read(&self) -> Answer<View> {
        let area = self.area.map(AreaId::new).transpose();
        let area = area.map_err(|error| Problem::invalid_parameter("area", error.to_string()))?;
        let kinds = self.kinds.as_deref().map(|kinds| kinds.split(',').map(read_kind).collect());
        let levels = self.counts.as_deref().map(|words| words.split(',').map(read_level).collect());
        let boxes = self.bounds.as_deref().map(|boxes| boxes.split(';').map(read_bounds).collect());
        let boxes: Vec<Bounds> = boxes.transpose()?.unwrap_or_default();
        let cells = cells_in(&boxes).map_err(|too_much| {
            let cells = too_much.cells;
            let detail = format!(
                "the boxes touch {cells} cells of the map, of {CELLS_MAX} at most: look at less, or ask for counts=grid"
            );
            Problem::invalid_parameter("bounds", detail)
        })?;
        Ok(View { area, kinds: kinds.transpose()?, cells, levels: levels.transpose()?.unwrap_or_default() })
    }
}

fn read_level(word: &str) -> Answer<Level> {
    let level = Level::ALL.into_iter().find(|level| level.word() == word);
    let known = "counts is some of grid, community, street, district, joined by commas";
    level.ok_or_else(|| Problem::invalid_parameter("counts", known))
}

fn read_kind(word: &str) -> Answer<Kind> {
    let kind = Kind::parse(word).filter(|kind| is_told(*kind));
    kind.ok_or_else(|| {
        let known: Vec<&str> =
            Kind::ALL.iter().filter(|kind| is_told(**kind)).map(|kind| kind.word()).collect();
        Problem::invalid_parameter("kinds", format!("“{word}” is none of {}", known.join(", ")))
    })
}
