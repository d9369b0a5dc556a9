//! `GET /search`: what is called so, or has this code?

use gridward_tests::ground::{Ground, distance_m, point};
use serde_json::Value;

fn found(ground: &Ground, words: &str) -> Vec<Value> {
    let quoted = words.bytes().fold(String::new(), |quoted, byte| quoted + &format!("%{byte:02X}"));
    ground.ask(&format!("/search?q={quoted}&limit=50"))["results"].as_array().expect("a list").clone()
}

#[test]
fn an_area_is_found_by_its_code_and_comes_first() {
    let ground = Ground::town();
    let page = ground.ask("/areas?limit=60");
    for area in page["areas"].as_array().expect("a list") {
        let code = area["code"].as_str().expect("a code");
        let first = found(&ground, code)[0].clone();
        assert_eq!(
            (&first["kind"], &first["id"], &first["code"]),
            (&"area".into(), &area["id"], &area["code"])
        );
        assert_eq!(first["level"], area["level"]);
        let wider = first["within"].as_array().expect("areas");
        assert!(wider.iter().all(|area| area["id"] != first["id"]), "nothing lies within itself: {first}");
        let place = point(&first["place"]);
        let chain = ground.ask(&format!("/locate?lon={}&lat={}", place.0, place.1));
        assert!(
            chain["areas"].as_array().expect("areas").iter().any(|one| one["id"] == area["id"]),
            "{first}"
        );
    }
    ground.stop();
}

#[test]
fn what_has_a_name_is_found_by_it_and_by_a_part_of_it() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    for kind in ["station", "facility", "compound", "street"] {
        let near = ground.ask(&format!("/near?lon={lon}&lat={lat}&kinds={kind}&k=5&radius_m=5000"));
        let thing = near["results"].as_array().expect("a list").iter().find(|near| near["name"].is_string());
        let thing = thing.unwrap_or_else(|| panic!("no {kind} with a name"));
        let name = thing["name"].as_str().expect("a name");
        let whole = found(&ground, name);
        assert_eq!(whole[0]["name"], name, "the whole name comes first");
        assert!(whole.iter().any(|one| one["kind"] == kind && one["name"] == name), "{kind} {name}");
        let part: String = name.chars().take(2).collect();
        assert!(
            found(&ground, &part).iter().all(|one| one["name"].as_str().is_some_and(|it| it.contains(&part)))
        );
    }
    ground.stop();
}

#[test]
fn a_station_is_found_where_it_stands() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let near = ground.ask(&format!("/near?lon={lon}&lat={lat}&kinds=station&k=1&radius_m=5000"));
    let station = &near["results"][0];
    let all = found(&ground, station["name"].as_str().expect("a name"));
    let it = all.iter().find(|one| one["kind"] == "station" && one["id"] == station["id"]).expect("found");
    assert!(distance_m(point(&it["place"]), point(&station["place"])) < 0.5, "{it}");
    ground.stop();
}

#[test]
fn what_is_nowhere_is_an_empty_answer_and_what_is_no_question_is_refused() {
    let ground = Ground::town();
    assert!(found(&ground, "没有这样的地方").is_empty());
    assert!(found(&ground, " ").is_empty());
    let long = "a".repeat(101);
    for query in ["", "?q=a&limit=0", "?q=a&limit=51", &format!("?q={long}"), "?q=a&kind=area"] {
        let slug = ground.refusal(&format!("/search{query}"), 400);
        assert!(slug == "invalid-parameter", "{query}: {slug}");
    }
    ground.stop();
}
