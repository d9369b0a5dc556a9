//! Who can be there first, by road.
//!
//! From the place that is meant the roads are searched outwards, against the direction of travel, for each way of going at once. Whoever stands on a segment
//! that is reached arrives after the rest of the segment, the way beyond it, the steps from where the person is to the street, and the
//! promised turn-out. The search ends when nobody who is still to be met can be earlier than the k-th.
//!
//! Cost: what lies nearer than the k-th candidate, O(m log m) for m segments; all roads where there are fewer than k.

use super::{
    eligible::{Needs, Reason, ReasonCounts, Verdicts},
    positions::{Positions, Presence, standing},
};
use crate::{
    index::Index,
    roads::{Conditions, Estimate, Outward, Reached, Scratch, Snap},
};
use gridward_data::model::{
    id::{CompoundId, ResponderId},
    place::Place,
    road::Mode,
    time::Timestamp,
};
use std::{cmp::Reverse, collections::BinaryHeap};

/// Where so few are left who may be asked, the search is drawn towards them.
const FEW: u32 = 4;

/// So far a search goes on beyond the others, deciseconds: to take turns at every step costs more than the few roads that are seen in vain.
const TURN_DS: u32 = 50;

/// So many who may not be asked are named at most.
pub const REFUSED_MAX: usize = 20;

/// Where somebody is needed: at one of these places, whichever is reached first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The place that was asked about.
    pub place: Place,
    /// Where it is reached: the doors of the building in which it lies, or the place itself.
    pub doors: Vec<Place>,
}

impl Target {
    /// How a place is reached: a place in a building that has doors is reached at its doors.
    #[must_use]
    pub fn of(index: &Index, place: Place) -> Self {
        let building = index.building_at(place).filter(|building| !building.entrances.is_empty());
        let doors = building.map_or_else(
            || vec![place],
            |building| building.entrances.iter().map(|entrance| entrance.place).collect(),
        );
        Self { place, doors }
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Where somebody is needed.
    pub target: &'a Target,
    /// Who would do.
    pub needs: &'a Needs,
    /// How many.
    pub k: usize,
    /// The instant of asking.
    pub now: Timestamp,
    /// What is open and closed now.
    pub conditions: &'a Conditions,
    /// Whether the ways are wanted, too.
    pub ways: bool,
}

/// Somebody who may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Who.
    pub responder: ResponderId,
    /// How this person goes.
    pub mode: Mode,
    /// From now until this person is there, deciseconds.
    pub arrival_ds: u32,
    /// Of it, until this person sets out.
    pub turnout_ds: u32,
    /// The length of the way, centimetres; of an estimate, the straight distance times its factor.
    pub path_cm: u32,
    /// The way, where it was asked for and is one.
    pub way: Option<Vec<Place>>,
    /// Where this person counts as being.
    pub presence: Presence,
    /// Whether the time was reckoned from a straight distance 估算.
    pub estimated: bool,
    /// Where the way is so long that the map may lack a street: what the straight distance says 估算.
    pub doubt: Option<Estimate>,
}

/// Somebody who may not be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refused {
    /// Who.
    pub responder: ResponderId,
    /// Why not.
    pub reason: Reason,
    /// When this person would be there, deciseconds from now.
    pub arrival_ds: u32,
    /// Where this person counts as being.
    pub presence: Presence,
}

/// Who can be there first.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// The earliest first; ties by number.
    pub candidates: Vec<Arrival>,
    /// Those whom the search met before the last candidate and who may not be asked; the earliest first, at most [`REFUSED_MAX`].
    pub refused: Vec<Refused>,
    /// How many others may not be asked, by reason.
    pub counts: ReasonCounts,
    /// How many may be asked, in all.
    pub eligible: u32,
    /// Whether no street is within reach of the place, so that all times are estimates 估算.
    pub off_roads: bool,
}

/// Somebody met, not yet known to be the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    arrival_ds: u32,
    id: u64,
    slot: u32,
    /// Position in [`Search::reached`]; `u32::MAX` for an estimate.
    by: u32,
}

/// Room for searches: reused, so that a question allocates next to nothing.
#[derive(Debug, Default)]
pub struct Search {
    verdicts: Verdicts,
    scratch: [Scratch; Mode::ALL.len()],
    met: BinaryHeap<Reverse<Met>>,
    reached: Vec<(Mode, Reached)>,
    /// By slot: the question in which somebody was counted last.
    counted: Vec<u32>,
    question: u32,
}

