//! Somebody who walks a patrol in a city that is served, and what that must have covered: reckoned from the answers alone.

use crate::{
    ground::{Ground, distance_m, fresh_key},
    http::Answer,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A fix of a walk.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its number.
    pub sequence: u64,
    /// Longitude and latitude.
    pub place: (f64, f64),
    /// When, milliseconds since 1970.
    pub at_ms: u64,
    /// Its accuracy, metres.
    pub accuracy_m: f64,
}

impl Step {
    /// As it is sent.
    #[must_use]
    pub fn json(&self) -> Value {
        let (lon, lat) = self.place;
        json!({"sequence": self.sequence, "lon": lon, "lat": lat, "accuracy_m": self.accuracy_m, "at_ms": self.at_ms})
    }
}

/// Steps along a line at 1.3 m/s, one in five seconds from the given instant on, for as long as the line is and at most `seconds`.
#[must_use]
pub fn walk(line: &[(f64, f64)], from_ms: u64, seconds: u64, accuracy_m: f64) -> Vec<Step> {
    let (speed_m_s, every_s) = (1.3, 5.0);
    let mut steps = Vec::new();
    let (mut begun_m, mut next_m) = (0.0, 0.0);
    for pair in line.windows(2) {
        let length_m = distance_m(pair[0], pair[1]);
        while next_m <= begun_m + length_m && next_m <= seconds as f64 * speed_m_s {
            let share = if length_m > 0.0 { (next_m - begun_m) / length_m } else { 0.0 };
            let between = |a: f64, b: f64| a + (b - a) * share;
            let place = (between(pair[0].0, pair[1].0), between(pair[0].1, pair[1].1));
            let at_ms = from_ms + (next_m / speed_m_s * 1_000.0) as u64;
            steps.push(Step { sequence: steps.len() as u64 + 1, place, at_ms, accuracy_m });
            next_m += speed_m_s * every_s;
        }
        begun_m += length_m;
    }
    steps
}

/// What is known of a piece: its street and number, and where its middle lies.
pub type Piece = ((u64, u64), (f64, f64));

impl Ground {
    /// Begins a patrol.
    #[must_use]
    pub fn begin(&self, patrol: &Value) -> Answer {
        self.client().post("/api/v1/patrols", &fresh_key(), patrol)
    }

    /// Sends fixes of a patrol.
    #[must_use]
    pub fn send_fixes(&self, patrol: &Value, steps: &[Step]) -> Answer {
        let fixes: Vec<Value> = steps.iter().map(Step::json).collect();
        let body = json!({"device": "phone-1", "fixes": fixes});
        self.client().post(&format!("/api/v1/patrols/{patrol}/fixes"), &fresh_key(), &body)
    }

    /// Ends a patrol.
    #[must_use]
    pub fn end(&self, patrol: &Value) -> Answer {
        self.client().post(&format!("/api/v1/patrols/{patrol}/end"), &fresh_key(), &json!({}))
    }

    /// A way through streets of the city, some hundred metres long, and the grid in which it begins.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn way(&self) -> (Vec<(f64, f64)>, Value) {
        for places in self.places(40).windows(2) {
            let place = |(lon, lat): (f64, f64)| json!({"lon": lon, "lat": lat});
            let route = self.route(&place(places[0]), &place(places[1]), "foot");
            if route.status != 200 {
                continue;
            }
            let path: Vec<(f64, f64)> = route.json(200)["path"]
                .as_array()
                .expect("a path")
                .iter()
                .map(|at| (at[0].as_f64().expect("a longitude"), at[1].as_f64().expect("a latitude")))
                .collect();
            let length_m: f64 = path.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
            if length_m < 150.0 {
                continue;
            }
            let (lon, lat) = path[0];
            let areas = self.ask(&format!("/locate?lon={lon}&lat={lat}"))["areas"].clone();
            let grid = areas.as_array().and_then(|areas| areas.last()).cloned().unwrap_or_default();
            if grid["level"] == "grid" {
                return (path, grid["id"].clone());
            }
        }
        panic!("no way was found in this city");
    }

    /// Every piece of the streets of an area, by how surely it was covered today.
    ///
    /// # Panics
    /// If the answer is of another form.
    #[must_use]
    pub fn pieces(&self, area: &Value) -> Vec<(Piece, String)> {
        let covered = self.ask(&format!("/coverage/pieces?area={area}"));
        stretches(&covered["stretches"])
    }
}

/// The pieces of stretches, each with its proof.
///
/// # Panics
/// If they are of another form.
#[must_use]
pub fn stretches(stretches: &Value) -> Vec<(Piece, String)> {
    let mut pieces = Vec::new();
    for stretch in stretches.as_array().expect("a list") {
        let number = |field: &str| stretch[field].as_u64().expect("a number");
        let line: Vec<(f64, f64)> = stretch["line"]
            .as_array()
            .expect("a line")
            .iter()
            .map(|at| (at[0].as_f64().expect("a longitude"), at[1].as_f64().expect("a latitude")))
            .collect();
        let count = number("last") - number("first") + 1;
        for at in 0..count {
            let share = (at as f64 + 0.5) / count as f64;
            let proof = stretch["proof"].as_str().expect("a word").to_owned();
            pieces.push((((number("street"), number("first") + at), along(&line, share)), proof));
        }
    }
    pieces
}

/// The point at a share of the length of a line.
fn along(line: &[(f64, f64)], share: f64) -> (f64, f64) {
    let lengths: Vec<f64> = line.windows(2).map(|pair| distance_m(pair[0], pair[1])).collect();
    let mut left = lengths.iter().sum::<f64>() * share;
    for (pair, length) in line.windows(2).zip(lengths) {
        if left <= length && length > 0.0 {
            let of = left / length;
            return (pair[0].0 + (pair[1].0 - pair[0].0) * of, pair[0].1 + (pair[1].1 - pair[0].1) * of);
        }
        left -= length;
    }
    *line.last().expect("a line has an end")
}

/// The distance of a point to the straight way between two, metres.
#[must_use]
pub fn distance_to(place: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let flat = |place: (f64, f64)| {
        let sign = |a: f64, b: f64| if a < b { -1.0 } else { 1.0 };
        let east = distance_m((place.0, from.1), (from.0, from.1)) * sign(place.0, from.0);
        let north = distance_m((from.0, place.1), (from.0, from.1)) * sign(place.1, from.1);
        (east, north)
    };
    let ((dx, dy), (px, py)) = (flat(to), flat(place));
    let length_2 = dx * dx + dy * dy;
    let share = if length_2 > 0.0 { ((px * dx + py * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
    (px - share * dx).hypot(py - share * dy)
}

/// What each piece must be after steps that all count, with a reach of 25 m: `None` where a centimetre or two decide.
#[must_use]
pub fn wanted(pieces: &[Piece], steps: &[Step]) -> BTreeMap<(u64, u64), Option<&'static str>> {
    let near_m = 0.1;
    let of = |(id, place): &Piece| {
        let mut best = "unproved";
        let mut close = false;
        for pair in steps.windows(2) {
            let distance_m = distance_to(*place, pair[0].place, pair[1].place);
            let accuracy_m = pair[0].accuracy_m.max(pair[1].accuracy_m);
            close |= [distance_m + accuracy_m, distance_m - accuracy_m]
                .iter()
                .any(|reach_m| (reach_m - 25.0).abs() < near_m);
            if distance_m + accuracy_m <= 25.0 {
                best = "certain";
            } else if distance_m - accuracy_m <= 25.0 && best == "unproved" {
                best = "possible";
            }
        }
        (*id, (!close).then_some(best))
    };
    pieces.iter().map(of).collect()
}
