//! What was really walked, kept up as fixes come: patrols are reckoned aside, and the days hold what came of them.
//!
//! ```text
//! fixes kept ─► due(patrol) ─► follow: fixes of the patrol ─► domain::patrol ─► what was walked: kept by day, put into its day, told to the streams
//! ```
//!
//! Fixes are acknowledged when they are kept; what they come to is there a moment later. Who asks waits until what was due by then is reckoned.

use super::{applier::Snapshots, walked};
use crate::live::Live;
use gridward_data::{
    model::{
        area::Level,
        building::Building,
        calendar::Day,
        entity::{Entity, Key, Kind},
        id::{AreaId, PatrolId},
        patrol::Patrol,
        place::Place,
        road::Street,
        time::Timestamp,
    },
    store::{Store, commit::StoreError},
};
use gridward_domain::{
    index::{Index, layer::Layer, places::Areas},
    patrol::{
        begin::grids_of,
        coverage::{self, Covered, Field, Told},
        days::{AreaCoverage, DayCoverage, coverage as of_areas, pieces_of},
        pieces::Pieces,
        rules::PatrolRules,
        visits::Grids,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

/// Days that are held in memory at most; others are read when they are asked for.
const DAYS_MAX: usize = 62;
/// How long to wait after the store failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// A patrol of which something new is known, for those who look at its areas.
#[derive(Clone, Debug)]
pub(crate) struct News {
    pub(crate) patrol: PatrolId,
    pub(crate) areas: Vec<AreaId>,
}

/// What was walked.
pub(crate) struct Coverages {
    store: Store,
    snapshots: Snapshots,
    live: Arc<Live>,
    rules: PatrolRules,
    held: Mutex<Held>,
    /// One cuts the streets, the others wait for it.
    cutting: tokio::sync::Mutex<()>,
    /// How many patrols were due so far, and how many of them are reckoned.
    due: watch::Sender<u64>,
    done: watch::Sender<u64>,
}

#[derive(Default)]
struct Held {
    cut: Option<Cut>,
    /// Shared with who reckons with them meanwhile.
    days: BTreeMap<Day, Arc<DayCoverage>>,
    due: BTreeSet<PatrolId>,
}

/// Pieces, and what they were cut from.
struct Cut {
    pieces: Arc<Pieces>,
    streets: Arc<Layer<Street>>,
    buildings: Arc<Layer<Building>>,
    areas: Arc<Areas>,
}

impl Cut {
    fn is_of(&self, index: &Index) -> bool {
        let places = index.places();
        Arc::ptr_eq(&self.streets, &places.streets)
            && Arc::ptr_eq(&self.buildings, &places.buildings)
            && Arc::ptr_eq(&self.areas, &places.areas)
    }
}

impl Coverages {
    pub(crate) fn new(store: Store, snapshots: Snapshots, live: Arc<Live>, rules: PatrolRules) -> Self {
        Self {
            store,
            snapshots,
            live,
            rules,
            held: Mutex::default(),
            cutting: tokio::sync::Mutex::default(),
            due: watch::channel(0).0,
            done: watch::channel(0).0,
        }
    }

    /// By which rules fixes are judged.
    pub(crate) const fn rules(&self) -> &PatrolRules {
        &self.rules
    }

    /// Something new is known of a patrol: it is to be reckoned anew.
    pub(crate) fn due(&self, patrol: PatrolId) {
        self.held().due.insert(patrol);
        self.due.send_modify(|due| *due += 1);
    }

    /// Reckons what is due, until the task is ended.
    pub(crate) async fn follow(self: Arc<Self>) {
        let mut news = self.due.subscribe();
        // The first question should not have to wait for the streets to be cut.
        if let Err(error) = self.pieces().await {
            tracing::error!(%error, "the streets could not be cut into pieces");
        }
        loop {
            let due = *news.borrow_and_update();
            let patrols = std::mem::take(&mut self.held().due);
            for patrol in patrols {
                if let Err(error) = self.reckon_anew(patrol).await {
                    if matches!(error, StoreError::Closed) {
                        return;
                    }
                    tracing::error!(%error, %patrol, "what was walked could not be reckoned; trying again");
                    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                    self.due(patrol);
                }
            }
            self.done.send_replace(due);
            if news.changed().await.is_err() {
                return;
            }
        }
    }

    /// Waits until everything that was due by now is reckoned.
    async fn settled(&self) {
        let due = *self.due.borrow();
        // An error means that the server is going down: then nobody waits any more.
        let _ = self.done.subscribe().wait_for(|done| *done >= due).await;
    }

    async fn reckon_anew(&self, id: PatrolId) -> Result<(), StoreError> {
        let key = Key { kind: Kind::Patrol, id: id.number() };
        let Some((_, Entity::Patrol(patrol))) = self.store.one(key).await? else { return Ok(()) };
        let (covered, fixes) = self.reckon(&patrol).await?;
        let day = Day::in_china(patrol.span.from);
        let body = walked::write(&covered).map_err(|error| StoreError::Driver(error.to_string()))?;
        self.store.keep_walked(day, id, fixes, body).await?;
        self.load(day).await?;
        if let Some(day) = self.held().days.get_mut(&day) {
            Arc::make_mut(day).put(id, &covered);
        }
        let index = self.snapshots.current();
        let areas = patrol.area.map_or_else(Vec::new, |area| index.places().areas.chain(area));
        self.live.tell_covered(News { patrol: id, areas });
        Ok(())
    }

    /// What a patrol comes to by what is known, and of how many fixes.
    async fn reckon(&self, patrol: &Patrol) -> Result<(Covered, usize), StoreError> {
        let devices = self.store.fixes(Day::in_china(patrol.span.from), patrol.id).await?;
        let scans = self.store.visits(patrol.id).await?;
        let pieces = self.pieces().await?;
        let index = self.snapshots.current();
        let (rules, patrol) = (self.rules.clone(), patrol.clone());
        let fixes = devices.iter().map(|of| of.fixes.len()).sum();
        let reckoned = tokio::task::spawn_blocking(move || {
            let checkpoints = checkpoints_of(&index, &patrol);
            let grids = Grids::of(&index);
            let field = Field { pieces: &pieces, grids: &grids, rules: &rules };
            let told =
                Told { devices: &devices, scans: &scans, mode: patrol.mode, checkpoints: &checkpoints };
            Covered::from(coverage::walked(&told, &field))
        });
        let covered = reckoned.await.map_err(|error| interrupted(&error))?;
        Ok((covered, fixes))
    }

    /// What one patrol has covered, and the pieces by which that counts.
    pub(crate) async fn of_patrol(&self, patrol: &Patrol) -> Result<(Covered, Arc<Pieces>), StoreError> {
        let (covered, _) = self.reckon(patrol).await?;
        Ok((covered, self.pieces().await?))
    }

    /// What was covered in each of some areas by the patrols that began on some days; of those alone that had ended by a moment, where one is
    /// given. A patrol counts whole or not at all: what it had covered from minute to minute would be somebody's way.
    pub(crate) async fn of_areas(
        &self,
        areas: &[AreaId],
        days: &[Day],
        ended_by: Option<Timestamp>,
    ) -> Result<Vec<(AreaId, AreaCoverage)>, StoreError> {
        let pieces = self.ready(days).await?;
        let index = self.snapshots.current();
        let grids: Vec<(AreaId, Vec<AreaId>)> =
            areas.iter().map(|area| (*area, grids_of(&index, *area))).collect();
        let held: Vec<(Day, Arc<DayCoverage>)> = {
            let held = self.held();
            days.iter().filter_map(|day| Some((*day, Arc::clone(held.days.get(day)?)))).collect()
        };
        let under_way = match ended_by {
            Some(at) => self.under_way(&held, at).await?,
            None => BTreeSet::new(),
        };
        let reckoned = tokio::task::spawn_blocking(move || {
            let ended: Vec<Arc<DayCoverage>> = held
                .into_iter()
                .map(|(_, day)| {
                    let all_ended = !day.patrols().any(|patrol| under_way.contains(&patrol));
                    if all_ended { day } else { Arc::new(day.only(|patrol| !under_way.contains(&patrol))) }
                })
                .collect();
            of_areas(&pieces, &ended.iter().map(AsRef::as_ref).collect::<Vec<_>>(), &grids)
        });
        reckoned.await.map_err(|error| interrupted(&error))
    }

    /// Which patrols of some days had not ended by a moment: those that go on now, and of the last two days before it those that ended after it.
    async fn under_way(
        &self,
        days: &[(Day, Arc<DayCoverage>)],
        at: Timestamp,
    ) -> Result<BTreeSet<PatrolId>, StoreError> {
        let index = self.snapshots.current();
        let mut found: BTreeSet<PatrolId> =
            index.people().patrols.iter().map(|known| known.thing.id).collect();
        // Nobody is out for longer.
        let recent = Day::in_china(at).number() - 1;
        let late = days.iter().filter(|(day, _)| day.number() >= recent);
        let keys: Vec<Key> = late
            .flat_map(|(_, day)| day.patrols())
            .map(|id| Key { kind: Kind::Patrol, id: id.number() })
            .collect();
        let ended_by = |patrol: &Patrol| patrol.span.until.is_some_and(|until| until <= at);
        found.extend(self.store.several(&keys).await?.into_iter().filter_map(|found| match found {
            Some((_, Entity::Patrol(patrol))) if !ended_by(&patrol) => Some(patrol.id),
            _ => None,
        }));
        Ok(found)
    }

    /// How surely each piece of the grids of an area was covered, and the pieces by which that counts.
    pub(crate) async fn pieces_in(
        &self,
        area: AreaId,
        days: &[Day],
    ) -> Result<(Vec<(usize, Option<coverage::Proof>)>, Arc<Pieces>), StoreError> {
        let pieces = self.ready(days).await?;
        let index = self.snapshots.current();
        let held = self.held();
        let days: Vec<&DayCoverage> =
            days.iter().filter_map(|day| held.days.get(day)).map(AsRef::as_ref).collect();
        let mut proofs = Vec::new();
        for grid in grids_of(&index, area) {
            let rows = pieces.streets.of_grid(grid);
            proofs.extend(rows.zip(pieces_of(&pieces, &days, grid)));
        }
        Ok((proofs, pieces.clone()))
    }

    /// The patrols that began on a day, by number.
    pub(crate) async fn patrols_of(&self, day: Day) -> Result<Vec<PatrolId>, StoreError> {
        self.ready(&[day]).await?;
        Ok(self.held().days.get(&day).map_or_else(Vec::new, |day| day.patrols().collect()))
    }

    /// Waits until what was due is reckoned and these days are in memory; the pieces by which they count.
    async fn ready(&self, days: &[Day]) -> Result<Arc<Pieces>, StoreError> {
        self.settled().await;
        let pieces = self.pieces().await?;
        let walked: BTreeSet<Day> = self.store.days_walked().await?.into_iter().collect();
        for day in days.iter().filter(|day| walked.contains(day)) {
            self.load(*day).await?;
        }
        // A day may hold patrols whose fixes came just before a crash.
        self.settled().await;
        let mut held = self.held();
        while held.days.len() > DAYS_MAX.max(days.len()) {
            let Some(oldest) = held.days.keys().copied().find(|day| !days.contains(day)) else { break };
            held.days.remove(&oldest);
        }
        Ok(pieces)
    }

    /// Has a day in memory.
    async fn load(&self, day: Day) -> Result<(), StoreError> {
        if self.held().days.contains_key(&day) {
            return Ok(());
        }
        let pieces = self.pieces().await?;
        let mut loaded = DayCoverage::new(pieces);
        for (patrol, body) in self.store.walked(day).await? {
            match body.as_deref().map(walked::read) {
                Some(Ok(covered)) => loaded.put(patrol, &covered),
                // It came before a crash and was not reckoned, or was written by another release.
                None | Some(Err(_)) => self.due(patrol),
            }
        }
        self.held().days.entry(day).or_insert_with(|| Arc::new(loaded));
        Ok(())
    }

    /// What can be covered in the city as it is.
    pub(crate) async fn pieces(&self) -> Result<Arc<Pieces>, StoreError> {
        let _one = self.cutting.lock().await;
        let index = self.snapshots.current();
        if let Some(cut) = self.held().cut.as_ref().filter(|cut| cut.is_of(&index)) {
            return Ok(Arc::clone(&cut.pieces));
        }
        let (cut_from, piece_m) = (Arc::clone(&index), self.rules.piece_m);
        let pieces = tokio::task::spawn_blocking(move || Pieces::cut(&cut_from, piece_m));
        let pieces = Arc::new(pieces.await.map_err(|error| interrupted(&error))?);
        let places = index.places();
        let mut held = self.held();
        held.cut = Some(Cut {
            pieces: Arc::clone(&pieces),
            streets: Arc::clone(&places.streets),
            buildings: Arc::clone(&places.buildings),
            areas: Arc::clone(&places.areas),
        });
        // They count by pieces that are not there any more.
        held.days.clear();
        Ok(pieces)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A day that panicked half way is read anew after a restart; the others are whole.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn interrupted(error: &tokio::task::JoinError) -> StoreError {
    StoreError::Driver(format!("what was walked could not be reckoned: {error}"))
}

/// The checkpoints of a patrol's plan.
pub(crate) fn checkpoints_of(index: &Index, patrol: &Patrol) -> Vec<Place> {
    let plan = patrol.plan.and_then(|plan| index.people().plans.find(plan.number()));
    plan.map_or_else(Vec::new, |plan| plan.thing.checkpoints.clone())
}

/// The areas of one level below an area, by number; the area itself where it is of that level.
pub(crate) fn below(index: &Index, area: AreaId, level: Level) -> Vec<AreaId> {
    let areas = &index.places().areas;
    let mut found = Vec::new();
    let mut open = vec![area];
    while let Some(area) = open.pop() {
        match areas.find(area) {
            Some(known) if known.level == level => found.push(area),
            Some(known) if known.level < level => open.extend(areas.children(area).map(|child| child.id)),
            _ => {}
        }
    }
    found.sort_unstable();
    found
}
