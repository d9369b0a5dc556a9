//! Where those on duty are: the last known place of each, on the roads.
//!
//! Updated in place: a position is worth nothing once the next is there, and is no fact of the store. It lives as long as the shift: who goes off duty
//! is forgotten at once, and a fix of somebody off duty is refused and kept nowhere.
//!
//! Each person can stand on the roads twice: at the newest fix, and at the post of resident duty. Which of the two counts is a matter of
//! the hour ([`Positions::presence`]): the fix for [`FRESH_MS`], then the post.

use super::table::{Row, Table};
use crate::{
    index::{Index, records::Records},
    roads::{Roads, Snap},
};
use gridward_data::model::{
    id::ResponderId,
    local::Metric,
    place::Place,
    responder::Responder,
    road::Mode,
    roster::{Duty, Shift},
    time::Timestamp,
};
use std::sync::Arc;

/// A fix older than this says no more where somebody is, milliseconds: 30 minutes, as dispatchers elsewhere have it (Resgrid).
pub const FRESH_MS: i64 = 30 * 60_000;
/// A fix from further ahead than this comes from a wrong clock, milliseconds.
pub const FUTURE_MS: i64 = 5 * 60_000;

const NONE: u32 = u32::MAX;

/// One reading of where somebody is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// Who.
    pub responder: ResponderId,
    /// Where.
    pub place: Place,
    /// The radius that holds the truth with 68 %, metres, where the telephone said so.
    pub accuracy_m: Option<f32>,
    /// When it was taken, by the telephone's clock.
    pub at: Timestamp,
    /// Its number on its device: of two fixes of one instant the later one counts.
    pub sequence: u64,
}

/// What became of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is the newest: the person is there now.
    Newest,
    /// A newer one is known already; this one changes nothing.
    Older,
    /// This person is not on duty: it was not kept.
    OffDuty,
    /// There is nobody with this number: it was not kept.
    Unknown,
    /// It was taken more than [`FUTURE_MS`] ahead of the server's clock: it was not kept.
    Future,
}

/// Where somebody counts as being, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Presence {
    /// By what.
    pub source: Source,
    /// Where.
    pub place: Place,
    /// The radius that holds the truth with 68 %, metres, of a fix that has one.
    pub accuracy_m: Option<f32>,
    /// When it was so; `None` at a post, where nothing was measured.
    pub at: Option<Timestamp>,
    /// Whether it may be relied on: at a post, or by a fix that is not older than [`FRESH_MS`].
    pub fresh: bool,
}

/// By what somebody is known to be somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// By the newest fix.
    Fix,
    /// By duty at a post, where no fresh fix says otherwise.
    Post,
}

/// Somebody standing on the roads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) place: Place,
    /// The place in the metres of the roads, off them alone: on them it is not asked for.
    pub(super) drawn: Metric,
    /// On which segment; [`NONE`] off the roads.
    pub(super) segment: u32,
    pub(super) offset_cm: u32,
    /// From the place to the segment, walked, deciseconds.
    pub(super) away_ds: u32,
    accuracy_m: Option<f32>,
    sequence: u64,
    /// The neighbours on the segment.
    next: u32,
    previous: u32,
}

/// Everybody's last known place, on one graph of roads.
#[derive(Debug)]
pub struct Positions {
    roads: Arc<Roads>,
    pub(super) table: Table,
    /// Two of each person: the fix, then the post. The number of a spot is twice the slot, and one more for the post.
    spots: Vec<Spot>,
    /// The first spot on each segment.
    first: Vec<u32>,
    /// What was folded in last.
    responders: Records<Responder>,
    shifts: Records<Shift>,
}

impl Positions {
    /// Everybody of a snapshot, with nobody's fix known. O(n log n).
    #[must_use]
    pub fn new(roads: Arc<Roads>, index: &Index) -> Self {
        let first = vec![NONE; roads.segment_count()];
        let table = Table::new(index);
        let spots = vec![Spot::nowhere(); table.rows.len() * 2];
        let (responders, shifts) = (index.people().responders.clone(), index.people().shifts.clone());
        let mut new = Self { roads, table, spots, first, responders, shifts };
        for known in index.people().shifts.iter() {
            new.start(&known.thing);
        }
        new
    }

    /// The graph on which people stand.
    #[must_use]
    pub const fn roads(&self) -> &Arc<Roads> {
        &self.roads
    }

