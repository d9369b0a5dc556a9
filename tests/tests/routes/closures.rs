//! `POST /closures`, `GET /closures`, `POST /closures/{id}/end`: what is closed, and what does it change?

use gridward_tests::ground::{Ground, fresh_key, point};
use serde_json::{Value, json};

fn close(ground: &Ground, body: &Value) -> gridward_tests::http::Answer {
    ground.client().post("/api/v1/closures", &fresh_key(), body)
}

fn end(ground: &Ground, id: &Value) -> u16 {
    ground.client().post(&format!("/api/v1/closures/{id}/end"), &fresh_key(), &Value::Null).status
}

/// The first to arrive at a place, and the corners of the way.
fn first(ground: &Ground, place: &Value) -> (Value, f64, Vec<Value>) {
    let answer = ground.nearest(&json!({"place": place, "k": 1, "needs": {"roles": ["grid_worker"]}}));
    let first = &answer["candidates"][0];
    let path = first["path"].as_array().cloned().unwrap_or_default();
    (first["responder"].clone(), first["travel_time_s"].as_f64().unwrap_or(f64::INFINITY), path)
}

#[test]
fn a_street_that_is_closed_is_not_walked_until_it_is_opened_again() {
    let ground = Ground::folk();
    let (from, to) = {
        let found = ground.ask("/search?q=%E8%B7%AF&limit=50");
        let results = found["results"].as_array().expect("a list");
        let streets: Vec<&Value> = results.iter().filter(|found| found["kind"] == "street").collect();
        (streets[0]["place"].clone(), streets[streets.len() - 1]["place"].clone())
    };
    let before = ground.route(&from, &to, "foot").json(200);
    let path = before["path"].as_array().expect("a way");
    // Between two corners, so that no crossing street is meant.
    let corner = |at: usize, axis: usize| path[at][axis].as_f64().expect("degrees");
    let between = |axis| f64::midpoint(corner(path.len() / 2 - 1, axis), corner(path.len() / 2, axis));
    let middle = json!({"lon": between(0), "lat": between(1)});
    let closed = close(&ground, &json!({"what": "street", "place": middle})).json(201);
    assert!(closed["what"] == "street" && closed["line"].is_array() && closed["until"].is_null(), "{closed}");
    assert_eq!(ground.ask("/closures")["closures"], json!([closed]));

    let around = ground.route(&from, &to, "foot");
    let longer =
        around.status == 409 || around.json(200)["travel_time_s"].as_f64() > before["travel_time_s"].as_f64();
    assert!(longer, "{}", around.text());

    assert_eq!(end(&ground, &closed["id"]), 204);
    assert_eq!(end(&ground, &closed["id"]), 204, "open already");
    assert_eq!(ground.ask("/closures")["closures"], json!([]));
    assert_eq!(ground.route(&from, &to, "foot").json(200), before);
    ground.stop();
}

#[test]
fn closing_a_gate_changes_who_is_there_first() {
    let ground = Ground::folk();
    ground.spread();
    let houses: Vec<Value> = ground
        .places(60)
        .into_iter()
        .flat_map(|(lon, lat)| {
            let near = ground.ask(&format!("/near?lon={lon}&lat={lat}&kinds=building&k=3&radius_m=300"));
            near["results"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|near| near["place"].clone())
                .collect::<Vec<_>>()
        })
        .collect();
    let mut tried = 0;
    for house in &houses {
        let (before, before_s, path) = first(&ground, house);
        for corner in &path {
            let answer =
                close(&ground, &json!({"what": "gate", "place": {"lon": corner[0], "lat": corner[1]}}));
            if answer.status == 404 {
                continue;
            }
            tried += 1;
            let closed = answer.json(201);
            let (after, after_s, way) = first(&ground, house);
            let gate = point(&closed["place"]);
            let passes =
                |corner: &Value| (corner[0].as_f64(), corner[1].as_f64()) == (Some(gate.0), Some(gate.1));
            assert!(!way.iter().any(passes), "the way leads through the closed gate {gate:?}");
            assert!(after_s >= before_s, "a closed gate makes nobody faster: {before_s} s, then {after_s} s");
            assert_eq!(end(&ground, &closed["id"]), 204);
            if after != before {
                assert_eq!(first(&ground, house).0, before, "open again, it is as it was");
                return ground.stop();
            }
        }
    }
    panic!("{tried} gates near {} houses were closed, and none mattered", houses.len());
}

#[test]
fn a_closure_for_some_minutes_says_until_when() {
    let ground = Ground::town();
    let body = json!({"what": "street", "place": ground.on_street(), "minutes": 90});
    let closed = close(&ground, &body).json(201);
    let (from, until) = (closed["from"].as_str().expect("a time"), closed["until"].as_str().expect("a time"));
    assert!(from < until, "{closed}");
    ground.stop();
}

#[test]
fn the_same_request_again_closes_nothing_twice() {
    let ground = Ground::town();
    let (key, body) = (fresh_key(), json!({"what": "street", "place": ground.on_street()}));
    let send = || ground.client().post("/api/v1/closures", &key, &body).json(201);
    assert_eq!(send(), send());
    assert_eq!(ground.ask("/closures")["closures"].as_array().expect("a list").len(), 1);
    ground.stop();
}

#[test]
fn where_nothing_can_be_closed_it_says_so() {
    let ground = Ground::town();
    let place = ground.on_street();
    let (lon, lat) = point(&place);
    let far = json!({"lon": lon, "lat": lat + 0.3});
    for (body, status, slug) in [
        (json!({"what": "gate", "place": far}), 404, "not-found"),
        (json!({"what": "street", "place": far}), 404, "not-found"),
        (json!({"what": "sky", "place": place}), 422, "invalid-body"),
        (json!({"what": "street", "place": place, "minutes": 0}), 422, "invalid-body"),
        (json!({"what": "street", "place": place, "minutes": 527_041}), 422, "invalid-body"),
        (json!({"what": "street"}), 422, "invalid-body"),
    ] {
        assert_eq!(close(&ground, &body).problem(status), slug, "{body}");
    }
    assert_eq!(ground.ask("/closures")["closures"], json!([]));
    ground.stop();
}
