//! `POST /routes`: which way, how long, by which streets?

use gridward_tests::{
    ground::{Ground, distance_m, fresh_key, point},
    store::City,
};
use serde_json::{Value, json};

fn streets(ground: &Ground) -> Vec<Value> {
    let found = ground.ask("/search?q=%E8%B7%AF&limit=50");
    let results = found["results"].as_array().expect("a list").iter();
    results.filter(|found| found["kind"] == "street").map(|found| found["place"].clone()).collect()
}

#[test]
fn a_way_leads_from_the_one_place_to_the_other_and_is_as_long_as_its_parts() {
    let ground = Ground::town();
    let streets = streets(&ground);
    assert!(streets.len() > 3, "{} streets", streets.len());
    for (from, to) in streets.iter().zip(&streets[1..]) {
        let route = ground.route(from, to, "foot").json(200);
        let corners: Vec<(f64, f64)> = route["path"]
            .as_array()
            .expect("a way")
            .iter()
            .map(|corner| (corner[0].as_f64().expect("degrees"), corner[1].as_f64().expect("degrees")))
            .collect();
        let (first, last) = (corners[0], *corners.last().expect("an end"));
        assert!(distance_m(first, point(from)) < 5.0 && distance_m(last, point(to)) < 5.0, "{route}");
        let along: f64 = corners.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
        let told = route["path_m"].as_f64().expect("metres");
        assert!(
            (along - told).abs() < 0.01f64.mul_add(told, 1.0),
            "{along} m along the corners, {told} m told"
        );
        let legs = route["legs"].as_array().expect("legs");
        let parts: f64 = legs.iter().filter_map(|leg| leg["length_m"].as_f64()).sum();
        assert!((parts - told).abs() < 1.0, "{parts} m of legs, {told} m told");
        assert!(told >= distance_m(point(from), point(to)) - 1.0, "shorter than straight");
        assert!(legs.iter().any(|leg| leg["name"].is_string()), "the streets have names: {route}");
    }
    ground.stop();
}

#[test]
fn who_goes_faster_is_there_earlier() {
    let ground = Ground::town();
    let streets = streets(&ground);
    let time = |mode: &str| {
        let route = ground.route(&streets[0], streets.last().expect("a street"), mode).json(200);
        route["travel_time_s"].as_f64().expect("a time")
    };
    assert!(time("e_bike") < time("foot"));
    ground.stop();
}

#[test]
fn far_from_every_street_the_time_is_estimated_and_says_for_which_end() {
    let ground = Ground::town();
    let street = &streets(&ground)[0];
    let (lon, lat) = point(street);
    let far = json!({"lon": lon, "lat": lat + 0.3});
    for (from, to, reason) in [(street, &far, "no_street_to"), (&far, street, "no_street_from")] {
        let route = ground.route(from, to, "foot").json(200);
        assert_eq!(route["estimated"]["reason"], reason, "{route}");
        assert!(route["path"].is_null(), "a straight line is no way");
        let (factor, told) =
            (route["estimated"]["factor"].as_f64().expect("a factor"), route["path_m"].as_f64());
        let straight = distance_m((lon, lat), (lon, lat + 0.3));
        assert!((told.expect("metres") / (straight * factor) - 1.0).abs() < 0.01, "{route}");
    }
    ground.stop();
}

#[test]
fn a_real_city_tells_its_streets_and_turns() {
    let Some(ground) = Ground::of(City::Karlsruhe) else { return };
    let found = ground.ask("/search?q=stra%C3%9Fe&limit=20");
    let streets: Vec<&Value> = found["results"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|found| found["kind"] == "street")
        .collect();
    let (from, to) = (streets[0], streets.last().expect("several"));
    for mode in ["foot", "e_bike", "car"] {
        let route = ground.route(&from["place"], &to["place"], mode).json(200);
        let legs = route["legs"].as_array().expect("legs");
        assert_eq!(legs[0]["turn"], "start", "{route}");
        assert!(legs.len() > 2 && legs[1..].iter().all(|leg| leg["turn"] != "start"), "{route}");
        assert_eq!(legs[0]["name"], from["name"], "{route}");
        assert!(legs.iter().filter(|leg| leg["name"].is_string()).count() > 2, "streets have names: {route}");
    }
    ground.stop();
}

#[test]
fn a_question_that_is_none_is_refused() {
    let ground = Ground::town();
    let place = json!({"lon": 123.35, "lat": 41.8});
    for body in [
        json!({"from": place}),
        json!({"from": place, "to": place, "mode": "horse"}),
        json!({"from": place, "to": place, "via": place}),
        json!({"from": [123.35, 41.8], "to": place}),
        json!([place, place]),
    ] {
        assert_eq!(
            ground.client().post("/api/v1/routes", &fresh_key(), &body).problem(422),
            "invalid-body",
            "{body}"
        );
    }
    for body in [
        json!({"from": place, "to": {"lon": 0, "lat": 95}}),
        json!({"from": place, "to": place, "frame": "mars"}),
    ] {
        let answer = ground.client().post("/api/v1/routes", &fresh_key(), &body);
        assert_eq!(answer.problem(400), "invalid-parameter", "{body}");
    }
    ground.stop();
}