    /// Follows a newer snapshot: who starts, ends or changes a shift. Fixes are kept. O(shifts), and O(n log n) where responders changed or the
    /// roads are others.
    pub fn follow(&mut self, roads: &Arc<Roads>, index: &Index) {
        let people = index.people();
        if !self.responders.is_same(&people.responders) || !Arc::ptr_eq(roads, &self.roads) {
            let mut next = Self::new(Arc::clone(roads), index);
            for fix in self.fixes() {
                next.take(&fix, fix.at);
            }
            *self = next;
            return;
        }
        if !self.shifts.is_same(&people.shifts) {
            let before = std::mem::replace(&mut self.shifts, people.shifts.clone());
            self.follow_shifts(&before, &people.shifts);
        }
    }

    fn follow_shifts(&mut self, before: &Records<Shift>, after: &Records<Shift>) {
        let mut before = before.iter().peekable();
        for now in after.iter() {
            let id = now.thing.id;
            while let Some(ended) = before.next_if(|before| before.thing.id < id) {
                self.end(&ended.thing);
            }
            let same = before.next_if(|before| before.thing.id == id);
            if same.is_none_or(|same| !Arc::ptr_eq(same, now)) {
                self.start(&now.thing);
            }
        }
        for ended in before {
            self.end(&ended.thing);
        }
    }

    fn start(&mut self, shift: &Shift) {
        let Some(slot) = self.table.slot(shift.responder.number()) else { return };
        let post = self.responders.find(shift.responder.number());
        let post = post.and_then(|known| known.thing.duty_post).filter(|_| shift.duty != Duty::Rotating);
        self.table.start(slot, shift, post.is_some());
        let at = slot as u32 * 2 + 1;
        self.unlink(at);
        if let Some(place) = post {
            let snapped = self.roads.snap(self.table.rows[slot].mode, place).ok();
            self.link(at, Spot::at(place, snapped, None, 0));
        }
    }

    fn end(&mut self, shift: &Shift) {
        let Some(slot) = self.table.slot(shift.responder.number()) else { return };
        self.table.end(slot);
        for spot in [slot as u32 * 2, slot as u32 * 2 + 1] {
            self.unlink(spot);
            self.spots[spot as usize] = Spot::nowhere();
        }
    }

    /// How somebody goes, who is on duty: with it the place of a fix can be put on the roads before the structure is held.
    #[must_use]
    pub fn mode_on_duty(&self, responder: ResponderId) -> Option<Mode> {
        let row = &self.table.rows[self.table.slot(responder.number())?];
        row.on_duty.then_some(row.mode)
    }

    /// Takes a fix. Older ones than the last known never win; nothing is kept of who is off duty. O(log n), and the search for the street.
    pub fn take(&mut self, fix: &Fix, now: Timestamp) -> Taken {
        let snapped = self.mode_on_duty(fix.responder).and_then(|mode| self.roads.snap(mode, fix.place).ok());
        self.take_snapped(fix, snapped, now)
    }

    /// The same with the point of the roads that was found before on [`Self::roads`] for the mode of [`Self::mode_on_duty`].
    pub fn take_snapped(&mut self, fix: &Fix, snapped: Option<Snap>, now: Timestamp) -> Taken {
        let Some(slot) = self.table.slot(fix.responder.number()) else { return Taken::Unknown };
        if !self.table.rows[slot].on_duty {
            return Taken::OffDuty;
        }
        if fix.at.0 > now.0 + FUTURE_MS {
            return Taken::Future;
        }
        if fix.at.0 < self.table.rows[slot].since {
            // What was before the shift is nobody's business, even when it comes late.
            return Taken::OffDuty;
        }
        let at = slot * 2;
        let known = (self.table.rows[slot].fix_at, self.spots[at].sequence);
        if (fix.at.0, fix.sequence) <= known {
            return Taken::Older;
        }
        self.table.rows[slot].fix_at = fix.at.0;
        self.unlink(at as u32);
        self.link(at as u32, Spot::at(fix.place, snapped, fix.accuracy_m, fix.sequence));
        Taken::Newest
    }

    /// Where somebody counts as being at an instant: by a fresh fix; else at the post; else by the old fix, which may not be relied on.
    #[must_use]
    pub fn presence(&self, responder: ResponderId, now: Timestamp) -> Option<Presence> {
        self.presence_of(self.table.slot(responder.number())?, now)
    }

