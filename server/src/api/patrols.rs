//! Who is on patrol: `POST /patrols`, `GET /patrols`, `GET /patrols/{id}`, `POST /patrols/{id}/end`, `POST /patrols/{id}/visits`.

use super::{
    coverage::read_day,
    extract::{Asked, IdempotencyKey, Path, Query, object, place},
    nearest_responders::AskedPlace,
    problem::{Answer, Problem},
    view::{AreaName, PlaceView},
};
use crate::{
    clock,
    scoped::{ScopedCoverage, ScopedIndex, ScopedStore},
};
use axum::{Json, http::StatusCode};
use gridward_data::{
    model::{
        account::Actor,
        calendar::Day,
        entity::{Key, Kind},
        id::{AreaId, PatrolId, PatrolPlanId, ResponderId, VisitId},
        patrol::Patrol,
        time::{Span, Timestamp},
        visit::{Visit, Visited},
    },
    store::{
        change::{Change, Revision},
        commit::{Commit, Committed, Request},
    },
};
use gridward_domain::patrol::begin::{Beginning, begin, end};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What somebody begins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPatrol {
    /// Who.
    responder: u64,
    /// After which plan; a free patrol if left out.
    plan: Option<u64>,
    /// In which area, of a free patrol; where the responder works, if left out.
    area: Option<u64>,
}

/// A patrol.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatrolView {
    id: u64,
    responder: u64,
    /// `grid_worker`, `watcher`, `mediator`, `expert` or `officer`.
    role: Option<&'static str>,
    /// `foot`, `e_bike` or `car`.
    mode: &'static str,
    plan: Option<u64>,
    /// The name of the plan.
    plan_name: Option<String>,
    /// The area that it is about.
    area: Option<AreaName>,
    from: String,
    /// Null as long as it goes on.
    until: Option<String>,
    revision: u64,
}

impl PatrolView {
    fn of(index: &ScopedIndex, revision: Revision, patrol: &Patrol) -> Self {
        let plan = patrol.plan.and_then(|plan| index.plan(plan.number()));
        let area = patrol.area.and_then(|area| index.places().areas.find(area));
        Self {
            id: patrol.id.number(),
            responder: patrol.responder.number(),
            role: index.responder(patrol.responder).map(|known| known.thing.role.word()),
            mode: patrol.mode.word(),
            plan: patrol.plan.map(PatrolPlanId::number),
            plan_name: plan.map(|known| known.thing.name.clone()),
            area: area.and_then(|area| Some(AreaName::of(area, area.current()?))),
            from: clock::rfc3339(patrol.span.from),
            until: patrol.span.until.map(clock::rfc3339),
            revision: revision.0,
        }
    }
}

/// Which patrols are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PatrolQuery {
    /// Only those about this area or one in it.
    area: Option<u64>,
    /// Those that began on a day in China, `2026-11-23`, and of which fixes came; those that go on now, if left out.
    day: Option<String>,
}

/// Patrols.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatrolList {
    /// By number.
    patrols: Vec<PatrolView>,
    version: String,
}

/// What is remembered of a request about a patrol for its repetition.
#[derive(Deserialize, Serialize)]
struct Begun {
    patrol: u64,
}

