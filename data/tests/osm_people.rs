//! Can a real city be peopled, of which no grids are known? Reads the shared extract where it is; without it says so and passes.

use gridward_data::{
    demo::{self, PeoplePlan},
    import::osm,
    model::{entity::Entity, facility::FacilityKind, time::Timestamp},
};

const KARLSRUHE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/osm/karlsruhe-kirchfeld.osm.pbf");

#[test]
fn karlsruhe_is_peopled_with_or_without_its_areas() {
    let Ok(file) = std::fs::File::open(KARLSRUHE) else {
        println!("skipped: karlsruhe-kirchfeld.osm.pbf is not on this machine");
        return;
    };
    let places = osm::read(file, &osm::Options::default()).expect("a sound map").entities;
    // Practices and shops of a map bear names of people: what is made up may not be told of them.
    let named: Vec<String> = places
        .iter()
        .filter_map(|entity| match entity {
            Entity::Facility(it) if it.kind == FacilityKind::Clinic => Some(it.name.clone()),
            Entity::Building(it) => it.name.clone().filter(|name| name.chars().count() > 3),
            _ => None,
        })
        .collect();
    assert!(!named.is_empty());
    let bare: Vec<Entity> = places.iter().filter(|it| !matches!(it, Entity::Area(_))).cloned().collect();
    for places in [places, bare] {
        let life = demo::inhabit(&places, &PeoplePlan { seed: 1, until: Timestamp(1_795_665_600_000) });
        let count = |is: fn(&Entity) -> bool| life.iter().filter(|it| is(it)).count();
        assert_eq!(count(|it| matches!(it, Entity::Organisation(_))), 48);
        assert!(count(|it| matches!(it, Entity::Report(_))) >= 48);
        assert!(count(|it| matches!(it, Entity::Hazard(_))) >= 1);
        assert_eq!(
            count(|it| matches!(it, Entity::Roster(_))),
            count(|it| matches!(it, Entity::Responder(_)))
        );
        for entity in &life {
            let Entity::Report(report) = entity else { continue };
            assert!(!report.text.contains(['{', '}']), "{}", report.text);
            assert!(!named.iter().any(|name| report.text.contains(name.as_str())), "{}", report.text);
        }
    }
}
