//! `/openapi.json`: what the server says it does, and whether that is so.

use gridward_tests::{
    ground::{Ground, fresh_key, hazard, tile_of},
    listen::Listener,
    receiver::Receiver,
    root, run,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs};

#[test]
fn the_document_is_the_one_that_is_committed() {
    let committed = fs::read_to_string(root().join("server/openapi.json")).expect("it is committed");
    let committed: Value = serde_json::from_str(&committed).expect("JSON");
    let ground = Ground::empty();
    let served = ground.client().get("/openapi.json").json(200);
    assert!(
        served == committed,
        "what is served is not server/openapi.json: run `make openapi` and look at what changed"
    );
    let (well, printed) = run(&["openapi"]);
    assert!(well, "{printed}");
    assert!(
        serde_json::from_str::<Value>(&printed).expect("JSON") == served,
        "`gridward openapi` prints another one"
    );
    ground.stop();
}

/// A method, and a path of the document.
type Route = (&'static str, &'static str);

/// Every route and a request that is answered well, for every route there is: its path, and its body.
fn requests(ground: &Ground, stream: &str) -> BTreeMap<Route, (String, Value)> {
    let (lon, lat) = ground.places(1)[0];
    let (x, y) = tile_of(14, (lon, lat));
    let grid = ground.ask("/areas?level=grid&limit=1")["areas"][0]["id"].clone();
    let case = ground.tell(lon, lat)["case"].clone();
    let here = json!({"lon": lon, "lat": lat});
    let workers = ground.workers();
    let (responder, second) = (workers[0], workers[1]);
    let sent = json!({"case": case, "responder": responder});
    let other = ground.tell(lon, lat)["case"].clone();
    let told = ground.tell(lon, lat)["case"].clone();
    let task = json!({"case": other, "responder": second});
    let task = ground.client().post("/api/v1/assignments", &fresh_key(), &task).json(201)["id"].clone();
    let street = json!({"what": "street", "place": ground.on_street()});
    let closure = ground.client().post("/api/v1/closures", &fresh_key(), &street).json(201)["id"].clone();
    let fix =
        json!({"sequence": 1, "responder": responder, "lon": lon, "lat": lat, "at_ms": ground.now_ms()});
    let get = |path: String| (path, Value::Null);
    let post = |path: &str, body: Value| (path.to_owned(), body);
    BTreeMap::from([
        (("get", "/api/v1/areas"), get("/api/v1/areas?level=grid&limit=5".to_owned())),
        (("get", "/api/v1/areas/{id}"), get(format!("/api/v1/areas/{grid}"))),
        (("post", "/api/v1/assignments"), post("/api/v1/assignments", sent)),
        (("get", "/api/v1/cases"), get("/api/v1/cases?state=open&category=14".to_owned())),
        (("get", "/api/v1/cases/{id}"), get(format!("/api/v1/cases/{case}"))),
        (
            ("post", "/api/v1/cases/{id}/steps"),
            post(&format!("/api/v1/cases/{told}/steps"), json!({"step": "acknowledged", "by": "王芳"})),
        ),
        (("get", "/api/v1/categories"), get("/api/v1/categories".to_owned())),
        (("get", "/api/v1/city"), get("/api/v1/city".to_owned())),
        (("get", "/api/v1/closures"), get("/api/v1/closures".to_owned())),
        (("post", "/api/v1/closures"), post("/api/v1/closures", street)),
        (("post", "/api/v1/closures/{id}/end"), (format!("/api/v1/closures/{closure}/end"), Value::Null)),
        (
            ("post", "/api/v1/live/{id}/view"),
            post(&format!("/api/v1/live/{stream}/view"), json!({"kinds": "case"})),
        ),
        (
            ("get", "/api/v1/locate"),
            get(format!("/api/v1/locate?lon={lon}&lat={lat}&accuracy_m=20&frame=wgs84")),
        ),
        (
            ("get", "/api/v1/near"),
            get(format!("/api/v1/near?lon={lon}&lat={lat}&kinds=hazard&k=1&radius_m=5&frame=wgs84")),
        ),
        (("post", "/api/v1/nearest-responders"), post("/api/v1/nearest-responders", json!({"place": here}))),
        (
            ("post", "/api/v1/positions"),
            post("/api/v1/positions", json!({"device": "phone-1", "fixes": [fix]})),
        ),
        (("post", "/api/v1/reports"), post("/api/v1/reports", hazard(lon, lat))),
        (("get", "/api/v1/responders"), get("/api/v1/responders?bounds=-180,-90,180,90".to_owned())),
        (
            ("post", "/api/v1/routes"),
            post("/api/v1/routes", json!({"from": ground.on_street(), "to": ground.on_street()})),
        ),
        (("get", "/api/v1/search"), get("/api/v1/search?q=%E7%A4%BE%E5%8C%BA".to_owned())),
        (("get", "/api/v1/shifts"), get("/api/v1/shifts?limit=2".to_owned())),
        (("get", "/api/v1/styles/{name}"), get("/api/v1/styles/day".to_owned())),
        (("get", "/api/v1/tasks"), get("/api/v1/tasks".to_owned())),
        (("get", "/api/v1/tasks/{id}"), get(format!("/api/v1/tasks/{task}"))),
        (
            ("post", "/api/v1/tasks/{id}/steps"),
            (format!("/api/v1/tasks/{task}/steps"), json!({"step": "on_scene"})),
        ),
        (("get", "/api/v1/tiles/{set}"), get("/api/v1/tiles/live".to_owned())),
        (("get", "/api/v1/tiles/{set}/{z}/{x}/{y}"), get(format!("/api/v1/tiles/base/14/{x}/{y}?v=1"))),
    ])
}

