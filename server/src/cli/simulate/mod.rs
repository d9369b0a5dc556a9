//! `gridward simulate`: people on duty walk their rounds, and their telephones say where they are.
//!
//! ```text
//! shifts ─► who is on duty ─► walkers ─► readings ─► POST /positions; of those on patrol: recorders ─► POST /patrols/{id}/fixes
//! tasks ──► who was sent ───────┘  └───► wishes ───► POST /routes, steps of tasks
//! ```
//!
//! The simulation knows what a telephone knows: it asks and tells over the public interface alone, and reads no store.

mod gps;
mod recorder;
mod telephone;
mod walker;

use super::{Failure, Outcome};
use crate::{clock, startup::ADDRESS_FILE};
use clap::Args;
use gridward_data::model::{place::Place, road::Mode};
use recorder::Recorder;
use std::{
    collections::{BTreeMap, VecDeque},
    path::{Path, PathBuf},
    time::Duration,
};
use telephone::{Ground, Reading, Shift, Task, Telephone, Unheard};
use walker::{Said, Walker, Wish};

/// Whom to simulate, and where.
#[derive(Args)]
pub(super) struct Options {
    /// The store that a server serves: its address is found there
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    store: Option<PathBuf>,
    /// The address of the server; it goes before --store
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// How many of those on duty carry a telephone that says where they are; who is sent somewhere always does
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    people: u32,
    /// How many of them are on patrol, by the plans of their grids: what they walk is recorded and covers streets
    #[arg(long, default_value_t = 100)]
    patrols: u32,
    /// How much faster than in life time passes for them: 1 to 60
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// The same seed walks the same rounds
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stop after so many minutes; without it, when told to
    #[arg(long)]
    minutes: Option<u32>,
}

/// From one round of readings to the next.
const ROUND: Duration = Duration::from_secs(5);
/// Rounds from one look at the shifts to the next.
const SHIFTS_EVERY: u64 = 6;
/// Ways that are asked for in one round at most, so that the server has time for others.
const WAYS_MAX: usize = 120;
/// How far beyond their area people go on their rounds, degrees: some 50 m.
const MARGIN_DEGREES: f64 = 0.0005;
/// The beat of who has no area: as far around their post, degrees; some 800 m.
const FREE_BEAT_DEGREES: f64 = 0.008;

pub(super) fn run(options: &Options) -> Outcome {
    if !(1.0..=60.0).contains(&options.speed) {
        return Err(format!("--speed {} is not between 1 and 60", options.speed).into());
    }
    let server = match (&options.server, &options.store) {
        (Some(server), _) => server.clone(),
        (None, Some(store)) => address(store)?,
        (None, None) => return Err("say where the server is: --server URL or --store DIR".into()),
    };
    let name = format!("simulation-{}-{}", options.seed, clock::now().0);
    let mut walkers = Walkers::new(Telephone::to(&server, name), options);
    walkers.look_at_shifts()?;
    say!(
        "{} of those on duty say where they are to {server}, every {} s",
        walkers.all.len(),
        ROUND.as_secs()
    );
    let rounds = options.minutes.map(|minutes| u64::from(minutes) * 60 / ROUND.as_secs());
    let mut away = false;
    for round in 0.. {
        if rounds.is_some_and(|rounds| round >= rounds) {
            break;
        }
        match walkers.round(round) {
            Ok(()) => away = false,
            // A server that restarts comes back; whoever was told of it need not be told again.
            Err(error) if !away => {
                eprintln!("gridward: {error}; trying again");
                away = true;
            }
            Err(_) => {}
        }
        std::thread::sleep(ROUND);
    }
    walkers.end_patrols()?;
    Ok(())
}

/// The address of the server that serves a store.
fn address(store: &Path) -> Result<String, Failure> {
    let file = store.join(ADDRESS_FILE);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(format!("nobody serves {}: start `gridward serve --store {0}` first", store.display()).into())
        }
        Err(error) => Err(format!("{}: {error}", file.display()).into()),
    }
}

/// Everybody who carries a telephone.
struct Walkers {
    telephone: Telephone,
    people: usize,
    patrols: usize,
    speed: f64,
    seed: u64,
    all: BTreeMap<u64, (Walker, Mode)>,
    /// What those on patrol record; `None` of who cannot be on patrol.
    recorders: BTreeMap<u64, Option<Recorder>>,
    shifts: BTreeMap<u64, Shift>,
    grounds: BTreeMap<u64, Ground>,
    /// What is to be said of tasks, and was not heard yet.
    unsaid: VecDeque<Said>,
}

impl Walkers {
    fn new(telephone: Telephone, options: &Options) -> Self {
        Self {
            telephone,
            people: options.people as usize,
            patrols: options.patrols as usize,
            speed: options.speed,
            seed: options.seed,
            all: BTreeMap::new(),
            recorders: BTreeMap::new(),
            shifts: BTreeMap::new(),
            grounds: BTreeMap::new(),
            unsaid: VecDeque::new(),
        }
    }

    /// Who is on duty now? Whoever went off duty is not followed any more.
    fn look_at_shifts(&mut self) -> Result<(), Unheard> {
        let shifts = self.telephone.shifts()?;
        self.shifts = shifts.into_iter().map(|shift| (shift.responder, shift)).collect();
        self.all.retain(|who, _| self.shifts.contains_key(who));
        // Whoever went off duty is on no patrol: the server has ended it.
        self.recorders.retain(|who, _| self.shifts.contains_key(who));
        for who in self.chosen() {
            if !self.all.contains_key(&who) {
                self.put(who, None)?;
            }
        }
        self.begin_patrols()
    }

