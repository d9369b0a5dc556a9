//! Are multipolygons put together as they are meant? The cases of osm-testdata; without them it says so and passes.

use gridward_data::{
    import::{Import, osm},
    model::{building::Building, entity::Entity},
};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/osm/multipolygon_testcases.osm");

/// What each case is put together to: the corners of every polygon, those of its holes in brackets. A corner that lies on the line of
/// another ring becomes a corner of that ring too; a hole that touches its exterior at three places leaves three polygons.
const ASSEMBLED: [(&str, &str); 20] = [
    ("2100", "4"),
    ("2400", "4"),
    ("2700", "4, 4"),
    ("2800", "6"),
    ("3100", "4 [4]"),
    ("3300", "4 [4], 4"),
    ("3400", "8"),
    ("3500", "4 [4]"),
    ("3600", "4 [8]"),
    ("3700", "4 [4], 4 [6]"),
    ("3800", "4 [6]"),
    ("4100", "4 [4] [4]"),
    ("4200", "6, 6, 6, 6"),
    ("4300", "4, 4, 4, 4, 4, 4"),
    ("4400", "4, 4"),
    ("4500", "4 [10]"),
    ("4600", "3, 3, 3"),
    ("4700", "3, 3, 3"),
    ("4800", "4 [6], 6"),
    ("5700", "4 [3]"),
];

/// What is said of each case that is broken.
const BROKEN: [(i64, &str); 12] = [
    (99959, "its outline crosses or touches itself"),
    (99960, "its outline crosses or touches itself"),
    (99962, "ring not closed between node 3410 and node 3500"),
    (99963, "its members enclose nothing"),
    (99965, "its rings do not fit together"),
    (99973, "ring not closed between node 677 and node 681"),
    (99974, "ring not closed between node 953 and node 1043"),
    (99975, "ring not closed between node 1757 and node 1758"),
    (99976, "ring not closed between node 2567 and node 2568"),
    (98839, "its members enclose nothing"),
    (98843, "ring not closed between node 4460 and node 4550"),
    (99977, "it crosses the date line"),
];

/// All relations as buildings that are named after their case.
fn cases() -> Option<Import> {
    let Ok(text) = std::fs::read_to_string(CASES) else {
        println!("skipped: the cases of osm-testdata are not on this machine");
        return None;
    };
    let building = "<tag k='building' v='yes'/><tag k='type' v='multipolygon'";
    let text = text
        .replace("<tag k='type' v='multipolygon'", building)
        .replace("<tag k='type' v='boundary'", building)
        .replace("k='testcase'", "k='name'");
    Some(osm::read(text.as_bytes(), &osm::Options::default()).expect("a sound file"))
}

fn corners(building: &Building) -> String {
    let polygon = |polygon: &gridward_data::model::shape::Polygon| {
        let mut rings = polygon.rings().map(|ring| ring.places().len() - 1);
        let exterior = rings.next().unwrap_or(0).to_string();
        rings.fold(exterior, |text, corners| format!("{text} [{corners}]"))
    };
    building.outline.polygons().iter().map(polygon).collect::<Vec<_>>().join(", ")
}

#[test]
fn good_multipolygons_are_put_together() {
    let Some(import) = cases() else { return };
    let mut assembled: Vec<(String, String)> = import
        .entities
        .iter()
        .filter_map(|entity| match entity {
            Entity::Building(building) => {
                Some((building.name.clone().unwrap_or_default(), corners(building)))
            }
            _ => None,
        })
        .collect();
    assembled.sort();
    let expected: Vec<(String, String)> =
        ASSEMBLED.iter().map(|(name, corners)| ((*name).to_owned(), (*corners).to_owned())).collect();
    assert_eq!(assembled, expected);
}

#[test]
fn each_broken_multipolygon_is_a_fault_that_names_it_and_its_gap() {
    let Some(import) = cases() else { return };
    let told: Vec<String> = import.faults.iter().map(ToString::to_string).collect();
    for (relation, reason) in BROKEN {
        let of_it = |fault: &&String| fault.starts_with(&format!("relation {relation} at "));
        let fault = told.iter().find(of_it).unwrap_or_else(|| panic!("relation {relation} was taken"));
        assert!(fault.contains(reason) && fault.contains("line "), "{fault}");
    }
    assert_eq!(told.len(), BROKEN.len(), "{told:#?}");
}
