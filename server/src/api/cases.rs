//! What is to be closed: `GET /cases`, `GET /cases/{id}`.

use super::{
    areas,
    extract::{Path, Query, within},
    problem::{Answer, Problem},
    view::{AreaName, PlaceView},
};
use crate::{
    clock,
    scoped::{ScopedIndex, ScopedStore},
};
use axum::Json;
use gridward_data::{
    model::{
        case::{Case, CaseKind, CaseStep},
        id::{AreaId, CaseId, HazardId},
        report::{Category, Channel, Report},
    },
    store::{change::Revision, question::CaseFilter},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Cases on a page, unless told otherwise.
const PAGE: u32 = 50;
/// Cases on a page at most.
const PAGE_MAX: u32 = 200;

/// Which cases are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CaseQuery {
    /// `open` or `closed`; both if left out.
    state: Option<String>,
    /// Only those of a category.
    category: Option<String>,
    /// Only those of an area and what lies in it.
    area: Option<u64>,
    /// How many, up to 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of cases, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct CasePage {
    cases: Vec<CaseView>,
    /// Give it as `cursor` for the next page; null at the end.
    next: Option<String>,
    /// The version of the map.
    version: String,
}

/// A case.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseView {
    id: u64,
    /// `police_matter`, `work_order`, `petition`, `dispute`, `hazard` or `help`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: CaseKind,
    category: Option<String>,
    /// `received`, `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`.
    state: &'static str,
    /// The words of its first report.
    text: Option<String>,
    /// By which way its first report came.
    #[schema(value_type = String)]
    channel: Channel,
    place: PlaceView,
    /// The areas in which it lay when it was opened, the widest first, by today's names.
    areas: Vec<AreaName>,
    hazard: Option<u64>,
    /// Its first report.
    report: Option<u64>,
    /// With the offset of China.
    received_at: String,
    /// How often it was written.
    revision: u64,
    /// How it came to where it is, the first step first.
    steps: Vec<CaseStepView>,
}

/// A step of a case.
#[derive(Serialize, ToSchema)]
struct CaseStepView {
    /// `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`.
    state: &'static str,
    at: String,
    /// Who took it, as this person signed; null where a task brought it about.
    by: Option<String>,
    note: Option<String>,
}

impl CaseView {
    pub(super) fn of(index: &ScopedIndex, revision: Revision, case: &Case, report: Option<Report>) -> Self {
        Self {
            id: case.id.number(),
            kind: case.kind,
            category: case.category.map(String::from),
            state: case.state.word(),
            text: report.map(|report| report.text),
            channel: case.channel,
            place: case.place.into(),
            areas: areas::names(index, case.areas.iter().copied()),
            hazard: case.hazard.map(HazardId::number),
            report: case.reports.first().map(|report| report.number()),
            received_at: clock::rfc3339(case.opened_at),
            revision: revision.0,
            steps: case.steps.iter().map(CaseStepView::of).collect(),
        }
    }
}

impl CaseStepView {
    fn of(step: &CaseStep) -> Self {
        Self {
            state: step.state.word(),
            at: clock::rfc3339(step.at),
            by: step.by.clone(),
            note: step.note.clone(),
        }
    }
}

/// Cases, the newest first.
#[utoipa::path(get, operation_id = "listCases", path = "/cases", tag = "cases", params(CaseQuery),
    responses((status = OK, body = CasePage), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(
    index: ScopedIndex,
    store: ScopedStore,
    Query(query): Query<CaseQuery>,
) -> Answer<Json<CasePage>> {
    let (filter, before, limit) = parse(&query)?;

    let found = store.cases(filter, before, limit + 1).await?;
    let page = &found[..found.len().min(limit)];
    let reports = store.first_reports(page).await?;

    let next = (found.len() > limit).then(|| page.last().map(|(_, case)| case.id.to_string())).flatten();
    let cases = page
        .iter()
        .zip(reports)
        .map(|((revision, case), report)| CaseView::of(&index, *revision, case, report))
        .collect();
    Ok(Json(CasePage { cases, next, version: index.version().to_string() }))
}

fn parse(query: &CaseQuery) -> Answer<(CaseFilter, Option<CaseId>, usize)> {
    let open = match query.state.as_deref() {
        None => None,
        Some("open") => Some(true),
        Some("closed") => Some(false),
        Some(_) => return Err(Problem::invalid_parameter("state", "the state is `open` or `closed`")),
    };
    let category = query.category.as_deref().map(str::parse::<Category>).transpose();
    let category = category.map_err(|error| Problem::invalid_parameter("category", error.to_string()))?;
    let area = query.area.map(AreaId::new).transpose();
    let area = area.map_err(|error| Problem::invalid_parameter("area", error.to_string()))?;
    let cursor =
        query.cursor.as_deref().map(|cursor| cursor.parse().ok().and_then(|number| CaseId::new(number).ok()));
    let before = match cursor {
        Some(None) => {
            return Err(Problem::invalid_parameter("cursor", "give `next` of the page before, as it is"));
        }
        Some(before) => before,
        None => None,
    };
    let limit = within("limit", query.limit, PAGE, PAGE_MAX)?;
    Ok((CaseFilter { open, category, area }, before, limit as usize))
}

/// One case.
#[utoipa::path(get, operation_id = "readCase", path = "/cases/{id}", tag = "cases", params(("id" = u64, Path, description = "its number")),
    responses((status = OK, body = CaseView), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(
    index: ScopedIndex,
    store: ScopedStore,
    Path(id): Path<u64>,
) -> Answer<Json<CaseView>> {
    let absent = || Problem::not_found(format!("there is no case {id} that you may see"));
    let id = CaseId::new(id).map_err(|_| absent())?;

    let (revision, case) = store.case(id).await?.ok_or_else(absent)?;
    let reports = store.first_reports(&[(revision, case.clone())]).await?;

    Ok(Json(CaseView::of(&index, revision, &case, reports.into_iter().flatten().next())))
}
