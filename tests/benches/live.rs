//! Claim: with 9,000 people on duty who say where they are every 5 s and 200 readers of the stream (150 at zoom 15, 40 at zoom 13, 10 of the whole
//! district), the server takes less than 40 % of one core and 600 MB; and a committed report is at every reader within 300 ms (p99).
//!
//! Who is off duty at this hour begins a patrol, and is on duty by it. The readers run on the same cores as the server.

use gridward_tests::{
    ground::{Ground, fresh_key},
    process::{memory_bytes, processor_s, quantile, verdict},
    store::City,
    wire::{self, Wire},
};
use serde_json::json;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const PEOPLE: usize = 9_000;
const EVERY: Duration = Duration::from_secs(5);
const FIXES_EACH: usize = 200;
const NEAR: usize = 150;
const MIDDLE: usize = 40;
const WHOLE: usize = 10;
const LASTING: Duration = Duration::from_secs(40);
const REPORTS_EVERY: Duration = Duration::from_millis(500);
const CORE_SHARE: f64 = 0.40;
const MEMORY_BYTES: u64 = 600_000_000;
const DELAY_MS: f64 = 300.0;

/// What the readers have seen: of each case, when it came to each of them.
#[derive(Default)]
struct Seen {
    cases: Mutex<BTreeMap<u64, Vec<Instant>>>,
    bytes: AtomicU64,
    over: AtomicBool,
}

fn main() {
    let ground = Ground::of(City::District).expect("it is made here");
    let places = ground.places(1_000);
    let people = everybody_on_duty(&ground);
    println!("{} on duty", people.len());
    let seen = Seen::default();
    thread::scope(|scope| {
        scope.spawn(|| walk(&ground, &people, &places, &seen.over));
        thread::sleep(EVERY);
        for reader in 0..NEAR + MIDDLE + WHOLE {
            let query = look(reader, &places);
            let seen = &seen;
            let address = ground.address().to_owned();
            thread::Builder::new()
                .stack_size(256 * 1024)
                .spawn_scoped(scope, move || read(&address, &query, seen))
                .expect("a thread");
        }
        thread::sleep(EVERY);
        measure(&ground, &places, &seen);
        seen.over.store(true, Ordering::Relaxed);
    });
    ground.stop_and(|| ());
}

/// The numbers of all responders, each of whom is on duty: by the roster, or by a patrol that begins now.
fn everybody_on_duty(ground: &Ground) -> Vec<u64> {
    let mut people = Vec::new();
    let mut wire = Wire::connect(ground.address()).expect("it listens");
    for responder in 1_u64.. {
        if people.len() == PEOPLE {
            break;
        }
        let body = json!({"responder": responder}).to_string();
        let reply = wire.ask(&wire::post("/api/v1/patrols", &fresh_key(), &body)).expect("an answer");
        match reply.status {
            201 | 409 => people.push(responder),
            404 => break,
            status => panic!("responder {responder}: {status}"),
        }
    }
    people
}

/// Everybody says where they are, one after the other, all of them within [`EVERY`]; each walks around a grid.
fn walk(ground: &Ground, people: &[u64], places: &[(f64, f64)], over: &AtomicBool) {
    let mut wire = Wire::connect(ground.address()).expect("it listens");
    let batches = people.len().div_ceil(FIXES_EACH);
    let pause = EVERY / batches as u32;
    let began = Instant::now();
    for sent in 0_u32.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let at_ms = ground.now_ms();
        let batch = sent as usize % batches;
        let step = (sent as usize / batches) as f64;
        let fixes: Vec<String> = people[batch * FIXES_EACH..((batch + 1) * FIXES_EACH).min(people.len())]
            .iter()
            .map(|responder| {
                let (lon, lat) = places[*responder as usize % places.len()];
                let turn = step * 0.3 + *responder as f64;
                let (lon, lat) = (lon + turn.cos() * 3e-4, lat + turn.sin() * 3e-4);
                format!(
                    r#"{{"sequence":{sent},"responder":{responder},"lon":{lon:.6},"lat":{lat:.6},"accuracy_m":8.0,"at_ms":{at_ms}}}"#
                )
            })
            .collect();
        let body = format!(r#"{{"device":"bench","fixes":[{}]}}"#, fixes.join(","));
        let reply = wire.ask(&wire::post("/api/v1/positions", "bench", &body)).expect("an answer");
        assert_eq!(reply.status, 200);
        thread::sleep((pause * (sent + 1)).saturating_sub(began.elapsed()));
    }
}