/// Who can be there first of those who may be asked. `search` is room from an earlier question, or new.
#[must_use]
pub fn first_to_arrive(positions: &Positions, question: &Question<'_>, search: &mut Search) -> Arrivals {
    search.begin(positions, question);
    let doors = Doors::new(positions, question);
    let eligible = search.verdicts.eligible.iter().sum();
    let mut answer = Arrivals {
        candidates: Vec::with_capacity(question.k.min(eligible as usize)),
        refused: Vec::new(),
        counts: search.verdicts.refused,
        eligible,
        off_roads: doors.are_off_roads(),
    };
    if answer.off_roads {
        search.meet_all_straight(positions, question);
    } else {
        search.meet_off_roads(positions, question);
    }
    search.run(positions, question, &doors, &mut answer);
    if answer.candidates.len() < question.k {
        let missing = eligible - answer.candidates.len() as u32;
        answer.counts.add(Reason::Unreachable, missing);
    }
    answer
}

/// The doors of the target on the roads, by mode.
struct Doors([Vec<Snap>; Mode::ALL.len()]);

impl Doors {
    fn new(positions: &Positions, question: &Question<'_>) -> Self {
        let roads = positions.roads();
        let on = |mode| question.target.doors.iter().filter_map(move |door| roads.snap(mode, *door).ok());
        Self(Mode::ALL.map(|mode| on(mode).collect()))
    }
    fn are_off_roads(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}

impl Search {
    fn begin(&mut self, positions: &Positions, question: &Question<'_>) {
        self.verdicts.reckon(positions, question.needs, question.now);
        self.met.clear();
        self.reached.clear();
        self.counted.resize(positions.table.rows.len(), 0);
        self.question = self.question.wrapping_add(1);
        if self.question == 0 {
            self.counted.fill(0);
            self.question = 1;
        }
    }

    /// Those who stand far from every street are reckoned by the straight distance.
    fn meet_off_roads(&mut self, positions: &Positions, question: &Question<'_>) {
        if self.verdicts.off_roads.is_empty() {
            return;
        }
        let estimate = positions.roads().estimates_to(question.target.place);
        for at in 0..self.verdicts.off_roads.len() {
            let slot = self.verdicts.off_roads[at] as usize;
            let row = &positions.table.rows[slot];
            let Some(source) = standing(row, question.now) else { continue };
            self.meet_straight(positions, slot, estimate(row.mode, positions.spot_of(slot, source).drawn));
        }
    }

    /// Where the place is off the roads, everybody is.
    fn meet_all_straight(&mut self, positions: &Positions, question: &Question<'_>) {
        let roads = positions.roads();
        let estimate = roads.estimates_to(question.target.place);
        for slot in 0..self.verdicts.of.len() {
            let row = &positions.table.rows[slot];
            let source = standing(row, question.now).filter(|_| self.verdicts.of[slot].is_none());
            let Some(source) = source else { continue };
            let from = roads.drawn(positions.spot_of(slot, source).place);
            self.meet_straight(positions, slot, estimate(row.mode, from));
        }
    }

    fn meet_straight(&mut self, positions: &Positions, slot: usize, estimate: Estimate) {
        let arrival_ds = positions.table.rows[slot].turnout_ds.saturating_add(estimate.travel_ds);
        let id = positions.table.ids[slot];
        self.met.push(Reverse(Met { arrival_ds, id, slot: slot as u32, by: u32::MAX }));
    }

