//! `POST /nearest-responders`: who can be there first, and why not the others?

use gridward_tests::ground::{Ground, fresh_key, point};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/nearest-responders";

fn at((lon, lat): (f64, f64)) -> Value {
    json!({"lon": lon, "lat": lat})
}

fn candidates(answer: &Value) -> Vec<u64> {
    let list = answer["candidates"].as_array().expect("a list");
    list.iter().filter_map(|candidate| candidate["responder"].as_u64()).collect()
}

/// Everybody who is there, on duty or not.
fn told_of(answer: &Value) -> u64 {
    let counts = answer["refused_counts"].as_array().expect("a list");
    let counted: u64 = counts.iter().filter_map(|count| count["count"].as_u64()).sum();
    counted
        + answer["refused"].as_array().expect("a list").len() as u64
        + answer["eligible"].as_u64().expect("a number")
}

#[test]
fn the_first_is_the_one_with_the_shortest_way_of_those_on_duty() {
    let ground = Ground::folk();
    ground.spread();
    let mut compared = 0;
    for place in ground.places(12).into_iter().map(at) {
        let answer = ground.nearest(&json!({"place": place, "k": 50}));
        let list = answer["candidates"].as_array().expect("a list");
        let time = |candidate: &Value| candidate["travel_time_s"].as_f64().expect("a time");
        assert!(list.is_sorted_by_key(time), "{answer}");
        // At night few are on duty, and some of them behind gates that are shut.
        let counts = answer["refused_counts"].as_array().expect("a list");
        let shut_in = counts.iter().find(|it| it["reason"] == "unreachable");
        let shut_in = shut_in.map_or(0, |it| it["count"].as_u64().expect("a number"));
        assert_eq!(answer["eligible"].as_u64(), Some(list.len() as u64 + shut_in), "{answer}");
        for one in
            list.iter().filter(|one| one["position"]["precision"] == "point" && one["estimated"] == false)
        {
            let (lon, lat) = point(&one["position"]["place"]);
            if !ground.ask(&format!("/locate?lon={lon}&lat={lat}"))["building"].is_null() {
                continue; // A way that is asked for begins at a door there.
            }
            compared += 1;
            let mode = one["mode"].as_str().expect("a mode");
            let route = ground.route(&one["position"]["place"], &place, mode).json(200);
            let way_s = time(one) - one["turnout_s"].as_f64().expect("a time");
            let routed_s = route["travel_time_s"].as_f64().expect("a time");
            assert!(
                (way_s - routed_s).abs() < 0.25,
                "{way_s} s by {mode}, and {routed_s} s by the way: {one}"
            );
            let path = one["path"].as_array().expect("a way");
            let ends = [path.first(), path.last()].map(|end| end.expect("an end").clone());
            assert!(ends.iter().all(|end| end.as_array().is_some_and(|end| end.len() == 2)), "{one}");
        }
    }
    assert!(compared > 12, "{compared} ways were compared");
    ground.stop();
}

#[test]
fn the_same_question_has_the_same_answer() {
    let ground = Ground::folk();
    ground.spread();
    let question = json!({"place": at(ground.places(3)[2]), "k": 5});
    let timeless = |mut answer: Value| {
        answer.as_object_mut().expect("an object").remove("asked_at");
        for list in ["candidates", "refused"] {
            for one in answer[list].as_array_mut().expect("a list") {
                one["position"]["age_s"] = Value::Null;
            }
        }
        answer
    };
    let first = timeless(ground.nearest(&question));
    for _ in 0..3 {
        assert_eq!(timeless(ground.nearest(&question)), first);
    }
    ground.stop();
}

#[test]
fn everybody_is_either_eligible_or_refused_for_a_reason() {
    let ground = Ground::folk();
    ground.spread();
    let place = at(ground.places(1)[0]);
    let all = ground.nearest(&json!({"place": place}));
    for needs in [
        json!({"roles": ["grid_worker"]}),
        json!({"roles": ["mediator", "expert"]}),
        json!({"mode": "car"}),
        json!({"skills": ["no such skill"]}),
    ] {
        let answer = ground.nearest(&json!({"place": place, "needs": needs}));
        assert_eq!(told_of(&answer), told_of(&all), "{needs}");
        assert!(answer["eligible"].as_u64() <= all["eligible"].as_u64());
    }
    let workers = ground.nearest(&json!({"place": place, "k": 50, "needs": {"roles": ["grid_worker"]}}));
    assert!(workers["candidates"].as_array().expect("a list").iter().all(|one| one["role"] == "grid_worker"));
    ground.stop();
}

