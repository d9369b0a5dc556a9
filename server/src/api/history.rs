//! What was: `GET /history`, `GET /history/pace`. Cases, hazards, and how many people were where; never who, and of few only in which wider area.

use super::{
    areas,
    extract::{Query, within},
    problem::{Answer, Problem},
    view::{AreaName, PlaceView},
};
use crate::{
    clock,
    scoped::{Heads, ScopedIndex, ScopedStore},
};
use axum::Json;
use gridward_data::model::{
    area::Level,
    case::{Case, CaseKind, Hazard},
    id::HazardId,
    report::Report,
    time::Timestamp,
};
use gridward_domain::cases::past::{Bar, Then};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Cases that are told of a moment, unless told otherwise, and at most.
const CASES: (u32, u32) = (30, 200);
/// How long a bar is unless told otherwise, and at most, seconds; and how many of them there may be.
const BAR_S: (u32, u32) = (900, 31 * 86_400);
const BARS_MAX: i64 = 1_000;
/// The longest stretch of time, days.
const DAYS_MAX: i64 = 366;
/// How old a count of people may be to stand for a moment. People are counted every five minutes, unless the server was down.
const COUNTED_WITHIN_MS: i64 = 15 * 60_000;

/// Of which moment is asked.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryQuery {
    /// The moment, `2026-11-23T15:07:00+08:00`.
    at: String,
    /// Of which areas people are counted: `district`, `street`, `community` or `grid`; `grid` if left out.
    level: Option<String>,
    /// How many cases are told of, the newest first: up to 200.
    limit: Option<u32>,
}

/// What was at a moment.
#[derive(Serialize, ToSchema)]
pub(crate) struct History {
    at: String,
    /// How many cases were open.
    open_cases: usize,
    /// The newest of them first.
    cases: Vec<CaseThen>,
    /// All hazards that were open, by number.
    hazards: Vec<HazardThen>,
    /// How many people were where; null where nobody counted in the quarter of an hour before.
    people: Option<PeopleThen>,
}

/// A case as it was.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseThen {
    id: u64,
    /// `police_matter`, `work_order`, `petition`, `dispute`, `hazard` or `help`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: CaseKind,
    category: Option<String>,
    /// `received`, `acknowledged`, `assigned` or `handled`; null where the steps of that time were not noted.
    state: Option<&'static str>,
    /// The words of its first report.
    text: Option<String>,
    place: PlaceView,
    /// The areas in which it lay when it was opened, the widest first, by today's names.
    areas: Vec<AreaName>,
    hazard: Option<u64>,
    received_at: String,
    /// When it came to an end, if it has by now.
    closed_at: Option<String>,
}

/// A hazard as it was.
#[derive(Serialize, ToSchema)]
pub(crate) struct HazardThen {
    id: u64,
    case: u64,
    category: String,
    place: PlaceView,
}

/// How many people were in the areas of a level.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleThen {
    /// When they were counted.
    counted_at: String,
    level: &'static str,
    /// All of them.
    count: u32,
    /// By number; an area without anybody is left out. Of fewer than three the area above is told, and so areas of several levels may be among them.
    areas: Vec<AreaHeads>,
}

/// How many people were in an area.
#[derive(Serialize, ToSchema)]
struct AreaHeads {
    area: u64,
    count: u32,
    /// The place by which the area is shown, degrees.
    lon: f64,
    lat: f64,
}

