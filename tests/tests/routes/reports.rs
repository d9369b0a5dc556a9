//! `POST /reports`: what becomes of what somebody tells us, and which telling is not taken?

use gridward_tests::{
    ground::{Ground, distance_m, fresh_key, hazard, point},
    http::Answer,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, thread};

const PATH: &str = "/api/v1/reports";

fn send(ground: &Ground, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    ground.client().try_send(PATH, headers, body).expect("an answer")
}

fn stored(ground: &Ground) -> (Value, Value) {
    let counts = ground.ask("/city")["counts"].clone();
    (counts["cases"].clone(), counts["hazards"].clone())
}

#[test]
fn who_tells_something_finds_it_everywhere_at_once() {
    let ground = Ground::town();
    for (told, (lon, lat)) in ground.places(5).into_iter().enumerate() {
        let answer = ground.tell(lon, lat);
        let (case, hazard) = (&answer["case"], &answer["hazard"]);
        assert!(answer["report"].is_u64() && case.is_u64() && hazard.is_u64(), "{answer}");
        assert_eq!(answer["areas"].as_array().expect("a chain").len(), 4, "{answer}");
        assert_eq!(answer["areas"], ground.ask(&format!("/locate?lon={lon}&lat={lat}"))["areas"]);

        let near = ground.ask(&format!("/near?lon={lon}&lat={lat}&kinds=hazard&k=1&radius_m=1"));
        assert_eq!(near["results"][0]["id"], *hazard, "{near}");
        assert_eq!(near["results"][0]["detail"]["case"], *case, "{near}");

        let whole = ground.ask(&format!("/cases/{case}"));
        assert_eq!((&whole["id"], &whole["hazard"], &whole["report"]), (case, hazard, &answer["report"]));
        assert_eq!((&whole["state"], &whole["channel"]), (&"received".into(), &"patrol".into()));
        assert_eq!(whole["areas"], answer["areas"]);
        assert!(distance_m(point(&whole["place"]), (lon, lat)) < 0.02, "{whole}");
        assert_eq!(ground.ask("/cases?limit=1")["cases"][0], whole, "the newest comes first");
        assert_eq!(stored(&ground), (json!(told + 1), json!(told + 1)));
    }
    ground.stop();
}

#[test]
fn what_is_no_hazard_makes_a_case_alone() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let body = json!({"channel": "hotline", "text": "  路灯不亮  ", "place": {"lon": lon, "lat": lat}});
    let answer = ground.client().post(PATH, &fresh_key(), &body).json(201);
    assert!(answer["hazard"].is_null(), "{answer}");
    let case = ground.ask(&format!("/cases/{}", answer["case"]));
    assert!(case["hazard"].is_null() && case["category"].is_null(), "{case}");
    assert_eq!(case["text"], "路灯不亮", "white space around the words is none of them");
    assert_eq!(stored(&ground), (json!(1), json!(0)));
    ground.stop();
}

#[test]
fn the_same_request_again_is_answered_the_same_and_stored_once() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let (key, body) = (fresh_key(), hazard(lon, lat));
    let first = ground.client().post(PATH, &key, &body).json(201);
    for _ in 0..5 {
        assert_eq!(ground.client().post(PATH, &key, &body).json(201), first);
    }
    assert_eq!(stored(&ground), (json!(1), json!(1)));

    let other = ground.client().post(PATH, &fresh_key(), &body).json(201);
    assert_ne!(other["case"], first["case"], "another key is another report");
    ground.stop();
}

#[test]
fn a_key_is_remembered_across_a_restart() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let (key, body) = (fresh_key(), hazard(lon, lat));
    let first = ground.client().post(PATH, &key, &body).json(201);
    let copy = gridward_tests::store::Folder::new();
    // The store is copied after an orderly end: then it is one file.
    let folder = ground.folder().path().to_owned();
    let path = std::path::PathBuf::from(copy.join("gridward.db"));
    let said =
        ground.stop_and(|| std::fs::copy(folder.join("gridward.db"), &path).expect("it can be copied"));
    gridward_tests::ground::assert_clean(&said);
    let server = gridward_tests::server::Server::start(copy.path());
    let again = server.client().post(PATH, &key, &body).json(201);
    for field in ["report", "case", "hazard", "areas"] {
        assert_eq!(again[field], first[field], "{field}");
    }
    gridward_tests::ground::assert_clean(&server.stop());
}

