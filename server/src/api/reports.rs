//! What somebody tells us: `POST /reports`.

use super::{
    extract::{Asked, IdempotencyKey, object, place},
    problem::{Answer, Problem},
    view::AreaName,
};
use crate::{
    clock,
    scoped::{ScopedIndex, ScopedStore},
};
use axum::{Json, http::StatusCode};
use gridward_data::{
    model::{
        account::Actor,
        entity::Kind,
        id::{CaseId, HazardId, ReportId},
        report::{Category, Channel},
    },
    store::commit::{Commit, Committed, Request},
};
use gridward_domain::cases::intake::{Intake, IntakeIds, Told};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A report as it is told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReport {
    /// By which way it came: `patrol`, `hotline`, `window`, `app`, `platform` or `desk`.
    #[schema(value_type = String, example = "patrol")]
    channel: Channel,
    /// What it is about: the code of a category, where known.
    #[schema(example = "14")]
    category: Option<String>,
    /// The words, 1 to 2,000 characters. Write no names or telephone numbers into them.
    #[schema(min_length = 1, max_length = 2000, example = "三单元门口有飞线充电")]
    text: String,
    /// Where.
    #[serde(deserialize_with = "object")]
    place: NewPlace,
    /// The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
}

/// A point in the frame that is named beside it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPlace {
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
}

/// What became of a report.
#[derive(Deserialize, Serialize, ToSchema)]
pub(crate) struct Received {
    /// The number of the report.
    report: u64,
    /// The number of the case that it is part of.
    case: u64,
    /// The number of the hazard on the map, where it is about one.
    hazard: Option<u64>,
}

/// What became of a report, and where.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceivedView {
    #[serde(flatten)]
    received: Received,
    /// The areas in which the place lies now, the widest first.
    areas: Vec<AreaName>,
    /// The version of the map that has it.
    version: String,
}

/// Takes a report. The answer is given once the report is safe on the disk; the same request under the same key is answered the same
/// again and stored once.
#[utoipa::path(
    post, operation_id = "createReport", path = "/reports", tag = "cases", request_body = NewReport,
    params(("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each report, the same when it is repeated; kept for 7 days")),
    responses(
        (status = CREATED, body = ReceivedView),
        (status = BAD_REQUEST, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem), (status = INSUFFICIENT_STORAGE, body = Problem),
    )
)]
pub(crate) async fn create(
    index: ScopedIndex,
    store: ScopedStore,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewReport>,
) -> Answer<(StatusCode, Json<ReceivedView>)> {
    let told = parse(body)?;
    let key = format!("loopback/{key}");
    let ids = new_ids(&store).await?;
    let Intake { report, case, hazard, areas, expected, changes } = match index.take_in(&told, ids) {
        Ok(intake) => intake,
        // The areas may have changed since it was taken: a repetition is answered as it was the first time all the same.
        Err(refusal) => {
            let received = answered(&store, &key, digest).await?.ok_or(refusal)?;
            let view = ReceivedView { received, areas: Vec::new(), version: index.version().to_string() };
            return Ok((StatusCode::CREATED, Json(view)));
        }
    };

    let received = Received {
        report: report.id.number(),
        case: case.id.number(),
        hazard: hazard.map(|hazard| hazard.id.number()),
    };
    let answer = serde_json::to_string(&received).map_err(|error| Problem::internal(&error))?;
    let request = Some(Request { key, digest, answer });
    let commit = Commit { expected, request, ..Commit::of(report.received_at, Actor::Loopback, changes) };
    let (received, version) = match store.commit(commit).await? {
        Committed::Stored { version } => (received, version),
        Committed::Repeated { answer, version } => (first(&answer)?, version),
    };
    let areas = super::areas::names(&index, areas);
    Ok((StatusCode::CREATED, Json(ReceivedView { received, areas, version: version.to_string() })))
}

/// What the same request was answered before.
async fn answered(store: &ScopedStore, key: &str, digest: [u8; 32]) -> Answer<Option<Received>> {
    let known = store.recall(key).await?.filter(|known| known.digest == digest);
    known.map(|known| first(&known.answer)).transpose()
}

fn first(answer: &str) -> Answer<Received> {
    serde_json::from_str(answer).map_err(|error| Problem::internal(&error))
}

fn parse(body: NewReport) -> Answer<Told> {
    let category = body.category.map(|text| text.parse::<Category>()).transpose();
    Ok(Told {
        channel: body.channel,
        category: category.map_err(|error| Problem::invalid_field("category", error.to_string()))?,
        text: body.text,
        place: place(body.place.lon, body.place.lat, body.frame.as_deref())?,
        received_at: clock::now(),
    })
}

async fn new_ids(store: &ScopedStore) -> Answer<IntakeIds> {
    let [report, case, hazard] = store.new_ids([Kind::Report, Kind::Case, Kind::Hazard]).await?;
    let allotted = |error| Problem::internal(&error);
    Ok(IntakeIds {
        report: ReportId::new(report).map_err(allotted)?,
        case: CaseId::new(case).map_err(allotted)?,
        hazard: HazardId::new(hazard).map_err(allotted)?,
    })
}
