//! What a handler may hold: index and store as one reader may see them.
//!
//! Handlers never meet the bare store or index: every answer passes a [`Scope`], and only `gridward_domain::access` makes one.

mod coverage;
mod forces;
mod history;
mod live;
mod outbox;
mod people;

pub(crate) use coverage::{ScopedCoverage, hears};
pub(crate) use forces::{NoRoute, ScopedForces};
pub(crate) use history::Heads;
pub(crate) use live::ScopedLive;
pub(crate) use outbox::ScopedOutbox;

use crate::{
    ids::Ids,
    live::{Live, applier::Snapshots, coverage::Coverages, forces::Forces, outbox::Outbox},
    map::{
        cache::{Tile, TileCache},
        tileset::TileSet,
    },
};
use axum::{extract::FromRequestParts, http::request::Parts};
use gridward_data::{
    model::{
        case::Case,
        case::Hazard,
        entity::{Entity, Key, Kind},
        id::CaseId,
        place::{Bounds, Place},
        report::Report,
    },
    store::{
        DISTRICT, Store,
        change::Revision,
        commit::{Commit, CommitError, Committed, Request, StoreError},
        question::CaseFilter,
        version::Version,
    },
};
use gridward_domain::{
    access::Scope,
    cases::intake::{self, Intake, IntakeError, IntakeIds, Told},
    index::{
        Index,
        locate::Located,
        near::{Near, NearKind},
        places::Places,
        spread::{InvalidAccuracy, Spread},
    },
};
use gridward_tiles::{Encoding, TileCoord};
use std::{convert::Infallible, sync::Arc};

/// What every handler shares. Its parts are reached through the scoped types alone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parted>);

struct Parted {
    store: Store,
    ids: Ids,
    snapshots: Snapshots,
    tiles: Arc<TileCache>,
    forces: Arc<Forces>,
    live: Arc<Live>,
    coverages: Arc<Coverages>,
    outbox: Arc<Outbox>,
}

impl App {
    /// Puts together what handlers share.
    pub(crate) fn new(
        store: Store,
        snapshots: Snapshots,
        tiles: Arc<TileCache>,
        forces: Arc<Forces>,
        live: Arc<Live>,
        coverages: Arc<Coverages>,
        outbox: Arc<Outbox>,
    ) -> Self {
        let ids = Ids::of(store.clone(), DISTRICT);
        Self(Arc::new(Parted { store, ids, snapshots, tiles, forces, live, coverages, outbox }))
    }
}

/// Until there are accounts everybody at this machine sees everything.
fn scope_of(_: &Parts) -> Scope {
    Scope::open_loopback()
}

/// One snapshot of the index, as one reader may see it.
pub(crate) struct ScopedIndex {
    index: Arc<Index>,
    scope: Scope,
    app: App,
}

/// The store, as one reader may see and change it.
pub(crate) struct ScopedStore {
    app: App,
    scope: Scope,
}

impl FromRequestParts<App> for ScopedIndex {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { index: app.0.snapshots.current(), scope: scope_of(parts), app: app.clone() })
    }
}

impl FromRequestParts<App> for ScopedStore {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { app: app.clone(), scope: scope_of(parts) })
    }
}

impl ScopedIndex {
    /// The snapshot's version.
    pub(crate) fn version(&self) -> &Version {
        self.index.version()
    }

    /// Places, which everybody sees.
    pub(crate) fn places(&self) -> &Places {
        self.index.places()
    }
    /// The box around all places.
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        self.index.bounds()
    }
    /// The name of the city.
    pub(crate) fn city_name(&self) -> Option<&str> {
        self.index.city_name()
    }
    /// How many things of a kind there are in all; numbers name nobody.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.index.count(kind)
    }

    /// How many things of a kind there is still something to be done about.
    pub(crate) fn count_open(&self, kind: Kind) -> usize {
        self.index.count_open(kind)
    }

    /// Where a place is.
    pub(crate) fn locate(&self, place: Place) -> Located {
        self.index.locate(place)
    }
    /// Which grids may hold a place that is known with an accuracy only.
    pub(crate) fn grids_around(&self, place: Place, accuracy_m: f64) -> Result<Spread, InvalidAccuracy> {
        self.index.grids_around(place, accuracy_m)
    }
    /// What is near a place, as far as the reader may see it.
    pub(crate) fn near(&self, place: Place, kinds: &[NearKind], k: usize, radius_m: f64) -> Vec<Near> {
        self.index.near(&self.scope, place, kinds, k, radius_m)
    }
    /// What becomes of a report in the city as it is.
    pub(crate) fn take_in(&self, told: &Told, ids: IntakeIds) -> Result<Intake, IntakeError> {
        intake::decide(told, ids, &self.index)
    }
    /// One hazard, if the reader may see it.
    pub(crate) fn hazard(&self, id: u64) -> Option<&Hazard> {
        let known = self.index.affairs().hazards.find(id)?;
        self.scope.sees(&known.areas).then_some(&known.thing)
    }

    /// A tile of a set. Tiles of affairs are kept only for readers who see all of them.
    pub(crate) fn tile(&self, set: TileSet, tile: TileCoord, encoding: Encoding) -> Option<Arc<Tile>> {
        self.app.0.tiles.tile(set, tile, encoding, || self.app.0.snapshots.current())
    }
}

impl ScopedStore {
    /// New numbers for new things.
    pub(crate) async fn new_ids<const N: usize>(&self, kinds: [Kind; N]) -> Result<[u64; N], StoreError> {
        self.app.0.ids.next(kinds).await
    }

    /// Stores a decision and waits until this server's index has it, so that who wrote it can read it.
    pub(crate) async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let committed = self.app.0.outbox.commit(&self.app.0.store, commit).await?;
        // Of a repetition too: it may have overtaken the first answer, which still waits for the index.
        let (Committed::Stored { version } | Committed::Repeated { version, .. }) = &committed;
        self.app.0.snapshots.reach(version).await;
        Ok(committed)
    }

    /// The request that was stored under this key.
    pub(crate) async fn recall(&self, key: &str) -> Result<Option<Request>, StoreError> {
        self.app.0.store.recall(key).await
    }

    /// One case, if the reader may see it.
    pub(crate) async fn case(&self, id: CaseId) -> Result<Option<(Revision, Case)>, StoreError> {
        let key = Key { kind: Kind::Case, id: id.number() };
        Ok(match self.app.0.store.one(key).await? {
            Some((revision, Entity::Case(case))) if self.scope.sees(&case.areas) => Some((revision, case)),
            _ => None,
        })
    }

    /// The cases that the reader may see, the newest first.
    pub(crate) async fn cases(
        &self,
        filter: CaseFilter,
        before: Option<CaseId>,
        limit: usize,
    ) -> Result<Vec<(Revision, Case)>, StoreError> {
        let cases = self.app.0.store.cases(filter, before, limit).await?;
        Ok(cases.into_iter().filter(|(_, case)| self.scope.sees(&case.areas)).collect())
    }

    /// The first report of each case, in the order of the cases.
    pub(crate) async fn first_reports(
        &self,
        cases: &[(Revision, Case)],
    ) -> Result<Vec<Option<Report>>, StoreError> {
        let first = |case: &Case| case.reports.first().map_or(0, |report| report.number());
        let keys: Vec<Key> =
            cases.iter().map(|(_, case)| Key { kind: Kind::Report, id: first(case) }).collect();
        let found = self.app.0.store.several(&keys).await?;
        Ok(found
            .into_iter()
            .map(|found| match found {
                Some((_, Entity::Report(report))) => Some(report),
                _ => None,
            })
            .collect())
    }
}
