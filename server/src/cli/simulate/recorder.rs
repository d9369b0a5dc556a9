//! The telephone of somebody on patrol: it numbers its fixes, and sends them in parts. Now and then it has no network, and sends late; and now and
//! then it does not hear that a part has arrived, and sends it again.

use super::telephone::{PatrolFix, Telephone, Unheard};
use fastrand::Rng;
use gridward_data::model::{local::LocalFrame, place::Place};

/// Readings in one part, about half a minute.
const PART: usize = 6;
/// In so many of a hundred parts there is no network.
const OFFLINE_PERCENT: u8 = 12;
/// So many of a hundred parts are sent twice.
const REPEATED_PERCENT: u8 = 5;

/// What is recorded of one patrol.
pub(super) struct Recorder {
    patrol: u64,
    taken: u64,
    last: Option<(Place, i64)>,
    /// What the server has not acknowledged.
    unsent: Vec<PatrolFix>,
    rng: Rng,
}

impl Recorder {
    /// A patrol begins.
    pub(super) fn of(patrol: u64, seed: u64) -> Self {
        Self { patrol, taken: 0, last: None, unsent: Vec::new(), rng: Rng::with_seed(seed) }
    }

    /// Notes a reading.
    pub(super) fn note(&mut self, place: Place, accuracy_m: f64, at_ms: i64) {
        let frame = LocalFrame::around(place);
        let speed = |(before, before_ms): (Place, i64)| {
            let moved_m = frame.to_metres(before).distance(frame.to_metres(place));
            moved_m / ((at_ms - before_ms).max(1) as f64 / 1_000.0)
        };
        self.taken += 1;
        let speed_m_s = self.last.map(speed);
        self.last = Some((place, at_ms));
        self.unsent.push(PatrolFix { sequence: self.taken, place, accuracy_m, speed_m_s, at_ms });
    }

    /// Sends what is due, if there is a network; forgets what the server has.
    pub(super) fn send(&mut self, telephone: &Telephone) -> Result<(), Unheard> {
        if self.unsent.len() < PART || self.rng.u8(0..100) < OFFLINE_PERCENT {
            return Ok(());
        }
        self.send_all(telephone)
    }

    /// Sends everything, and ends the patrol.
    pub(super) fn end(&mut self, telephone: &mut Telephone) -> Result<(), Unheard> {
        if !self.unsent.is_empty() {
            self.send_all(telephone)?;
        }
        telephone.end_patrol(self.patrol)
    }

    fn send_all(&mut self, telephone: &Telephone) -> Result<(), Unheard> {
        let mut through = telephone.send_fixes(self.patrol, &self.unsent)?;
        if self.rng.u8(0..100) < REPEATED_PERCENT {
            through = telephone.send_fixes(self.patrol, &self.unsent)?;
        }
        self.unsent.retain(|fix| fix.sequence > through);
        Ok(())
    }
}
