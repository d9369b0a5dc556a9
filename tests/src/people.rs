//! Those on duty in a city that is served: where they are, who would be first, who is sent.

use crate::{
    ground::{Ground, fresh_key},
    http::Answer,
};
use serde_json::{Value, json};

impl Ground {
    /// Everybody who is on duty, by number.
    ///
    /// # Panics
    /// If the list is answered otherwise.
    #[must_use]
    pub fn shifts(&self) -> Vec<Value> {
        let page = self.ask("/shifts?limit=1000");
        assert!(page["next"].is_null(), "more than a page: {}", page["next"]);
        page["shifts"].as_array().expect("a list").clone()
    }

    /// The numbers of the grid workers on duty; at least two are at every hour.
    ///
    /// # Panics
    /// If there are fewer.
    #[must_use]
    pub fn workers(&self) -> Vec<u64> {
        let shifts = self.shifts();
        let workers = shifts.iter().filter(|shift| shift["role"] == "grid_worker");
        let workers: Vec<u64> = workers.filter_map(|shift| shift["responder"].as_u64()).collect();
        assert!(workers.len() >= 2, "{} grid workers are on duty", workers.len());
        workers
    }

    /// Sends fixes as they are.
    #[must_use]
    pub fn positions(&self, fixes: &Value) -> Answer {
        let body = json!({"device": "phone-1", "fixes": fixes});
        self.client().post("/api/v1/positions", &fresh_key(), &body)
    }

    /// Puts somebody somewhere, now.
    ///
    /// # Panics
    /// If the fix is not taken as the newest.
    pub fn stand(&self, responder: u64, (lon, lat): (f64, f64)) {
        let at_ms = self.now_ms();
        let fix = json!({"sequence": at_ms, "responder": responder, "lon": lon, "lat": lat, "accuracy_m": 8.0, "at_ms": at_ms});
        let seen = self.positions(&json!([fix])).json(200);
        assert_eq!(seen["newest"], 1, "{seen}");
    }

    /// Puts everybody on duty somewhere: in the middle of the grids of the city, one after the other.
    pub fn spread(&self) {
        let places = self.places(100);
        for (shift, place) in self.shifts().iter().zip(places.into_iter().cycle()) {
            self.stand(shift["responder"].as_u64().expect("a number"), place);
        }
    }

    /// Who can be there first.
    #[must_use]
    pub fn nearest(&self, question: &Value) -> Value {
        self.client().post("/api/v1/nearest-responders", &fresh_key(), question).json(200)
    }

    /// A hazard somewhere: the number of its case.
    ///
    /// # Panics
    /// If it is not taken.
    #[must_use]
    pub fn case_at(&self, (lon, lat): (f64, f64)) -> u64 {
        self.tell(lon, lat)["case"].as_u64().expect("a number")
    }

    /// Sends somebody.
    #[must_use]
    pub fn assign(&self, order: &Value) -> Answer {
        self.client().post("/api/v1/assignments", &fresh_key(), order)
    }

    /// Says something of a task.
    #[must_use]
    pub fn step(&self, task: &Value, step: &str) -> Answer {
        self.client().post(&format!("/api/v1/tasks/{task}/steps"), &fresh_key(), &json!({"step": step}))
    }

    /// The way from one place to another.
    #[must_use]
    pub fn route(&self, from: &Value, to: &Value, mode: &str) -> Answer {
        let body = json!({"from": from, "to": to, "mode": mode});
        self.client().post("/api/v1/routes", &fresh_key(), &body)
    }
}
