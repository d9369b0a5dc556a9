//! `GET /locate`: where is this?

use gridward_tests::{
    ground::{Ground, distance_m, point},
    root, shared,
    store::City,
};
use serde_json::Value;

/// Points all over the box of the city, so many on each side.
fn lattice(ground: &Ground, side: u32) -> Vec<(f64, f64)> {
    let city = ground.ask("/city");
    let edge = |at: usize| city["bounds"][at].as_f64().expect("a box");
    let (west, south, east, north) = (edge(0), edge(1), edge(2), edge(3));
    let at =
        |from: f64, until: f64, step: u32| from + (until - from) * (f64::from(step) + 0.5) / f64::from(side);
    (0..side * side).map(|cell| (at(west, east, cell % side), at(south, north, cell / side))).collect()
}

fn levels(located: &Value) -> Vec<&str> {
    located["areas"].as_array().expect("a chain").iter().filter_map(|area| area["level"].as_str()).collect()
}

#[test]
fn the_middle_of_each_grid_lies_in_it_and_in_everything_above_it() {
    let ground = Ground::town();
    let page = ground.ask("/areas?level=grid&limit=50");
    for grid in page["areas"].as_array().expect("a list") {
        let (lon, lat) = point(&grid["centre"]);
        let located = ground.ask(&format!("/locate?lon={lon}&lat={lat}"));
        assert_eq!(levels(&located), ["district", "street", "community", "grid"], "{located}");
        let chain = located["areas"].as_array().expect("a chain");
        for (above, below) in chain.iter().zip(&chain[1..]) {
            let below = ground.ask(&format!("/areas/{}", below["id"]));
            assert_eq!(below["parent"], above["id"], "{located}");
        }
        for field in ["id", "code", "name"] {
            assert_eq!(chain[3][field], grid[field]);
        }
        assert_eq!(point(&located["place"]), (lon, lat));
        assert!(located.get("grids").is_none(), "nobody asked for odds");
    }
    ground.stop();
}

/// Oracle: what `/near` puts at no distance is what one stands in.
fn buildings_agree(ground: &Ground) {
    let mut inside = 0;
    for (lon, lat) in lattice(ground, 40) {
        let near = ground.ask(&format!("/near?lon={lon}&lat={lat}&kinds=building&k=5&radius_m=50"));
        let around: Vec<&Value> = near["results"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|thing| thing["distance_m"] == 0.0)
            .map(|thing| &thing["id"])
            .collect();
        let located = ground.ask(&format!("/locate?lon={lon}&lat={lat}"));
        let building = &located["building"]["id"];
        // Within half a decimetre of a wall the two may differ by rounding.
        let close = building.is_null() && near["results"][0]["place"] != near["place"];
        assert!(
            around.contains(&building) || (building.is_null() && (around.is_empty() || close)),
            "{located} {near}"
        );
        inside += usize::from(!building.is_null());
    }
    assert!(inside >= 20, "the points met {inside} buildings only");
}

#[test]
fn the_building_one_stands_in_is_the_one_at_no_distance() {
    let ground = Ground::town();
    buildings_agree(&ground);
    ground.stop();
    let Some(ground) = Ground::of(City::Karlsruhe) else { return };
    buildings_agree(&ground);
    ground.stop();
}

#[test]
fn with_an_accuracy_the_grids_in_question_share_the_probability() {
    let ground = Ground::town();
    let mut spread_over_several = false;
    for (lon, lat) in ground.places(12) {
        for accuracy_m in [1, 30, 300, 2_000] {
            let located = ground.ask(&format!("/locate?lon={lon}&lat={lat}&accuracy_m={accuracy_m}"));
            let grids = located["grids"].as_array().expect("odds");
            let odds: Vec<f64> = grids.iter().filter_map(|grid| grid["probability"].as_f64()).collect();
            let outside = located["outside"].as_f64().expect("odds");
            let sum: f64 = odds.iter().sum::<f64>() + outside;
            assert!((sum - 1.0).abs() < 0.005, "the odds add up to {sum}: {located}");
            assert!(odds.is_sorted_by(|a, b| a >= b), "{located}");
            assert!(grids.iter().all(|grid| grid["area"]["level"] == "grid"), "{located}");
            if accuracy_m == 1 && odds[0] > 0.99 {
                assert_eq!(grids[0]["area"]["id"], located["areas"][3]["id"], "{located}");
            }
            spread_over_several |= odds.len() > 1;
        }
    }
    assert!(spread_over_several, "2 km reach further than one grid");
    ground.stop();
}

