//! Who is on patrol and what was walked, as one reader may see it. Fixes are shown to nobody: there is no way to them from here.

use super::{App, ScopedIndex, ScopedStore, scope_of};
use crate::live::coverage::{News, below};
use axum::{extract::FromRequestParts, http::request::Parts};
use gridward_data::{
    model::{
        area::Level,
        calendar::Day,
        entity::{Entity, Key, Kind},
        id::{AreaId, PatrolId},
        patrol::{Patrol, PatrolPlan},
        time::Timestamp,
    },
    store::{
        change::Revision,
        commit::StoreError,
        tracks::{FixBatch, FixesKept},
    },
};
use gridward_domain::{
    access::Scope,
    index::affairs::Known,
    patrol::{
        coverage::{Covered, Proof},
        days::AreaCoverage,
        pieces::Pieces,
        rules::PatrolRules,
    },
};
use std::{convert::Infallible, sync::Arc};

/// What was walked, for one reader.
pub(crate) struct ScopedCoverage {
    app: App,
    scope: Scope,
}

impl FromRequestParts<App> for ScopedCoverage {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { app: app.clone(), scope: scope_of(parts) })
    }
}

impl ScopedCoverage {
    /// By which rules fixes are judged.
    pub(crate) fn rules(&self) -> &PatrolRules {
        self.app.0.coverages.rules()
    }

    /// Keeps fixes of a patrol, and has it reckoned anew.
    pub(crate) async fn keep(&self, batch: FixBatch) -> Result<FixesKept, StoreError> {
        let patrol = batch.patrol;
        let kept = self.app.0.store.keep_fixes(batch).await?;
        if kept.new > 0 {
            self.app.0.coverages.due(patrol);
        }
        Ok(kept)
    }

    /// Something else than fixes is new of a patrol.
    pub(crate) fn due(&self, patrol: PatrolId) {
        self.app.0.coverages.due(patrol);
    }

    /// What a patrol has covered, that the reader may see.
    pub(crate) async fn of_patrol(&self, patrol: &Patrol) -> Result<(Covered, Arc<Pieces>), StoreError> {
        self.app.0.coverages.of_patrol(patrol).await
    }

    /// What was covered in the areas of a level below an area, that the reader may look into; where a moment is given, by the patrols alone that had
    /// ended by then.
    pub(crate) async fn of_areas(
        &self,
        index: &ScopedIndex,
        area: AreaId,
        level: Level,
        days: &[Day],
        ended_by: Option<Timestamp>,
    ) -> Result<Vec<(AreaId, AreaCoverage)>, StoreError> {
        let mut areas = below(index.snapshot(), area, level);
        areas.retain(|area| self.scope.sees(&index.places().areas.chain(*area)));
        self.app.0.coverages.of_areas(&areas, days, ended_by).await
    }

    /// How surely each piece in an area was covered; none where the reader may not look.
    pub(crate) async fn pieces_in(
        &self,
        index: &ScopedIndex,
        area: AreaId,
        days: &[Day],
    ) -> Result<(Vec<(usize, Option<Proof>)>, Arc<Pieces>), StoreError> {
        if !self.scope.sees(&index.places().areas.chain(area)) {
            return Ok((Vec::new(), self.app.0.coverages.pieces().await?));
        }
        self.app.0.coverages.pieces_in(area, days).await
    }

    /// The patrols that began on a day, that the reader may see.
    pub(crate) async fn patrols_of(&self, day: Day) -> Result<Vec<PatrolId>, StoreError> {
        self.app.0.coverages.patrols_of(day).await
    }
}

impl ScopedIndex {
    /// The patrols that go on and that the reader may see, by number.
    pub(crate) fn patrols(&self) -> impl Iterator<Item = &Known<Patrol>> {
        let all = self.index.people().patrols.iter().map(AsRef::as_ref);
        all.filter(|known: &&Known<Patrol>| self.scope.sees(&known.areas))
    }
    /// The plans that the reader may see, by number.
    pub(crate) fn plans(&self) -> impl Iterator<Item = &Known<PatrolPlan>> {
        let all = self.index.people().plans.iter().map(AsRef::as_ref);
        all.filter(|known: &&Known<PatrolPlan>| self.scope.sees(&known.areas))
    }
    /// One plan, if the reader may see it.
    pub(crate) fn plan(&self, id: u64) -> Option<&Known<PatrolPlan>> {
        let known = self.index.people().plans.find(id).filter(|known| self.scope.sees(&known.areas))?;
        Some(known)
    }
}

impl ScopedStore {
    /// Patrols, also those that have ended, if the reader may see them.
    pub(crate) async fn patrols(&self, ids: &[PatrolId]) -> Result<Vec<(Revision, Patrol)>, StoreError> {
        let keys: Vec<Key> = ids.iter().map(|id| Key { kind: Kind::Patrol, id: id.number() }).collect();
        let index = self.index();
        let seen = |found: Option<(Revision, Entity)>| match found {
            Some((revision, Entity::Patrol(patrol))) => {
                let areas = patrol.area.map_or_else(Vec::new, |area| index.places().areas.chain(area));
                self.scope.sees(&areas).then_some((revision, patrol))
            }
            _ => None,
        };
        Ok(self.app.0.store.several(&keys).await?.into_iter().filter_map(seen).collect())
    }
}

/// Whether a reader may hear of a patrol.
pub(crate) fn hears(scope: &Scope, news: &News) -> bool {
    scope.sees(&news.areas)
}
