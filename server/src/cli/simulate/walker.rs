//! What one person on duty does: goes a way, rests, is indoors, is out of reach for a while; and goes to a task when sent.

use super::gps::Receiver;
use fastrand::Rng;
use gridward_data::model::{
    local::{LocalFrame, Metric},
    place::Place,
};

/// The slowest pace on a round, as a share of the pace at which the server reckons; who is sent goes at that pace.
const STROLL: (f64, f64) = (0.6, 0.95);
/// How long one stands and looks, seconds.
const REST_S: (f64, f64) = (20.0, 180.0);
/// How long one is in a house, seconds.
const VISIT_S: (f64, f64) = (120.0, 900.0);
/// How long a telephone is out of reach, seconds.
const SILENCE_S: (f64, f64) = (30.0, 240.0);
/// Until somebody takes a task up, seconds.
const ANSWER_S: (f64, f64) = (5.0, 25.0);
/// How long the work of a task takes, seconds.
const WORK_S: (f64, f64) = (180.0, 600.0);

/// What somebody does.
enum Doing {
    /// Looks for the next place to go to.
    Choosing,
    /// Goes a way.
    Going { way: Vec<Metric>, gone_m: f64, length_m: f64, pace_m_s: f64 },
    /// Stands, or is in a house.
    Staying { left_s: f64, indoors: bool },
}

/// How far somebody has come with a task.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// Was told, and answers in a while.
    Told { left_s: f64 },
    /// Has said to go, and looks for the way.
    Setting,
    /// Is on the way.
    OnTheWay,
    /// Is there, and works for a while.
    Working { left_s: f64 },
    /// Has said that it is done.
    Done,
}

struct Errand {
    task: u64,
    place: Place,
    stage: Stage,
}

/// What somebody says of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) task: u64,
    pub(super) step: &'static str,
}

/// Where somebody wants to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    pub(super) from: Place,
    pub(super) to: Place,
}

/// One person on duty.
pub(super) struct Walker {
    frame: LocalFrame,
    /// Where this person looks for places to go to: west, south, east, north.
    beat: [f64; 4],
    at: Metric,
    doing: Doing,
    silent_s: f64,
    errand: Option<Errand>,
    receiver: Receiver,
    rng: Rng,
}

impl Walker {
    /// Somebody at a place, with a beat around it; the same seed does the same.
    pub(super) fn new(at: Place, beat: [f64; 4], seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let receiver = Receiver::new(&mut rng);
        let frame = LocalFrame::around(at);
        // So that not everybody sets out at once.
        let doing = Doing::Staying { left_s: rng.f64() * REST_S.1, indoors: false };
        let at = frame.to_metres(at);
        Self { frame, beat, at, doing, silent_s: 0.0, errand: None, receiver, rng }
    }

    /// The task that the server says this person has.
    pub(super) fn told(&mut self, task: u64, place: Place, come_to: &str) {
        if self.errand.as_ref().is_some_and(|errand| errand.task == task) {
            return;
        }
        let stage = match come_to {
            "sent" => Stage::Told { left_s: between(&mut self.rng, ANSWER_S) },
            "accepted" => Stage::Setting,
            _ => Stage::Working { left_s: between(&mut self.rng, WORK_S) },
        };
        self.errand = Some(Errand { task, place, stage });
        self.silent_s = 0.0;
    }

    /// The server knows of no task any more: back to the round.
    pub(super) fn free(&mut self) {
        if self.errand.take().is_some() {
            self.doing = Doing::Choosing;
        }
    }

    /// Where this person would go next, if a way is wanted.
    pub(super) fn wish(&mut self) -> Option<Wish> {
        let from = self.frame.to_place(self.at)?;
        if let Some(errand) = &self.errand {
            return (errand.stage == Stage::Setting).then_some(Wish { from, to: errand.place });
        }
        if !matches!(self.doing, Doing::Choosing) {
            return None;
        }
        let [west, south, east, north] = self.beat;
        let (east_share, north_share) = (self.rng.f64(), self.rng.f64());
        let (lon, lat) = (west + (east - west) * east_share, south + (north - south) * north_share);
        Some(Wish { from, to: Place::new(lon, lat).ok()? })
    }