#[test]
fn where_nobody_can_come_it_says_why_and_who_is_responsible() {
    let ground = Ground::folk();
    ground.spread();
    let case = ground.case_at(ground.places(1)[0]);
    let answer = ground.nearest(&json!({"case": case, "needs": {"skills": ["no such skill"]}}));
    assert!(candidates(&answer).is_empty() && answer["eligible"] == 0, "{answer}");
    let reasons: Vec<&str> = answer["refused_counts"]
        .as_array()
        .expect("a list")
        .iter()
        .chain(answer["refused"].as_array().expect("a list"))
        .filter_map(|one| one["reason"].as_str())
        .collect();
    assert!(reasons.contains(&"missing_skill"), "{reasons:?}");
    assert!(answer["responsible"]["organisation"]["name"].is_string(), "{}", answer["responsible"]);
    assert_eq!(answer["responsible"]["community"]["level"], "community", "{}", answer["responsible"]);
    ground.stop();
}

#[test]
fn who_is_busy_would_have_been_first_and_is_named_with_the_task() {
    let ground = Ground::folk();
    ground.spread();
    let place = ground.places(1)[0];
    let (case, other) = (ground.case_at(place), ground.case_at(place));
    let first = candidates(&ground.nearest(&json!({"case": case})))[0];
    let task = ground.assign(&json!({"case": case, "responder": first})).json(201)["id"].clone();
    let answer = ground.nearest(&json!({"case": other}));
    assert!(!candidates(&answer).contains(&first), "{answer}");
    let refused = answer["refused"].as_array().expect("a list");
    let busy =
        refused.iter().find(|one| one["responder"] == first).expect("named, since nearer than the last");
    assert_eq!((&busy["reason"], &busy["task"]), (&"busy".into(), &task), "{busy}");
    ground.stop();
}

#[test]
fn far_from_every_street_times_are_estimated_and_say_so() {
    let ground = Ground::folk();
    ground.spread();
    let (lon, lat) = point(&ground.ask("/city")["centre"]);
    let answer = ground.nearest(&json!({"place": {"lon": lon, "lat": lat + 0.2}, "k": 3}));
    assert_eq!(answer["estimated"]["reason"], "no_street", "{answer}");
    assert!(answer["estimated"]["factor"].as_f64().is_some_and(|factor| factor >= 1.0), "{answer}");
    assert_eq!(candidates(&answer).len(), 3);
    assert!(answer["candidates"][0]["path"].is_null(), "a straight line is no way");
    ground.stop();
}

#[test]
fn a_question_that_is_none_is_refused() {
    let ground = Ground::folk();
    let place = at(ground.places(1)[0]);
    let ask = |body: &Value| ground.client().post(PATH, &fresh_key(), body);
    for body in [
        json!({}),
        json!({"place": place, "case": 1}),
        json!({"place": [1, 2]}),
        json!({"place": {"lon": 1, "lat": 2}}),
        json!({"place": place, "needs": {"roles": ["king"]}}),
        json!({"place": place, "needs": {"area": 0}}),
        json!({"place": place, "who": "me"}),
    ] {
        assert_eq!(ask(&body).problem(422), "invalid-body", "{body}");
    }
    for body in [
        json!({"place": place, "k": 0}),
        json!({"place": place, "k": 51}),
        json!({"place": place, "frame": "mars"}),
        json!({"place": {"lon": 200, "lat": 0}}),
    ] {
        assert_eq!(ask(&body).problem(400), "invalid-parameter", "{body}");
    }
    for body in [json!({"case": 9_999_999}), json!({"hazard": 9_999_999})] {
        assert_eq!(ask(&body).problem(404), "not-found", "{body}");
    }
    ground.stop();
}
