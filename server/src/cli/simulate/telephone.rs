//! What a telephone says to the server, and what it is told: the public interface, and nothing else.

use gridward_data::model::{place::Place, road::Mode};
use serde::{Deserialize, de::DeserializeOwned};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Shifts and tasks on a page.
const PAGE: usize = 1_000;
/// Fixes in one batch: as many as fit into the body that the server takes.
pub(super) const BATCH: usize = 300;

/// Speaks to one server.
pub(super) struct Telephone {
    agent: ureq::Agent,
    root: String,
    /// Tells requests of this run from those of another.
    name: String,
    asked: u64,
}

/// Why the server was not heard.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unheard {
    /// Nothing answered.
    #[error("{0} does not answer ({1}); start `gridward serve` first, or give its address as --server")]
    Gone(String, String),
    /// It refused.
    #[error("{path} was answered with {status}: {detail}")]
    Refused { path: String, status: u16, detail: String },
    /// It answered something else than what it describes.
    #[error("{0} was answered with something that is not understood: {1}")]
    Strange(String, String),
}

/// A place in an answer.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct At {
    lon: f64,
    lat: f64,
}

impl At {
    pub(super) fn place(self) -> Option<Place> {
        Place::new(self.lon, self.lat).ok()
    }
}

/// Somebody's shift.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Shift {
    pub(super) responder: u64,
    pub(super) mode: Mode,
    pub(super) duty: DutyKind,
    pub(super) home_area: Option<u64>,
    pub(super) duty_post: Option<At>,
}

/// In which way somebody is on duty.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct DutyKind {
    pub(super) kind: String,
}

#[derive(Deserialize)]
struct ShiftPage {
    shifts: Vec<Shift>,
    next: Option<String>,
}

/// The ground of an area.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Ground {
    pub(super) centre: At,
    /// West, south, east, north.
    pub(super) bounds: [f64; 4],
}

/// A task that is not done.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Task {
    pub(super) id: u64,
    pub(super) state: String,
    pub(super) responder: Option<u64>,
    pub(super) place: At,
    position: Option<Position>,
}

#[derive(Clone, Debug, Deserialize)]
struct Position {
    place: Option<At>,
}

impl Task {
    /// Where its responder was seen last.
    pub(super) fn seen_at(&self) -> Option<Place> {
        self.position.as_ref()?.place?.place()
    }
}

#[derive(Deserialize)]
struct TaskList {
    tasks: Vec<Task>,
}

/// A way.
#[derive(Debug, Deserialize)]
pub(super) struct Way {
    pub(super) travel_time_s: f64,
    pub(super) path_m: f64,
    path: Option<Vec<[f64; 2]>>,
}

impl Way {
    /// Its corners; a way that was estimated is straight.
    pub(super) fn corners(&self, from: Place, to: Place) -> Vec<Place> {
        let corners = self.path.iter().flatten();
        let path: Vec<Place> = corners.filter_map(|[lon, lat]| Place::new(*lon, *lat).ok()).collect();
        if path.len() < 2 { vec![from, to] } else { path }
    }
}

/// One reading, as it is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) responder: u64,
    pub(super) place: Place,
    pub(super) accuracy_m: f64,
}

/// One reading on a patrol, as it is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct PatrolFix {
    pub(super) sequence: u64,
    pub(super) place: Place,
    pub(super) accuracy_m: f64,
    pub(super) speed_m_s: Option<f64>,
    pub(super) at_ms: i64,
}

#[derive(Deserialize)]
struct Numbered {
    id: u64,
}

#[derive(Deserialize)]
struct PlanPage {
    plans: Vec<Numbered>,
}

#[derive(Deserialize)]
struct RunningPatrol {
    id: u64,
    responder: u64,
}

#[derive(Deserialize)]
struct PatrolList {
    patrols: Vec<RunningPatrol>,
}

#[derive(Deserialize)]
struct Acknowledged {
    through: u64,
}

