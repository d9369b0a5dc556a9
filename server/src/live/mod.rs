//! How what was committed reaches everything that is derived from it.

pub(crate) mod applier;
pub(crate) mod coverage;
pub(crate) mod event;
pub(crate) mod facts;
pub(crate) mod forces;
pub(crate) mod head_counts;
pub(crate) mod movement;
pub(crate) mod outbox;
pub(crate) mod stream;
pub(crate) mod ticker;
pub(crate) mod view;
pub(crate) mod walked;

use applier::Snapshots;
use coverage::News;
use facts::Facts;
use forces::Forces;
use gridward_data::store::version::Version;
use movement::Moment;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::watch;
use view::Readers;

/// From one moment of the positions to the next.
const MOMENT: Duration = Duration::from_secs(1);

/// What readers of the stream share.
pub(crate) struct Live {
    pub(crate) facts: Facts,
    pub(crate) readers: Arc<Readers>,
    moments: watch::Sender<Arc<Moment>>,
    /// Of which patrols something new is known since the last moment.
    covered: Mutex<Vec<News>>,
    /// Whether the server was told to stop: then streams end, which else never would.
    stopped: watch::Sender<bool>,
}

impl Live {
    /// Nobody reads yet.
    pub(crate) fn from(version: &Version) -> Self {
        Self {
            facts: Facts::from(version),
            readers: Arc::default(),
            moments: watch::channel(Arc::new(Moment::none())).0,
            covered: Mutex::default(),
            stopped: watch::channel(false).0,
        }
    }

    /// The newest moment; tells when there is a newer one.
    pub(crate) fn moments(&self) -> watch::Receiver<Arc<Moment>> {
        self.moments.subscribe()
    }

    /// Tells when the server was told to stop.
    pub(crate) fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.subscribe()
    }

    /// The server was told to stop.
    pub(crate) fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// A patrol was reckoned anew; who looks there is told with the next moment.
    pub(crate) fn tell_covered(&self, news: News) {
        self.covered.lock().unwrap_or_else(PoisonError::into_inner).push(news);
    }

    /// Looks once a second where everybody is, as long as somebody reads it.
    pub(crate) async fn follow(self: Arc<Self>, snapshots: Snapshots, forces: Arc<Forces>) {
        let mut clock = tokio::time::interval(MOMENT);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            let covered = std::mem::take(&mut *self.covered.lock().unwrap_or_else(PoisonError::into_inner));
            if self.readers.count() == 0 {
                continue;
            }
            let before = Arc::clone(&self.moments.borrow());
            let mut next = Moment::after(&before, &snapshots.current(), &forces.read(), crate::clock::now());
            next.covered = covered;
            self.moments.send_replace(Arc::new(next));
        }
    }
}