#[test]
fn a_place_outside_the_city_lies_in_no_area() {
    let ground = Ground::town();
    let located = ground.ask("/locate?lon=0&lat=0");
    assert_eq!(located["areas"], Value::Array(Vec::new()));
    assert!(located["building"].is_null() && located["street"].is_null() && located["compound"].is_null());
    ground.stop();
}

/// Shenyang: GCJ-02 by the published formula, and the point of WGS-84 that it stands for.
const GCJ02: [((f64, f64), (f64, f64)); 3] = [
    ((123.356_053_473_0, 41.802_394_644_6), (123.35, 41.80)),
    ((123.386_123_342_2, 41.802_435_832_4), (123.38, 41.80)),
    ((123.255_805_479_5, 41.752_255_200_8), (123.25, 41.75)),
];

#[test]
fn coordinates_of_other_frames_land_where_they_mean() {
    let ground = Ground::town();
    for ((lon, lat), meant) in GCJ02 {
        let located = ground.ask(&format!("/locate?lon={lon}&lat={lat}&frame=gcj02"));
        let off_m = distance_m(point(&located["place"]), meant);
        assert!(off_m < 0.02, "{off_m} m off: {located}");
    }
    let located = ground.ask("/locate?lon=123.3624458242&lat=41.8087619537&frame=bd09");
    assert!(distance_m(point(&located["place"]), (123.35, 41.80)) < 0.02, "{located}");
    for frame in ["wgs84", "cgcs2000"] {
        let located = ground.ask(&format!("/locate?lon=123.35&lat=41.8&frame={frame}"));
        assert_eq!(point(&located["place"]), (123.35, 41.8), "{frame}");
    }
    ground.stop();
}

#[test]
fn published_conversions_hold_over_http() {
    let Some(file) = shared("coords/vectors.json") else { return };
    let vectors: Value = serde_json::from_slice(&std::fs::read(file).expect("readable")).expect("JSON");
    let ground = Ground::empty();
    let pair = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let mut held = 0;
    for vector in vectors["vectors"].as_array().expect("a list") {
        let Some(wgs) = pair(&vector["wgs"]).filter(|wgs| wgs.0 <= 180.0) else { continue };
        for (key, frame) in [("gcj", "gcj02"), ("bd", "bd09")] {
            let Some((lon, lat)) = pair(&vector[key]) else { continue };
            let located = ground.ask(&format!("/locate?lon={lon}&lat={lat}&frame={frame}"));
            let off_m = distance_m(point(&located["place"]), wgs);
            // Stored coordinates are whole 1e-7 degrees: a centimetre beside the tolerance of the source.
            assert!(off_m < vector["tol"].as_f64().expect("a tolerance") + 0.02, "{off_m} m off: {vector}");
            held += 1;
        }
    }
    assert!(held > 15, "{held} vectors in {}", root().display());
    ground.stop();
}

#[test]
fn what_is_no_place_is_refused() {
    let ground = Ground::town();
    for query in [
        "lon=41.8&lat=123.35", // the wrong way round
        "lon=123.35&lat=NaN",
        "lon=inf&lat=41.8",
        "lon=123.35",
        "lat=41.8",
        "",
        "lon=123.35&lat=",
        "lon=123.35&lat=north",
        "lon=181&lat=0",
        "lon=0&lat=-90.1",
        "lon=123.35&lat=41.8&longitude=1",
        "lon=123.35&lat=41.8&lat=41.9",
        "lon=123.35&lat=41.8&frame=gps",
        "lon=123.35&lat=41.8&frame=",
        "lon=41.8&lat=123.35&frame=gcj02",
        "lon=123.35&lat=41.8&accuracy_m=0",
        "lon=123.35&lat=41.8&accuracy_m=-5",
        "lon=123.35&lat=41.8&accuracy_m=NaN",
        "lon=123.35&lat=41.8&accuracy_m=2001",
        "lon=123.35&lat=41.8&accuracy_m=inf",
    ] {
        assert_eq!(ground.refusal(&format!("/locate?{query}"), 400), "invalid-parameter", "{query}");
    }
    let swapped = ground.client().get("/api/v1/locate?lon=41.8&lat=123.35").json(400);
    assert!(swapped["detail"].as_str().is_some_and(|detail| detail.contains("longitude first")), "{swapped}");
    ground.stop();
}
