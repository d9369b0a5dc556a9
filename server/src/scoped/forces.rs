//! Where those on duty are, as one reader may see it, and who can be where first.

use super::{App, ScopedIndex, scope_of};
use crate::api::responders::PositionView;
use axum::{extract::FromRequestParts, http::request::Parts};
use gridward_data::model::{
    id::ResponderId,
    place::{Bounds, Place},
    road::Mode,
    time::Timestamp,
};
use gridward_domain::{
    access::Scope,
    assign::{
        eligible::Needs,
        first_to_arrive::{Arrivals, Question, Target, first_to_arrive},
        positions::{Fix, Presence, Taken},
    },
    index::Index,
    roads::{Conditions, Roads, Route, RouteFault, Scratch},
};
use std::{convert::Infallible, sync::Arc};

/// Positions and roads, as one reader may see them.
pub(crate) struct ScopedForces {
    app: App,
    index: Arc<Index>,
    scope: Scope,
}

impl FromRequestParts<App> for ScopedForces {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { app: app.clone(), index: app.0.snapshots.current(), scope: scope_of(parts) })
    }
}

/// Why nobody can say how to get from one place to another.
pub(crate) enum NoRoute {
    /// The first place, `true`, or the second is too far from every street.
    OffRoads(bool),
    /// There is no way.
    Fault(RouteFault),
}

impl ScopedForces {
    /// Takes fixes, in their order.
    pub(crate) fn take(&self, fixes: &[Fix], now: Timestamp) -> Vec<Taken> {
        self.app.0.forces.take(fixes, now)
    }

    /// Who of those whom the reader may see can be at a place first.
    pub(crate) fn first_to_arrive(
        &self,
        target: &Target,
        needs: &Needs,
        k: usize,
        now: Timestamp,
        ways: bool,
    ) -> Arrivals {
        self.app.0.forces.search(|positions, search| {
            let conditions = self.conditions(positions.roads(), now);
            let question = Question { target, needs, k, now, conditions: &conditions, ways };
            first_to_arrive(positions, &question, search)
        })
    }

    /// How many are on duty, and those of them who are known to be in a box, by number.
    pub(crate) fn in_box(
        &self,
        bounds: Option<Bounds>,
        now: Timestamp,
    ) -> (usize, Vec<(ResponderId, Presence)>) {
        let positions = self.app.0.forces.read();
        let seen = positions.on_duty().filter(|who| self.sees(*who));
        let seen: Vec<ResponderId> = seen.collect();
        let presence = |who: &ResponderId| Some((*who, positions.presence(*who, now)?));
        let within = |(_, presence): &(ResponderId, Presence)| {
            bounds.is_none_or(|bounds| bounds.contains(presence.place))
        };
        (seen.len(), seen.iter().filter_map(presence).filter(within).collect())
    }

    /// Where somebody is.
    pub(crate) fn position(
        &self,
        index: &ScopedIndex,
        who: ResponderId,
        now: Timestamp,
    ) -> Option<PositionView> {
        let (responder, shift) = (index.responder(who)?, index.shift(who)?);
        let presence = self.app.0.forces.read().presence(who, now)?;
        Some(PositionView::of(index, &responder.thing, &shift.thing, &presence, now))
    }

    /// The way from one place to another.
    pub(crate) fn route(
        &self,
        mode: Mode,
        from: &Target,
        to: &Target,
        now: Timestamp,
    ) -> Result<Route, NoRoute> {
        let roads = self.roads();
        let on = |target: &Target| -> Vec<_> {
            target.doors.iter().filter_map(|door| roads.snap(mode, *door).ok()).collect()
        };
        let (start, end) = (on(from), on(to));
        if start.is_empty() || end.is_empty() {
            return Err(NoRoute::OffRoads(start.is_empty()));
        }
        let conditions = self.conditions(&roads, now);
        roads.route(mode, &start, &end, &conditions, None, &mut Scratch::default()).map_err(NoRoute::Fault)
    }

    /// The roads as they are.
    pub(crate) fn roads(&self) -> Arc<Roads> {
        Arc::clone(self.app.0.forces.read().roads())
    }
    /// What straight distances to a place are multiplied with 估算.
    pub(crate) fn detour_factor(&self, place: Place) -> f64 {
        self.roads().detour_factor(place)
    }
    /// The version of the roads.
    pub(crate) fn graph_version(&self) -> String {
        format!("{:016x}", self.roads().version())
    }

    fn conditions(&self, roads: &Roads, now: Timestamp) -> Conditions {
        roads.conditions(now, self.index.affairs().closures.iter().map(|known| &known.thing))
    }

    fn sees(&self, who: ResponderId) -> bool {
        let known = self.index.people().responders.find(who.number());
        known.is_some_and(|known| self.scope.sees(&known.areas))
    }
}
