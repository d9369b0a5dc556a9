//! Many connections that tell reports as fast as they are taken, at little cost of their own.
//!
//! A few threads hold the connections. Each takes its connections in turn: it reads the reply to the last request, and sends the next one
//! at once, so that every connection always has one request under way. A reply that waits for its turn counts as late: the latencies are
//! a little longer than they were.

use crate::wire::{self, Wire};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// When a load ends.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After so long.
    Elapsed(Duration),
    /// After so many reports.
    Told(u64),
}

/// What a load came to.
#[derive(Debug)]
pub struct Outcome {
    /// Reports that were acknowledged.
    pub acknowledged: u64,
    /// From the first request to the last reply.
    pub took: Duration,
    /// From request to reply, microseconds, the shortest first.
    pub latencies_us: Vec<u32>,
}

/// Tells reports over so many connections, held by so many threads. `run` makes the keys of a load its own.
///
/// # Panics
/// If a report is not taken, or the server goes.
#[must_use]
pub fn tell(
    address: &str,
    (connections, threads): (usize, usize),
    until: Until,
    run: &str,
    places: &[(f64, f64)],
) -> Outcome {
    let (next, began) = (AtomicU64::new(0), Instant::now());
    let request = || {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let more = match until {
            Until::Elapsed(longest) => began.elapsed() < longest,
            Until::Told(most) => number < most,
        };
        more.then(|| report(run, number, places))
    };
    let mut latencies_us: Vec<u32> = thread::scope(|scope| {
        let hold = |thread: usize| {
            let mine = (connections + threads - 1 - thread) / threads;
            let wires = (0..mine).map(|_| Wire::connect(address).expect("it listens")).collect();
            take_turns(wires, request)
        };
        let holders: Vec<_> = (0..threads).map(|thread| scope.spawn(move || hold(thread))).collect();
        holders.into_iter().flat_map(|holder| holder.join().expect("no thread panicked")).collect()
    });
    let took = began.elapsed();
    latencies_us.sort_unstable();
    Outcome { acknowledged: latencies_us.len() as u64, took, latencies_us }
}

fn take_turns(wires: Vec<Wire>, request: impl Fn() -> Option<Vec<u8>>) -> Vec<u32> {
    let mut latencies_us = Vec::new();
    let mut under_way: Vec<(Wire, Instant)> = Vec::new();
    for mut wire in wires {
        let Some(first) = request() else { break };
        wire.send(&first).expect("the server is there");
        under_way.push((wire, Instant::now()));
    }
    while !under_way.is_empty() {
        under_way.retain_mut(|(wire, sent)| {
            let reply = wire.receive().expect("the server is there");
            assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(reply.body));
            latencies_us.push(sent.elapsed().as_micros() as u32);
            let Some(next) = request() else { return false };
            *sent = Instant::now();
            wire.send(&next).expect("the server is there");
            true
        });
    }
    latencies_us
}

/// A report of a hazard within some ten metres of one of the places.
fn report(run: &str, number: u64, places: &[(f64, f64)]) -> Vec<u8> {
    let (lon, lat) = places[(number % places.len() as u64) as usize];
    // Steps that do not repeat soon: the fractions of multiples of the golden section and of the root of two.
    let aside = |step: f64| ((number as f64 * step).fract() - 0.5) * 2e-4;
    let (lon, lat) = (lon + aside(0.618_033_988_749_895), lat + aside(std::f64::consts::SQRT_2));
    let body = format!(
        r#"{{"channel":"patrol","category":"14","text":"三单元门口有飞线充电，第{number}次","place":{{"lon":{lon:.7},"lat":{lat:.7}}}}}"#
    );
    wire::report(&format!("{run}-{number}"), &body)
}
