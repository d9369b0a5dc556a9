//! What each fix is worth, and which ways lie between those that count.
//!
//! Fixes are taken in the order of their instants, whatever the order in which they came. A fix that cannot be is dropped, and never the device: after a few
//! fixes that agree with each other the new place is believed. Between two fixes that are far apart, in time or in space, nobody knows where the
//! way went: there is no leg, and nothing is earned.

use super::rules::PatrolRules;
use gridward_data::model::{
    local::{LocalFrame, Metric},
    patrol::Fix,
    road::Mode,
};

/// What a fix is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// It counts.
    Counted,
    /// Too coarse to count, good enough to be shown.
    Shown,
    /// Too coarse for anything.
    TooCoarse,
    /// The device does not know how good it is.
    NoAccuracy,
    /// Of the same instant as another one.
    Repeated,
    /// Nobody can have got there so fast.
    Leap,
}

impl Worth {
    /// Every worth there is.
    pub const ALL: [Self; 6] =
        [Self::Counted, Self::Shown, Self::TooCoarse, Self::NoAccuracy, Self::Repeated, Self::Leap];

    /// The word for it in answers and tests.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Shown => "shown",
            Self::TooCoarse => "too_coarse",
            Self::NoAccuracy => "no_accuracy",
            Self::Repeated => "repeated",
            Self::Leap => "leap",
        }
    }
}

/// A fix that counts, on the flat map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its number on its device.
    pub sequence: u64,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Where.
    pub point: Metric,
    /// The radius that holds the truth with 68 %, metres.
    pub accuracy_m: f64,
}

/// The way between two fixes that follow each other, straight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// From where.
    pub from: Spot,
    /// Where to.
    pub to: Spot,
}

impl Leg {
    /// How long it took, seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        (self.to.at_ms - self.from.at_ms) as f64 / 1_000.0
    }
}

/// What came of the fixes of one device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// What each fix is worth, in the order of their instants.
    pub worth: Vec<(u64, Worth)>,
    /// The ways, each without a gap: one leg begins where the one before ends.
    pub ways: Vec<Vec<Leg>>,
}

/// Judges the fixes of one device. O(n log n).
#[must_use]
pub fn filter(fixes: &[Fix], mode: Mode, rules: &PatrolRules, frame: &LocalFrame) -> Track {
    let mut ordered: Vec<&Fix> = fixes.iter().collect();
    ordered.sort_by_key(|fix| (fix.at, fix.sequence));
    let mut judge = Judge {
        rules,
        gate_m_s: rules.gate(mode),
        frame,
        leaps: Vec::new(),
        track: Track::default(),
        last: None,
    };
    for fix in ordered {
        judge.take(fix);
    }
    judge.track.ways.retain(|way| !way.is_empty());
    judge.track
}

struct Judge<'a> {
    rules: &'a PatrolRules,
    gate_m_s: f64,
    frame: &'a LocalFrame,
    track: Track,
    last: Option<Spot>,
    /// Fixes that seem to have leapt and agree with each other, with their places in the list of worths.
    leaps: Vec<(Spot, usize)>,
}

impl Judge<'_> {
    fn take(&mut self, fix: &Fix) {
        let (worth, spot) = self.judge(fix);
        self.track.worth.push((fix.sequence, worth));
        match (worth, spot) {
            (Worth::Counted, Some(spot)) => {
                self.leaps.clear();
                self.go_to(spot);
            }
            (Worth::Leap, Some(spot)) => self.doubt(spot, fix),
            _ => {}
        }
    }

    fn judge(&self, fix: &Fix) -> (Worth, Option<Spot>) {
        let Some(accuracy) = fix.accuracy else { return (Worth::NoAccuracy, None) };
        let accuracy_m = accuracy.value();
        if accuracy_m > self.rules.shown_accuracy_m {
            return (Worth::TooCoarse, None);
        }
        if accuracy_m > self.rules.counted_accuracy_m {
            return (Worth::Shown, None);
        }
        let point = self.frame.to_metres(fix.place);
        let spot = Spot { sequence: fix.sequence, at_ms: fix.at.0, point, accuracy_m };
        let newest_ms = self.leaps.last().map(|(leap, _)| leap.at_ms).max(self.last.map(|last| last.at_ms));
        if newest_ms == Some(spot.at_ms) {
            return (Worth::Repeated, None);
        }
        let leapt = self.last.is_some_and(|last| self.leaps(&last, &spot, fix.speed_m_s));
        (if leapt { Worth::Leap } else { Worth::Counted }, Some(spot))
    }

    /// Whether nobody can have gone from one to the other: not even between the nearest points that the two accuracies leave.
    fn leaps(&self, from: &Spot, to: &Spot, reported_m_s: Option<f32>) -> bool {
        let between_m = from.point.distance(to.point) - from.accuracy_m - to.accuracy_m;
        let implied_m_s = between_m / ((to.at_ms - from.at_ms) as f64 / 1_000.0);
        let believed = reported_m_s
            .is_some_and(|reported_m_s| f64::from(reported_m_s) >= self.rules.believed_share * implied_m_s);
        implied_m_s > self.gate_m_s && !believed
    }

    /// Remembers a leap; where enough of them agree, they are believed, and a way begins there.
    fn doubt(&mut self, spot: Spot, fix: &Fix) {
        let disagrees = self.leaps.last().is_some_and(|(last, _)| self.leaps(last, &spot, fix.speed_m_s));
        if disagrees {
            self.leaps.clear();
        }
        self.leaps.push((spot, self.track.worth.len() - 1));
        if self.leaps.len() < self.rules.agreeing {
            return;
        }
        self.last = None;
        for (spot, at) in std::mem::take(&mut self.leaps) {
            self.track.worth[at].1 = Worth::Counted;
            self.go_to(spot);
        }
    }

    fn go_to(&mut self, spot: Spot) {
        let reachable = self.last.filter(|last| {
            let leg = Leg { from: *last, to: spot };
            leg.seconds() <= self.rules.gap_s && last.point.distance(spot.point) <= self.rules.gap_m
        });
        match (reachable, self.track.ways.last_mut()) {
            (Some(from), Some(way)) => way.push(Leg { from, to: spot }),
            _ => self.track.ways.push(Vec::new()),
        }
        self.last = Some(spot);
    }
}
