//! Claim: a server with a whole district, 40,000 buildings, 9,000 people and 60,000 reports, is ready less than 2 s after its start, and takes
//! less than 400 MB with everybody on duty placed and the roads asked.

use gridward_tests::{
    ground::{Ground, assert_clean},
    process::{memory_bytes, verdict},
    server::Server,
    store::City,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant, UNIX_EPOCH};

const STARTS: usize = 5;
const READY: Duration = Duration::from_secs(2);
const MEMORY_BYTES: u64 = 400_000_000;

fn main() {
    let ground = Ground::of(City::District).expect("it is made here");
    let counts = ground.ask("/city")["counts"].clone();
    println!(
        "a city with {} buildings, {} grids, {} cases that are open",
        counts["buildings"], counts["grids"], counts["cases"]
    );

    let filled = gridward_tests::store::Folder::new();
    let (from, to) = (ground.folder().path().join("gridward.db"), filled.path().join("gridward.db"));
    assert_clean(&ground.stop_and(|| std::fs::copy(from, to).expect("it can be copied")));

    let mut starts: Vec<(Duration, u64, u64)> = (0..STARTS).map(|_| start(&filled)).collect();
    starts.sort_unstable();
    let (median, worst) = (starts[STARTS / 2].0, starts[STARTS - 1].0);
    verdict(
        &format!("ready after {} ms (the worst of {STARTS}: {} ms)", median.as_millis(), worst.as_millis()),
        "< 2,000 ms",
        worst < READY,
    );
    let (now, most) = (starts.iter().map(|start| start.1).max(), starts.iter().map(|start| start.2).max());
    let megabytes = |bytes: Option<u64>| bytes.unwrap_or(0) / 1_000_000;
    verdict(
        &format!("{} MB in memory when ready, {} MB at most", megabytes(now), megabytes(most)),
        "< 400 MB",
        most < Some(MEMORY_BYTES),
    );
}

/// Everybody on duty says where they are, and at a hundred places it is asked who can be there first.
fn place_everybody(server: &Server) {
    let grids = server.client().get("/api/v1/areas?level=grid&limit=100").json(200);
    let places: Vec<&Value> =
        grids["areas"].as_array().expect("a list").iter().map(|area| &area["centre"]).collect();
    let shifts = server.client().get("/api/v1/shifts?limit=1000").json(200);
    let shifts = shifts["shifts"].as_array().expect("a list");
    let now_ms = UNIX_EPOCH.elapsed().expect("after 1970").as_millis() as u64;
    for (nth, batch) in shifts.chunks(200).enumerate() {
        let fix = |(at, shift): (usize, &Value)| {
            let place = places[at % places.len()];
            json!({"sequence": 1, "responder": shift["responder"], "lon": place["lon"], "lat": place["lat"], "at_ms": now_ms})
        };
        let fixes: Vec<Value> = batch.iter().enumerate().map(fix).collect();
        let body = json!({"device": format!("bench-{nth}"), "fixes": fixes});
        assert_eq!(server.client().post("/api/v1/positions", "bench", &body).status, 200);
    }
    for place in places {
        let question = json!({"place": place});
        assert_eq!(server.client().post("/api/v1/nearest-responders", "bench", &question).status, 200);
    }
}

/// From the start of the process to the first yes of `/readyz`; then its memory when ready, and at most with everything asked.
fn start(store: &gridward_tests::store::Folder) -> (Duration, u64, u64) {
    let began = Instant::now();
    let server = Server::start(store.path());
    assert_eq!(server.client().get("/readyz").status, 200);
    let ready = began.elapsed();
    let (now, _) = memory_bytes(server.process());
    place_everybody(&server);
    let (_, most) = memory_bytes(server.process());
    assert_clean(&server.stop());
    (ready, now, most)
}
