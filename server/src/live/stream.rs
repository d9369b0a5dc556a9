//! What one reader is told, in order: first what was missed, from the log; then what happens; beside it where people are.

use super::{
    Live,
    applier::Snapshots,
    event::{self, Hello, MoreCovered, Reload},
    facts::{Fact, Since},
    movement::{CELL_UNITS, DUTIES, Moment},
    view::{Seat, View},
};
use crate::{clock, scoped::hears};
use axum::body::Bytes;
use futures_util::stream::{Stream, unfold};
use gridward_data::{
    model::{entity::Kind, responder::Role},
    store::{Store, commit::StoreError, question::Tail, version::Version},
};
use gridward_domain::access::Scope;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior, interval},
};

/// From one beat to the next.
const BEAT: Duration = Duration::from_secs(5);
/// Rows of the log that are read at once for who was away.
const CATCH_UP_ROWS: usize = 512;

/// One reader.
pub(crate) struct Reader {
    live: Arc<Live>,
    store: Store,
    snapshots: Snapshots,
    scope: Scope,
    seat: Seat,
    /// Everything up to here was told, or was not for this reader.
    cursor: Version,
    /// Whether what comes next lies in the log and not among the last facts.
    away: bool,
    /// Where the reader looked when people were told last, and at which moment that was.
    shown: (View, u64),
    newest: watch::Receiver<Version>,
    moments: watch::Receiver<Arc<Moment>>,
    stopped: watch::Receiver<bool>,
    beat: Interval,
    /// What is ready to be sent.
    ready: Vec<u8>,
}

impl Reader {
    /// A reader who has everything up to `resume`, or who begins now.
    pub(crate) fn new(
        live: &Arc<Live>,
        store: &Store,
        snapshots: &Snapshots,
        scope: Scope,
        seat: Seat,
        resume: Option<Version>,
    ) -> Self {
        let newest = live.facts.newest();
        let cursor = resume.unwrap_or_else(|| newest.borrow().clone());
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let hello = Hello {
            stream: seat.id.clone(),
            version: cursor.to_string(),
            beat_s: BEAT.as_secs(),
            roles: Role::ALL.iter().map(|role| role.word()).collect(),
            duties: DUTIES.to_vec(),
            cell_units: CELL_UNITS,
        };
        Self {
            live: Arc::clone(live),
            store: store.clone(),
            snapshots: snapshots.clone(),
            scope,
            ready: event::at_version("hello", &cursor, &hello).to_vec(),
            cursor,
            away: true,
            shown: (View::default(), 0),
            newest,
            moments: live.moments(),
            stopped: live.stopped(),
            beat,
            seat,
        }
    }

    /// What the reader is told, for as long as it listens.
    pub(crate) fn told(self) -> impl Stream<Item = Result<Bytes, Infallible>> + Send + use<> {
        unfold(self, |mut reader| async move {
            let bytes = reader.next().await?;
            Some((Ok(bytes), reader))
        })
    }

