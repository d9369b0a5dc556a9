//! Where those on duty are, on the roads as they are: held in memory, changed in place.
//!
//! The roads follow the places of the index: when streets, restricted turns or compounds change, the next graph is built aside, everybody is
//! put on it, and both are there at once.

use gridward_data::model::{
    building::Compound,
    place::Place,
    road::{Restriction, Street},
    time::Timestamp,
};
use gridward_domain::{
    assign::{
        first_to_arrive::Search,
        positions::{Fix, Positions, Taken},
    },
    index::{Index, layer::Layer},
    roads::Roads,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

/// What a graph was built from.
struct Built {
    streets: Arc<Layer<Street>>,
    restrictions: Arc<Layer<Restriction>>,
    compounds: Arc<Layer<Compound>>,
    centre: Place,
}

/// Where everybody is, for all who ask and tell at once.
pub(crate) struct Forces {
    positions: RwLock<Positions>,
    built: Mutex<Built>,
    /// Room for searches, which is dear to make and cheap to keep: as much as there were searches at once.
    searches: Mutex<Vec<Search>>,
}

impl Forces {
    /// The roads of a snapshot with everybody who is on duty. O(n log n) in the streets.
    pub(crate) fn new(index: &Index) -> Self {
        Self {
            positions: RwLock::new(Positions::new(Arc::new(roads(index)), index)),
            built: Mutex::new(Built::of(index)),
            searches: Mutex::default(),
        }
    }

    /// Follows a newer snapshot. Called by the applier alone, in the order of the log.
    pub(crate) fn follow(&self, index: &Index) {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let roads = if built.is_of(index) { Arc::clone(self.read().roads()) } else { Arc::new(roads(index)) };
        *built = Built::of(index);
        self.positions.write().unwrap_or_else(PoisonError::into_inner).follow(&roads, index);
    }

    /// Where everybody is; nobody moves as long as it is held.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Positions> {
        self.positions.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes fixes, in their order. The streets are looked for before the structure is held, so that who asks hardly waits.
    pub(crate) fn take(&self, fixes: &[Fix], now: Timestamp) -> Vec<Taken> {
        let (roads, modes) = {
            let positions = self.read();
            let modes: Vec<_> = fixes.iter().map(|fix| positions.mode_on_duty(fix.responder)).collect();
            (Arc::clone(positions.roads()), modes)
        };
        let snap = |(fix, mode): (&Fix, &Option<_>)| mode.and_then(|mode| roads.snap(mode, fix.place).ok());
        let snapped: Vec<_> = fixes.iter().zip(&modes).map(snap).collect();

        let mut positions = self.positions.write().unwrap_or_else(PoisonError::into_inner);
        let same = Arc::ptr_eq(positions.roads(), &roads);
        let each = fixes.iter().zip(snapped);
        each.map(|(fix, snapped)| {
            // The roads were changed in between: what was found on the old ones means nothing on the new.
            if same { positions.take_snapped(fix, snapped, now) } else { positions.take(fix, now) }
        })
        .collect()
    }

    /// Room for one search.
    pub(crate) fn search<T>(&self, ask: impl FnOnce(&Positions, &mut Search) -> T) -> T {
        let mut search = self.room().pop().unwrap_or_default();
        let answer = ask(&self.read(), &mut search);
        self.room().push(search);
        answer
    }

    fn room(&self) -> MutexGuard<'_, Vec<Search>> {
        self.searches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Built {
    fn of(index: &Index) -> Self {
        let places = index.places();
        Self {
            streets: Arc::clone(&places.streets),
            restrictions: Arc::clone(&places.restrictions),
            compounds: Arc::clone(&places.compounds),
            centre: index.frame().centre(),
        }
    }
    fn is_of(&self, index: &Index) -> bool {
        let places = index.places();
        Arc::ptr_eq(&self.streets, &places.streets)
            && Arc::ptr_eq(&self.restrictions, &places.restrictions)
            && Arc::ptr_eq(&self.compounds, &places.compounds)
            && self.centre == index.frame().centre()
    }
}

/// The roads of a snapshot.
fn roads(index: &Index) -> Roads {
    let places = index.places();
    let compounds = places.compounds.iter().map(|compound| (compound.id, &compound.outline));
    Roads::build(
        places.streets.iter().map(AsRef::as_ref),
        places.restrictions.iter().map(AsRef::as_ref),
        compounds,
        index.frame(),
    )
}
