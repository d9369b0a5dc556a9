//! `GET /city`: which city is mapped, and how much is known of it?

use gridward_tests::{
    ground::{Ground, point},
    store::City,
};

const COUNTS: [&str; 11] = [
    "districts",
    "streets",
    "communities",
    "grids",
    "compounds",
    "buildings",
    "stations",
    "facilities",
    "roads",
    "hazards",
    "cases",
];

#[test]
fn a_city_says_its_name_its_box_and_how_much_it_has() {
    let ground = Ground::town();
    let city = ground.ask("/city");
    assert!(city["name"].as_str().is_some_and(|name| !name.is_empty()), "{city}");
    let bounds: Vec<f64> =
        city["bounds"].as_array().expect("a box").iter().filter_map(serde_json::Value::as_f64).collect();
    let (lon, lat) = point(&city["centre"]);
    assert!(bounds[0] < lon && lon < bounds[2] && bounds[1] < lat && lat < bounds[3], "{city}");
    for count in COUNTS {
        let empty = ["hazards", "cases"].contains(&count);
        assert_eq!(city["counts"][count].as_u64().expect(count) == 0, empty, "{count}: {city}");
    }
    assert_eq!(city["counts"]["districts"], 1);
    ground.stop();
}

#[test]
fn an_empty_store_is_a_city_without_name_and_box() {
    let ground = Ground::empty();
    let city = ground.ask("/city");
    assert!(city["name"].is_null() && city["bounds"].is_null() && city["centre"].is_null(), "{city}");
    for count in COUNTS {
        assert_eq!(city["counts"][count], 0, "{count}: {city}");
    }
    ground.stop();
}

#[test]
fn a_real_city_has_what_is_mapped_of_it() {
    let Some(ground) = Ground::of(City::Karlsruhe) else { return };
    let city = ground.ask("/city");
    assert_eq!(city["name"], "Karlsruhe");
    assert_eq!(city["counts"]["buildings"], 2_995, "as many as the file has");
    assert_eq!(city["counts"]["districts"], 1);
    assert!(city["counts"]["grids"].as_u64() > Some(1), "grids were drafted: {city}");
    assert!(city["attribution"].as_str().is_some_and(|thanks| thanks.contains("OpenStreetMap")), "{city}");
    ground.stop();
}

#[test]
fn the_version_grows_with_each_report_and_not_by_asking() {
    let ground = Ground::town();
    let count = |ground: &Ground| {
        let city = ground.ask("/city");
        let version = city["version"].as_str().expect("a version").to_owned();
        let (epoch, cursor) = version.split_once('.').expect("an epoch, and how far");
        (
            epoch.to_owned(),
            cursor.split('.').map(|part| part.parse::<u64>().expect("a number")).collect::<Vec<_>>(),
        )
    };
    let before = count(&ground);
    assert_eq!(before, count(&ground));
    let (lon, lat) = ground.places(1)[0];
    let told = ground.tell(lon, lat);
    let after = count(&ground);
    assert_eq!(before.0, after.0, "the epoch stays as long as the store");
    assert!(after.1 > before.1, "{before:?}, then {after:?}");
    assert_eq!(told["version"], ground.ask("/near?lon=0&lat=0")["version"], "one version for all answers");
    ground.stop();
}
