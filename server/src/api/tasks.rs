//! What those who were sent are doing: `GET /tasks`, `GET /tasks/{id}`, `POST /tasks/{id}/steps`.

use super::{
    areas,
    extract::{Asked, IdempotencyKey, Path, Query, within},
    problem::{Answer, Problem},
    responders::PositionView,
    view::{AreaName, PlaceView},
};
use crate::{
    clock,
    scoped::{ScopedForces, ScopedIndex, ScopedStore},
};
use axum::Json;
use gridward_data::{
    model::{
        account::Actor,
        id::{ResponderId, TaskId},
        task::Task,
    },
    store::commit::{Commit, Request},
};
use gridward_domain::{assign::send::Step, index::affairs::Known};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Tasks on a page, unless told otherwise.
const PAGE: u32 = 100;
/// Tasks on a page at most.
const PAGE_MAX: u32 = 1_000;

/// A task.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskView {
    id: u64,
    case: u64,
    /// `open`, `offered`, `sent`, `accepted`, `on_scene`, `done` or `cancelled`.
    state: &'static str,
    /// Who has it.
    responder: Option<u64>,
    place: PlaceView,
    /// The areas in which it lay when it was made, the widest first, by today's names.
    areas: Vec<AreaName>,
    made_at: String,
    /// How often it was written.
    revision: u64,
}

impl TaskView {
    pub(crate) fn of(index: &ScopedIndex, known: &Known<Task>) -> Self {
        let task = &known.thing;
        Self {
            id: task.id.number(),
            case: task.case.number(),
            state: task.state.word(),
            responder: task.state.responder().map(ResponderId::number),
            place: task.place.into(),
            areas: areas::names(index, task.areas.iter().copied()),
            made_at: clock::rfc3339(task.made_at),
            revision: known.revision.0,
        }
    }
}

/// Which tasks are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TaskQuery {
    /// Only those of a case.
    case: Option<u64>,
    /// How many, up to 1,000.
    limit: Option<u32>,
}

/// Tasks with something still to be done.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskList {
    /// The newest first.
    tasks: Vec<TaskOnTheWay>,
    /// How many there are in all; more than were answered where the limit was reached.
    count: usize,
    version: String,
}

/// A task and where who has it is now.
#[derive(Serialize, ToSchema)]
struct TaskOnTheWay {
    #[serde(flatten)]
    task: TaskView,
    /// `grid_worker`, `watcher`, `mediator`, `expert` or `officer`: who has it.
    role: Option<&'static str>,
    /// `foot`, `e_bike` or `car`: how who has it goes.
    mode: Option<&'static str>,
    /// Where the responder is: exactly, since a task was given; null where nothing is known.
    position: Option<PositionView>,
}

/// The tasks with something still to be done, the newest first; those who have them can be followed until it is done.
#[utoipa::path(get, operation_id = "listTasks", path = "/tasks", tag = "people", params(TaskQuery),
    responses((status = OK, body = TaskList), (status = BAD_REQUEST, body = Problem)))]
pub(crate) async fn list(
    index: ScopedIndex,
    forces: ScopedForces,
    Query(query): Query<TaskQuery>,
) -> Answer<Json<TaskList>> {
    let limit = within("limit", query.limit, PAGE, PAGE_MAX)? as usize;
    let now = clock::now();

    let mut open: Vec<&Known<Task>> = index.open_tasks();
    open.retain(|known| query.case.is_none_or(|case| known.thing.case.number() == case));
    open.sort_by_key(|known| std::cmp::Reverse((known.thing.made_at, known.thing.id)));

    let count = open.len();
    let view = |known: &Known<Task>| {
        let who = known.thing.state.responder();
        let responder = who.and_then(|who| index.responder(who)).map(|known| &known.thing);
        TaskOnTheWay {
            position: who.and_then(|who| forces.position(&index, who, now)),
            task: TaskView::of(&index, known),
            role: responder.map(|it| it.role.word()),
            mode: responder.map(|it| it.mode.word()),
        }
    };
    let tasks = open.into_iter().take(limit).map(view).collect();
    Ok(Json(TaskList { tasks, count, version: index.version().to_string() }))
}

/// One task.
#[utoipa::path(get, operation_id = "readTask", path = "/tasks/{id}", tag = "people", params(("id" = u64, Path, description = "its number")),
    responses((status = OK, body = TaskView), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(index: ScopedIndex, Path(id): Path<u64>) -> Answer<Json<TaskView>> {
    let absent = || Problem::not_found(format!("there is no task {id} that you may see"));
    let known = index.task(id).ok_or_else(absent)?;
    Ok(Json(TaskView::of(&index, known)))
}

/// What is said of a task.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStep {
    /// `accepted` (who was sent goes), `on_scene`, `done` (the case is handled), or `cancelled` (it is not needed any more).
    #[schema(example = "on_scene")]
    step: String,
}

/// Takes a task a step further. Done and cancelled free the responder.
#[utoipa::path(
    post, operation_id = "stepTask", path = "/tasks/{id}/steps", tag = "people", request_body = NewStep,
    params(
        ("id" = u64, Path, description = "its number"),
        ("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each step, the same when it is repeated; kept for 7 days"),
    ),
    responses(
        (status = OK, body = TaskView), (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem),
        (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn step(
    index: ScopedIndex,
    store: ScopedStore,
    Path(id): Path<u64>,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewStep>,
) -> Answer<Json<TaskView>> {
    let known: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
    let step = Step::ALL.into_iter().find(|step| step.word() == body.step);
    let step =
        step.ok_or_else(|| Problem::invalid_field("step", format!("say one of {}", known.join(", "))))?;
    let absent = || Problem::not_found(format!("there is no task {id} that you may see"));
    let task = TaskId::new(id).map_err(|_| absent())?;
    let key = format!("loopback/{key}");
    if store.recall(&key).await?.is_none_or(|known| known.digest != digest) {
        let now = clock::now();
        let decision = index.step(task, step, now)?;
        let commit = Commit {
            expected: decision.expected,
            request: Some(Request { key, digest, answer: "{}".to_owned() }),
            ..Commit::of(now, Actor::Loopback, decision.changes)
        };
        store.commit(commit).await?;
    }
    let index = store.index();
    let known = index.task(id).ok_or_else(absent)?;
    Ok(Json(TaskView::of(&index, known)))
}
