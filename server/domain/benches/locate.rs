//! Claim: the areas, compound and building of a place in a city of 40,000 buildings and 2,441 grids are found in less than 20 µs (p99).
#![allow(missing_docs, dead_code)]

mod city;

use gridward_domain::index::Index;

fn main() {
    let index = Index::build(city::version(1), city::facts(0));
    let mut sequence = city::Sequence(42);
    let places: Vec<_> = (0..10_000).map(|_| sequence.place()).collect();
    let located = places.iter().filter(|place| index.chain(**place).len() == 4).count();
    let built = places.iter().filter(|place| index.building_at(**place).is_some()).count();
    println!("{located} of 10000 places lie in a grid, {built} in a building");
    city::quantiles("projection to metres", &places, |place| index.frame().to_metres(place));
    city::quantiles("chain", &places, |place| index.chain(place));
    city::quantiles("chain, compound, building", &places, |place| {
        (index.chain(place), index.compound_at(place), index.building_at(place))
    });
    city::quantiles("chain, compound, building, named street", &places, |place| index.locate(place));
    for accuracy_m in [10.0, 50.0, 500.0] {
        let few = &places[..1_000];
        city::quantiles(&format!("grids around, accuracy {accuracy_m} m"), few, |place| {
            index.grids_around(place, accuracy_m)
        });
    }
}
