//! Claim: all communities of a district of 40,000 buildings and 1.2 million households are cut into grids in less than 5 s.
#![allow(missing_docs, dead_code)]

mod city;

use gridward_data::model::area::Level;
use gridward_domain::{
    grids::draft::{Parent, Wish, draft},
    index::Index,
};
use std::time::Instant;

fn main() {
    let index = Index::build(city::version(1), city::facts(0));
    let (places, frame) = (index.places(), index.frame());
    let (mut grids, mut slowest, begin) = (0, 0.0, Instant::now());
    for area in places.areas.at_level(Level::Community) {
        let outline = &area.current().expect("an area of today").outline;
        let around = outline.bounds();
        let buildings: Vec<_> = places.buildings.within(around, frame).map(AsRef::as_ref).collect();
        let streets: Vec<_> = places.streets.within(around, frame).map(AsRef::as_ref).collect();
        let once = Instant::now();
        grids += draft(Parent { id: area.id, outline }, &buildings, &streets, Wish::default())
            .expect("a draft")
            .len();
        slowest = f64::max(slowest, once.elapsed().as_secs_f64());
    }
    let communities = places.areas.at_level(Level::Community).len();
    println!(
        "{communities} communities cut into {grids} grids in {:?}; the slowest in {slowest:.3} s",
        begin.elapsed()
    );
}
