//! The way from one place to another: `POST /routes`.

use super::{
    candidates::{DoubtView, line, seconds},
    extract::{Asked, object, place},
    nearest_responders::AskedPlace,
    problem::{Answer, Problem},
};
use crate::{
    clock,
    scoped::{NoRoute, ScopedForces, ScopedIndex},
};
use axum::Json;
use gridward_data::model::road::{BarrierKind, Mode};
use gridward_domain::{
    assign::first_to_arrive::Target,
    roads::{Estimate, Leg, Route, RouteFault},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From where to where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RouteQuestion {
    /// Where one is.
    #[serde(deserialize_with = "object")]
    from: AskedPlace,
    /// Where one wants to be: a place in a building means its doors.
    #[serde(deserialize_with = "object")]
    to: AskedPlace,
    /// How one goes: `foot` (if left out), `e_bike` or `car`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    mode: Mode,
    /// The frame of both places: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
}

/// A way, for somebody who belongs to no compound on it, at this hour.
#[derive(Serialize, ToSchema)]
pub(crate) struct RouteView {
    /// How long it takes, seconds.
    travel_time_s: f64,
    /// How long it is, metres.
    path_m: f64,
    /// Its corners as longitude and latitude; null where it was estimated.
    #[schema(value_type = Option<Vec<Vec<f64>>>)]
    path: Option<Vec<[f64; 2]>>,
    /// Its parts, by street.
    legs: Vec<LegView>,
    /// 估算: why the time was reckoned from the straight distance. Null where the roads were used.
    estimated: Option<EstimatedRoute>,
    /// Where the way is so long that the map may lack a street 估算: what the straight distance says. Null where the way is believable.
    doubt: Option<DoubtView>,
    /// The version of the roads.
    graph_version: String,
}

/// A part of a way.
#[derive(Serialize, ToSchema)]
struct LegView {
    /// `start`, `straight`, `slight_left`, `slight_right`, `left`, `right`, `sharp_left`, `sharp_right` or `around`.
    turn: &'static str,
    /// The name of the street, where it has one.
    name: Option<String>,
    /// What the street is, in the words of OpenStreetMap's `highway`.
    kind: &'static str,
    /// How long, metres.
    length_m: f64,
    /// The barriers that one passes: `gate`, `lift_gate`, `bollard`, `block`, `stile`, `kerb`, `other`.
    passes: Vec<&'static str>,
}

/// Why a time was reckoned from the straight distance.
#[derive(Serialize, ToSchema)]
struct EstimatedRoute {
    /// `no_street_from` or `no_street_to`: no street within reach of the one place or the other.
    reason: &'static str,
    /// What the straight distance was multiplied with.
    factor: f64,
}

/// The earliest way from one place to another at this hour. Where a place is far from every street the time is estimated and says so; where all
/// ways are closed, or none exists, the answer is 409 `unreachable` with the reason.
#[utoipa::path(
    post, operation_id = "findRoute", path = "/routes", tag = "map", request_body = RouteQuestion,
    responses((status = OK, body = RouteView), (status = CONFLICT, body = Problem), (status = BAD_REQUEST, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem))
)]
pub(crate) async fn find(
    index: ScopedIndex,
    forces: ScopedForces,
    Asked { body, .. }: Asked<RouteQuestion>,
) -> Answer<Json<RouteView>> {
    let frame = body.frame.as_deref();
    let from = Target::of(index.snapshot(), place(body.from.lon, body.from.lat, frame)?);
    let to = Target::of(index.snapshot(), place(body.to.lon, body.to.lat, frame)?);

    let graph_version = forces.graph_version();
    match forces.route(body.mode, &from, &to, clock::now()) {
        Ok(route) => {
            let doubt = forces.roads().doubt(body.mode, from.place, to.place, route.path_cm);
            Ok(Json(RouteView::of(route, doubt, graph_version)))
        }
        Err(NoRoute::OffRoads(from_is_off)) => {
            let estimate = forces.roads().estimate(body.mode, from.place, to.place);
            let reason = if from_is_off { "no_street_from" } else { "no_street_to" };
            Ok(Json(RouteView {
                travel_time_s: seconds(estimate.travel_ds),
                path_m: f64::from(estimate.path_cm) / 100.0,
                path: None,
                legs: Vec::new(),
                estimated: Some(EstimatedRoute { reason, factor: estimate.factor }),
                doubt: None,
                graph_version,
            }))
        }
        Err(NoRoute::Fault(fault)) => Err(fault.into()),
    }
}

impl RouteView {
    fn of(route: Route, doubt: Option<Estimate>, graph_version: String) -> Self {
        Self {
            travel_time_s: seconds(route.travel_ds),
            path_m: f64::from(route.path_cm) / 100.0,
            path: Some(line(&route.places)),
            legs: route.legs.into_iter().map(LegView::of).collect(),
            estimated: None,
            doubt: doubt.map(|doubt| DoubtView::of(doubt, 0)),
            graph_version,
        }
    }
}

impl LegView {
    fn of(leg: Leg) -> Self {
        Self {
            turn: leg.turn.word(),
            name: leg.name,
            kind: leg.kind.word(),
            length_m: f64::from(leg.length_cm) / 100.0,
            passes: leg.passes.into_iter().map(BarrierKind::word).collect(),
        }
    }
}

impl From<RouteFault> for Problem {
    fn from(fault: RouteFault) -> Self {
        Self::unreachable(fault.to_string())
    }
}
