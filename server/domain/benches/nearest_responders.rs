//! Claim: who of 9,000 on duty can be there first by road, 10 of them with their ways, is known in less than 200 µs (p99), and if one alone may be asked in less than 4 ms.
//!
//! On the demo city, there also with as many as are on duty by day, and, where the shared data is there, on Karlsruhe. The roads take less than 60 MB for 100,000 segments in each direction.
#![allow(missing_docs, dead_code)]

mod city;

use city::Sequence;
use gridward_data::{
    demo::{self, TownPlan},
    import::osm,
    model::{
        entity::Entity,
        id::{ResponderId, ShiftId},
        place::Place,
        responder::{Responder, Role},
        road::Mode,
        roster::{Duty, Shift},
        time::{Span, Timestamp},
    },
    store::{change::Revision, question::Fact},
};
use gridward_domain::{
    assign::{
        eligible::Needs,
        first_to_arrive::{Question, Search, Target, first_to_arrive},
        positions::{Fix, Positions},
    },
    index::Index,
    roads::Roads,
};
use std::{cell::RefCell, sync::Arc, time::Instant};

/// A Monday, 15:07 in China.
const NOW: Timestamp = Timestamp(1_795_417_620_000);
const PEOPLE: u64 = 9_000;
/// On an ordinary day so many are on duty at once.
const BY_DAY: u64 = 1_500;
const INPUTS: usize = 10_000;

fn main() {
    let plan = TownPlan { seed: 1, scale: 1.0, at: Timestamp(1_700_000_000_000) };
    on("demo city", demo::town(&plan), PEOPLE);
    on("demo city by day", demo::town(&plan), BY_DAY);
    let file = format!("{}/../../../shared/data/osm/karlsruhe-kirchfeld.osm.pbf", env!("CARGO_MANIFEST_DIR"));
    match std::fs::File::open(file) {
        Ok(file) => {
            on("Karlsruhe", osm::read(file, &osm::Options::default()).expect("a sound map").entities, PEOPLE);
        }
        Err(_) => println!("Karlsruhe: skipped, its map is not on this machine"),
    }
}

fn on(name: &str, mut entities: Vec<Entity>, people: u64) {
    entities.extend((1..=people).flat_map(person));
    let facts = entities.into_iter().map(|entity| Fact {
        key: entity.key(),
        revision: Revision(1),
        areas: vec![],
        entity,
    });
    let index = Index::build(city::version(1), facts);
    let roads = built(name, &index);
    let mut sequence = Sequence(7);
    let streets: Vec<Place> =
        index.places().streets.iter().flat_map(|street| street.line.places().to_vec()).collect();
    let mut anywhere = || streets[sequence.below(streets.len() as i32) as usize];
    let mut positions = Positions::new(Arc::clone(&roads), &index);
    let began = Instant::now();
    for id in 1..=people {
        let responder = ResponderId::new(id).expect("an id");
        let fix = Fix { responder, place: anywhere(), accuracy_m: None, at: NOW, sequence: 1 };
        positions.take(&fix, NOW);
    }
    println!(
        "{:<44} {:>11.2} µs each",
        format!("{name}: fix taken"),
        began.elapsed().as_micros() as f64 / people as f64
    );

    let inputs: Vec<Place> = (0..INPUTS).map(|_| anywhere()).collect();
    ask(&format!("{name}: 10 of {people}"), &index, &positions, &inputs, &Needs::default());
    let workers = Needs { roles: vec![Role::GridWorker], ..Needs::default() };
    ask(&format!("{name}: 10 of {} grid workers", people / 4), &index, &positions, &inputs, &workers);
    for (mode, skill) in [("on foot", "only_foot"), ("by e-bike", "only_e_bike"), ("by car", "only_car")] {
        let one = Needs { skills: vec![skill.to_owned()], ..Needs::default() };
        ask(&format!("{name}: the only one {mode}"), &index, &positions, &inputs[..200], &one);
    }
}

fn built(name: &str, index: &Index) -> Arc<Roads> {
    let places = index.places();
    let build = || {
        Roads::build(
            places.streets.iter().map(AsRef::as_ref),
            places.restrictions.iter().map(AsRef::as_ref),
            places.compounds.iter().map(|compound| (compound.id, &compound.outline)),
            index.frame(),
        )
    };
    let began = Instant::now();
    let roads = build();
    let per_100_000_mb = roads.bytes() as f64 / 1e6 / roads.segment_count() as f64 * 1e5;
    println!(
        "{name}: {} nodes, {} segments, built in {} ms; {:.1} MB, {per_100_000_mb:.1} MB for 100,000 segments",
        roads.node_count(),
        roads.segment_count(),
        began.elapsed().as_millis(),
        roads.bytes() as f64 / 1e6,
    );
    Arc::new(roads)
}

/// Times the engine: from the place that is meant to the candidates with their ways.
fn ask(name: &str, index: &Index, positions: &Positions, inputs: &[Place], needs: &Needs) {
    let search = RefCell::new(Search::default());
    let conditions = positions.roads().conditions(NOW, []);
    city::quantiles(name, inputs, |place| {
        let target = Target::of(index, place);
        let question =
            Question { target: &target, needs, k: 10, now: NOW, conditions: &conditions, ways: true };
        first_to_arrive(positions, &question, &mut search.borrow_mut())
    });
}

/// Somebody on duty: six of ten on foot, three by e-bike, one by car; a quarter grid workers.
fn person(id: u64) -> [Entity; 2] {
    let mode = match id % 10 {
        0..6 => Mode::Foot,
        6..9 => Mode::EBike,
        _ => Mode::Car,
    };
    let responder = ResponderId::new(id).expect("an id");
    let only = [(1, "only_foot"), (6, "only_e_bike"), (9, "only_car")];
    let skills = only.iter().filter(|(whose, _)| *whose == id).map(|(_, skill)| (*skill).to_owned());
    let role = if id.is_multiple_of(4) { Role::GridWorker } else { Role::Watcher };
    let person = Responder {
        id: responder,
        role,
        organisation: None,
        home_area: None,
        compound: None,
        duty_post: None,
        mode,
        skills: skills.collect(),
    };
    let shift = Shift {
        id: ShiftId::new(id).expect("an id"),
        responder,
        roster: None,
        duty: Duty::Rotating,
        span: Span::since(Timestamp(0)),
        task: None,
    };
    [person.into(), shift.into()]
}
