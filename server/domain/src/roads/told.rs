//! A way in words: along which street, and how one turns.

use super::{Leg, NONE, Roads, Turn, segments::StreetRow, way::Stretch};
use gridward_data::model::{local::Metric, road::BarrierKind};

/// The direction of a stretch is taken over so much of it, centimetres: corners are rounded by those who draw them.
const AHEAD_CM: u32 = 1_500;

impl Roads {
    /// The legs of a way: one for each name, or each kind of street without one.
    pub(super) fn legs(&self, stretches: &[Stretch]) -> Vec<Leg> {
        let mut legs: Vec<Leg> = Vec::new();
        let mut before: Option<&Stretch> = None;
        for stretch in stretches.iter().filter(|stretch| stretch.length_cm() > 0) {
            let street = self.segments.street_of(stretch.segment);
            let gate = before.and_then(|before| self.gate_between(before, stretch));
            let goes_on =
                before.is_some_and(|before| is_same(self.segments.street_of(before.segment), street));
            match legs.last_mut().filter(|_| goes_on) {
                Some(leg) => {
                    leg.length_cm += stretch.length_cm();
                    leg.passes.extend(gate);
                }
                None => legs.push(Leg {
                    turn: before.map_or(Turn::Start, |before| self.turn(before, stretch)),
                    name: street.name.as_deref().map(str::to_owned),
                    kind: street.kind,
                    length_cm: stretch.length_cm(),
                    passes: gate.into_iter().collect(),
                }),
            }
            before = Some(stretch);
        }
        legs
    }

    /// What stands between two stretches, one after the other.
    fn gate_between(&self, before: &Stretch, after: &Stretch) -> Option<BarrierKind> {
        let row = |stretch: &Stretch| &self.segments.rows[stretch.segment as usize];
        let end = row(before).gates[1 - before.directed() as usize % 2];
        let beginning = row(after).gates[after.directed() as usize % 2];
        let gate = if end == NONE { beginning } else { end };
        (gate != NONE).then(|| self.segments.gates[gate as usize].kind)
    }

    fn turn(&self, before: &Stretch, after: &Stretch) -> Turn {
        let out = self.heading(before, before.to_cm, back(before));
        let along = self.heading(after, ahead(after), after.from_cm);
        let (cross, dot) = (out.x * along.y - out.y * along.x, out.x * along.x + out.y * along.y);
        let degrees = libm::atan2(cross, dot).to_degrees();
        let is_left = degrees > 0.0;
        match degrees.abs() {
            angle if angle < 30.0 => Turn::Straight,
            angle if angle < 60.0 => [Turn::SlightRight, Turn::SlightLeft][usize::from(is_left)],
            angle if angle < 120.0 => [Turn::Right, Turn::Left][usize::from(is_left)],
            angle if angle < 170.0 => [Turn::SharpRight, Turn::SharpLeft][usize::from(is_left)],
            _ => Turn::Around,
        }
    }

    /// The direction in metres from one offset of a stretch's segment to another.
    fn heading(&self, stretch: &Stretch, to_cm: u32, from_cm: u32) -> Metric {
        let at = |cm: u32| self.frame.to_metres(self.segments.place_on(stretch.segment, cm));
        let (from, to) = (at(from_cm), at(to_cm));
        Metric { x: to.x - from.x, y: to.y - from.y }
    }
}

/// The offset a little before the end of a stretch.
fn back(stretch: &Stretch) -> u32 {
    towards(stretch.to_cm, stretch.from_cm)
}
/// The offset a little after its beginning.
fn ahead(stretch: &Stretch) -> u32 {
    towards(stretch.from_cm, stretch.to_cm)
}
fn towards(from_cm: u32, to_cm: u32) -> u32 {
    let step_cm = from_cm.abs_diff(to_cm).min(AHEAD_CM);
    if to_cm < from_cm { from_cm - step_cm } else { from_cm + step_cm }
}

/// Whether two pieces of street are one to who walks them.
fn is_same(one: &StreetRow, other: &StreetRow) -> bool {
    one.name == other.name && (one.name.is_some() || one.kind == other.kind)
}
