//! By which rules fixes are judged and what counts as covered: numbers, which a city may set otherwise.
//!
//! The defaults are those of the field (see `docs/coverage.md` for where each comes from): accuracy and gaps as trackers of patrols have them, gates
//! by the speeds of walking, riding and driving.

use gridward_data::model::road::Mode;

/// The rules of one city.
#[derive(Clone, Debug, PartialEq)]
pub struct PatrolRules {
    /// Fixes of this accuracy or better count, metres.
    pub counted_accuracy_m: f64,
    /// Fixes up to this accuracy are shown and do not count; worse ones, and those without an accuracy, are not used at all, metres.
    pub shown_accuracy_m: f64,
    /// A fix from further ahead of the server's clock comes from a wrong clock and is refused, seconds.
    pub future_s: i64,
    /// After a longer silence a way begins anew, and what lies between has earned nothing, seconds.
    pub gap_s: f64,
    /// The same for a longer distance, metres.
    pub gap_m: f64,
    /// Nobody moves faster, by mode in the order of [`Mode::ALL`], metres a second.
    pub gate_m_s: [f64; 3],
    /// A leap over the gate is believed where the device itself says that it moves at this share of it or more.
    pub believed_share: f64,
    /// After so many fixes that agree with each other, a place that seemed a leap is believed: nobody is locked out.
    pub agreeing: usize,
    /// Who moves less than this, or than the accuracy, stands, metres.
    pub still_m: f64,
    /// The length of a piece of a street at most, metres.
    pub piece_m: f64,
    /// How near one must pass, by mode in the order of [`Mode::ALL`], metres.
    pub buffer_m: [f64; 3],
    /// Who stays in a grid this long has visited it, seconds.
    pub dwell_s: f64,
    /// Who walks so far in a grid has visited it, metres.
    pub walked_m: f64,
    /// Two visits of a grid are one where less than this lies between them and no other grid was visited, seconds.
    pub visits_apart_s: f64,
    /// Who is so near to a checkpoint, with the accuracy, has been there, metres.
    pub checkpoint_m: f64,
}

impl Default for PatrolRules {
    fn default() -> Self {
        Self {
            counted_accuracy_m: 30.0,
            shown_accuracy_m: 100.0,
            future_s: 300,
            gap_s: 120.0,
            gap_m: 200.0,
            gate_m_s: [3.0, 9.0, 33.0],
            believed_share: 1.0 / 3.0,
            agreeing: 3,
            still_m: 10.0,
            piece_m: 10.0,
            buffer_m: [25.0, 25.0, 25.0],
            dwell_s: 60.0,
            walked_m: 50.0,
            visits_apart_s: 1_800.0,
            checkpoint_m: 50.0,
        }
    }
}

impl PatrolRules {
    /// How fast somebody may move.
    #[must_use]
    pub const fn gate(&self, mode: Mode) -> f64 {
        self.gate_m_s[mode as usize]
    }
    /// How near somebody must pass.
    #[must_use]
    pub const fn buffer(&self, mode: Mode) -> f64 {
        self.buffer_m[mode as usize]
    }
}
