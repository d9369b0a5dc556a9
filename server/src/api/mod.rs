//! The table of contents of the HTTP interface, and what holds for all of it.

pub(crate) mod areas;
pub(crate) mod assignments;
pub(crate) mod candidates;
pub(crate) mod case_steps;
pub(crate) mod cases;
pub(crate) mod categories;
pub(crate) mod city;
pub(crate) mod closures;
pub(crate) mod coverage;
pub(crate) mod extract;
pub(crate) mod guard;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod live;
pub(crate) mod locate;
pub(crate) mod near;
pub(crate) mod nearest_responders;
pub(crate) mod notices;
pub(crate) mod pages;
pub(crate) mod patrol_fixes;
pub(crate) mod patrol_plans;
pub(crate) mod patrols;
pub(crate) mod positions;
pub(crate) mod problem;
pub(crate) mod reports;
pub(crate) mod responders;
pub(crate) mod routes;
pub(crate) mod search;
pub(crate) mod shifts;
pub(crate) mod styles;
pub(crate) mod tasks;
pub(crate) mod tiles;
pub(crate) mod view;

use crate::scoped::App;
use axum::{Json, Router, extract::DefaultBodyLimit, middleware, routing::get};
use problem::Problem;
use std::sync::Arc;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route with its description.
fn described() -> OpenApiRouter<App> {
    OpenApiRouter::new().nest(
        "/api/v1",
        OpenApiRouter::new()
            .routes(routes!(city::read))
            .routes(routes!(categories::list))
            .routes(routes!(locate::read))
            .routes(routes!(near::read))
            .routes(routes!(areas::list))
            .routes(routes!(areas::read))
            .routes(routes!(reports::create))
            .routes(routes!(cases::list))
            .routes(routes!(cases::read))
            .routes(routes!(case_steps::create))
            .routes(routes!(search::read))
            .routes(routes!(positions::create))
            .routes(routes!(responders::list))
            .routes(routes!(shifts::list))
            .routes(routes!(nearest_responders::ask))
            .routes(routes!(assignments::create))
            .routes(routes!(tasks::list))
            .routes(routes!(tasks::read))
            .routes(routes!(tasks::step))
            .routes(routes!(routes::find))
            .routes(routes!(closures::list))
            .routes(routes!(closures::create))
            .routes(routes!(closures::end))
            .routes(routes!(patrol_plans::list))
            .routes(routes!(patrols::list))
            .routes(routes!(patrols::create))
            .routes(routes!(patrols::read))
            .routes(routes!(patrols::finish))
            .routes(routes!(patrols::visit))
            .routes(routes!(patrol_fixes::create))
            .routes(routes!(coverage::of_patrol))
            .routes(routes!(coverage::read))
            .routes(routes!(coverage::pieces))
            .routes(routes!(history::read))
            .routes(routes!(history::pace))
            .routes(routes!(live::read))
            .routes(routes!(live::turn))
            .routes(routes!(notices::list))
            .routes(routes!(notices::again))
            .routes(routes!(notices::throw_away))
            .routes(routes!(tiles::tilejson))
            .routes(routes!(tiles::read))
            .routes(routes!(styles::read)),
    )
}

/// The description of the interface, as it is served and committed.
pub(crate) fn openapi() -> OpenApi {
    let mut openapi = described().split_for_parts().1;
    openapi.merge(OpenApiBuilder::new().build());
    openapi.info = InfoBuilder::new()
        .title("Gridward 格卫")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "A city district, mapped down to its grids. Longitude first; WGS-84 unless a frame is named.",
        ))
        .build();
    openapi.servers = None;
    openapi
}

/// Everything that is served.
pub(crate) fn router(app: App) -> Router {
    let document = Arc::new(openapi());
    let (routes, _) = described().split_for_parts();
    routes
        .route("/openapi.json", get(move || async move { Json(document.as_ref().clone()) }))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/", get(pages::first))
        .fallback(get(pages::read).fallback(|| async { Problem::method_not_allowed() }))
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(DefaultBodyLimit::max(extract::BODY_BYTES_MAX))
        .layer(middleware::from_fn(guard::guard))
        .with_state(app)
}
