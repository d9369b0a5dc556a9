//! Who is on duty, in which way, from when until when: `GET /shifts`.

use super::{
    extract::{Query, after, within},
    problem::{Answer, Problem},
    responders::DutyView,
    view::PlaceView,
};
use crate::{clock, scoped::ScopedIndex};
use axum::Json;
use gridward_data::model::{
    id::{AreaId, TaskId},
    responder::Responder,
    roster::Shift,
};
use gridward_domain::index::affairs::Known;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Shifts on a page, unless told otherwise.
const PAGE: u32 = 100;
/// Shifts on a page at most.
const PAGE_MAX: u32 = 1_000;

/// Which part of the list is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShiftQuery {
    /// How many, up to 1,000.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of shifts, by responder.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShiftPage {
    shifts: Vec<ShiftView>,
    /// Give it as `cursor` for the next page; null at the end.
    next: Option<String>,
    /// The version of the map.
    version: String,
}

/// Somebody's shift. Where this person is, is not said here.
#[derive(Serialize, ToSchema)]
struct ShiftView {
    responder: u64,
    /// `grid_worker`, `watcher`, `mediator`, `expert` or `officer`.
    role: &'static str,
    /// `foot`, `e_bike` or `car`.
    mode: &'static str,
    duty: DutyView,
    /// The area this person works in.
    home_area: Option<u64>,
    /// The desk of who is on resident duty.
    duty_post: Option<PlaceView>,
    from: String,
    /// Null for who has no end by the roster.
    until: Option<String>,
    /// The task that this person is busy with.
    task: Option<u64>,
    /// How often it was written.
    revision: u64,
}

impl ShiftView {
    fn of(responder: &Responder, shift: &Known<Shift>) -> Self {
        let span = shift.thing.span;
        Self {
            responder: responder.id.number(),
            role: responder.role.word(),
            mode: responder.mode.word(),
            duty: DutyView::of(shift.thing.duty),
            home_area: responder.home_area.map(AreaId::number),
            duty_post: responder.duty_post.map(PlaceView::from),
            from: clock::rfc3339(span.from),
            until: span.until.map(clock::rfc3339),
            task: shift.thing.task.map(TaskId::number),
            revision: shift.revision.0,
        }
    }
}

/// The shifts that run now, by the number of the responder. Who has none is off duty, and is not here.
#[utoipa::path(get, operation_id = "listShifts", path = "/shifts", tag = "people", params(ShiftQuery),
    responses((status = OK, body = ShiftPage), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(index: ScopedIndex, Query(query): Query<ShiftQuery>) -> Answer<Json<ShiftPage>> {
    let limit = within("limit", query.limit, PAGE, PAGE_MAX)? as usize;
    let after = after(query.cursor.as_deref())?;

    let mut found: Vec<(&Known<Responder>, &Known<Shift>)> =
        index.shifts_after(after).take(limit + 1).collect();
    let more = found.len() > limit;
    found.truncate(limit);

    let next = if more { found.last().map(|(who, _)| who.thing.id.to_string()) } else { None };
    let shifts = found.into_iter().map(|(who, shift)| ShiftView::of(&who.thing, shift)).collect();
    Ok(Json(ShiftPage { shifts, next, version: index.version().to_string() }))
}