/// Begins a patrol. Who begins one off duty is on duty by it, until it ends: from now on, and not before, positions of this person are taken.
#[utoipa::path(
    post, operation_id = "createPatrol", path = "/patrols", tag = "patrols", request_body = NewPatrol,
    params(("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each patrol, the same when it is repeated; kept for 7 days")),
    responses(
        (status = CREATED, body = PatrolView), (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem, description = "this person is on patrol already"), (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn create(
    index: ScopedIndex,
    store: ScopedStore,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewPatrol>,
) -> Answer<(StatusCode, Json<PatrolView>)> {
    let beginning = body.read()?;
    let key = format!("loopback/{key}");
    if let Some(known) = store.recall(&key).await?.filter(|known| known.digest == digest) {
        return answer(&store, &known.answer).await;
    }
    if index.responder(beginning.responder).is_none() {
        return Err(Problem::not_found(format!("there is no responder {} that you may see", body.responder)));
    }
    let [id] = store.new_ids([Kind::Patrol]).await?;
    let id = PatrolId::new(id).map_err(|error| Problem::internal(&error))?;

    let decision = begin(&beginning, id, index.snapshot())?;

    let kept =
        serde_json::to_string(&Begun { patrol: id.number() }).map_err(|error| Problem::internal(&error))?;
    let commit = Commit {
        expected: decision.expected,
        request: Some(Request { key, digest, answer: kept }),
        ..Commit::of(beginning.at, Actor::Loopback, decision.changes)
    };
    let (Committed::Stored { .. } | Committed::Repeated { .. }) = store.commit(commit).await?;
    answer(&store, &format!("{{\"patrol\":{id}}}")).await
}

async fn answer(store: &ScopedStore, kept: &str) -> Answer<(StatusCode, Json<PatrolView>)> {
    let begun: Begun = serde_json::from_str(kept).map_err(|error| Problem::internal(&error))?;
    Ok((StatusCode::CREATED, Json(found(store, begun.patrol).await?)))
}

async fn found(store: &ScopedStore, id: u64) -> Answer<PatrolView> {
    let (revision, patrol) = find(store, id).await?;
    Ok(PatrolView::of(&store.index(), revision, &patrol))
}

/// One patrol, also one that has ended.
pub(super) async fn find(store: &ScopedStore, id: u64) -> Answer<(Revision, Patrol)> {
    let absent = || Problem::not_found(format!("there is no patrol {id} that you may see"));
    let id = PatrolId::new(id).map_err(|_| absent())?;
    store.patrols(&[id]).await?.pop().ok_or_else(absent)
}

/// Those on patrol now, or on a day.
#[utoipa::path(get, operation_id = "listPatrols", path = "/patrols", tag = "patrols", params(PatrolQuery),
    responses((status = OK, body = PatrolList), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(
    index: ScopedIndex,
    store: ScopedStore,
    coverage: ScopedCoverage,
    Query(query): Query<PatrolQuery>,
) -> Answer<Json<PatrolList>> {
    let patrols: Vec<(Revision, Patrol)> = match query.day.as_deref() {
        None => index.patrols().map(|known| (known.revision, known.thing.clone())).collect(),
        Some(day) => {
            let ids = coverage.patrols_of(read_day("day", day)?).await?;
            store.patrols(&ids).await?
        }
    };
    let within = |patrol: &Patrol| {
        query.area.is_none_or(|wanted| {
            let chain = patrol.area.map_or_else(Vec::new, |area| index.places().areas.chain(area));
            chain.iter().any(|area| area.number() == wanted)
        })
    };
    let patrols = patrols.iter().filter(|(_, patrol)| within(patrol));
    let patrols = patrols.map(|(revision, patrol)| PatrolView::of(&index, *revision, patrol)).collect();
    Ok(Json(PatrolList { patrols, version: index.version().to_string() }))
}

/// One patrol.
#[utoipa::path(get, operation_id = "readPatrol", path = "/patrols/{id}", tag = "patrols", params(("id" = u64, Path, description = "its number")),
    responses((status = OK, body = PatrolView), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(store: ScopedStore, Path(id): Path<u64>) -> Answer<Json<PatrolView>> {
    Ok(Json(found(&store, id).await?))
}

/// Ends a patrol. Fixes that were taken before may still come.
#[utoipa::path(
    post, operation_id = "endPatrol", path = "/patrols/{id}/end", tag = "patrols",
    params(
        ("id" = u64, Path, description = "its number"),
        ("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, the same when it is repeated; kept for 7 days"),
    ),
    responses((status = OK, body = PatrolView), (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem))
)]
pub(crate) async fn finish(
    store: ScopedStore,
    Path(id): Path<u64>,
    IdempotencyKey(_key): IdempotencyKey,
) -> Answer<Json<PatrolView>> {
    let (_, patrol) = find(&store, id).await?;
    // To end what has ended changes nothing.
    if patrol.span.until.is_none() {
        let now = clock::now();
        let decision = end(patrol.id, now, store.index_of_now().await.snapshot())?;
        let commit =
            Commit { expected: decision.expected, ..Commit::of(now, Actor::Loopback, decision.changes) };
        store.commit(commit).await?;
    }
    Ok(Json(found(&store, id).await?))
}

/// What was scanned.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewVisit {
    /// Where the sign stands.
    #[serde(deserialize_with = "object")]
    place: AskedPlace,
    /// The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
    /// When it was scanned, milliseconds since 1970-01-01T00:00:00Z.
    at_ms: i64,
}

/// A visit of a checkpoint.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitView {
    id: u64,
    patrol: u64,
    place: PlaceView,
    at: String,
}

/// What is remembered of a visit for its repetition.
#[derive(Deserialize, Serialize)]
struct Scanned {
    visit: u64,
}

