//! `GET /areas`, `GET /areas/{id}`: who answers for which ground?

use gridward_tests::ground::{Ground, point};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every area that a question has, page by page.
fn every(ground: &Ground, query: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = ground.ask(&format!("/areas?{query}{cursor}"));
        found.extend(page["areas"].as_array().expect("a list").clone());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

fn ids(areas: &[Value]) -> Vec<u64> {
    areas.iter().map(|area| area["id"].as_u64().expect("a number")).collect()
}

#[test]
fn paging_visits_each_area_exactly_once() {
    let ground = Ground::town();
    let counts = ground.ask("/city")["counts"].clone();
    for (level, count) in
        [("district", "districts"), ("street", "streets"), ("community", "communities"), ("grid", "grids")]
    {
        for limit in [1, 3, 1_000] {
            let found = every(&ground, &format!("level={level}&limit={limit}"));
            assert_eq!(counts[count], found.len(), "{level}, {limit} a page");
            assert!(found.iter().all(|area| area["level"] == level));
            let distinct: BTreeSet<u64> = ids(&found).into_iter().collect();
            assert_eq!(distinct.len(), found.len(), "{level}, {limit} a page: one came twice");
        }
    }
    let levels: usize = ["district", "street", "community", "grid"]
        .iter()
        .map(|level| every(&ground, &format!("level={level}&limit=1000")).len())
        .sum();
    assert_eq!(every(&ground, "limit=7").len(), levels, "without a level, all of them");
    ground.stop();
}

#[test]
fn every_area_but_the_widest_lies_under_one_that_counts_it() {
    let ground = Ground::town();
    let all = every(&ground, "limit=1000");
    let mut seen = BTreeSet::new();
    for area in &all {
        let under = every(&ground, &format!("limit=1000&parent={}", area["id"]));
        let whole = ground.ask(&format!("/areas/{}", area["id"]));
        assert_eq!(whole["children"], under.len(), "{area}");
        assert!(under.iter().all(|child| child["parent"] == area["id"]));
        seen.extend(ids(&under));
    }
    let widest: Vec<u64> = ids(&all).into_iter().filter(|id| !seen.contains(id)).collect();
    assert_eq!(widest.len(), 1, "one district above all: {widest:?}");
    ground.stop();
}

#[test]
fn an_area_shows_closed_ground_around_its_middle() {
    let ground = Ground::town();
    for area in every(&ground, "limit=1000").iter().take(40) {
        let whole = ground.ask(&format!("/areas/{}", area["id"]));
        for field in ["id", "level", "code", "scheme", "name", "parent", "centre", "bounds"] {
            assert_eq!(whole[field], area[field], "{field}");
        }
        let edge = |at: usize| whole["bounds"][at].as_f64().expect("a box");
        let (lon, lat) = point(&whole["centre"]);
        assert!(edge(0) < lon && lon < edge(2) && edge(1) < lat && lat < edge(3), "{area}");
        assert_eq!(whole["geometry"]["type"], "MultiPolygon");
        for ring in whole["geometry"]["coordinates"]
            .as_array()
            .expect("polygons")
            .iter()
            .flat_map(|polygon| polygon.as_array().expect("rings"))
        {
            let ring = ring.as_array().expect("points");
            assert!(ring.len() >= 4 && ring.first() == ring.last(), "{area}");
        }
    }
    ground.stop();
}

#[test]
fn areas_that_are_not_there_are_not_found() {
    let ground = Ground::town();
    for id in ["0", "999999999", "9007199254740993", "-1", "grid", "1.5", "%20"] {
        assert_eq!(ground.refusal(&format!("/areas/{id}"), 404), "not-found", "{id}");
    }
    assert!(every(&ground, "parent=999999999").is_empty());
    ground.stop();
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let ground = Ground::town();
    for query in [
        "level=city",
        "level=GRID",
        "level=",
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=all",
        "cursor=next",
        "cursor=-1",
        "parent=me",
        "page=2",
    ] {
        assert_eq!(ground.refusal(&format!("/areas?{query}"), 400), "invalid-parameter", "{query}");
    }
    ground.stop();
}
