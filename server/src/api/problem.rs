//! What went wrong, as an answer: the only file that knows which error gets which status (RFC 9457).
//!
//! `type` is stable and is what the pages choose their words by. `detail` speaks of what was asked, never of the inside.

use crate::clock;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gridward_data::{
    model::{frame::OutsideFrame, place::InvalidPlace},
    store::commit::{CommitError, StoreError},
};
use gridward_domain::{
    assign::send::{SendError, StepError, Winner},
    cases::{intake::IntakeError, lifecycle::CaseStepError},
    index::spread::InvalidAccuracy,
    patrol::begin::PatrolError,
};
use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

/// An error as a problem document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Stable name of the problem: `/problems/<slug>`.
    #[serde(rename = "type")]
    slug: String,
    /// The same in a few words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What exactly, and what to do about it.
    detail: String,
    /// The parameter or field that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// Of a conflict over who is sent: who was quicker.
    #[serde(skip_serializing_if = "Option::is_none")]
    winner: Option<Box<WinnerView>>,
}

/// Who was sent already.
#[derive(Debug, Serialize, ToSchema)]
struct WinnerView {
    task: u64,
    case: u64,
    responder: u64,
    made_at: String,
}

/// What a handler answers.
pub(crate) type Answer<T> = Result<T, Problem>;

impl Problem {
    fn new(status: StatusCode, slug: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            slug: format!("/problems/{slug}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            field: None,
            winner: None,
        }
    }

    /// A parameter of the URL that cannot be used.
    pub(crate) fn invalid_parameter(field: &'static str, detail: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, "invalid-parameter", "Invalid parameter", detail);
        Self { field: Some(field), ..problem }
    }
    /// A query that cannot be read at all.
    pub(crate) fn invalid_query(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid-parameter", "Invalid parameter", detail)
    }
    /// A body that cannot be used.
    pub(crate) fn invalid_body(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-body", "Invalid body", detail)
    }
    /// One field of a body that cannot be used.
    pub(crate) fn invalid_field(field: &'static str, detail: impl Into<String>) -> Self {
        Self { field: Some(field), ..Self::invalid_body(detail) }
    }
    /// A body that is no JSON.
    pub(crate) fn not_json() -> Self {
        let detail = "send the body as JSON with `Content-Type: application/json`";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", "Not JSON", detail)
    }
    /// Nothing is there, or nothing that may be seen.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }
    /// A patrol that is over: nothing more is taken of it.
    pub(crate) fn patrol_over(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "patrol-over", "Patrol over", detail)
    }
    /// No way leads there, as the roads are now.
    pub(crate) fn unreachable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "unreachable", "No way there", detail)
    }
    /// Another method is meant.
    pub(crate) fn method_not_allowed() -> Self {
        let detail = "the path is right, the method is not; see /openapi.json";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", detail)
    }
    /// A body over the limit.
    pub(crate) fn too_large(bytes_max: usize) -> Self {
        let detail = format!("the body may have {bytes_max} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large", detail)
    }
    /// A changing request without its key.
    pub(crate) fn idempotency_key_missing() -> Self {
        let detail = "send an `Idempotency-Key` of 1 to 128 visible ASCII characters, new for each report and the same when it is repeated";
        Self::new(StatusCode::BAD_REQUEST, "idempotency-key-missing", "Idempotency-Key missing", detail)
    }
    /// A request from a page of another site, or to a name that is not this machine.
    pub(crate) fn foreign_host() -> Self {
        let detail = "this server answers this machine only: use http://127.0.0.1 or http://localhost";
        Self::new(StatusCode::MISDIRECTED_REQUEST, "foreign-host", "Foreign host", detail)
    }
    /// A request that took too long.
    pub(crate) fn too_slow(limit: Duration) -> Self {
        let detail = format!("it took longer than {} s; send it again, with the same key", limit.as_secs());
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too-slow", "Too slow", detail)
    }
    /// No representation that the client takes.
    pub(crate) fn not_acceptable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", "Not acceptable", detail)
    }
    /// Something of ours failed; the cause stays in the log.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        let detail = "something failed inside, and was logged; send it again with the same key";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail)
    }
}

impl From<InvalidPlace> for Problem {
    fn from(error: InvalidPlace) -> Self {
        Self {
            field: Some("place"),
            ..Self::new(StatusCode::BAD_REQUEST, "invalid-parameter", "Invalid place", error.to_string())
        }
    }
}

impl From<OutsideFrame> for Problem {
    fn from(error: OutsideFrame) -> Self {
        Self {
            field: Some("frame"),
            ..Self::new(StatusCode::BAD_REQUEST, "outside-frame", "Outside the frame", error.to_string())
        }
    }
}