impl Telephone {
    /// To the server at this address.
    pub(super) fn to(server: &str, name: String) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .proxy(None);
        let root = format!("{}/api/v1", server.trim_end_matches('/'));
        Self { agent: config.build().into(), root, name, asked: 0 }
    }

    /// Everybody who is on duty.
    pub(super) fn shifts(&self) -> Result<Vec<Shift>, Unheard> {
        let mut shifts = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: ShiftPage = self.get(&format!("/shifts?limit={PAGE}{cursor}"))?;
            shifts.extend(page.shifts);
            let Some(next) = page.next else { return Ok(shifts) };
            cursor = format!("&cursor={next}");
        }
    }

    /// The ground of an area.
    pub(super) fn ground(&self, area: u64) -> Result<Ground, Unheard> {
        self.get(&format!("/areas/{area}"))
    }

    /// The tasks that are not done.
    pub(super) fn tasks(&self) -> Result<Vec<Task>, Unheard> {
        Ok(self.get::<TaskList>(&format!("/tasks?limit={PAGE}"))?.tasks)
    }

    /// The way from one place to another; `None` where there is none.
    pub(super) fn way(&self, mode: Mode, from: Place, to: Place) -> Result<Option<Way>, Unheard> {
        let at = |place: Place| format!(r#"{{"lon":{},"lat":{}}}"#, place.lon(), place.lat());
        let body = format!(r#"{{"from":{},"to":{},"mode":"{}"}}"#, at(from), at(to), mode.word());
        match self.post("/routes", &body, None) {
            Ok(way) => Ok(Some(way)),
            Err(Unheard::Refused { status: 409 | 422, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Says what becomes of a task. What the server does not take any more, because somebody else said otherwise, is no fault.
    pub(super) fn step(&mut self, task: u64, step: &str) -> Result<(), Unheard> {
        let key = self.key();
        let body = format!(r#"{{"step":"{step}"}}"#);
        match self.post::<serde_json::Value>(&format!("/tasks/{task}/steps"), &body, Some(&key)) {
            Ok(_) | Err(Unheard::Refused { status: 404 | 409, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Begins a patrol after the plan of an area, where there is one; `None` where this person is on one already, or off duty by now.
    pub(super) fn begin_patrol(&mut self, responder: u64, area: Option<u64>) -> Result<Option<u64>, Unheard> {
        let plan = match area {
            Some(area) => self.get::<PlanPage>(&format!("/patrol-plans?area={area}&limit=1"))?.plans.pop(),
            None => None,
        };
        let plan = plan.map_or_else(String::new, |plan| format!(r#","plan":{}"#, plan.id));
        let body = format!(r#"{{"responder":{responder}{plan}}}"#);
        for _ in 0..2 {
            let key = self.key();
            match self.post::<Numbered>("/patrols", &body, Some(&key)) {
                Ok(patrol) => return Ok(Some(patrol.id)),
                // One that a run before this has left open.
                Err(Unheard::Refused { status: 409, .. }) => self.end_patrol_of(responder)?,
                Err(Unheard::Refused { status: 404, .. }) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn end_patrol_of(&mut self, responder: u64) -> Result<(), Unheard> {
        let running = self.get::<PatrolList>("/patrols")?.patrols;
        for patrol in running.iter().filter(|patrol| patrol.responder == responder) {
            self.end_patrol(patrol.id)?;
        }
        Ok(())
    }

    /// Sends fixes of a patrol; up to which number the server has them.
    pub(super) fn send_fixes(&self, patrol: u64, fixes: &[PatrolFix]) -> Result<u64, Unheard> {
        let fix = |fix: &PatrolFix| {
            let PatrolFix { sequence, place, accuracy_m, speed_m_s, at_ms } = fix;
            let (lon, lat) = (place.lon(), place.lat());
            let speed = speed_m_s.map_or_else(String::new, |speed| format!(r#","speed_m_s":{speed:.2}"#));
            format!(
                r#"{{"sequence":{sequence},"lon":{lon},"lat":{lat},"accuracy_m":{accuracy_m:.1},"at_ms":{at_ms}{speed}}}"#
            )
        };
        let fixes: Vec<String> = fixes.iter().map(fix).collect();
        let body = format!(r#"{{"device":"{}","fixes":[{}]}}"#, self.name, fixes.join(","));
        Ok(self.post::<Acknowledged>(&format!("/patrols/{patrol}/fixes"), &body, None)?.through)
    }

    /// Ends a patrol. One that the server has ended already is no fault.
    pub(super) fn end_patrol(&mut self, patrol: u64) -> Result<(), Unheard> {
        let key = self.key();
        match self.post::<serde_json::Value>(&format!("/patrols/{patrol}/end"), "{}", Some(&key)) {
            Ok(_) | Err(Unheard::Refused { status: 404 | 409, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn key(&mut self) -> String {
        self.asked += 1;
        format!("{}-{}", self.name, self.asked)
    }

    /// Sends where people are.
    pub(super) fn send(&mut self, readings: &[Reading], at_ms: i64) -> Result<(), Unheard> {
        for batch in readings.chunks(BATCH) {
            let fixes: Vec<String> = batch.iter().map(|reading| self.fix(reading, at_ms)).collect();
            let body = format!(r#"{{"device":"{}","fixes":[{}]}}"#, self.name, fixes.join(","));
            self.post::<serde_json::Value>("/positions", &body, None)?;
        }
        Ok(())
    }

    fn fix(&mut self, reading: &Reading, at_ms: i64) -> String {
        self.asked += 1;
        let Reading { responder, place, accuracy_m } = reading;
        let (sequence, lon, lat) = (self.asked, place.lon(), place.lat());
        format!(
            r#"{{"sequence":{sequence},"responder":{responder},"lon":{lon},"lat":{lat},"accuracy_m":{accuracy_m:.1},"at_ms":{at_ms}}}"#
        )
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Unheard> {
        self.heard(path, self.agent.get(format!("{}{path}", self.root)).call())
    }

    fn post<T: DeserializeOwned>(&self, path: &str, body: &str, key: Option<&str>) -> Result<T, Unheard> {
        let request = self.agent.post(format!("{}{path}", self.root));
        let request = request.header("Content-Type", "application/json");
        let request = match key {
            Some(key) => request.header("Idempotency-Key", key),
            None => request,
        };
        self.heard(path, request.send(body))
    }

    fn heard<T: DeserializeOwned>(
        &self,
        path: &str,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<T, Unheard> {
        let gone = |error: ureq::Error| Unheard::Gone(self.root.clone(), error.to_string());
        let mut answer = answer.map_err(gone)?;
        let status = answer.status();
        let text = answer.body_mut().read_to_string().map_err(gone)?;
        if !status.is_success() {
            let problem: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
            let detail = problem["detail"].as_str().unwrap_or(&text).to_owned();
            return Err(Unheard::Refused { path: path.to_owned(), status: status.as_u16(), detail });
        }
        serde_json::from_str(&text).map_err(|error| Unheard::Strange(path.to_owned(), error.to_string()))
    }
}
