//! Claim: a server with 40,000 buildings and 60,000 reports is ready less than 2 s after its start, and takes less than 400 MB.

use gridward_tests::{
    ground::{Ground, assert_clean},
    load::{self, Until},
    process::{memory_bytes, verdict},
    server::Server,
    store::City,
};
use std::time::{Duration, Instant};

const REPORTS: u64 = 60_000;
const STARTS: usize = 5;
const READY: Duration = Duration::from_secs(2);
const MEMORY_BYTES: u64 = 400_000_000;

fn main() {
    let ground = Ground::of(City::District).expect("it is made here");
    let places = ground.places(1_000);
    let told = load::tell(ground.address(), (64, 2), Until::Told(REPORTS), "fill", &places);
    assert_eq!(told.acknowledged, REPORTS);
    let counts = ground.ask("/city")["counts"].clone();
    println!(
        "a city with {} buildings, {} grids, {} cases",
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

/// From the start of the process to the first yes of `/readyz`; then its memory, now and at most.
fn start(store: &gridward_tests::store::Folder) -> (Duration, u64, u64) {
    let began = Instant::now();
    let server = Server::start(store.path());
    assert_eq!(server.client().get("/readyz").status, 200);
    let ready = began.elapsed();
    let (now, most) = memory_bytes(server.process());
    assert_clean(&server.stop());
    (ready, now, most)
}