    /// The next piece; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        while self.ready.is_empty() {
            if self.away {
                self.catch_up().await?;
                continue;
            }
            tokio::select! {
                biased;
                _ = self.stopped.changed() => return None,
                changed = self.newest.changed() => { changed.ok()?; self.tell_facts()?; }
                changed = self.seat.view.changed() => { changed.ok()?; self.tell_people(); }
                changed = self.moments.changed() => { changed.ok()?; self.tell_people(); }
                _ = self.beat.tick() => {
                    let on_duty = self.snapshots.current().people().shifts.len();
                    self.ready.extend(event::beat(&self.cursor, clock::now(), on_duty));
                }
            }
        }
        Some(std::mem::take(&mut self.ready).into())
    }

    /// Tells what was missed. Never further than the index has come: who hears of a thing must be able to ask for it.
    async fn catch_up(&mut self) -> Option<()> {
        let reached = self.newest.borrow_and_update().clone();
        // A version that nobody gave out, because the store was put back to an older state, is for the log to judge.
        let held = matches!(self.live.facts.since(&self.cursor), Since::Batches(_));
        if held && reached.reaches(&self.cursor) {
            self.away = false;
            return self.tell_facts();
        }
        match self.store.log_after(&self.cursor, CATCH_UP_ROWS).await {
            Ok(Tail::Rows(rows)) if !rows.is_empty() => {
                let rows = rows.into_iter().take_while(|row| reached.reaches(&row.version));
                let facts: Vec<Fact> = rows.map(Fact::of).collect();
                if facts.is_empty() {
                    // The log is ahead of the index for a moment.
                    self.newest.changed().await.ok()?;
                }
                self.tell(&facts);
            }
            Ok(Tail::Rows(_)) => self.newest.changed().await.ok()?,
            Ok(Tail::Reload) => {
                self.cursor = reached;
                let reload = Reload { version: self.cursor.to_string() };
                self.ready.extend(event::at_version("reload", &self.cursor, &reload));
            }
            Err(StoreError::Closed) => return None,
            Err(error) => {
                tracing::error!(%error, "the log cannot be read for who was away");
                return None;
            }
        }
        Some(())
    }

    /// Tells what was committed since; `None` where the reader is too far behind, and has to come again.
    fn tell_facts(&mut self) -> Option<()> {
        let Since::Batches(batches) = self.live.facts.since(&self.cursor) else {
            tracing::debug!(stream = self.seat.id, "a reader is too far behind and has to resume");
            return None;
        };
        for facts in batches {
            self.tell(&facts);
        }
        Some(())
    }

    fn tell(&mut self, facts: &[Fact]) {
        let index = self.snapshots.current();
        let view = self.seat.view.borrow().clone();
        for fact in facts.iter().filter(|fact| !self.cursor.reaches(fact.version())) {
            if let Some(event) = fact.told(&self.scope, &view, &index) {
                self.ready.extend(event);
            }
        }
        if let Some(last) = facts.last()
            && last.version().reaches(&self.cursor)
        {
            self.cursor = last.version().clone();
        }
    }

    /// Tells of which patrols it is known what more they have covered.
    fn tell_covered(&mut self, moment: &Moment, view: &View, known: u64) {
        if known == moment.number || !view.takes_kind(Kind::Patrol) {
            return;
        }
        // The first moment that a reader is told follows what it asked on its own.
        let others = known != 0 && known + 1 != moment.number;
        let heard =
            moment.covered.iter().filter(|news| hears(&self.scope, news) && view.takes_areas(&news.areas));
        let patrols: Vec<u64> = heard.map(|news| news.patrol.number()).collect();
        if others || !patrols.is_empty() {
            self.ready.extend(event::momentary("covered", &MoreCovered { patrols, others }));
        }
    }

    /// Tells where people are: what changed where the reader looked before, everything where it looks now for the first time.
    fn tell_people(&mut self) {
        let moment = Arc::clone(&self.moments.borrow_and_update());
        let wanted = self.seat.view.borrow_and_update().clone();
        let (before, number) = std::mem::replace(&mut self.shown, (wanted.clone(), moment.number));
        if moment.number == 0 || !self.scope.sees_everything() {
            return;
        }
        // Who looks elsewhere between two moments was told the changes of this one already.
        let again = number == moment.number;
        let follows = again || number + 1 == moment.number;
        self.tell_covered(&moment, &wanted, number);
        for cell in &wanted.cells {
            match follows && before.cells.contains(cell) {
                true if again => {}
                true => self.ready.extend(moment.moved(*cell).unwrap_or_default()),
                false => self.ready.extend(moment.whole(*cell)),
            }
        }
        for level in &wanted.levels {
            match follows && before.levels.contains(level) {
                true if again => {}
                true => self.ready.extend(moment.recounted(*level).unwrap_or_default()),
                false => self.ready.extend(moment.counted(*level).unwrap_or_default()),
            }
        }
    }
}