/// How far the log has come by an answer.
fn seq(answer: &Value) -> u64 {
    let version = answer["version"].as_str().expect("a version");
    version.rsplit('.').next().and_then(|seq| seq.parse().ok()).expect("a number at its end")
}

#[test]
fn the_same_request_from_many_at_once_is_stored_once() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    for _ in 0..5 {
        let (key, body) = (fresh_key(), hazard(lon, lat));
        let before = stored(&ground).0.as_u64().expect("a count");
        let cases: BTreeSet<String> = thread::scope(|scope| {
            let send = || {
                let told = ground.client().post(PATH, &key, &body).json(201);
                // A repetition may overtake the first answer: what it speaks of must be on the map nevertheless.
                assert!(seq(&ground.ask("/city")) >= seq(&told), "the map is behind {told}");
                told["case"].to_string()
            };
            let senders: Vec<_> = (0..16).map(|_| scope.spawn(send)).collect();
            senders.into_iter().map(|sender| sender.join().expect("no sender panicked")).collect()
        });
        assert_eq!(cases.len(), 1, "one case for all: {cases:?}");
        assert_eq!(stored(&ground).0, before + 1);
    }
    ground.stop();
}

#[test]
fn a_key_that_stood_for_something_else_is_refused() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let (key, mut body) = (fresh_key(), hazard(lon, lat));
    let _ = ground.client().post(PATH, &key, &body).json(201);
    body["text"] = "别的事".into();
    assert_eq!(ground.client().post(PATH, &key, &body).problem(422), "idempotency-key-reused");
    assert_eq!(stored(&ground), (json!(1), json!(1)));
    ground.stop();
}

#[test]
fn a_report_without_a_usable_key_is_refused() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let body = hazard(lon, lat).to_string().into_bytes();
    let json = ("content-type", "application/json");
    assert_eq!(send(&ground, &[json], &body).problem(400), "idempotency-key-missing");
    for key in ["", " ", "two words", "é", &"k".repeat(129)] {
        let answer = send(&ground, &[json, ("idempotency-key", key)], &body);
        assert_eq!(answer.problem(400), "idempotency-key-missing", "“{key}”");
    }
    let longest = "k".repeat(128);
    assert_eq!(send(&ground, &[json, ("idempotency-key", &longest)], &body).status, 201);
    assert_eq!(stored(&ground), (json!(1), json!(1)));
    ground.stop();
}

#[test]
fn what_cannot_be_understood_is_refused_and_leaves_nothing() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let changed = |field: &str, value: Value| {
        let mut body = hazard(lon, lat);
        body[field] = value;
        body
    };
    let long: String = "长".repeat(2_001);
    let refused = [
        (changed("category", json!("99")), 422, "invalid-body", "category"),
        (changed("category", json!("00")), 422, "invalid-body", "category"),
        (changed("category", json!("fire")), 422, "invalid-body", "category"),
        (changed("category", json!(14)), 422, "invalid-body", ""),
        (changed("channel", json!("smoke")), 422, "invalid-body", ""),
        (changed("text", json!("")), 422, "invalid-body", "text"),
        (changed("text", json!(" \n\t ")), 422, "invalid-body", "text"),
        (changed("text", json!(long)), 422, "invalid-body", "text"),
        (changed("urgency", json!("red")), 422, "invalid-body", ""),
        (changed("place", json!({"lon": lon})), 422, "invalid-body", ""),
        (changed("place", json!({"lon": lon, "lat": lat, "alt": 3})), 422, "invalid-body", ""),
        (changed("place", json!({"lon": "123", "lat": lat})), 422, "invalid-body", ""),
        (changed("place", json!({"lon": lon, "lat": null})), 422, "invalid-body", ""),
        (changed("place", json!([lon, lat])), 422, "invalid-body", ""),
        (changed("place", json!({"lon": lat, "lat": lon})), 400, "invalid-parameter", "place"),
        (changed("place", json!({"lon": 0.0, "lat": 0.0})), 422, "invalid-body", "place"),
        (changed("frame", json!("utm")), 400, "invalid-parameter", "frame"),
        (json!({}), 422, "invalid-body", ""),
        (json!([]), 422, "invalid-body", ""),
        (
            json!(["patrol", "14", "a list of values", {"lon": lon, "lat": lat}, "wgs84"]),
            422,
            "invalid-body",
            "",
        ),
        (json!("report"), 422, "invalid-body", ""),
    ];
    for (body, status, slug, field) in refused {
        let answer = ground.client().post(PATH, &fresh_key(), &body);
        assert_eq!(answer.problem(status), slug, "{body}");
        assert_eq!(answer.json(status)["field"].as_str().unwrap_or(""), field, "{body}");
    }
    assert_eq!(stored(&ground), (json!(0), json!(0)));
    ground.stop();
}

