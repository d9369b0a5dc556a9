//! `GET /near`: what is near?

use gridward_tests::{
    ground::{Ground, distance_m, point},
    store::City,
};
use serde_json::Value;

const KINDS: [&str; 6] = ["station", "facility", "hazard", "building", "compound", "street"];

fn results(ground: &Ground, query: &str) -> Vec<Value> {
    ground.ask(&format!("/near?{query}"))["results"].as_array().expect("a list").clone()
}

fn distances(results: &[Value]) -> Vec<f64> {
    results.iter().map(|thing| thing["distance_m"].as_f64().expect("a distance")).collect()
}

fn holds_its_promises(ground: &Ground, at: (f64, f64)) {
    let (lon, lat) = at;
    let all = results(ground, &format!("lon={lon}&lat={lat}&k=100&radius_m=2000"));
    assert!(!all.is_empty(), "nothing within 2 km of {at:?}");
    assert!(distances(&all).is_sorted(), "the nearest comes first");
    for thing in &all {
        let (told_m, there) = (thing["distance_m"].as_f64().expect("a distance"), point(&thing["place"]));
        let measured_m = distance_m(at, there);
        assert!((told_m - measured_m).abs() < 0.2 + measured_m * 0.001, "{measured_m} m: {thing}");
        assert!(told_m <= 2_000.0, "beyond the radius: {thing}");
    }
    for k in [1, 7, 100] {
        let first = results(ground, &format!("lon={lon}&lat={lat}&k={k}&radius_m=2000"));
        assert_eq!(first, all[..all.len().min(k)], "the first {k} are the first of all");
    }
    let reach_m = distances(&all)[all.len() / 2].ceil().max(1.0);
    let close = results(ground, &format!("lon={lon}&lat={lat}&k=100&radius_m={reach_m}"));
    let within = all.iter().filter(|thing| thing["distance_m"].as_f64() < Some(reach_m)).count();
    assert!(
        close.len() >= within && close.len() <= all.len(),
        "{} within {reach_m} m, {within} expected",
        close.len()
    );
    for kind in KINDS {
        let alone = results(ground, &format!("lon={lon}&lat={lat}&kinds={kind}&k=100&radius_m=2000"));
        assert!(alone.iter().all(|thing| thing["kind"] == kind), "others than {kind}");
        let among: Vec<&Value> = all.iter().filter(|thing| thing["kind"] == kind).collect();
        assert!(
            among.iter().zip(&alone).all(|(a, b)| **a == *b),
            "{kind} alone is in another order than among all"
        );
    }
}

#[test]
fn the_nearest_come_first_at_the_distance_that_a_ruler_shows() {
    let ground = Ground::town();
    for at in ground.places(10) {
        holds_its_promises(&ground, at);
    }
    ground.stop();
    let Some(ground) = Ground::of(City::Karlsruhe) else { return };
    let city = ground.ask("/city");
    holds_its_promises(&ground, point(&city["centre"]));
    ground.stop();
}

#[test]
fn each_kind_is_found_and_described() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    ground.tell(lon, lat);
    for kind in KINDS {
        let found = results(&ground, &format!("lon={lon}&lat={lat}&kinds={kind}&k=1&radius_m=20000"));
        assert_eq!(found.len(), 1, "no {kind} within 20 km");
        let detail = &found[0]["detail"];
        match kind {
            "hazard" => {
                assert_eq!((&detail["category"], &detail["state"]), (&"14".into(), &"open".into()));
                assert!(detail["case"].is_u64() && detail["seen_at"].is_string(), "{detail}");
            }
            "station" => assert!(detail["hours"].is_array(), "{detail}"),
            "facility" => assert!(detail["hours"].is_array() && detail["kind"].is_string(), "{detail}"),
            "street" => assert!(detail["kind"].is_string(), "{detail}"),
            _ => {}
        }
    }
    let two = results(&ground, &format!("lon={lon}&lat={lat}&kinds=station,facility&k=100&radius_m=20000"));
    for kind in ["station", "facility"] {
        assert!(two.iter().any(|thing| thing["kind"] == kind), "no {kind} among both");
    }
    ground.stop();
}

#[test]
fn another_frame_means_the_same_things() {
    let ground = Ground::town();
    let gcj02 = ground.ask("/near?lon=123.3560534730&lat=41.8023946446&frame=gcj02&radius_m=20000&k=20");
    let wgs84 = ground.ask("/near?lon=123.35&lat=41.8&radius_m=20000&k=20");
    let ids = |answer: &Value| -> Vec<Value> {
        answer["results"].as_array().expect("a list").iter().map(|thing| thing["id"].clone()).collect()
    };
    assert_eq!(ids(&gcj02), ids(&wgs84));
    assert!(distance_m(point(&gcj02["place"]), (123.35, 41.8)) < 0.02);
    ground.stop();
}

#[test]
fn an_empty_city_has_nothing_near() {
    let ground = Ground::empty();
    assert!(results(&ground, "lon=123.35&lat=41.8&radius_m=20000").is_empty());
    ground.stop();
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let ground = Ground::town();
    for query in [
        "lon=41.8&lat=123.35",
        "lon=NaN&lat=41.8",
        "lat=41.8",
        "lon=123.35&lat=41.8&k=0",
        "lon=123.35&lat=41.8&k=101",
        "lon=123.35&lat=41.8&k=-1",
        "lon=123.35&lat=41.8&k=ten",
        "lon=123.35&lat=41.8&k=99999999999999999999",
        "lon=123.35&lat=41.8&radius_m=0",
        "lon=123.35&lat=41.8&radius_m=20001",
        "lon=123.35&lat=41.8&radius_m=NaN",
        "lon=123.35&lat=41.8&kinds=person",
        "lon=123.35&lat=41.8&kinds=station,person",
        "lon=123.35&lat=41.8&kinds=",
        "lon=123.35&lat=41.8&kinds=Station",
        "lon=123.35&lat=41.8&kind=station",
        "lon=123.35&lat=41.8&frame=epsg4326",
    ] {
        assert_eq!(ground.refusal(&format!("/near?{query}"), 400), "invalid-parameter", "{query}");
    }
    let refused = ground.client().get("/api/v1/near?lon=123.35&lat=41.8&k=101").json(400);
    assert_eq!(refused["field"], "k", "{refused}");
    let refused = ground.client().get("/api/v1/near?lon=123.35&lat=41.8&kinds=person").json(400);
    assert!(
        refused["detail"].as_str().is_some_and(|detail| detail.contains("station")),
        "says what there is: {refused}"
    );
    ground.stop();
}
