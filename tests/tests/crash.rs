//! What was acknowledged survives `kill -9` at any moment, and what was not is stored once when it is sent again.
//!
//! Twenty rounds on one store, or two hundred with `GRIDWARD_DRILL=1`. The seed is printed; `GRIDWARD_SEED` sets it.

use gridward_tests::{
    ground::{assert_clean, point},
    server::Server,
    store::City,
    wire::{self, Wire},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

const WRITERS: usize = 32;

/// Degrees between two reports, more than a metre in either direction.
const APART_DEGREES: f64 = 1.4e-5;
/// Reports side by side before the next row of them begins.
const ROW: u64 = 500;
/// Rows before the next report is told at the place of the first: more would not fit into the town.
const ROWS: u64 = 300;

/// A random number after another (`SplitMix64`, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// A report as it was told: its number is its key and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told(u64);

/// What the server said has become of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    case: u64,
    hazard: u64,
}

/// Where the reports of a test lie.
#[derive(Clone, Copy)]
struct Field {
    west: f64,
    south: f64,
}

impl Field {
    fn place(self, told: Told) -> (f64, f64) {
        let east = (told.0 % ROW) as f64 * APART_DEGREES;
        let north = (told.0 / ROW % ROWS) as f64 * APART_DEGREES;
        (self.west + east, self.south + north)
    }

    fn request(self, told: Told) -> Vec<u8> {
        let (lon, lat) = self.place(told);
        let body = format!(
            r#"{{"channel":"app","category":"14","text":"report {}","place":{{"lon":{lon:.7},"lat":{lat:.7}}}}}"#,
            told.0
        );
        wire::report(&format!("crash-{}", told.0), &body)
    }
}

fn kept(answer: &Value) -> Kept {
    let number = |field: &str| answer[field].as_u64().unwrap_or_else(|| panic!("{field}: {answer}"));
    Kept { case: number("case"), hazard: number("hazard") }
}

/// Tells one report after another until the server is gone; who knows how the last one ended.
fn tell_until_gone(address: &str, field: Field, next: &AtomicU64) -> (BTreeMap<Told, Kept>, Option<Told>) {
    let mut acknowledged = BTreeMap::new();
    let Ok(mut wire) = Wire::connect(address) else { return (acknowledged, None) };
    loop {
        let told = Told(next.fetch_add(1, Ordering::Relaxed));
        match wire.ask(&field.request(told)) {
            Ok(reply) => {
                assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(reply.body));
                acknowledged.insert(told, kept(&reply.json()));
            }
            Err(_) => return (acknowledged, Some(told)),
        }
    }
}

fn ask(wire: &mut Wire, path: &str) -> (u16, Value) {
    let reply = wire.ask(&wire::get(path, &[])).expect("the server answers");
    (reply.status, reply.json())
}

/// The cases on the pages, from the newest down to this one.
fn on_the_pages(wire: &mut Wire, oldest: u64) -> Vec<u64> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let (_, page) = ask(wire, &format!("/api/v1/cases?limit=200{cursor}"));
        let ids = page["cases"].as_array().expect("a page").iter().filter_map(|case| case["id"].as_u64());
        found.extend(ids);
        match page["next"].as_str() {
            Some(next) if found.last() > Some(&oldest) => cursor = format!("&cursor={next}"),
            _ => return found,
        }
    }
}

/// Everything that was acknowledged is there: by its number, on the pages, and on the map at its place.
fn all_is_there(address: &str, field: Field, acknowledged: &BTreeMap<Told, Kept>) {
    let mut wire = Wire::connect(address).expect("it listens");
    let Some(oldest) = acknowledged.values().map(|kept| kept.case).min() else { return };
    let pages: BTreeSet<u64> = on_the_pages(&mut wire, oldest).into_iter().collect();
    for (told, kept) in acknowledged {
        let (status, case) = ask(&mut wire, &format!("/api/v1/cases/{}", kept.case));
        assert_eq!(status, 200, "{told:?} was acknowledged as {kept:?} and is lost");
        assert_eq!(
            (&case["hazard"], &case["text"]),
            (&kept.hazard.into(), &format!("report {}", told.0).into())
        );
        assert!(pages.contains(&kept.case), "{told:?} as {kept:?} is on no page");
        let (lon, lat) = field.place(*told);
        let near = format!("/api/v1/near?lon={lon:.7}&lat={lat:.7}&kinds=hazard&k=100&radius_m=1");
        let (_, near) = ask(&mut wire, &near);
        let mut there = near["results"].as_array().expect("a list").iter();
        assert!(
            there.any(|thing| thing["id"] == kept.hazard),
            "{told:?} as {kept:?} is not on the map: {near}"
        );
    }
}

