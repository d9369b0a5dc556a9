//! Claim: a batch of 100 changes of 60,000 hazards is published in well under a millisecond, the packing of the base counted in.
#![allow(missing_docs, dead_code)]

mod city;

use gridward_data::{
    model::time::Timestamp,
    store::change::{After, LogRow, Revision},
};
use gridward_domain::{
    access::Scope,
    index::{Index, near::NearKind},
};
use std::time::{Duration, Instant};

fn rows(batch: u64, sequence: &mut city::Sequence) -> Vec<LogRow> {
    let row = |number: u64| {
        let entity = city::hazard(1 + u64::from(sequence.below(60_000).unsigned_abs()), sequence.place());
        LogRow {
            version: city::version(2 + batch * 100 + number),
            at: Timestamp(0),
            key: entity.key(),
            revision: Revision(2 + batch * 100 + number),
            areas_before: vec![],
            areas_after: vec![],
            class: entity.key().kind.pace(),
            after: After::Now(Box::new(entity)),
        }
    };
    (0..100).map(row).collect()
}

fn main() {
    let before = city::resident_mb();
    let facts = city::facts(60_000);
    let begin = Instant::now();
    let mut index = Index::build(city::version(1), facts);
    println!("load of {} places and 60000 hazards: {:?}", index.places().buildings.len(), begin.elapsed());
    println!("memory before {before:?} MB, with the city {:?} MB", city::resident_mb());
    let mut sequence = city::Sequence(7);
    let batches: Vec<_> = (0..1_000).map(|batch| rows(batch, &mut sequence)).collect();
    let mut times: Vec<Duration> = vec![];
    for batch in batches {
        let begin = Instant::now();
        index = index.apply(batch).expect("the same epoch");
        times.push(begin.elapsed());
    }
    // The base was packed some batches ago: as many changes lie beside it as there ever do, on average.
    let places: Vec<_> = (0..10_000).map(|_| sequence.place()).collect();
    let scope = Scope::open_loopback();
    city::quantiles("10 nearest hazards, many just changed", &places, |place| {
        index.near(&scope, place, &[NearKind::Hazard], 10, 1_000.0)
    });
    let mean = times.iter().sum::<Duration>() / 1_000;
    times.sort_unstable();
    println!(
        "batch of 100 changes: mean {mean:?}, p50 {:?}, p99 {:?}, max {:?}",
        times[500], times[990], times[999]
    );
}
