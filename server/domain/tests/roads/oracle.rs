//! The slow and obvious search: forward, over whole histories of segments, on streets that it cuts by itself.

use gridward_data::model::{
    id::CompoundId,
    local::LocalFrame,
    place::Place,
    road::{Access, Barrier, Closure, Direction, Mode, Restriction, Street, StreetKind, Via},
    time::Timestamp,
};
use gridward_domain::{duty::week::holding, roads::Snap};
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of a street between two cuts.
struct Cut<'a> {
    street: &'a Street,
    corners: [usize; 2],
    length_cm: u32,
    /// What one can change streets at: a joint, or a cut of this street alone.
    ends: [End; 2],
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Joint(u64),
    Own(u64, usize),
}

/// A cut taken in a direction.
type Taken = (usize, bool);

/// A restriction as one drives it: from and via, where they end, the segment meant by `to`, and whether it is the only one.
struct Told {
    through: Vec<Taken>,
    exit: End,
    to: Taken,
    only: bool,
}

/// All that the search needs to know.
pub(crate) struct Oracle<'a> {
    cuts: Vec<Cut<'a>>,
    leaving: BTreeMap<End, Vec<Taken>>,
    turns: Vec<Told>,
    closures: &'a [Closure],
    now: Timestamp,
    mode: Mode,
    belongs_to: Option<CompoundId>,
    welcome: Option<CompoundId>,
}