/// A checkpoint was scanned on a patrol. What was scanned has been visited, however short. It may come late, and twice under the same key.
#[utoipa::path(
    post, operation_id = "createVisit", path = "/patrols/{id}/visits", tag = "patrols", request_body = NewVisit,
    params(
        ("id" = u64, Path, description = "the number of the patrol"),
        ("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each visit, the same when it is repeated; kept for 7 days"),
    ),
    responses(
        (status = CREATED, body = VisitView), (status = NOT_FOUND, body = Problem), (status = BAD_REQUEST, body = Problem),
        (status = CONFLICT, body = Problem, description = "it was not scanned on this patrol"), (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn visit(
    store: ScopedStore,
    coverage: ScopedCoverage,
    Path(id): Path<u64>,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewVisit>,
) -> Answer<(StatusCode, Json<VisitView>)> {
    let where_to = place(body.place.lon, body.place.lat, body.frame.as_deref())?;
    let (_, patrol) = find(&store, id).await?;
    let (at, now) = (Timestamp(body.at_ms), clock::now());
    on_patrol(&patrol, at, now, coverage.rules().future_s)
        .map_err(|reason| Problem::patrol_over(reason.detail(&patrol)))?;
    let key = format!("loopback/{key}");
    let [visit] = store.new_ids([Kind::Visit]).await?;
    let visit = Visit {
        id: VisitId::new(visit).map_err(|error| Problem::internal(&error))?,
        patrol: patrol.id,
        what: Visited::Checkpoint(where_to),
        span: Span { from: at, until: Some(at) },
    };
    let answer = serde_json::to_string(&Scanned { visit: visit.id.number() })
        .map_err(|error| Problem::internal(&error))?;
    let areas = patrol.area.map_or_else(Vec::new, |area| store.index().places().areas.chain(area));
    let commit = Commit {
        expected: vec![(Key { kind: Kind::Visit, id: visit.id.number() }, None)],
        request: Some(Request { key, digest, answer: answer.clone() }),
        ..Commit::of(now, Actor::Loopback, vec![Change::within(&areas, visit.clone())])
    };
    let kept = match store.commit(commit).await? {
        Committed::Stored { .. } => answer,
        Committed::Repeated { answer, .. } => answer,
    };
    coverage.due(patrol.id);
    let kept: Scanned = serde_json::from_str(&kept).map_err(|error| Problem::internal(&error))?;
    let view = VisitView { id: kept.visit, patrol: id, place: where_to.into(), at: clock::rfc3339(at) };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Why something was not on a patrol.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OffPatrol {
    /// Before it began, or after it ended.
    Outside,
    /// Further ahead than clocks go wrong.
    Future,
}

impl OffPatrol {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Outside => "off_patrol",
            Self::Future => "future",
        }
    }
    fn detail(self, patrol: &Patrol) -> String {
        match self {
            Self::Outside => format!(
                "patrol {} lasted from {} to {}: nothing of before or after is taken",
                patrol.id,
                clock::rfc3339(patrol.span.from),
                patrol.span.until.map_or_else(|| "now".to_owned(), clock::rfc3339)
            ),
            Self::Future => "it lies ahead of the server's clock: set the clock of the device".to_owned(),
        }
    }
}

/// Whether an instant lies in a patrol; of what lies outside nothing is kept.
pub(super) fn on_patrol(
    patrol: &Patrol,
    at: Timestamp,
    now: Timestamp,
    future_s: i64,
) -> Result<(), OffPatrol> {
    if at.0 > now.0 + future_s * 1_000 {
        return Err(OffPatrol::Future);
    }
    let ended = patrol.span.until.is_some_and(|until| at > until);
    if at < patrol.span.from || ended { Err(OffPatrol::Outside) } else { Ok(()) }
}

/// The day to whose file a patrol belongs.
pub(super) fn day_of(patrol: &Patrol) -> Day {
    Day::in_china(patrol.span.from)
}

impl NewPatrol {
    fn read(&self) -> Answer<Beginning> {
        let wrong = |field, error: gridward_data::model::id::InvalidId| {
            Problem::invalid_field(field, error.to_string())
        };
        Ok(Beginning {
            responder: ResponderId::new(self.responder).map_err(|error| wrong("responder", error))?,
            plan: self.plan.map(PatrolPlanId::new).transpose().map_err(|error| wrong("plan", error))?,
            area: self.area.map(AreaId::new).transpose().map_err(|error| wrong("area", error))?,
            at: clock::now(),
        })
    }
}