    /// The way that was wanted, and the pace of the server's reckoning.
    pub(super) fn go(&mut self, corners: &[Place], pace_m_s: f64) {
        let way: Vec<Metric> = corners.iter().map(|corner| self.frame.to_metres(*corner)).collect();
        let length_m = way.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
        let share = match &mut self.errand {
            Some(errand) => {
                errand.stage = Stage::OnTheWay;
                1.0
            }
            None => between(&mut self.rng, STROLL),
        };
        self.doing = Doing::Going { way, gone_m: 0.0, length_m, pace_m_s: pace_m_s.max(0.1) * share };
    }

    /// There is no way: another place, after a while.
    pub(super) fn give_up(&mut self) {
        let left_s = between(&mut self.rng, REST_S);
        self.doing = Doing::Staying { left_s, indoors: false };
    }

    /// Lets time pass, and answers what this person says of a task meanwhile.
    pub(super) fn pass(&mut self, passed_s: f64) -> Option<Said> {
        self.silent_s = (self.silent_s - passed_s).max(0.0);
        let arrived = self.move_on(passed_s);
        if let Some(errand) = &mut self.errand {
            return errand.pass(passed_s, arrived, &mut self.rng);
        }
        if arrived {
            self.rest();
        }
        None
    }

    /// Moves along; whether a way came to its end.
    fn move_on(&mut self, passed_s: f64) -> bool {
        match &mut self.doing {
            Doing::Choosing => false,
            Doing::Going { way, gone_m, length_m, pace_m_s } => {
                *gone_m += *pace_m_s * passed_s;
                self.at = along(way, *gone_m).unwrap_or(self.at);
                let arrived = *gone_m >= *length_m;
                if arrived {
                    self.doing = Doing::Staying { left_s: 0.0, indoors: false };
                }
                arrived
            }
            Doing::Staying { left_s, .. } => {
                *left_s -= passed_s;
                if *left_s <= 0.0 && self.errand.is_none() {
                    self.doing = Doing::Choosing;
                }
                false
            }
        }
    }

    /// After a way of the round: one looks around, or visits somebody; now and then the telephone is out of reach.
    fn rest(&mut self) {
        let indoors = self.rng.u8(..100) < 35;
        let left_s = between(&mut self.rng, if indoors { VISIT_S } else { REST_S });
        self.doing = Doing::Staying { left_s, indoors };
        if self.rng.u8(..100) < 15 {
            self.silent_s = between(&mut self.rng, SILENCE_S);
        }
    }

    /// What the telephone says of where it is; nothing while it is out of reach.
    pub(super) fn reading(&mut self, passed_s: f64) -> Option<(Place, f64)> {
        let indoors = matches!(self.doing, Doing::Staying { indoors: true, .. });
        let (believed, accuracy_m) = self.receiver.read(self.at, indoors, passed_s, &mut self.rng);
        if self.silent_s > 0.0 {
            return None;
        }
        Some((self.frame.to_place(believed)?, accuracy_m))
    }
}

impl Errand {
    fn pass(&mut self, passed_s: f64, arrived: bool, rng: &mut Rng) -> Option<Said> {
        let say = |step| Some(Said { task: self.task, step });
        match &mut self.stage {
            Stage::Told { left_s } => {
                *left_s -= passed_s;
                if *left_s > 0.0 {
                    return None;
                }
                self.stage = Stage::Setting;
                say("accepted")
            }
            Stage::OnTheWay if arrived => {
                self.stage = Stage::Working { left_s: between(rng, WORK_S) };
                say("on_scene")
            }
            Stage::Working { left_s } => {
                *left_s -= passed_s;
                if *left_s > 0.0 {
                    return None;
                }
                self.stage = Stage::Done;
                say("done")
            }
            Stage::Setting | Stage::OnTheWay | Stage::Done => None,
        }
    }
}

