//! `POST /positions`, `GET /responders`, `GET /shifts`: who is on duty, and where?

use gridward_tests::ground::{Ground, distance_m, fresh_key, point};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is known of somebody on duty; null where nothing is.
fn person(ground: &Ground, responder: u64) -> Value {
    let force = ground.ask("/responders");
    let people = force["people"].as_array().expect("a list");
    people.iter().find(|person| person["responder"] == responder).cloned().unwrap_or_default()
}

fn fix(ground: &Ground, responder: u64, sequence: u64, place: (f64, f64), ago_ms: i64) -> Value {
    let at_ms = i64::try_from(ground.now_ms()).expect("it fits") - ago_ms;
    let (lon, lat) = place;
    json!({"sequence": sequence, "responder": responder, "lon": lon, "lat": lat, "accuracy_m": 12.5, "at_ms": at_ms})
}

#[test]
fn a_fix_is_where_somebody_is_now() {
    let ground = Ground::folk();
    let (worker, place) = (ground.workers()[0], ground.places(1)[0]);
    assert!(person(&ground, worker).is_null(), "nothing is known before the first fix");
    ground.stand(worker, place);
    let person = person(&ground, worker);
    let position = &person["position"];
    assert!(distance_m(point(&position["place"]), place) < 0.02, "{person}");
    assert_eq!((&position["source"], &position["precision"]), (&"fix".into(), &"point".into()));
    assert_eq!((&position["accuracy_m"], &person["fresh"]), (&8.0.into(), &true.into()), "{person}");
    assert!(position["age_s"].as_f64().is_some_and(|age_s| (0.0..30.0).contains(&age_s)), "{person}");
    ground.stop();
}

#[test]
fn an_older_fix_never_wins_however_late_it_comes() {
    let ground = Ground::folk();
    let worker = ground.workers()[0];
    let (here, before) = (ground.places(2)[0], ground.places(2)[1]);
    let newest = fix(&ground, worker, 9, here, 1_000);
    let seen = ground.positions(&json!([newest, fix(&ground, worker, 3, before, 60_000)])).json(200);
    assert_eq!((&seen["newest"], &seen["older"]), (&1.into(), &1.into()), "{seen}");
    let late = json!([fix(&ground, worker, 10, before, 90_000), newest]);
    let seen = ground.positions(&late).json(200);
    assert_eq!((&seen["newest"], &seen["older"]), (&0.into(), &2.into()), "{seen}");
    assert!(distance_m(point(&person(&ground, worker)["position"]["place"]), here) < 0.02);
    ground.stop();
}

#[test]
fn what_cannot_be_taken_is_refused_by_name_and_the_rest_is_taken() {
    let ground = Ground::folk();
    let (worker, place) = (ground.workers()[0], ground.places(1)[0]);
    let on_duty: BTreeSet<u64> =
        ground.shifts().iter().filter_map(|shift| shift["responder"].as_u64()).collect();
    let off_duty = (1..1_000).find(|number| !on_duty.contains(number)).expect("somebody is off duty");
    let mut inexact = fix(&ground, worker, 5, place, 0);
    inexact["accuracy_m"] = json!(-1.0);
    let fixes = json!([
        fix(&ground, off_duty, 1, place, 0),
        fix(&ground, 9_999_999, 2, place, 0),
        fix(&ground, worker, 3, place, -6 * 60_000),
        fix(&ground, worker, 4, (200.0, 41.0), 0),
        inexact,
        fix(&ground, worker, 6, place, 0),
    ]);
    let seen = ground.positions(&fixes).json(200);
    let refused: Vec<(u64, &str)> = seen["refused"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|refused| {
            (refused["sequence"].as_u64().expect("a number"), refused["reason"].as_str().expect("a word"))
        })
        .collect();
    assert_eq!(
        refused,
        [
            (1, "off_duty"),
            (2, "unknown_responder"),
            (3, "future"),
            (4, "invalid_place"),
            (5, "invalid_accuracy")
        ]
    );
    assert_eq!(seen["newest"], 1, "{seen}");
    assert!(person(&ground, off_duty).is_null(), "nobody off duty has a place");
    ground.stop();
}

#[test]
fn a_fix_in_the_frame_of_the_maps_of_china_is_the_same_place() {
    let ground = Ground::folk();
    let (worker, (lon, lat)) = (ground.workers()[0], ground.places(1)[0]);
    let shifted = ground.ask(&format!("/locate?lon={lon}&lat={lat}&frame=gcj02"));
    let true_place = point(&shifted["place"]);
    assert!(distance_m(true_place, (lon, lat)) > 100.0, "the frames lie apart there");
    let body =
        json!({"device": "phone-1", "frame": "gcj02", "fixes": [fix(&ground, worker, 1, (lon, lat), 0)]});
    let seen = ground.client().post("/api/v1/positions", &fresh_key(), &body).json(200);
    assert_eq!(seen["newest"], 1, "{seen}");
    assert!(distance_m(point(&person(&ground, worker)["position"]["place"]), true_place) < 0.5);
    ground.stop();
}

