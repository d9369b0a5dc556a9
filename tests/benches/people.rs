//! Claim: asking who can be there first costs the server at most 200 µs of processor time over HTTP, with the reasons of the others, in a city of
//! 9,000 responders and 60,000 reports; and it takes 20,000 positions a second.
//!
//! How many are on duty depends on the hour at which it is run, and is printed.

use gridward_tests::{
    ground::{Ground, assert_clean},
    process::{processor_s, verdict},
    store::City,
    wire::{self, Wire},
};
use std::{
    thread,
    time::{Duration, Instant},
};

const PLACES: usize = 2_000;
const QUESTIONS: usize = 10_000;
const QUESTION_US: f64 = 200.0;
const FIXES_EACH: usize = 200;
const CONNECTIONS: usize = 4;
const POSITIONS_PER_S: f64 = 20_000.0;
const SENDING: Duration = Duration::from_secs(8);

fn main() {
    let ground = Ground::of(City::District).expect("it is made here");
    let people = on_duty(&ground);
    let places = ground.places(1_000);
    println!("a city with {} on duty of those who are there", people.len());
    positions(&ground, &people, &places);
    questions(&ground, &places);
    ground.stop_and(|| ());
}

/// The numbers of those on duty, once there are any.
fn on_duty(ground: &Ground) -> Vec<u64> {
    let mut people: Vec<u64> = Vec::new();
    for _ in 0..100 {
        people.clear();
        let mut cursor = String::new();
        loop {
            let page = ground.ask(&format!("/shifts?limit=1000{cursor}"));
            let shifts = page["shifts"].as_array().expect("a list");
            people.extend(shifts.iter().filter_map(|shift| shift["responder"].as_u64()));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        if !people.is_empty() {
            return people;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody came on duty");
}

/// Everybody says again and again where they are: in turn at all of the places.
fn positions(ground: &Ground, people: &[u64], places: &[(f64, f64)]) {
    let before_s = processor_s(ground.server().process());
    let began = Instant::now();
    let sent: usize = thread::scope(|scope| {
        let send = |nth: usize| {
            let mut wire = Wire::connect(ground.address()).expect("it listens");
            let mut sent = 0;
            while began.elapsed() < SENDING {
                let body = batch(ground, nth, sent, people, places);
                let reply = wire.ask(&wire::post("/api/v1/positions", "bench", &body)).expect("an answer");
                assert_eq!(reply.status, 200);
                assert_eq!(reply.json()["refused"].as_array().map(Vec::len), Some(0), "{}", reply.json());
                sent += FIXES_EACH;
            }
            sent
        };
        let senders: Vec<_> = (0..CONNECTIONS).map(|nth| scope.spawn(move || send(nth))).collect();
        senders.into_iter().map(|sender| sender.join().expect("no thread panicked")).sum()
    });
    let per_s = sent as f64 / began.elapsed().as_secs_f64();
    let each_us = (processor_s(ground.server().process()) - before_s) * 1e6 / sent as f64;
    verdict(
        &format!("{per_s:.0} positions/s over {CONNECTIONS} connections, {each_us:.2} µs of the server each"),
        "> 20,000/s",
        per_s > POSITIONS_PER_S,
    );
}

fn batch(ground: &Ground, nth: usize, sent: usize, people: &[u64], places: &[(f64, f64)]) -> String {
    let at_ms = ground.now_ms();
    let fix = |at: usize| {
        let number = nth + (sent + at) * CONNECTIONS;
        let (lon, lat) = places[(number * 7) % places.len()];
        let responder = people[number % people.len()];
        format!(
            r#"{{"sequence":{number},"responder":{responder},"lon":{lon},"lat":{lat},"accuracy_m":8.0,"at_ms":{at_ms}}}"#
        )
    };
    let fixes: Vec<String> = (0..FIXES_EACH).map(fix).collect();
    format!(r#"{{"device":"bench-{nth}","fixes":[{}]}}"#, fixes.join(","))
}

/// Asks at many places who can be there first: ten, with their ways and the reasons of the others.
fn questions(ground: &Ground, places: &[(f64, f64)]) {
    let aside = |at: usize, step: f64| ((at as f64 * step).fract() - 0.5) * 2e-3;
    let request = |at: usize| {
        let (lon, lat) = places[at % places.len()];
        let (lon, lat) = (lon + aside(at, 0.618_033_988_749_895), lat + aside(at, std::f64::consts::SQRT_2));
        let body = format!(r#"{{"place":{{"lon":{lon},"lat":{lat}}},"k":10}}"#);
        wire::post("/api/v1/nearest-responders", "bench", &body)
    };
    let requests: Vec<Vec<u8>> = (0..PLACES).map(request).collect();
    let mut wire = Wire::connect(ground.address()).expect("it listens");
    let mut bytes = 0;
    let mut ask = |count: usize| {
        let before_s = processor_s(ground.server().process());
        for request in requests.iter().cycle().take(count) {
            let reply = wire.ask(request).expect("an answer");
            assert_eq!(reply.status, 200);
            bytes += reply.body.len();
        }
        (processor_s(ground.server().process()) - before_s) * 1e6 / count as f64
    };
    ask(PLACES);
    let each_us = ask(QUESTIONS);
    verdict(
        &format!("{each_us:.0} µs of the server for who can be there first, with ways and reasons"),
        &format!("<= {QUESTION_US} µs"),
        each_us <= QUESTION_US,
    );
    println!("       {} bytes each", bytes / (PLACES + QUESTIONS));
    assert_clean(&ground.server().said());
}