    fn run(&mut self, positions: &Positions, question: &Question<'_>, doors: &Doors, answer: &mut Arrivals) {
        let Self { verdicts, scratch, met, reached, counted, question: number } = self;
        let mut outwards: Vec<(Mode, Outward<'_>)> = Vec::with_capacity(Mode::ALL.len());
        for ((mode, room), doors) in Mode::ALL.into_iter().zip(scratch.iter_mut()).zip(&doors.0) {
            if verdicts.present[mode as usize] > 0 && !doors.is_empty() {
                let outward = Outward::start(positions.roads(), mode, doors, question.conditions, room);
                outwards.push((mode, outward));
            }
        }
        let mut asking = Asking { positions, question, verdicts, met, reached, counted, number: *number };
        let mut is_drawn = false;
        loop {
            if !is_drawn && answer.refused.len() == REFUSED_MAX {
                is_drawn = true;
                outwards = asking.draw_towards_few(outwards);
            }
            // Nobody who is met from now on can be earlier than the least of these.
            let mut bounds = [(None, 0); Mode::ALL.len()];
            for (at, (mode, outward)) in outwards.iter_mut().enumerate() {
                let bound_ds = asking.bound_ds(*mode, outward).filter(|_| asking.is_of_use(*mode, answer));
                bounds[at] = (bound_ds, at);
            }
            bounds.sort_unstable_by_key(|(bound_ds, at)| (bound_ds.unwrap_or(u32::MAX), *at));
            let [(least_ds, at), (others_ds, _), ..] = bounds;
            if asking.settle(least_ds, &outwards, answer) || least_ds.is_none() {
                return;
            }
            let (mode, outward) = &mut outwards[at];
            asking.advance(*mode, outward, others_ds.unwrap_or(u32::MAX), answer);
        }
    }
}

/// One question while it is being answered.
struct Asking<'a> {
    positions: &'a Positions,
    question: &'a Question<'a>,
    verdicts: &'a Verdicts,
    met: &'a mut BinaryHeap<Reverse<Met>>,
    reached: &'a mut Vec<(Mode, Reached)>,
    counted: &'a mut Vec<u32>,
    number: u32,
}

impl Asking<'_> {
    /// Whether a search in this mode can still tell something: it finds who may be asked, or who may not as long as some of them can be named.
    fn is_of_use(&self, mode: Mode, answer: &Arrivals) -> bool {
        self.verdicts.eligible[mode as usize] > 0 || answer.refused.len() < REFUSED_MAX
    }

    /// Nobody who goes in this mode and is still to be met can be there earlier: the way that is left, and the least turn-out.
    fn bound_ds(&self, mode: Mode, outward: &mut Outward<'_>) -> Option<u32> {
        let turnout_ds = self.verdicts.least_turnout_ds[mode as usize];
        outward.bound_ds().map(|bound_ds| bound_ds.saturating_add(turnout_ds))
    }