/// The same for what was.
fn history_requests() -> BTreeMap<Route, (String, Value)> {
    let at = "2026-11-23T15:07:00%2B08:00";
    BTreeMap::from([
        (("get", "/api/v1/history"), (format!("/api/v1/history?at={at}&level=grid&limit=5"), Value::Null)),
        (
            ("get", "/api/v1/history/pace"),
            (format!("/api/v1/history/pace?from={at}&until=2026-11-24T00:00:00Z&bar_s=3600"), Value::Null),
        ),
    ])
}

/// The same for patrols.
fn patrol_requests(ground: &Ground) -> BTreeMap<Route, (String, Value)> {
    let (lon, lat) = ground.places(1)[0];
    let grid = ground.ask("/areas?level=grid&limit=1")["areas"][0]["id"].clone();
    let (responder, second) = (ground.workers()[0], ground.workers()[1]);
    let patrol = ground.begin(&json!({"responder": responder})).json(201)["id"].clone();
    let fix = json!({"sequence": 1, "lon": lon, "lat": lat, "accuracy_m": 5.0, "speed_m_s": 1.0, "at_ms": ground.now_ms()});
    let scan = json!({"place": {"lon": lon, "lat": lat}, "at_ms": ground.now_ms()});
    let get = |path: String| (path, Value::Null);
    let post = |path: &str, body: Value| (path.to_owned(), body);
    BTreeMap::from([
        (("get", "/api/v1/coverage"), get("/api/v1/coverage?level=grid".to_owned())),
        (("get", "/api/v1/coverage/pieces"), get(format!("/api/v1/coverage/pieces?area={grid}"))),
        (("get", "/api/v1/patrol-plans"), get("/api/v1/patrol-plans?limit=2".to_owned())),
        (("get", "/api/v1/patrols"), get("/api/v1/patrols".to_owned())),
        (("post", "/api/v1/patrols"), post("/api/v1/patrols", json!({"responder": second}))),
        (("get", "/api/v1/patrols/{id}"), get(format!("/api/v1/patrols/{patrol}"))),
        (("get", "/api/v1/patrols/{id}/coverage"), get(format!("/api/v1/patrols/{patrol}/coverage"))),
        (
            ("post", "/api/v1/patrols/{id}/fixes"),
            post(&format!("/api/v1/patrols/{patrol}/fixes"), json!({"device": "phone-1", "fixes": [fix]})),
        ),
        (("post", "/api/v1/patrols/{id}/visits"), post(&format!("/api/v1/patrols/{patrol}/visits"), scan)),
        (("post", "/api/v1/patrols/{id}/end"), (format!("/api/v1/patrols/{patrol}/end"), Value::Null)),
    ])
}

/// The same for notices to a receiver who refused two.
fn notice_requests(ground: &Ground) -> BTreeMap<Route, (String, Value)> {
    let numbers = ground.refused_notices(2);
    BTreeMap::from([
        (("get", "/api/v1/notices"), ("/api/v1/notices?limit=5".to_owned(), Value::Null)),
        (
            ("post", "/api/v1/notices/{number}/again"),
            (format!("/api/v1/notices/{}/again", numbers[0]), Value::Null),
        ),
        (
            ("post", "/api/v1/notices/{number}/drop"),
            (format!("/api/v1/notices/{}/drop", numbers[1]), Value::Null),
        ),
    ])
}