    /// Those who walk begin their patrols, the same for the same seed.
    fn begin_patrols(&mut self) -> Result<(), Unheard> {
        let at_desk = |shift: &Shift| shift.duty_post.is_some();
        let walking: Vec<u64> = self.chosen().into_iter().filter(|who| !at_desk(&self.shifts[who])).collect();
        for who in walking.into_iter().take(self.patrols) {
            if !self.recorders.contains_key(&who) {
                let patrol = self.telephone.begin_patrol(who, self.shifts[&who].home_area)?;
                self.recorders.insert(who, patrol.map(|patrol| Recorder::of(patrol, self.seed ^ patrol)));
            }
        }
        Ok(())
    }

    /// What is recorded is sent, as far as there is a network.
    fn send_recorded(&mut self) -> Result<(), Unheard> {
        for recorder in self.recorders.values_mut().flatten() {
            recorder.send(&self.telephone)?;
        }
        Ok(())
    }

    /// The walk is over for everybody.
    fn end_patrols(&mut self) -> Result<(), Unheard> {
        for recorder in self.recorders.values_mut().flatten() {
            recorder.end(&mut self.telephone)?;
        }
        Ok(())
    }

    /// The same people for the same seed, as long as they are on duty. Some of those at a desk have a telephone that says nothing: they count
    /// at their post.
    fn chosen(&self) -> Vec<u64> {
        let lot =
            |who: u64| fastrand::Rng::with_seed(self.seed ^ who.wrapping_mul(0x9e37_79b9_7f4a_7c15)).u64(..);
        let at_desk = |shift: &Shift| shift.duty.kind == "resident" && shift.duty_post.is_some();
        let speaking = self.shifts.values().filter(|shift| !at_desk(shift) || lot(shift.responder) % 3 == 0);
        let mut drawn: Vec<(u64, u64)> =
            speaking.map(|shift| (lot(shift.responder), shift.responder)).collect();
        drawn.sort_unstable();
        drawn.into_iter().take(self.people).map(|(_, who)| who).collect()
    }

    /// Somebody begins to say where this person is: where they were seen last, or at the post, or in the middle of the area.
    fn put(&mut self, who: u64, seen_at: Option<Place>) -> Result<(), Unheard> {
        let Some(shift) = self.shifts.get(&who).cloned() else { return Ok(()) };
        let ground = match shift.home_area {
            Some(area) => Some(self.ground(area)?),
            None => None,
        };
        let post = shift.duty_post.and_then(telephone::At::place);
        let centre = ground.and_then(|ground| ground.centre.place());
        let Some(at) = seen_at.or(post).or(centre) else { return Ok(()) };
        let beat = match ground {
            Some(Ground { bounds: [west, south, east, north], .. })
                if east - west < 4.0 * FREE_BEAT_DEGREES =>
            {
                let margin = MARGIN_DEGREES;
                [west - margin, south - margin, east + margin, north + margin]
            }
            _ => {
                let free = FREE_BEAT_DEGREES;
                [at.lon() - free, at.lat() - free, at.lon() + free, at.lat() + free]
            }
        };
        self.all.insert(who, (Walker::new(at, beat, self.seed ^ who), shift.mode));
        Ok(())
    }

    fn ground(&mut self, area: u64) -> Result<Ground, Unheard> {
        if let Some(ground) = self.grounds.get(&area) {
            return Ok(*ground);
        }
        let ground = self.telephone.ground(area)?;
        self.grounds.insert(area, ground);
        Ok(ground)
    }

    /// One round: who was sent, where everybody goes, where everybody is.
    fn round(&mut self, round: u64) -> Result<(), Unheard> {
        if round % SHIFTS_EVERY == SHIFTS_EVERY - 1 {
            self.look_at_shifts()?;
        }
        self.look_at_tasks()?;
        self.ask_ways()?;
        let passed_s = ROUND.as_secs_f64() * self.speed;
        let now_ms = clock::now().0;
        let mut readings = Vec::with_capacity(self.all.len());
        for (who, (walker, _)) in &mut self.all {
            self.unsaid.extend(walker.pass(passed_s));
            if let Some((place, accuracy_m)) = walker.reading(passed_s) {
                readings.push(Reading { responder: *who, place, accuracy_m });
                if let Some(Some(recorder)) = self.recorders.get_mut(who) {
                    recorder.note(place, accuracy_m, now_ms);
                }
            }
        }
        self.telephone.send(&readings, now_ms)?;
        self.send_recorded()?;
        while let Some(Said { task, step }) = self.unsaid.front().copied() {
            self.telephone.step(task, step)?;
            self.unsaid.pop_front();
        }
        Ok(())
    }

    fn look_at_tasks(&mut self) -> Result<(), Unheard> {
        let tasks = self.telephone.tasks()?;
        let held: BTreeMap<u64, &Task> =
            tasks.iter().filter_map(|task| Some((task.responder?, task))).collect();
        for (who, task) in &held {
            if !self.all.contains_key(who) {
                self.put(*who, task.seen_at())?;
            }
            let place = task.place.place();
            if let (Some((walker, _)), Some(place)) = (self.all.get_mut(who), place) {
                walker.told(task.id, place, &task.state);
            }
        }
        for (who, (walker, _)) in &mut self.all {
            if !held.contains_key(who) {
                walker.free();
            }
        }
        Ok(())
    }

    fn ask_ways(&mut self) -> Result<(), Unheard> {
        let mut asked = 0;
        for (walker, mode) in self.all.values_mut() {
            if asked == WAYS_MAX {
                break;
            }
            let Some(Wish { from, to }) = walker.wish() else { continue };
            asked += 1;
            match self.telephone.way(*mode, from, to)? {
                Some(way) => {
                    walker.go(&way.corners(from, to), way.path_m / way.travel_time_s.max(0.1));
                }
                None => walker.give_up(),
            }
        }
        Ok(())
    }
}
