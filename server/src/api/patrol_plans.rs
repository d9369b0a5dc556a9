//! What is to be walked: `GET /patrol-plans`.

use super::{
    extract::{Query, after, within},
    problem::{Answer, Problem},
    view::{AreaName, HoursView, PlaceView, hours},
};
use crate::scoped::ScopedIndex;
use axum::Json;
use gridward_data::model::{
    id::{AreaId, StreetId},
    patrol::PatrolPlan,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Plans on a page, unless told otherwise.
const PAGE: u32 = 100;
/// Plans on a page at most.
const PAGE_MAX: u32 = 1_000;

/// Which plans are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlanQuery {
    /// Only those of this area and of those in it.
    area: Option<u64>,
    /// How many, up to 1,000.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Patrol plans.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanPage {
    /// By number.
    plans: Vec<PlanView>,
    /// Give it as `cursor` for the next page; null at the end.
    next: Option<String>,
}

/// What is to be walked, and when.
#[derive(Serialize, ToSchema)]
struct PlanView {
    id: u64,
    name: String,
    area: Option<AreaName>,
    streets: Vec<u64>,
    checkpoints: Vec<PlaceView>,
    hours: Vec<HoursView>,
}

impl PlanView {
    fn of(index: &ScopedIndex, plan: &PatrolPlan) -> Self {
        let area = index.places().areas.find(plan.area);
        Self {
            id: plan.id.number(),
            name: plan.name.clone(),
            area: area.and_then(|area| Some(AreaName::of(area, area.current()?))),
            streets: plan.streets.iter().map(|street| StreetId::number(*street)).collect(),
            checkpoints: plan.checkpoints.iter().map(|place| (*place).into()).collect(),
            hours: hours(&plan.hours),
        }
    }
}

/// The plans after which patrols are walked, by number.
#[utoipa::path(get, operation_id = "listPatrolPlans", path = "/patrol-plans", tag = "patrols", params(PlanQuery),
    responses((status = OK, body = PlanPage), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(index: ScopedIndex, Query(query): Query<PlanQuery>) -> Answer<Json<PlanPage>> {
    let limit = within("limit", query.limit, PAGE, PAGE_MAX)? as usize;
    let first = after(query.cursor.as_deref())?;
    let wanted = query.area.map(AreaId::new).transpose();
    let wanted = wanted.map_err(|error| Problem::invalid_parameter("area", error.to_string()))?;
    let areas = &index.places().areas;
    let within = |plan: &&PatrolPlan| wanted.is_none_or(|area| areas.chain(plan.area).contains(&area));
    let later = index.plans().map(|known| &known.thing).filter(|plan| plan.id.number() > first);
    let mut found: Vec<&PatrolPlan> = later.filter(within).take(limit + 1).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|plan| plan.id.to_string());
    Ok(Json(PlanPage { plans: found.iter().map(|plan| PlanView::of(&index, plan)).collect(), next }))
}
