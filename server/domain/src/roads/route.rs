//! From one place to another: the way, told in words.

use super::{Conditions, Outward, Reached, Roads, Scratch, Snap};
use gridward_data::model::{
    id::CompoundId,
    place::Place,
    road::{BarrierKind, Mode, StreetKind},
};

/// A way from one place to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// How long it takes, deciseconds, with the steps to and from the street.
    pub travel_ds: u32,
    /// How long it is, centimetres.
    pub path_cm: u32,
    /// Its corners.
    pub places: Vec<Place>,
    /// Its parts, by name of street.
    pub legs: Vec<Leg>,
}

/// A part of a way along one street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// How one turns into it.
    pub turn: Turn,
    /// The name of the street, where it has one.
    pub name: Option<String>,
    /// What the street is.
    pub kind: StreetKind,
    /// How long, centimetres.
    pub length_cm: u32,
    /// The barriers that one passes on it or on turning into it.
    pub passes: Vec<BarrierKind>,
}

/// How one turns, seen by who goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// One sets out.
    Start,
    /// Less than 30° to either side.
    Straight,
    /// 30° to 60°.
    SlightLeft,
    /// 30° to 60°.
    SlightRight,
    /// 60° to 120°.
    Left,
    /// 60° to 120°.
    Right,
    /// 120° to 170°.
    SharpLeft,
    /// 120° to 170°.
    SharpRight,
    /// More.
    Around,
}

impl Turn {
    /// The word for it in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Straight => "straight",
            Self::SlightLeft => "slight_left",
            Self::SlightRight => "slight_right",
            Self::Left => "left",
            Self::Right => "right",
            Self::SharpLeft => "sharp_left",
            Self::SharpRight => "sharp_right",
            Self::Around => "around",
        }
    }
}

/// Why there is no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteFault {
    /// There would be one if every gate and street were open, to everybody.
    #[error("all ways lead through gates or streets that are closed now, or closed to strangers")]
    Shut,
    /// No way connects the two on the map.
    #[error("no way connects the two places on the map")]
    Island,
}

impl Roads {
    /// The earliest way from one of some points to one of others, for somebody who belongs to a compound, or to none. Of equally early
    /// ways the one that the search finds first, by rule: the same input gives the same way. O(n log n) at worst.
    ///
    /// # Errors
    /// There is none, and why.
    pub fn route(
        &self,
        mode: Mode,
        from: &[Snap],
        to: &[Snap],
        conditions: &Conditions,
        belongs_to: Option<CompoundId>,
        scratch: &mut Scratch,
    ) -> Result<Route, RouteFault> {
        let segments: Vec<u32> = from.iter().map(|start| start.segment).collect();
        let mut outward = Outward::start(self, mode, to, conditions, scratch).towards(&segments);
        if let Some((travel_ds, start, reached)) = earliest(self, mode, from, belongs_to, &mut outward) {
            let way = outward.way(&reached, start.offset_cm, Some(start.place), true);
            let legs = self.legs(&outward.stretches(&reached, start.offset_cm).0);
            return Ok(Route { travel_ds, path_cm: way.path_cm, places: way.places, legs });
        }
        let open = Conditions::all_open();
        let mut outward = Outward::start(self, mode, to, &open, scratch);
        Err(match earliest(self, mode, from, belongs_to, &mut outward) {
            Some(_) => RouteFault::Shut,
            None => RouteFault::Island,
        })
    }
}

/// The earliest arrival, from which point, and through what.
fn earliest<'a>(
    roads: &Roads,
    mode: Mode,
    from: &'a [Snap],
    belongs_to: Option<CompoundId>,
    outward: &mut Outward<'_>,
) -> Option<(u32, &'a Snap, Reached)> {
    let mut best: Option<(u32, &Snap, Reached)> = None;
    loop {
        let until_ds = best.as_ref().map_or(u32::MAX, |(known_ds, ..)| known_ds.saturating_sub(1));
        let Some(reached) = outward.next_within(until_ds) else { break };
        if reached.residents_of.is_some() && reached.residents_of != belongs_to {
            continue;
        }
        for start in from.iter().filter(|start| start.segment == reached.segment) {
            let Some(rest_ds) = roads.rest_ds(mode, &reached, start.offset_cm) else { continue };
            let travel_ds = start.away_ds + reached.head_ds + rest_ds;
            if best.as_ref().is_none_or(|(known_ds, ..)| travel_ds < *known_ds) {
                best = Some((travel_ds, start, reached));
            }
        }
    }
    best
}