impl From<InvalidAccuracy> for Problem {
    fn from(error: InvalidAccuracy) -> Self {
        Self::invalid_parameter("accuracy_m", error.to_string())
    }
}

impl From<IntakeError> for Problem {
    fn from(error: IntakeError) -> Self {
        let detail = error.to_string();
        match error {
            IntakeError::EmptyText | IntakeError::LongText { .. } => Self::invalid_field("text", detail),
            IntakeError::UnknownCategory(_) => Self::invalid_field("category", detail),
            IntakeError::OutsideCity { .. } => Self::invalid_field("place", detail),
        }
    }
}

impl From<SendError> for Problem {
    fn from(error: SendError) -> Self {
        let detail = error.to_string();
        match error {
            SendError::NoCase(_) => Self { field: Some("case"), ..Self::not_found(detail) },
            SendError::NoResponder(_) => Self { field: Some("responder"), ..Self::not_found(detail) },
            SendError::CaseClosed(_) => Self::invalid_field("case", detail),
            SendError::OffDuty(_) => Self::new(StatusCode::CONFLICT, "off-duty", "Off duty", detail),
            SendError::Taken(winner) => Self {
                winner: Some(Box::new(winner.into())),
                ..Self::new(StatusCode::CONFLICT, "taken", "Somebody was quicker", detail)
            },
            SendError::Changed(_) => Self::new(StatusCode::CONFLICT, "conflict", "Conflict", detail),
        }
    }
}

impl From<Winner> for WinnerView {
    fn from(winner: Winner) -> Self {
        Self {
            task: winner.task.number(),
            case: winner.case.number(),
            responder: winner.responder.number(),
            made_at: clock::rfc3339(winner.made_at),
        }
    }
}

impl From<StepError> for Problem {
    fn from(error: StepError) -> Self {
        let detail = error.to_string();
        match error {
            StepError::NoTask(_) => Self::not_found(detail),
            StepError::NotFrom { .. } => Self::new(StatusCode::CONFLICT, "conflict", "Conflict", detail),
        }
    }
}

impl From<CaseStepError> for Problem {
    fn from(error: CaseStepError) -> Self {
        let detail = error.to_string();
        match error {
            CaseStepError::NoCase(_) => Self::not_found(detail),
            CaseStepError::NotFrom { .. } | CaseStepError::UnderWay(_) => {
                Self::new(StatusCode::CONFLICT, "conflict", "Conflict", detail)
            }
            CaseStepError::NoName => Self::invalid_field("by", detail),
            CaseStepError::NoReason => Self::invalid_field("note", detail),
        }
    }
}

impl From<PatrolError> for Problem {
    fn from(error: PatrolError) -> Self {
        let detail = error.to_string();
        match error {
            PatrolError::NoResponder(_) => Self { field: Some("responder"), ..Self::not_found(detail) },
            PatrolError::NoPlan(_) => Self { field: Some("plan"), ..Self::not_found(detail) },
            PatrolError::NoArea(_) => Self { field: Some("area"), ..Self::not_found(detail) },
            PatrolError::OnPatrol { .. } => {
                Self::new(StatusCode::CONFLICT, "on-patrol", "On patrol already", detail)
            }
            PatrolError::NoPatrol(_) => Self::not_found(detail),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => CommitError::Full.into(),
            StoreError::Closed => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Unavailable",
                "the server is stopping; send it again in a moment, with the same key",
            ),
            inside @ (StoreError::InUse { .. }
            | StoreError::Unusable { .. }
            | StoreError::Unreadable { .. }
            | StoreError::Driver(_)) => Self::internal(&inside),
        }
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        let detail = error.to_string();
        match error {
            CommitError::Conflict { .. } => Self::new(StatusCode::CONFLICT, "conflict", "Conflict", detail),
            CommitError::NameTaken { .. } => {
                Self::new(StatusCode::CONFLICT, "name-taken", "Name taken", detail)
            }
            CommitError::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "Idempotency-Key reused",
                detail,
            ),
            CommitError::Full => {
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "storage-full", "Storage full", detail)
            }
            CommitError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_inside_is_not_told_outside() {
        let error = StoreError::Driver("password=hunter2 in /var/lib/gridward".to_owned());
        let shown = serde_json::to_string(&Problem::from(error)).expect("JSON");
        assert!(!shown.contains("hunter2") && !shown.contains("/var/lib"), "{shown}");
        assert!(shown.contains("/problems/internal"));
    }
}
