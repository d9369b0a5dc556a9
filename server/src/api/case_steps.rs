//! How a case comes to its end: `POST /cases/{id}/steps`.

use super::{
    cases::CaseView,
    extract::{Asked, IdempotencyKey, Path},
    problem::{Answer, Problem},
};
use crate::{
    clock,
    scoped::{ScopedIndex, ScopedStore},
};
use axum::Json;
use gridward_data::{
    model::{account::Actor, case::CaseState, id::CaseId},
    store::{
        change::Revision,
        commit::{Commit, Request},
    },
};
use gridward_domain::cases::lifecycle::DeskStep;
use serde::Deserialize;
use utoipa::ToSchema;

/// The states that are reached at a desk.
const AT_DESK: [CaseState; 4] =
    [CaseState::Acknowledged, CaseState::Handled, CaseState::Closed, CaseState::Dismissed];

/// What is done with a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCaseStep {
    /// `acknowledged` 受理, `handled` 处置, `closed` 办结 or `dismissed` 不予受理.
    #[schema(example = "acknowledged")]
    step: String,
    /// Who takes the step, as this person signs, 1 to 40 characters.
    #[schema(example = "王芳")]
    by: String,
    /// What is said of it, up to 500 characters; needed for `dismissed`.
    note: Option<String>,
    /// `revision` of the case that was looked at: if it has changed since, nothing is done.
    revision: Option<u64>,
}

/// Takes a case a step further, signed by name. Of two who take a step at once one wins, and the other is answered with 409. What is closed or
/// dismissed takes its hazard from the map.
#[utoipa::path(
    post, operation_id = "stepCase", path = "/cases/{id}/steps", tag = "cases", request_body = NewCaseStep,
    params(
        ("id" = u64, Path, description = "its number"),
        ("Idempotency-Key" = String, Header, description = "1 to 128 visible characters, new for each step, the same when it is repeated; kept for 7 days"),
    ),
    responses(
        (status = OK, body = CaseView), (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem),
        (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn create(
    index: ScopedIndex,
    store: ScopedStore,
    Path(id): Path<u64>,
    IdempotencyKey(key): IdempotencyKey,
    Asked { body, digest }: Asked<NewCaseStep>,
) -> Answer<Json<CaseView>> {
    let absent = || Problem::not_found(format!("there is no case {id} that you may see"));
    let case = CaseId::new(id).map_err(|_| absent())?;
    let step = body.read()?;
    let key = format!("loopback/{key}");
    if store.recall(&key).await?.is_none_or(|known| known.digest != digest) {
        let decision = index.step_case(case, &step)?;
        let commit = Commit {
            expected: decision.expected,
            request: Some(Request { key, digest, answer: "{}".to_owned() }),
            ..Commit::of(step.at, Actor::Loopback, decision.changes)
        };
        store.commit(commit).await?;
    }
    let (revision, case) = store.case(case).await?.ok_or_else(absent)?;
    let reports = store.first_reports(&[(revision, case.clone())]).await?;
    Ok(Json(CaseView::of(&store.index(), revision, &case, reports.into_iter().flatten().next())))
}

impl NewCaseStep {
    fn read(&self) -> Answer<DeskStep> {
        let known: Vec<&str> = AT_DESK.iter().map(|state| state.word()).collect();
        let state = AT_DESK.into_iter().find(|state| state.word() == self.step);
        let state = state
            .ok_or_else(|| Problem::invalid_field("step", format!("say one of {}", known.join(", "))))?;
        Ok(DeskStep {
            state,
            by: self.by.clone(),
            note: self.note.clone(),
            revision: self.revision.map(Revision),
            at: clock::now(),
        })
    }
}