/// What is asked beside the streets.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) restrictions: &'a [Restriction],
    pub(crate) closures: &'a [Closure],
    pub(crate) now: Timestamp,
    pub(crate) mode: Mode,
    pub(crate) belongs_to: Option<CompoundId>,
    pub(crate) welcome: Option<CompoundId>,
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(streets: &'a [Street], frame: &LocalFrame, asked: &Asked<'a>) -> Self {
        let cuts: Vec<Cut<'a>> = streets.iter().flat_map(|street| cut(street, frame)).collect();
        let mut leaving: BTreeMap<End, Vec<Taken>> = BTreeMap::new();
        for (at, cut) in cuts.iter().enumerate() {
            leaving.entry(cut.ends[0]).or_default().push((at, true));
            leaving.entry(cut.ends[1]).or_default().push((at, false));
        }
        let Asked { restrictions, closures, now, mode, belongs_to, welcome } = *asked;
        let mut new = Self { cuts, leaving, turns: vec![], closures, now, mode, belongs_to, welcome };
        if mode == Mode::Car {
            new.turns = restrictions.iter().filter_map(|restriction| new.told(restriction)).collect();
        }
        new
    }

    /// The least times from one point of the roads to others, deciseconds.
    pub(crate) fn least_ds(&self, from: &Snap, to: &[Snap]) -> Vec<Option<u32>> {
        let mut best = vec![None; to.len()];
        let mut arrive = |which: usize, time_ds: u32| {
            best[which] = Some(best[which].map_or(time_ds, |known: u32| known.min(time_ds)));
        };
        let start = from.segment as usize;
        // So many segments back matter to some restriction.
        let memory = self.turns.iter().map(|told| told.through.len()).max().unwrap_or(0).max(1);
        let mut open: BTreeSet<(u32, Vec<Taken>)> = BTreeSet::new();
        let mut least: BTreeMap<Vec<Taken>, u32> = BTreeMap::new();
        for forward in [true, false] {
            if self.speed_cm_s(start, forward) == 0 {
                continue;
            }
            let ahead = |offset_cm: u32| {
                if forward { offset_cm >= from.offset_cm } else { offset_cm <= from.offset_cm }
            };
            for (which, to) in to.iter().enumerate() {
                if to.segment as usize == start && ahead(to.offset_cm) {
                    let along = to.offset_cm.abs_diff(from.offset_cm);
                    arrive(which, from.away_ds + self.time_ds(start, forward, along) + to.away_ds);
                }
            }
            let rest_cm = if forward { self.cuts[start].length_cm - from.offset_cm } else { from.offset_cm };
            let time_ds = from.away_ds + self.time_ds(start, forward, rest_cm);
            open.insert((time_ds, vec![(start, forward)]));
        }
        while let Some((time_ds, history)) = open.pop_first() {
            if least.get(&history).is_some_and(|known| *known <= time_ds) {
                continue;
            }
            least.insert(history.clone(), time_ds);
            for next in self.next(&history) {
                let (at, forward) = next;
                for (which, to) in to.iter().enumerate().filter(|(_, to)| to.segment as usize == at) {
                    let along = if forward { to.offset_cm } else { self.cuts[at].length_cm - to.offset_cm };
                    arrive(which, time_ds + self.time_ds(at, forward, along) + to.away_ds);
                }
                if !self.is_closed(at) {
                    let mut longer = history.clone();
                    longer.push(next);
                    let skipped = longer.len().saturating_sub(memory);
                    let whole = self.time_ds(at, forward, self.cuts[at].length_cm);
                    open.insert((time_ds + whole, longer.split_off(skipped)));
                }
            }
        }
        best
    }

    /// What one can take after what was taken.
    fn next(&self, history: &[Taken]) -> Vec<Taken> {
        let (at, forward) = *history.last().expect("one is somewhere");
        let here = self.cuts[at].ends[usize::from(forward)];
        if !self.passes(at, usize::from(forward)) {
            return vec![];
        }
        let may = |(other, onward): &Taken| {
            self.speed_cm_s(*other, *onward) > 0
                && self.passes(*other, usize::from(!*onward))
                && !self.forbids(history, here, (*other, *onward))
        };
        self.leaving[&here].iter().copied().filter(may).collect()
    }

    /// Whether a restriction forbids a turn after what was taken.
    fn forbids(&self, taken: &[Taken], here: End, next: Taken) -> bool {
        self.turns.iter().any(|told| {
            told.exit == here && taken.ends_with(&told.through) && ((next == told.to) != told.only)
        })
    }

    /// `None` where more than one could be meant.
    fn told(&self, restriction: &Restriction) -> Option<Told> {
        let only_it = restriction.only;
        match &restriction.via {
            Via::Node(node) => {
                let node = End::Joint(node.number());
                let (at, forward) = only(self.leaving(restriction.from.number(), node))?;
                let from = (at, !forward);
                let to = if restriction.from == restriction.to {
                    (at, forward)
                } else {
                    only(self.leaving(restriction.to.number(), node))?
                };
                Some(Told { through: vec![from], exit: node, to, only: only_it })
            }
            Via::Streets(streets) => {
                // More than one are rare, and left to the tests of rules.
                let [via] = streets.as_slice() else { return None };
                let entry = self.meeting(restriction.from.number(), via.number())?;
                let exit = self.meeting(via.number(), restriction.to.number())?;
                let (at, forward) = only(self.leaving(restriction.from.number(), entry))?;
                let mut through = vec![(at, !forward)];
                through.extend(self.along(via.number(), entry, exit)?);
                let to = only(self.leaving(restriction.to.number(), exit))?;
                Some(Told { through, exit, to, only: only_it })
            }
        }
    }

    fn leaving(&self, street: u64, end: End) -> Vec<Taken> {
        let its = self.cuts.iter().enumerate().filter(|(_, cut)| cut.street.id.number() == street);
        its.flat_map(|(at, cut)| {
            [true, false]
                .into_iter()
                .filter(move |onward| cut.ends[usize::from(!onward)] == end)
                .map(move |onward| (at, onward))
        })
        .collect()
    }

    fn meeting(&self, one: u64, other: u64) -> Option<End> {
        let ends = |street: u64| -> BTreeSet<End> {
            let its = self.cuts.iter().filter(|cut| cut.street.id.number() == street);
            its.flat_map(|cut| cut.ends).collect()
        };
        only(ends(one).intersection(&ends(other)).copied().collect())
    }

    fn along(&self, street: u64, from: End, to: End) -> Option<Vec<Taken>> {
        let its: Vec<usize> =
            (0..self.cuts.len()).filter(|at| self.cuts[*at].street.id.number() == street).collect();
        let walks = [true, false].map(|forward| {
            let mut order = its.clone();
            if !forward {
                order.reverse();
            }
            let begin = order.iter().position(|at| self.cuts[*at].ends[usize::from(!forward)] == from)?;
            let last = order.iter().position(|at| self.cuts[*at].ends[usize::from(forward)] == to)?;
            (begin <= last).then(|| order[begin..=last].iter().map(|at| (*at, forward)).collect::<Vec<_>>())
        });
        walks.into_iter().flatten().next()
    }

    fn is_closed(&self, at: usize) -> bool {
        let street = self.cuts[at].street.id;
        let mut closures = self.closures.iter().filter(|closure| closure.span.contains(self.now));
        closures.any(|closure| closure.place.is_none() && closure.street == street)
    }

    /// Whether the barrier at an end of a cut, if there is one, lets one through.
    fn passes(&self, at: usize, end: usize) -> bool {
        let cut = &self.cuts[at];
        let corner = cut.corners[end];
        let barrier = cut.street.barriers.iter().find(|barrier| barrier.at as usize == corner);
        let Some(barrier) = barrier else { return true };
        let place = cut.street.line.places()[corner];
        self.opens(barrier, place)
    }

    fn opens(&self, barrier: &Barrier, place: Place) -> bool {
        let Access { foot, cycle, car } = barrier.access;
        let lets = match self.mode {
            Mode::Foot => foot,
            Mode::EBike => cycle || foot,
            Mode::Car => car,
        };
        let open = barrier.hours.0.is_empty() || holding(&barrier.hours, self.now).is_some();
        let its_people = barrier.residents.is_none()
            || barrier.residents == self.belongs_to
            || barrier.residents == self.welcome;
        let mut closures = self.closures.iter().filter(|closure| closure.span.contains(self.now));
        lets && open && its_people && !closures.any(|closure| closure.place == Some(place))
    }

    fn time_ds(&self, at: usize, forward: bool, length_cm: u32) -> u32 {
        let speed = f64::from(self.speed_cm_s(at, forward));
        (f64::from(length_cm) * 10.0 / speed + 0.5).floor() as u32
    }

    fn speed_cm_s(&self, at: usize, forward: bool) -> u32 {
        let street = self.cuts[at].street;
        let against = match street.direction {
            Direction::Both => false,
            Direction::Forward => !forward,
            Direction::Backward => forward,
        };
        let Access { foot, cycle, car } = street.access;
        match (self.mode, street.kind) {
            (Mode::Foot, StreetKind::Steps) => u32::from(foot) * 68,
            (Mode::EBike, StreetKind::Steps) => 0,
            (Mode::EBike, _) if cycle && !against => 450,
            (Mode::Foot | Mode::EBike, _) => u32::from(foot) * 135,
            (Mode::Car, _) if !car || against => 0,
            (Mode::Car, StreetKind::Motorway) => 1950,
            (Mode::Car, StreetKind::Trunk) => 1400,
            (Mode::Car, StreetKind::Primary) => 1100,
            (Mode::Car, StreetKind::Secondary) => 950,
            (Mode::Car, StreetKind::Tertiary) => 800,
            (Mode::Car, StreetKind::Residential) => 600,
            (Mode::Car, StreetKind::Service) => 400,
            (Mode::Car, _) => 280,
        }
    }
}

fn cut<'a>(street: &'a Street, frame: &LocalFrame) -> Vec<Cut<'a>> {
    let places = street.line.places();
    let joint = |corner: usize| street.joints.iter().find(|joint| joint.at as usize == corner);
    let is_cut = |corner: usize| {
        let barrier = street.barriers.iter().any(|barrier| barrier.at as usize == corner);
        barrier || joint(corner).is_some() || corner == 0 || corner == places.len() - 1
    };
    let end = |corner: usize| {
        let own = End::Own(street.id.number(), corner);
        joint(corner).map_or(own, |joint| End::Joint(joint.node.number()))
    };
    let (mut cuts, mut from, mut length_cm) = (vec![], 0, 0);
    for corner in 1..places.len() {
        let step_m = frame.to_metres(places[corner - 1]).distance(frame.to_metres(places[corner]));
        length_cm += (step_m * 100.0).round() as u32;
        if is_cut(corner) {
            cuts.push(Cut { street, corners: [from, corner], length_cm, ends: [end(from), end(corner)] });
            (from, length_cm) = (corner, 0);
        }
    }
    cuts
}

fn only<T>(found: Vec<T>) -> Option<T> {
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}