/// Sends again, under the same keys, what was not acknowledged; each is stored once, however often it is sent.
fn send_again(address: &str, field: Field, unsure: &[Told]) -> BTreeMap<Told, Kept> {
    let mut wire = Wire::connect(address).expect("it listens");
    let mut send = |told: Told| {
        let reply = wire.ask(&field.request(told)).expect("the server answers");
        assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(reply.body));
        kept(&reply.json())
    };
    let first: BTreeMap<Told, Kept> = unsure.iter().map(|told| (*told, send(*told))).collect();
    for (told, kept) in &first {
        assert_eq!(send(*told), *kept, "{told:?} was stored twice");
    }
    first
}

/// One life of the server that ends at a random moment: what it acknowledged, and what nobody knows of.
fn life(
    server: Server,
    field: Field,
    next: &AtomicU64,
    dice: &mut Dice,
) -> (BTreeMap<Told, Kept>, Vec<Told>) {
    let address = server.client().root().trim_start_matches("http://").to_owned();
    let lasts = Duration::from_millis(30 + dice.below(320));
    let (mut acknowledged, mut unsure) = (BTreeMap::new(), Vec::new());
    thread::scope(|scope| {
        let writers: Vec<_> =
            (0..WRITERS).map(|_| scope.spawn(|| tell_until_gone(&address, field, next))).collect();
        thread::sleep(lasts);
        let said = server.said();
        server.kill();
        assert_clean(&said);
        for writer in writers {
            let (sure, last) = writer.join().expect("no writer panicked");
            acknowledged.extend(sure);
            unsure.extend(last);
        }
    });
    (acknowledged, unsure)
}

#[test]
fn what_was_acknowledged_survives_kill_9_and_nothing_is_stored_twice() {
    let rounds = if env::var_os("GRIDWARD_DRILL").is_some() { 200 } else { 20 };
    let seed = env::var("GRIDWARD_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_123);
    eprintln!("seed {seed}, {rounds} rounds");
    let mut dice = Dice(seed);
    let folder = City::Town.store().expect("the made-up town is there on every machine");
    let mut server = Server::start(folder.path());
    let field = field_of(&server);

    let (next, mut distinct) = (AtomicU64::new(0), BTreeMap::new());
    let (mut acknowledged_in_all, mut unsure_in_all, began) = (0, 0, Instant::now());
    for _ in 0..rounds {
        let (mut acknowledged, unsure) = life(server, field, &next, &mut dice);
        server = Server::start(folder.path());
        let address = server.client().root().trim_start_matches("http://").to_owned();
        acknowledged_in_all += acknowledged.len();
        unsure_in_all += unsure.len();
        acknowledged.extend(send_again(&address, field, &unsure));
        all_is_there(&address, field, &acknowledged);
        distinct.extend(acknowledged);
    }
    eprintln!("{acknowledged_in_all} acknowledged, {unsure_in_all} sent again, {:?}", began.elapsed());
    assert!(acknowledged_in_all > rounds * WRITERS && unsure_in_all > rounds, "the rounds were too tame");

    let address = server.client().root().trim_start_matches("http://").to_owned();
    let pages = on_the_pages(&mut Wire::connect(&address).expect("it listens"), 0);
    let cases: BTreeSet<u64> = distinct.values().map(|kept| kept.case).collect();
    assert_eq!(pages.len(), distinct.len(), "as many cases as keys");
    assert_eq!(pages.into_iter().collect::<BTreeSet<_>>(), cases);
    let counts = server.client().get("/api/v1/city").json(200)["counts"].clone();
    assert_eq!((&counts["cases"], &counts["hazards"]), (&distinct.len().into(), &distinct.len().into()));
    assert_clean(&server.stop());
}

/// A field of places in the middle of the city.
fn field_of(server: &Server) -> Field {
    let city = server.client().get("/api/v1/city").json(200);
    let (lon, lat) = point(&city["centre"]);
    // The field grows northward from a little south of the middle, and begins anew before it leaves the town.
    Field { west: lon - ROW as f64 / 2.0 * APART_DEGREES, south: lat - 60.0 * APART_DEGREES }
}
