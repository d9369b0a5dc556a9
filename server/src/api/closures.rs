//! What is closed for a time: `POST /closures`, `GET /closures`, `POST /closures/{id}/end`.

use super::{
    extract::{Asked, IdempotencyKey, Path, object, place},
    nearest_responders::AskedPlace,
    problem::{Answer, Problem},
    view::PlaceView,
};
use crate::{
    clock,
    scoped::{ScopedIndex, ScopedStore},
};
use axum::{Json, http::StatusCode};
use gridward_data::{
    model::{
        account::Actor,
        entity::{Key, Kind},
        id::ClosureId,
        place::Place,
        road::{Closure, Street},
        time::{Span, Timestamp},
    },
    store::{
        change::Change,
        commit::{Commit, Committed, Request},
    },
};
use gridward_domain::{
    index::affairs::Known,
    roads::closures::{Spot, gate_at, street_at},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest closure, minutes: a year.
const MINUTES_MAX: u32 = 366 * 24 * 60;

/// What is to be closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClosure {
    /// `gate`: the gate or other barrier at the place; `street`: the street at the place, from crossing to crossing as it was mapped.
    #[schema(example = "gate")]
    what: String,
    /// A point on the map, at most 30 m from what is meant.
    #[serde(deserialize_with = "object")]
    place: AskedPlace,
    /// The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
    /// For how long, minutes from now, up to a year; until somebody opens it again, if left out.
    minutes: Option<u32>,
}

/// Something that is closed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosureView {
    id: u64,
    /// `gate` or `street`.
    what: &'static str,
    street: u64,
    /// The name of the street, where it has one.
    name: Option<String>,
    /// Where to show it: the gate, or the middle of the street.
    place: PlaceView,
    /// The line of a street that is closed.
    #[schema(value_type = Option<Vec<Vec<f64>>>)]
    line: Option<Vec<[f64; 2]>>,
    from: String,
    until: Option<String>,
    revision: u64,
}

/// What is closed now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosureList {
    closures: Vec<ClosureView>,
    version: String,
}

impl ClosureView {
    fn of(index: &ScopedIndex, known: &Known<Closure>) -> Option<Self> {
        let closure = &known.thing;
        let street = index.places().streets.find(closure.street.number())?;
        let places = street.line.places();
        Some(Self {
            id: closure.id.number(),
            what: if closure.place.is_some() { "gate" } else { "street" },
            street: street.id.number(),
            name: street.name.clone(),
            place: closure.place.unwrap_or(places[places.len() / 2]).into(),
            line: closure.place.is_none().then(|| super::candidates::line(places)),
            from: clock::rfc3339(closure.span.from),
            until: closure.span.until.map(clock::rfc3339),
            revision: known.revision.0,
        })
    }
}

/// What is remembered of a request for its repetition.
#[derive(Deserialize, Serialize)]
struct Closed {
    closure: u64,
}

/// Closes a gate or a street, at once and for everybody, until it is opened again or its time is over.
#[utoipa::path(
    post, operation_id = "createClosure", path = "/closures", tag = "people", request_body = NewClosure,
    params(("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each closure, the same when it is repeated; kept for 7 days")),
    responses(
        (status = CREATED, body = ClosureView), (status = NOT_FOUND, body = Problem), (status = BAD_REQUEST, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn create(
    index: ScopedIndex,
    store: ScopedStore,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewClosure>,
) -> Answer<(StatusCode, Json<ClosureView>)> {
    let key = format!("loopback/{key}");
    if let Some(known) = store.recall(&key).await?.filter(|known| known.digest == digest) {
        return answer(&store, &known.answer);
    }
    let now = clock::now();
    let at = place(body.place.lon, body.place.lat, body.frame.as_deref())?;
    let (street, gate) = meant(&index, &body.what, at)?;
    let [id] = store.new_ids([Kind::Closure]).await?;
    let id = ClosureId::new(id).map_err(|error| Problem::internal(&error))?;
    let closure = Closure { id, street: street.id, place: gate, span: span(body.minutes, now)? };

    let kept = Closed { closure: id.number() };
    let kept = serde_json::to_string(&kept).map_err(|error| Problem::internal(&error))?;
    let request = Some(Request { key, digest, answer: kept.clone() });
    let changes = vec![Change::place(closure)];
    match store.commit(Commit { request, ..Commit::of(now, Actor::Loopback, changes) }).await? {
        Committed::Stored { .. } => answer(&store, &kept),
        Committed::Repeated { answer: first, .. } => answer(&store, &first),
    }
}

fn meant<'a>(index: &'a ScopedIndex, what: &str, at: Place) -> Answer<(&'a Street, Option<Place>)> {
    match what {
        "gate" => match gate_at(index.snapshot(), at) {
            Some(Spot { street, place }) => Ok((street, Some(place))),
            None => Err(Problem::not_found("there is no gate or barrier within 30 m of this place")),
        },
        "street" => match street_at(index.snapshot(), at) {
            Some(Spot { street, .. }) => Ok((street, None)),
            None => Err(Problem::not_found("there is no street within 30 m of this place")),
        },
        _ => Err(Problem::invalid_field("what", "say `gate` or `street`")),
    }
}

fn span(minutes: Option<u32>, now: Timestamp) -> Answer<Span> {
    match minutes {
        None => Ok(Span::since(now)),
        Some(minutes) if (1..=MINUTES_MAX).contains(&minutes) => {
            Ok(Span { from: now, until: Some(Timestamp(now.0 + i64::from(minutes) * 60_000)) })
        }
        Some(_) => Err(Problem::invalid_field("minutes", format!("give 1 to {MINUTES_MAX} minutes"))),
    }
}

fn answer(store: &ScopedStore, kept: &str) -> Answer<(StatusCode, Json<ClosureView>)> {
    let closed: Closed = serde_json::from_str(kept).map_err(|error| Problem::internal(&error))?;
    let index = store.index();
    let view = index.closure(closed.closure).and_then(|known| ClosureView::of(&index, known));
    // A repetition may come after the end of what it closed.
    let view = view.ok_or_else(|| Problem::not_found("the closure is over already"))?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// What is closed now, the oldest first.
#[utoipa::path(get, operation_id = "listClosures", path = "/closures", tag = "people", responses((status = OK, body = ClosureList)))]
pub(crate) async fn list(index: ScopedIndex) -> Json<ClosureList> {
    let closures = index.closures().filter_map(|known| ClosureView::of(&index, known)).collect();
    Json(ClosureList { closures, version: index.version().to_string() })
}

/// Opens again what was closed. To open what is open already changes nothing.
#[utoipa::path(
    post, operation_id = "endClosure", path = "/closures/{id}/end", tag = "people",
    params(("id" = u64, Path, description = "its number")),
    responses((status = NO_CONTENT), (status = NOT_FOUND, body = Problem))
)]
pub(crate) async fn end(index: ScopedIndex, store: ScopedStore, Path(id): Path<u64>) -> Answer<StatusCode> {
    let Some(known) = index.closure(id) else { return Ok(StatusCode::NO_CONTENT) };
    let key = Key { kind: Kind::Closure, id };
    let expected = vec![(key, Some(known.revision))];
    let changes = vec![Change::Remove(key)];
    store.commit(Commit { expected, ..Commit::of(clock::now(), Actor::Loopback, changes) }).await?;
    Ok(StatusCode::NO_CONTENT)
}