#[test]
fn a_batch_that_is_none_is_refused_whole() {
    let ground = Ground::folk();
    let one = fix(&ground, ground.workers()[0], 1, ground.places(1)[0], 0);
    for (device, fixes) in [
        ("phone-1", json!([])),
        ("phone-1", json!(vec![json!({"sequence": 1, "responder": 1, "lon": 0, "lat": 0, "at_ms": 0}); 501])),
        ("", json!([one])),
        ("a phone", json!([one])),
        ("phone-1", json!([{"sequence": 1, "responder": 1, "lon": 0.0}])),
    ] {
        let body = json!({"device": device, "fixes": fixes});
        let answer = ground.client().post("/api/v1/positions", &fresh_key(), &body);
        assert_eq!(answer.problem(422), "invalid-body", "{device}: {}", answer.text());
    }
    assert!(person(&ground, ground.workers()[0]).is_null(), "nothing of them was kept");
    ground.stop();
}

#[test]
fn a_box_shows_those_in_it_and_a_box_that_is_none_is_refused() {
    let ground = Ground::folk();
    let (workers, (lon, lat)) = (ground.workers(), ground.places(1)[0]);
    ground.stand(workers[0], (lon, lat));
    ground.stand(workers[1], (lon + 0.01, lat));
    let near = |half: f64| {
        let (west, south, east, north) = (lon - half, lat - half, lon + half, lat + half);
        let force = ground.ask(&format!("/responders?bounds={west},{south},{east},{north}"));
        let people = force["people"].as_array().expect("a list");
        assert_eq!(force["in_box"], people.len());
        people.iter().filter_map(|person| person["responder"].as_u64()).collect::<BTreeSet<u64>>()
    };
    assert!(near(0.005).contains(&workers[0]) && !near(0.005).contains(&workers[1]));
    assert!(near(0.02).is_superset(&BTreeSet::from([workers[0], workers[1]])));
    for bounds in ["1,2,3", "a,b,c,d", "10,0,5,1", "0,5,1,4", "0,0,200,1", ""] {
        assert_eq!(
            ground.refusal(&format!("/responders?bounds={bounds}"), 400),
            "invalid-parameter",
            "{bounds}"
        );
    }
    ground.stop();
}

#[test]
fn a_volunteer_off_task_is_shown_by_grid_and_everybody_else_by_point() {
    let ground = Ground::folk();
    ground.spread();
    let (lon, lat) = ground.places(100)[1];
    let nearest = ground.nearest(&json!({"place": {"lon": lon, "lat": lat}, "k": 50}));
    let force = ground.ask("/responders");
    let candidates = nearest["candidates"].as_array().expect("a list");
    for person in force["people"].as_array().expect("a list").iter().chain(candidates) {
        let position = &person["position"];
        if person["role"] == "watcher" {
            let (lon, lat) = point(&position["place"]);
            let grid = ground.ask(&format!("/locate?lon={lon}&lat={lat}"))["areas"][3]["id"].clone();
            let anchor = &ground.ask(&format!("/areas/{grid}"))["centre"];
            assert_eq!(&position["place"], anchor, "{person}");
            assert!(position["precision"] == "grid" && position["accuracy_m"].is_null(), "{person}");
            assert!(person["path"].is_null(), "a way begins where its walker is: {person}");
        } else {
            assert_eq!(position["precision"], "point", "{person}");
        }
    }
    ground.stop();
}

#[test]
fn the_pages_of_the_shifts_hold_everybody_on_duty_once() {
    let ground = Ground::folk();
    let all = ground.shifts();
    assert_eq!(ground.ask("/responders")["on_duty"], all.len());
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = ground.ask(&format!("/shifts?limit=3{cursor}"));
        paged.extend(page["shifts"].as_array().expect("a list").iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, all);
    assert!(paged.is_sorted_by_key(|shift| shift["responder"].as_u64()));
    let now = ground.ask("/responders")["at"].as_str().expect("a time").to_owned();
    for shift in &all {
        let (from, until) =
            (shift["from"].as_str().expect("a time"), shift["until"].as_str().expect("a time"));
        assert!(from <= now.as_str() && now.as_str() < until, "{shift} at {now}");
        assert!(shift["place"].is_null() && shift["position"].is_null(), "a shift says no place");
    }
    for query in ["limit=0", "limit=1001", "cursor=x"] {
        assert_eq!(ground.refusal(&format!("/shifts?{query}"), 400), "invalid-parameter", "{query}");
    }
    ground.stop();
}
