//! How the webhooks fare, and the tray of what they did not take: `/notices`.

use super::{
    extract::{Path, Query, within},
    problem::{Answer, Problem},
};
use crate::{
    clock,
    live::{event::NoticeBody, outbox::Line},
    scoped::ScopedOutbox,
};
use axum::{Json, http::StatusCode};
use gridward_data::store::outbox::{KeptNotice, TopicCount};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// So many notices of the tray are listed unless told otherwise, and at most.
const LIMITS: (u32, u32) = (100, 1_000);

/// How many are listed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// So many notices of the tray at most, the oldest first: 1 to 1000.
    #[param(example = 100)]
    limit: Option<u32>,
}

/// The webhooks and the tray.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeList {
    webhooks: Vec<WebhookView>,
    /// What was given up, the oldest first.
    tray: Vec<TrayView>,
}

/// How a webhook fares.
#[derive(Serialize, ToSchema)]
pub(crate) struct WebhookView {
    #[schema(example = "city-platform")]
    name: String,
    /// Of which kinds it is told; none where it is set up no more, and its notices lie about.
    kinds: Vec<&'static str>,
    /// Notices still to be told.
    waiting: u64,
    /// Notices in the tray.
    given_up: u64,
    /// What hinders it now.
    trouble: Option<TroubleView>,
}

/// What hinders a webhook.
#[derive(Serialize, ToSchema)]
struct TroubleView {
    since: String,
    /// How often it was tried in vain since then.
    tries: u32,
    /// The last fault.
    fault: String,
    /// When it is tried again.
    next_at: String,
}

/// A notice that was given up.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrayView {
    number: u64,
    webhook: String,
    /// When the commit was.
    at: String,
    given_up_at: String,
    reason: String,
    /// What it would have told.
    #[schema(value_type = NoticeBody)]
    body: serde_json::Value,
}

impl WebhookView {
    fn of(line: &Line, counts: &[TopicCount]) -> Self {
        let count = counts.iter().find(|count| count.topic == line.hook.name);
        let trouble = line.trouble().map(|trouble| TroubleView {
            since: clock::rfc3339(trouble.since),
            tries: trouble.tries,
            fault: trouble.fault,
            next_at: clock::rfc3339(trouble.next_at),
        });
        Self {
            name: line.hook.name.clone(),
            kinds: line.hook.kinds.iter().map(|kind| kind.word()).collect(),
            waiting: count.map_or(0, |count| count.waiting),
            given_up: count.map_or(0, |count| count.given_up),
            trouble,
        }
    }

    fn orphan(count: &TopicCount) -> Self {
        let TopicCount { topic, waiting, given_up } = count.clone();
        Self { name: topic, kinds: Vec::new(), waiting, given_up, trouble: None }
    }
}

impl TrayView {
    fn of(kept: KeptNotice) -> Option<Self> {
        let given_up = kept.given_up?;
        Some(Self {
            number: kept.number,
            webhook: kept.notice.topic,
            at: clock::rfc3339(kept.at),
            given_up_at: clock::rfc3339(given_up.at),
            reason: given_up.reason,
            body: serde_json::from_str(&kept.notice.body).unwrap_or_default(),
        })
    }
}

/// How the webhooks fare, and what lies in the tray.
#[utoipa::path(
    get, operation_id = "listNotices", path = "/notices", tag = "live", params(Asked),
    responses((status = OK, body = NoticeList), (status = BAD_REQUEST, body = Problem))
)]
pub(crate) async fn list(outbox: ScopedOutbox, Query(asked): Query<Asked>) -> Answer<Json<NoticeList>> {
    let limit = within("limit", asked.limit, LIMITS.0, LIMITS.1)?;
    let counts = outbox.counts().await?;
    let lines = outbox.lines();
    let mut webhooks: Vec<_> = lines.iter().map(|line| WebhookView::of(line, &counts)).collect();
    let orphans = counts.iter().filter(|count| !lines.iter().any(|line| line.hook.name == count.topic));
    webhooks.extend(orphans.map(WebhookView::orphan));
    let tray = outbox.tray(limit as usize).await?.into_iter().filter_map(TrayView::of).collect();
    Ok(Json(NoticeList { webhooks, tray }))
}

/// Tries a notice in the tray again, at its old place in the order.
#[utoipa::path(
    post, operation_id = "retryNotice", path = "/notices/{number}/again", tag = "live",
    params(("number" = u64, Path, description = "its number")),
    responses((status = NO_CONTENT), (status = NOT_FOUND, body = Problem))
)]
pub(crate) async fn again(outbox: ScopedOutbox, Path(number): Path<u64>) -> Answer<StatusCode> {
    if outbox.try_again(number).await? { Ok(StatusCode::NO_CONTENT) } else { Err(absent(number)) }
}

/// Throws a notice in the tray away.
#[utoipa::path(
    post, operation_id = "dropNotice", path = "/notices/{number}/drop", tag = "live",
    params(("number" = u64, Path, description = "its number")),
    responses((status = NO_CONTENT), (status = NOT_FOUND, body = Problem))
)]
pub(crate) async fn throw_away(outbox: ScopedOutbox, Path(number): Path<u64>) -> Answer<StatusCode> {
    if outbox.drop_notice(number).await? { Ok(StatusCode::NO_CONTENT) } else { Err(absent(number)) }
}

fn absent(number: u64) -> Problem {
    Problem::not_found(format!("no notice {number} lies in the tray; GET /notices lists those that do"))
}
