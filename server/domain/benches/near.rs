//! Claim: the 10 nearest of 40,000 buildings, by the distance to their outlines, are found in less than 20 µs (p99).
#![allow(missing_docs, dead_code)]

mod city;

use gridward_domain::{
    access::Scope,
    index::{Index, near::NearKind},
};

fn main() {
    let index = Index::build(city::version(1), city::facts(60_000));
    let mut sequence = city::Sequence(42);
    let places: Vec<_> = (0..10_000).map(|_| sequence.place()).collect();
    let scope = Scope::open_loopback();
    let ask = |kinds: &'static [NearKind], k| {
        let (index, scope) = (&index, &scope);
        move |place| index.near(scope, place, kinds, k, 1_000.0)
    };
    city::quantiles("10 nearest of 40,000 buildings", &places, ask(&[NearKind::Building], 10));
    city::quantiles("1 nearest of 40,000 buildings", &places, ask(&[NearKind::Building], 1));
    city::quantiles("10 nearest of 60,000 hazards", &places, ask(&[NearKind::Hazard], 10));
    city::quantiles("10 nearest of all kinds", &places, ask(&NearKind::ALL, 10));
}