    pub(super) fn presence_of(&self, slot: usize, now: Timestamp) -> Option<Presence> {
        let row = &self.table.rows[slot];
        let source = standing(row, now)?;
        let stands = self.spot_of(slot, source);
        Some(Presence {
            source,
            place: stands.place,
            accuracy_m: stands.accuracy_m,
            at: (source == Source::Fix).then_some(Timestamp(row.fix_at)),
            fresh: source == Source::Post || now.0 - row.fix_at <= FRESH_MS,
        })
    }

    /// Everybody who is on duty, by number.
    pub fn on_duty(&self) -> impl Iterator<Item = ResponderId> + '_ {
        self.table.on_duty.iter().filter_map(|slot| ResponderId::new(self.table.ids[*slot as usize]).ok())
    }

    /// The spot where somebody counts as standing.
    pub(super) fn spot_of(&self, slot: usize, source: Source) -> &Spot {
        &self.spots[slot * 2 + usize::from(source == Source::Post)]
    }

    /// Those who stand on a segment, as slots with what they stand there by; whether that counts is for [`standing`] to say.
    pub(super) fn on_segment(&self, segment: u32) -> impl Iterator<Item = (usize, Source, &Spot)> {
        let first = self.first.get(segment as usize).copied().filter(|first| *first != NONE);
        let next = |spot: &u32| Some(self.spots[*spot as usize].next).filter(|next| *next != NONE);
        std::iter::successors(first, next).map(|spot| {
            let source = if spot % 2 == 1 { Source::Post } else { Source::Fix };
            (spot as usize / 2, source, &self.spots[spot as usize])
        })
    }

    fn fixes(&self) -> Vec<Fix> {
        let known = self.table.rows.iter().enumerate().filter(|(_, row)| row.fix_at != i64::MIN);
        let fix = |(slot, row): (usize, &Row)| {
            let spot = &self.spots[slot * 2];
            Some(Fix {
                responder: ResponderId::new(self.table.ids[slot]).ok()?,
                place: spot.place,
                accuracy_m: spot.accuracy_m,
                at: Timestamp(row.fix_at),
                sequence: spot.sequence,
            })
        };
        known.filter_map(fix).collect()
    }

    fn link(&mut self, spot: u32, mut standing: Spot) {
        if !standing.is_on_roads() {
            standing.drawn = self.roads.drawn(standing.place);
        }
        self.spots[spot as usize] = standing;
        self.table.rows[spot as usize / 2].off_roads[spot as usize % 2] = !standing.is_on_roads();
        let Some(first) = self.first.get_mut(standing.segment as usize) else { return };
        let next = std::mem::replace(first, spot);
        self.spots[spot as usize].next = next;
        if next != NONE {
            self.spots[next as usize].previous = spot;
        }
    }

    fn unlink(&mut self, spot: u32) {
        let Spot { segment, next, previous, .. } = self.spots[spot as usize];
        if segment == NONE {
            return;
        }
        match previous {
            NONE => self.first[segment as usize] = next,
            previous => self.spots[previous as usize].next = next,
        }
        if next != NONE {
            self.spots[next as usize].previous = previous;
        }
        let left = &mut self.spots[spot as usize];
        (left.segment, left.next, left.previous) = (NONE, NONE, NONE);
    }
}

impl Spot {
    fn nowhere() -> Self {
        let place = Place::from_e7(0, 0).expect("0, 0 is a place");
        Self::at(place, None, None, 0)
    }
    fn at(place: Place, snapped: Option<Snap>, accuracy_m: Option<f32>, sequence: u64) -> Self {
        let (segment, offset_cm, away_ds) =
            snapped.map_or((NONE, 0, 0), |snap| (snap.segment, snap.offset_cm, snap.away_ds));
        let drawn = Metric { x: f64::INFINITY, y: f64::INFINITY };
        Self { place, drawn, segment, offset_cm, away_ds, accuracy_m, sequence, next: NONE, previous: NONE }
    }
    /// Whether it lies on the roads.
    pub(super) const fn is_on_roads(&self) -> bool {
        self.segment != NONE
    }
}

/// By what somebody counts as being somewhere at an instant; `None`: by nothing.
pub(super) fn standing(row: &Row, now: Timestamp) -> Option<Source> {
    match row.fix_at {
        fix_at if fix_at != i64::MIN && now.0 - fix_at <= FRESH_MS => Some(Source::Fix),
        _ if row.at_post => Some(Source::Post),
        i64::MIN => None,
        _ => Some(Source::Fix),
    }
}