#[test]
fn a_text_may_have_two_thousand_characters_of_any_script() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    for text in
        ["长".repeat(2_000), "🧯".repeat(2_000), "x".to_owned(), "“ \\ \u{0} \u{202e} </script>".to_owned()]
    {
        let mut body = hazard(lon, lat);
        body["text"] = json!(text);
        let answer = ground.client().post(PATH, &fresh_key(), &body).json(201);
        assert_eq!(ground.ask(&format!("/cases/{}", answer["case"]))["text"], json!(text.trim()));
    }
    ground.stop();
}

#[test]
fn what_is_no_json_or_too_much_is_refused() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let body = hazard(lon, lat).to_string();
    let (json, key) = (("content-type", "application/json"), fresh_key());
    let key = ("idempotency-key", key.as_str());
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""]
    {
        let answer = send(&ground, &[("content-type", kind), key], body.as_bytes());
        assert_eq!(answer.problem(415), "not-json", "“{kind}”");
    }
    assert_eq!(send(&ground, &[key], body.as_bytes()).problem(415), "not-json", "without a type");
    for broken in [&body[..body.len() - 1], "", "{", "null", "\u{feff}{}"] {
        assert_eq!(send(&ground, &[json, key], broken.as_bytes()).problem(422), "invalid-body", "“{broken}”");
    }
    assert_eq!(send(&ground, &[json, key], b"{\"text\": \"\xff\"}").problem(422), "invalid-body", "no UTF-8");

    let padded = |bytes: usize| format!("{body}{}", " ".repeat(bytes - body.len())).into_bytes();
    assert_eq!(send(&ground, &[json, key], &padded(64 * 1024 + 1)).problem(413), "too-large");
    // Far beyond the limit the server hangs up while the client still sends: then there may be no answer to be read.
    if let Ok(answer) = ground.client().try_send(PATH, &[json, key], &padded(2 << 20)) {
        assert_eq!(answer.problem(413), "too-large");
    }
    assert_eq!(stored(&ground), (json!(0), json!(0)));
    assert_eq!(send(&ground, &[json, key], &padded(64 * 1024)).status, 201, "64 KiB are allowed");
    let charset = ("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(send(&ground, &[charset, key], &padded(64 * 1024)).status, 201, "so is a charset");
    assert_eq!(stored(&ground), (json!(1), json!(1)));
    ground.stop();
}

#[test]
fn a_place_of_a_telephone_lands_where_it_means() {
    let ground = Ground::town();
    for (lon, lat, frame) in
        [(123.356_053_473_0, 41.802_394_644_6, "gcj02"), (123.362_445_824_2, 41.808_761_953_7, "bd09")]
    {
        let located = ground.ask(&format!("/locate?lon={lon}&lat={lat}&frame={frame}"));
        if located["areas"] == json!([]) {
            // The town is small, and lies where it lies: then the place is refused, in every frame.
            let mut body = hazard(lon, lat);
            body["frame"] = frame.into();
            assert_eq!(ground.client().post(PATH, &fresh_key(), &body).problem(422), "invalid-body");
            continue;
        }
        let mut body = hazard(lon, lat);
        body["frame"] = frame.into();
        let answer = ground.client().post(PATH, &fresh_key(), &body).json(201);
        let case = ground.ask(&format!("/cases/{}", answer["case"]));
        assert!(distance_m(point(&case["place"]), (123.35, 41.80)) < 0.02, "{case}");
    }
    ground.stop();
}

#[test]
fn a_city_without_areas_takes_reports_from_everywhere() {
    let ground = Ground::empty();
    let mut body = hazard(123.356_053_473_0, 41.802_394_644_6);
    body["frame"] = "gcj02".into();
    let answer = ground.client().post(PATH, &fresh_key(), &body).json(201);
    assert_eq!(answer["areas"], json!([]));
    let case = ground.ask(&format!("/cases/{}", answer["case"]));
    assert!(distance_m(point(&case["place"]), (123.35, 41.80)) < 0.02, "{case}");
    ground.stop();
}