/// What a reader looks at: a window of 1440 × 900 at zoom 15 or 13, or the whole district.
fn look(reader: usize, places: &[(f64, f64)]) -> String {
    let (lon, lat) = places[(reader * 37) % places.len()];
    let (wide, high) = (0.0309, 0.0144);
    let times = match reader {
        reader if reader < NEAR => 1.0,
        reader if reader < NEAR + MIDDLE => 4.0,
        _ => return "?counts=community".to_owned(),
    };
    let (wide, high) = (wide * times / 2.0, high * times / 2.0);
    format!("?bounds={:.5},{:.5},{:.5},{:.5}", lon - wide, lat - high, lon + wide, lat + high)
}

/// Reads the stream, and notes when cases come.
fn read(address: &str, query: &str, seen: &Seen) {
    let mut wire = TcpStream::connect(address).expect("it listens");
    wire.set_read_timeout(Some(Duration::from_secs(20))).expect("it can be set");
    write!(wire, "GET /api/v1/live{query} HTTP/1.0\r\nHost: {address}\r\n\r\n").expect("it is taken");
    let mut lines = BufReader::with_capacity(64 * 1024, wire);
    let mut line = Vec::new();
    while !seen.over.load(Ordering::Relaxed) {
        line.clear();
        let count = lines.read_until(b'\n', &mut line).expect("the stream goes on");
        seen.bytes.fetch_add(count as u64, Ordering::Relaxed);
        if let Some(rest) = line.strip_prefix(b"data: {\"kind\":\"case\",\"id\":") {
            let digits: Vec<u8> = rest.iter().copied().take_while(u8::is_ascii_digit).collect();
            let case: u64 = String::from_utf8_lossy(&digits).parse().expect("a number");
            seen.cases.lock().expect("no thread panicked").entry(case).or_default().push(Instant::now());
        }
    }
}

/// Tells reports one by one, and looks what the server took for all of it meanwhile.
fn measure(ground: &Ground, places: &[(f64, f64)], seen: &Seen) {
    let readers = NEAR + MIDDLE + WHOLE;
    let (before_s, bytes) = (processor_s(ground.server().process()), seen.bytes.load(Ordering::Relaxed));
    let began = Instant::now();
    let mut told: BTreeMap<u64, Instant> = BTreeMap::new();
    while began.elapsed() < LASTING {
        let (lon, lat) = places[(told.len() * 53) % places.len()];
        let at = Instant::now();
        let case = ground.tell(lon, lat)["case"].as_u64().expect("a number");
        told.insert(case, at);
        thread::sleep(REPORTS_EVERY);
    }
    let took_s = began.elapsed().as_secs_f64();
    let share = (processor_s(ground.server().process()) - before_s) / took_s;
    let per_s = (seen.bytes.load(Ordering::Relaxed) - bytes) as f64 / took_s;
    thread::sleep(Duration::from_secs(2));
    let cases = seen.cases.lock().expect("no thread panicked");
    let mut delays_ms: Vec<f64> = Vec::new();
    for (case, at) in &told {
        let came = cases.get(case).map_or(&[][..], Vec::as_slice);
        assert_eq!(came.len(), readers, "case {case} came to {} of {readers}", came.len());
        delays_ms.extend(came.iter().map(|came| came.duration_since(*at).as_secs_f64() * 1e3));
    }
    delays_ms.sort_by(f64::total_cmp);
    verdict(
        &format!("{:.1} % of one core; {:.1} MB/s to {readers} readers", share * 100.0, per_s / 1e6),
        "< 40 %",
        share < CORE_SHARE,
    );
    let (now, most) = memory_bytes(ground.server().process());
    let megabytes = |bytes: u64| bytes / 1_000_000;
    verdict(
        &format!("{} MB, {} MB at most", megabytes(now), megabytes(most)),
        "< 600 MB",
        most < MEMORY_BYTES,
    );
    let (half, late) = (quantile(&delays_ms, 0.5), quantile(&delays_ms, 0.99));
    verdict(
        &format!(
            "{} reports at every reader, from the sending on: p50 {half:.1} ms, p99 {late:.1} ms",
            told.len()
        ),
        "p99 < 300 ms",
        late < DELAY_MS,
    );
}
