//! Claim: with 128 connections, and with 16, each telling one report a request, more than 5,000 durable reports a second are acknowledged.
//!
//! On a district of 40,000 buildings. Every report makes a case and a hazard, and is on the disk (and on the map) before it is acknowledged.

use gridward_tests::{
    ground::Ground,
    load::{self, Until},
    process::{processor_s, quantile, verdict},
    store::City,
};
use std::time::Duration;

const LASTS: Duration = Duration::from_secs(10);
const CLAIMED_PER_S: f64 = 5_000.0;
/// Threads that hold the connections: the machine is for the server.
const THREADS: usize = 2;

fn main() {
    let ground = Ground::of(City::District).expect("it is made here");
    let places = ground.places(1_000);
    for connections in [128, 16] {
        let (server, own) = (ground.server().process(), std::process::id());
        let before = (processor_s(server), processor_s(own));
        let run = format!("load-{connections}");
        let outcome =
            load::tell(ground.address(), (connections, THREADS), Until::Elapsed(LASTS), &run, &places);
        let count = outcome.acknowledged as f64;
        let per_s = count / outcome.took.as_secs_f64();
        let per_report_us = |now: f64, before: f64| (now - before) / count * 1e6;
        let latency_ms = |share: f64| f64::from(quantile(&outcome.latencies_us, share)) / 1e3;
        verdict(
            &format!("{connections} connections: {per_s:.0} durable reports/s"),
            &format!("> {CLAIMED_PER_S:.0}/s"),
            per_s > CLAIMED_PER_S,
        );
        println!(
            "       latency p50 {:.2} ms, p99 {:.2} ms, worst {:.1} ms; processor time a report: server {:.0} µs, this client {:.0} µs",
            latency_ms(0.5),
            latency_ms(0.99),
            latency_ms(1.0),
            per_report_us(processor_s(server), before.0),
            per_report_us(processor_s(own), before.1),
        );
    }
    ground.stop();
}