#[test]
fn every_route_of_the_document_answers() {
    let receiver = Receiver::start();
    receiver.answer("400 Bad Request", "");
    let ground = Ground::folk_with(&["--config", &receiver.config(&["case"], "")]);
    let document = ground.client().get("/openapi.json").json(200);
    let reader = Listener::join(ground.address(), "", None);
    let mut requests = requests(&ground, &reader.stream);
    requests.extend(patrol_requests(&ground));
    requests.extend(notice_requests(&ground));
    requests.extend(history_requests());
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            if operation["responses"]["200"]["content"]["text/event-stream"].is_object() {
                continue;
            }
            let (path_of_it, body) = requests.get(&(method.as_str(), path.as_str())).unwrap_or_else(|| {
                panic!("{method} {path} is not tried here: add a request that is answered well")
            });
            let answer = match method.as_str() {
                "get" => ground.client().get(path_of_it),
                _ => ground.client().post(path_of_it, &fresh_key(), body),
            };
            assert!((200..300).contains(&answer.status), "{method} {path}: {}", answer.text());
            let described = &operation["responses"][answer.status.to_string()];
            assert!(described.is_object(), "{method} {path}: {} is not described", answer.status);
            if let Some(schema) = described["content"]["application/json"].get("schema") {
                matches(&document, schema, &answer.json(answer.status), path);
            }
        }
    }
    let described = |(method, path): &(&str, &str)| document["paths"][path][method].is_object();
    assert!(requests.keys().all(described), "a request here has no route");
    drop(reader);
    drop(ground.stop_and(|| ()));
}

#[test]
fn every_event_of_the_stream_has_the_form_that_the_document_tells_of() {
    let ground = Ground::folk();
    let document = ground.client().get("/openapi.json").json(200);
    let answer = &document["paths"]["/api/v1/live"]["get"]["responses"]["200"];
    let name = answer["content"]["text/event-stream"]["schema"]["$ref"].as_str().expect("a schema");
    let name = name.rsplit('/').next().expect("a name");
    let forms: Vec<Value> =
        document["components"]["schemas"][name]["oneOf"].as_array().expect("one of several").clone();
    let (lon, lat) = ground.places(1)[0];
    let bounds = format!("{},{},{},{}", lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01);
    let before = Listener::join(ground.address(), "", None).last_id;
    let readers = [
        Listener::join(ground.address(), &format!("?bounds={bounds}"), Some(&before)),
        Listener::join(ground.address(), "?counts=grid", Some("other.0.1")),
    ];
    let worker = ground.workers()[0];
    ground.stand(worker, (lon, lat));
    let case = ground.case_at((lon, lat));
    let task = ground.assign(&json!({"case": case, "responder": worker})).json(201)["id"].clone();
    let patrol = ground.begin(&json!({"responder": worker})).json(201)["id"].clone();
    let (way, _) = ground.way();
    let steps = gridward_tests::patrol::walk(&way, ground.now_ms(), 60, 5.0);
    assert_eq!(ground.send_fixes(&patrol, &steps).status, 200);
    let closure = json!({"what": "street", "place": ground.on_street()});
    let closure = ground.client().post("/api/v1/closures", &fresh_key(), &closure).json(201)["id"].clone();
    let opened = ground.client().post(&format!("/api/v1/closures/{closure}/end"), &fresh_key(), &json!({}));
    assert_eq!(opened.status, 204, "{}", opened.text());
    assert_eq!(ground.step(&task, "cancelled").status, 200);

    let mut met = BTreeMap::from([("hello".to_owned(), 1)]);
    for mut reader in readers {
        for event in reader.up_to_beat().into_iter().chain(reader.up_to_beat()) {
            let form = forms.iter().find_map(|form| form["properties"].get(&event.name));
            let form = form.unwrap_or_else(|| panic!("no form is told of for {event:?}"));
            matches(&document, form, &event.data, &event.name);
            *met.entry(event.name).or_insert(0) += 1;
        }
    }
    let names: Vec<&str> = met.keys().map(String::as_str).collect();
    assert_eq!(names, ["change", "counts", "covered", "gone", "hello", "people", "reload"]);
    ground.stop();
}

/// Fails where an answer does not have the form that the document tells of: fields that are missing, fields that are not told of.
fn matches(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("a name");
        return matches(document, &document["components"]["schemas"][name], value, at);
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().for_each(|part| known_fields_match(document, part, value, at));
    }
    if let Some(one) = schema["oneOf"].as_array() {
        let fitting = one.iter().find(|part| (part["type"] == "null") == value.is_null());
        return matches(document, fitting.unwrap_or_else(|| panic!("{at}: {value} fits nothing")), value, at);
    }
    known_fields_match(document, schema, value, at);
    if let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for field in fields.keys() {
            assert!(properties.contains_key(field), "{at}: the field {field} is not described");
        }
    }
}

fn known_fields_match(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("a name");
        return known_fields_match(document, &document["components"]["schemas"][name], value, at);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = types.is_empty() || types.contains(&is) || (is == "integer" && types.contains(&"number"));
    assert!(fits, "{at}: {value} is no {types:?}");
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(required).is_some(), "{at}: the field {required} is missing in {value}");
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(field) = value.get(name) {
            matches(document, schema, field, &format!("{at}.{name}"));
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for value in values {
            matches(document, items, value, &format!("{at}[]"));
        }
    }
}