/// What was still to be done at a moment of the past, and how many people were where. It is what was so, as far as it is known now: what was told late
/// is in it.
#[utoipa::path(get, operation_id = "readHistory", path = "/history", tag = "history", params(HistoryQuery),
    responses((status = OK, body = History), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn read(
    index: ScopedIndex,
    store: ScopedStore,
    Query(query): Query<HistoryQuery>,
) -> Answer<Json<History>> {
    let at = past_moment("at", &query.at)?;
    let level = query.level.as_deref().map_or(Ok(Level::Grid), read_level)?;
    let limit = within("limit", query.limit, CASES.0, CASES.1)? as usize;

    let past = index.past(at);
    let told: Vec<_> = past
        .cases
        .iter()
        .take(limit)
        .map(|(known, then)| ((known.revision, known.thing.clone()), *then))
        .collect();
    let (cases, thens): (Vec<_>, Vec<_>) = told.into_iter().unzip();
    let reports = store.first_reports(&cases).await?;
    let people = store.heads(at, level, COUNTED_WITHIN_MS).await?;

    let each = cases.iter().zip(thens).zip(reports);
    Ok(Json(History {
        at: clock::rfc3339(at),
        open_cases: past.cases.len(),
        cases: each.map(|(((_, case), then), report)| CaseThen::of(&index, case, then, report)).collect(),
        hazards: past.hazards.iter().map(|known| HazardThen::of(&known.thing)).collect(),
        people: people.map(|heads| PeopleThen::of(&index, level, &heads)),
    }))
}

impl CaseThen {
    fn of(index: &ScopedIndex, case: &Case, then: Then, report: Option<Report>) -> Self {
        Self {
            id: case.id.number(),
            kind: case.kind,
            category: case.category.map(String::from),
            state: match then {
                Then::Noted(state) => Some(state.word()),
                Then::Open => None,
            },
            text: report.map(|report| report.text),
            place: case.place.into(),
            areas: areas::names(index, case.areas.iter().copied()),
            hazard: case.hazard.map(HazardId::number),
            received_at: clock::rfc3339(case.opened_at),
            closed_at: case.closed_at.map(clock::rfc3339),
        }
    }
}

impl HazardThen {
    fn of(hazard: &Hazard) -> Self {
        Self {
            id: hazard.id.number(),
            case: hazard.case.number(),
            category: hazard.category.to_string(),
            place: hazard.place.into(),
        }
    }
}

impl PeopleThen {
    fn of(index: &ScopedIndex, level: Level, heads: &Heads) -> Self {
        let anchor = |area| index.places().areas.anchor(area);
        Self {
            counted_at: clock::rfc3339(heads.at),
            level: level.word(),
            count: heads.areas.values().sum(),
            areas: heads
                .areas
                .iter()
                .filter_map(|(area, count)| {
                    let place = anchor(*area)?;
                    Some(AreaHeads { area: area.number(), count: *count, lon: place.lon(), lat: place.lat() })
                })
                .collect(),
        }
    }
}

/// Of which stretch of time is asked.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PaceQuery {
    /// Its beginning, `2026-11-23T15:07:00+08:00`.
    from: String,
    /// Its end; now if left out. A year at most.
    until: Option<String>,
    /// How long each bar is, seconds; a quarter of an hour if left out. At most 1,000 of them.
    bar_s: Option<u32>,
}

/// How many cases came and went.
#[derive(Serialize, ToSchema)]
pub(crate) struct Pace {
    from: String,
    until: String,
    bars: Vec<BarView>,
}

/// How many cases came and went in a stretch of time.
#[derive(Serialize, ToSchema)]
pub(crate) struct BarView {
    /// It lasts until the next one begins.
    from: String,
    received: u32,
    /// Closed or dismissed.
    closed: u32,
}

/// How many cases came and went, in stretches of equal length: what a time line draws.
#[utoipa::path(get, operation_id = "readPace", path = "/history/pace", tag = "history", params(PaceQuery),
    responses((status = OK, body = Pace), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn pace(index: ScopedIndex, Query(query): Query<PaceQuery>) -> Answer<Json<Pace>> {
    let from = past_moment("from", &query.from)?;
    let until = query.until.as_deref().map_or_else(|| Ok(clock::now()), |text| past_moment("until", text))?;
    if from >= until || until.0 - from.0 > DAYS_MAX * 86_400_000 {
        let detail = format!("`from` lies before `until`, and at most {DAYS_MAX} days before it");
        return Err(Problem::invalid_parameter("from", detail));
    }
    let bar_ms = i64::from(within("bar_s", query.bar_s, BAR_S.0, BAR_S.1)?) * 1_000;
    if (until.0 - from.0) / bar_ms >= BARS_MAX {
        return Err(Problem::invalid_parameter("bar_s", format!("that would be more than {BARS_MAX} bars")));
    }
    let view =
        |bar: Bar| BarView { from: clock::rfc3339(bar.from), received: bar.received, closed: bar.closed };
    let bars = index.pace(from, until, bar_ms).into_iter().map(view).collect();
    Ok(Json(Pace { from: clock::rfc3339(from), until: clock::rfc3339(until), bars }))
}

/// A moment that is not still to come.
pub(super) fn past_moment(field: &'static str, text: &str) -> Answer<Timestamp> {
    let at = clock::parse(text).map_err(|_| {
        let detail =
            "give an instant with its offset, 2026-11-23T15:07:00+08:00 (in a query the + is written %2B)";
        Problem::invalid_parameter(field, detail)
    })?;
    if at > clock::now() {
        return Err(Problem::invalid_parameter(field, "that is still to come"));
    }
    Ok(at)
}

fn read_level(word: &str) -> Answer<Level> {
    let level = Level::ALL.into_iter().find(|level| level.word() == word);
    level.ok_or_else(|| {
        Problem::invalid_parameter("level", "the level is one of district, street, community, grid")
    })
}