    /// Begins the searches anew of which nothing is wanted any more but few who may be asked, and draws them towards these.
    fn draw_towards_few<'o>(&mut self, outwards: Vec<(Mode, Outward<'o>)>) -> Vec<(Mode, Outward<'o>)> {
        let draw = |(mode, outward): (Mode, Outward<'o>)| {
            if !(1..=FEW).contains(&self.verdicts.eligible[mode as usize]) {
                return (mode, outward);
            }
            // They are met again, by the labels of the new search.
            let reached = &self.reached;
            self.met.retain(|Reverse(met)| reached.get(met.by as usize).is_none_or(|(its, _)| *its != mode));
            (mode, outward.towards(&self.segments_of_eligible(mode)))
        };
        outwards.into_iter().map(draw).collect()
    }

    /// Where those stand who may be asked and are not counted yet.
    fn segments_of_eligible(&self, mode: Mode) -> Vec<u32> {
        let table = &self.positions.table;
        let slots = table.on_duty.iter().map(|slot| *slot as usize);
        let looked_for = slots.filter(|slot| {
            let is_wanted = self.verdicts.of[*slot].is_none() && table.rows[*slot].mode == mode;
            is_wanted && self.counted[*slot] != self.number
        });
        let spot = |slot: usize| {
            let source = standing(&table.rows[slot], self.question.now)?;
            Some(self.positions.spot_of(slot, source)).filter(|spot| spot.is_on_roads())
        };
        looked_for.filter_map(spot).map(|spot| spot.segment).collect()
    }

    /// Goes on with one search as long as it is not far beyond the others and nobody can be counted.
    fn advance(&mut self, mode: Mode, outward: &mut Outward<'_>, others_ds: u32, answer: &Arrivals) {
        let refused_wanted = answer.refused.len() < REFUSED_MAX;
        let turnout_ds = self.verdicts.least_turnout_ds[mode as usize];
        loop {
            let countable_ds = self.met.peek().map_or(u32::MAX, |Reverse(met)| met.arrival_ds);
            let until_ds = others_ds.saturating_add(TURN_DS).min(countable_ds).saturating_sub(turnout_ds);
            let Some(reached) = outward.next_within(until_ds) else { return };
            self.meet(mode, reached, refused_wanted);
        }
    }

    /// Everybody who stands on a segment that was reached.
    fn meet(&mut self, mode: Mode, reached: Reached, refused_wanted: bool) {
        let table = &self.positions.table;
        let mut by = None;
        for (slot, source, spot) in self.positions.on_segment(reached.segment) {
            let row = &table.rows[slot];
            let counts = row.mode == mode && standing(row, self.question.now) == Some(source);
            let matters = refused_wanted || self.verdicts.of[slot].is_none();
            if !counts
                || !matters
                || self.counted[slot] == self.number
                || !lets_pass(&reached, table.compounds[slot])
            {
                continue;
            }
            let Some(along_ds) = self.positions.roads().rest_ds(mode, &reached, spot.offset_cm) else {
                continue;
            };
            let arrival_ds = row.turnout_ds + spot.away_ds + reached.head_ds + along_ds;
            let by = *by.get_or_insert_with(|| {
                self.reached.push((mode, reached));
                self.reached.len() as u32 - 1
            });
            self.met.push(Reverse(Met { arrival_ds, id: table.ids[slot], slot: slot as u32, by }));
        }
    }

    /// Counts those of whom it is certain that nobody comes before them; `true` when the question is answered.
    fn settle(
        &mut self,
        bound_ds: Option<u32>,
        outwards: &[(Mode, Outward<'_>)],
        answer: &mut Arrivals,
    ) -> bool {
        let wanted = self.question.k.min(answer.eligible as usize);
        loop {
            let enough = answer.candidates.len() == wanted;
            // Where nobody may be asked, it is worth knowing who is near and why not.
            if enough && (wanted > 0 || answer.refused.len() == REFUSED_MAX) {
                return true;
            }
            let Some(Reverse(met)) = self.met.peek().copied() else { return false };
            if bound_ds.is_some_and(|bound_ds| met.arrival_ds >= bound_ds) {
                return false;
            }
            self.met.pop();
            if std::mem::replace(&mut self.counted[met.slot as usize], self.number) == self.number {
                continue;
            }
            self.count(met, outwards, answer);
        }
    }

    fn count(&self, met: Met, outwards: &[(Mode, Outward<'_>)], answer: &mut Arrivals) {
        let slot = met.slot as usize;
        let found = self.positions.presence_of(slot, self.question.now).zip(ResponderId::new(met.id).ok());
        let Some((presence, responder)) = found else { return };
        let arrival_ds = met.arrival_ds;
        match self.verdicts.of[slot] {
            None => answer.candidates.push(self.arrival(met, responder, presence, outwards)),
            Some(reason) if answer.refused.len() < REFUSED_MAX => {
                answer.counts.take_one(reason);
                answer.refused.push(Refused { responder, reason, arrival_ds, presence });
            }
            Some(_) => {}
        }
    }

    fn arrival(
        &self,
        met: Met,
        responder: ResponderId,
        presence: Presence,
        outwards: &[(Mode, Outward<'_>)],
    ) -> Arrival {
        let slot = met.slot as usize;
        let row = &self.positions.table.rows[slot];
        let mut arrival = Arrival {
            responder,
            mode: row.mode,
            arrival_ds: met.arrival_ds,
            turnout_ds: row.turnout_ds,
            path_cm: 0,
            way: None,
            presence,
            estimated: met.by == u32::MAX,
            doubt: None,
        };
        let Some((mode, reached)) = self.reached.get(met.by as usize) else {
            let target = self.question.target.place;
            arrival.path_cm = self.positions.roads().estimate(row.mode, presence.place, target).path_cm;
            return arrival;
        };
        let stands = self.positions.spot_of(slot, presence.source);
        if let Some((_, outward)) = outwards.iter().find(|(its, _)| its == mode) {
            let way = outward.way(reached, stands.offset_cm, Some(stands.place), self.question.ways);
            arrival.path_cm = way.path_cm;
            arrival.way = self.question.ways.then_some(way.places);
            let (from, to) = (presence.place, self.question.target.place);
            arrival.doubt = self.positions.roads().doubt(row.mode, from, to, way.path_cm);
        }
        arrival
    }
}

/// Whether somebody who watches this compound (0: none) may take a way that was reached.
fn lets_pass(reached: &Reached, compound: u64) -> bool {
    reached.residents_of.is_none_or(|of: CompoundId| of.number() == compound)
}
