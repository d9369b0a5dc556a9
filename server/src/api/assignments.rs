//! Sending somebody: `POST /assignments`.

use super::{
    extract::{Asked, IdempotencyKey},
    problem::{Answer, Problem},
    tasks::TaskView,
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
        id::{CaseId, ResponderId, TaskId},
    },
    store::{
        change::Revision,
        commit::{Commit, CommitError, Committed, Request},
    },
};
use gridward_domain::assign::send::{Order, SendError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom to send, and to what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAssignment {
    /// To which case; for a hazard give its case.
    case: u64,
    /// Whom.
    responder: u64,
    /// `case_revision` of the answer that was looked at: if the case has changed since, nothing is done.
    case_revision: Option<u64>,
    /// `shift_revision` of the candidate that was looked at: if somebody else sent this person since, nothing is done.
    shift_revision: Option<u64>,
}

/// What is remembered of an assignment for its repetition.
#[derive(Deserialize, Serialize)]
struct Sent {
    task: u64,
}

/// Sends somebody to a case: a task is made, and the responder is busy with it. Of two who send the same person, or somebody to the same
/// case, at once, one is answered with 201 and the other with 409 and what the first one did.
#[utoipa::path(
    post, operation_id = "createAssignment", path = "/assignments", tag = "people", request_body = NewAssignment,
    params(("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each assignment, the same when it is repeated; kept for 7 days")),
    responses(
        (status = CREATED, body = TaskView),
        (status = CONFLICT, body = Problem, description = "`winner` says who was sent by somebody else"),
        (status = NOT_FOUND, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn create(
    index: ScopedIndex,
    store: ScopedStore,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewAssignment>,
) -> Answer<(StatusCode, Json<TaskView>)> {
    let order = parse(&body)?;
    let key = format!("loopback/{key}");
    if let Some(known) = store.recall(&key).await?.filter(|known| known.digest == digest) {
        return answer(&store, &known.answer);
    }
    let [task] = store.new_ids([Kind::Task]).await?;
    let task = TaskId::new(task).map_err(|error| Problem::internal(&error))?;

    let decision = index.send(&order, task)?;

    let kept =
        serde_json::to_string(&Sent { task: task.number() }).map_err(|error| Problem::internal(&error))?;
    let commit = Commit {
        expected: decision.expected,
        request: Some(Request { key, digest, answer: kept.clone() }),
        ..Commit::of(order.at, Actor::Loopback, decision.changes)
    };
    match store.commit(commit).await {
        Ok(Committed::Stored { .. }) => answer(&store, &kept),
        Ok(Committed::Repeated { answer: first, .. }) => answer(&store, &first),
        Err(CommitError::Conflict { key, .. }) => Err(lost(&store, &order, key).await),
        Err(error) => Err(error.into()),
    }
}

/// Somebody was quicker between the look and the commit: who?
async fn lost(store: &ScopedStore, order: &Order, key: Key) -> Problem {
    match store.index_of_now().await.winner(order) {
        Some(winner) => SendError::Taken(winner).into(),
        None => SendError::Changed(key).into(),
    }
}

fn answer(store: &ScopedStore, kept: &str) -> Answer<(StatusCode, Json<TaskView>)> {
    let sent: Sent = serde_json::from_str(kept).map_err(|error| Problem::internal(&error))?;
    let index = store.index();
    let known = index.task(sent.task).ok_or_else(|| Problem::not_found("the task is gone"))?;
    Ok((StatusCode::CREATED, Json(TaskView::of(&index, known))))
}

fn parse(body: &NewAssignment) -> Answer<Order> {
    let case = CaseId::new(body.case).map_err(|error| Problem::invalid_field("case", error.to_string()))?;
    let responder = ResponderId::new(body.responder);
    Ok(Order {
        case,
        responder: responder.map_err(|error| Problem::invalid_field("responder", error.to_string()))?,
        case_revision: body.case_revision.map(Revision),
        shift_revision: body.shift_revision.map(Revision),
        at: clock::now(),
    })
}