/// A number of the range.
fn between(rng: &mut Rng, (low, high): (f64, f64)) -> f64 {
    low + (high - low) * rng.f64()
}

/// The point of a way after so many metres; its end if it is shorter.
fn along(way: &[Metric], mut metres: f64) -> Option<Metric> {
    for pair in way.windows(2) {
        let length_m = pair[0].distance(pair[1]);
        if metres < length_m {
            let share = metres / length_m;
            let between = |from: f64, to: f64| from + (to - from) * share;
            return Some(Metric { x: between(pair[0].x, pair[1].x), y: between(pair[0].y, pair[1].y) });
        }
        metres -= length_m;
    }
    way.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Place {
        Place::new(lon, lat).expect("on the Earth")
    }
    fn walker(seed: u64) -> Walker {
        Walker::new(at(123.35, 41.8), [123.345, 41.797, 123.355, 41.803], seed)
    }
    /// Passes seconds one by one, goes straight wherever it is wanted, and tells what was said of tasks.
    fn live(walker: &mut Walker, seconds: usize) -> Vec<&'static str> {
        let mut said = Vec::new();
        for _ in 0..seconds {
            if let Some(Wish { from, to }) = walker.wish() {
                walker.go(&[from, to], 1.3);
            }
            said.extend(walker.pass(1.0).map(|said| said.step));
        }
        said
    }

    #[test]
    fn somebody_on_a_round_walks_no_faster_than_people_do_and_does_not_leave_the_beat() {
        let mut one = walker(3);
        let mut last = one.at;
        let mut walked_m = 0.0;
        for _ in 0..7_200 {
            live(&mut one, 1);
            let step_m = one.at.distance(last);
            assert!(step_m <= 1.3 + 1e-6, "{step_m} m in a second");
            (walked_m, last) = (walked_m + step_m, one.at);
            assert!(one.at.x.abs() < 500.0 && one.at.y.abs() < 500.0, "{:?}", one.at);
        }
        assert!(walked_m > 500.0, "{walked_m} m in two hours");
    }

    #[test]
    fn the_same_seed_does_the_same_and_another_something_else() {
        let (mut one, mut again, mut other) = (walker(5), walker(5), walker(6));
        for each in [&mut one, &mut again, &mut other] {
            live(each, 3_000);
        }
        assert_eq!(one.at, again.at);
        assert_ne!(one.at, other.at);
    }

    #[test]
    fn who_is_sent_answers_goes_there_works_and_says_so() {
        let mut one = walker(7);
        live(&mut one, 600);
        one.told(9, at(123.3545, 41.8028), "sent");
        let said = live(&mut one, 3_600);
        assert_eq!(said, ["accepted", "on_scene", "done"]);
        let there = one.frame.to_metres(at(123.3545, 41.8028));
        assert!(one.at.distance(there) < 1.0, "{} m away", one.at.distance(there));
        one.told(9, at(123.3545, 41.8028), "on_scene");
        assert_eq!(live(&mut one, 3_600), [""; 0], "what is told again is known");
        one.free();
        live(&mut one, 3_600);
        assert!(one.at.distance(there) > 1.0, "back to the round");
    }

    #[test]
    fn who_is_called_back_says_nothing_more_of_the_task() {
        let mut one = walker(8);
        one.told(9, at(123.3545, 41.8028), "sent");
        assert_eq!(live(&mut one, 60), ["accepted"]);
        one.free();
        assert_eq!(live(&mut one, 3_600), [""; 0]);
    }

    #[test]
    fn a_telephone_is_silent_at_times_and_inexact_in_houses() {
        let mut one = walker(11);
        let (mut silent, mut inexact, mut exact) = (0, 0, 0);
        for _ in 0..20_000 {
            live(&mut one, 1);
            match one.reading(1.0) {
                None => silent += 1,
                Some((_, accuracy_m)) if accuracy_m > 15.0 => inexact += 1,
                Some(_) => exact += 1,
            }
        }
        assert!(silent > 100 && inexact > 1_000 && exact > 5_000, "{silent} {inexact} {exact}");
    }
}
