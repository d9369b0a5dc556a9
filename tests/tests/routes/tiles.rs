//! `GET /tiles/{set}`, `GET /tiles/{set}/{z}/{x}/{y}`: the map as tiles.

use flate2::read::GzDecoder;
use gridward_tests::{
    ground::{Ground, tile_of},
    http::Answer,
    mvt,
    store::City,
};
use serde_json::Value;
use std::{collections::BTreeSet, io::Read};

fn path(set: &str, zoom: u32, place: (f64, f64)) -> String {
    let (column, row) = tile_of(zoom, place);
    format!("/api/v1/tiles/{set}/{zoom}/{column}/{row}")
}

fn tile(ground: &Ground, path: &str) -> Vec<u8> {
    let answer = ground.client().get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.body
}

fn etag(answer: &Answer) -> String {
    let etag = answer.header("etag").expect("a tile has an etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "{etag} is not a strong one");
    etag
}

#[test]
fn tilejson_names_tiles_that_are_there() {
    let ground = Ground::town();
    let place = ground.places(1)[0];
    ground.tell(place.0, place.1);
    for set in ["base", "live"] {
        let document = ground.ask(&format!("/tiles/{set}"));
        assert_eq!(document["tilejson"], "3.0.0");
        assert_eq!((&document["minzoom"], &document["maxzoom"]), (&0.into(), &18.into()));
        assert_eq!(document["bounds"], ground.ask("/city")["bounds"]);
        let template = document["tiles"][0].as_str().expect("an address");
        let template = template.strip_prefix(ground.client().root()).expect("an address of this server");
        let layers: BTreeSet<&str> = document["vector_layers"]
            .as_array()
            .expect("layers")
            .iter()
            .filter_map(|layer| layer["id"].as_str())
            .collect();
        let mut met = BTreeSet::new();
        for zoom in 0..=18 {
            let (column, row) = tile_of(zoom, place);
            let path = template
                .replace("{z}", &zoom.to_string())
                .replace("{x}", &column.to_string())
                .replace("{y}", &row.to_string());
            let body = tile(&ground, &path);
            for layer in mvt::layers(&body) {
                assert!(
                    layers.contains(layer.name.as_str()),
                    "{set} {zoom}: {} is not in the TileJSON",
                    layer.name
                );
                met.insert(layer.name);
            }
        }
        assert!(!met.is_empty());
    }
    ground.stop();
}

#[test]
fn tilejson_tells_the_fields_and_first_zooms_that_tiles_have() {
    let Some(ground) = Ground::of(City::Karlsruhe) else { return };
    let city = ground.ask("/city");
    let middle = gridward_tests::ground::point(&city["centre"]);
    let document = ground.ask("/tiles/base");
    let described = |name: &str| -> Value {
        let layers = document["vector_layers"].as_array().expect("layers");
        layers
            .iter()
            .find(|layer| layer["id"] == name)
            .cloned()
            .unwrap_or_else(|| panic!("{name} is not described"))
    };
    for zoom in 8..=18 {
        for layer in mvt::layers(&tile(&ground, &path("base", zoom, middle))) {
            let described = described(&layer.name);
            let from = described["minzoom"].as_u64().expect("a zoom");
            assert!(from <= u64::from(zoom), "{} at {zoom}, described from {from}", layer.name);
            for key in layer.features.iter().flat_map(|feature| feature.properties.keys()) {
                assert!(described["fields"].get(key).is_some(), "{}: {key} is not described", layer.name);
            }
        }
    }
    let buildings = mvt::layer(&tile(&ground, &path("base", 14, middle)), "buildings");
    assert!(buildings.features.len() > 100, "{} buildings in the middle", buildings.features.len());
    assert!(buildings.features.iter().all(|feature| feature.kind == 3 && feature.id > 0));
    ground.stop();
}

#[test]
fn stations_carry_their_hours_and_never_whether_they_are_open_now() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let near = ground.ask(&format!("/near?lon={lon}&lat={lat}&kinds=station&k=1&radius_m=20000"));
    let station = &near["results"][0];
    let tile = tile(&ground, &path("base", 14, gridward_tests::ground::point(&station["place"])));
    let layer = mvt::layer(&tile, "stations");
    let drawn = layer.features.iter().find(|feature| Some(feature.id) == station["id"].as_u64());
    let properties = &drawn.expect("the station is in its tile").properties;
    let clock = |minutes: u64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let hours = station["detail"]["hours"].as_array().expect("hours");
    assert!(!hours.is_empty(), "{station}");
    for span in hours {
        let minutes = |name: &str| span[name].as_u64().expect("minutes");
        let told = format!("{}-{}", clock(minutes("from_min")), clock(minutes("until_min")));
        let day = span["day"].as_str().expect("a day");
        assert!(properties[day].contains(&told), "{day}: {properties:?}");
    }
    let known =
        ["kind", "name", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    assert!(properties.keys().all(|key| known.contains(&key.as_str())), "{properties:?}");
    ground.stop();
}

#[test]
fn tiles_that_do_not_exist_are_not_found() {
    let ground = Ground::town();
    for path in [
        "base/19/0/0",
        "base/0/1/0",
        "base/0/0/1",
        "base/-1/0/0",
        "base/3/-1/0",
        "base/3/8/0",
        "base/14/1/99999",
        "base/99/0/0",
        "base/4294967296/0/0",
        "base/a/b/c",
        "base/1.5/0/0",
        "base/+1/0/0",
        "base/0/0/0.mvt",
        "base/0/0",
        "base/0/0/0/0",
        "secret/0/0/0",
        "Base/0/0/0",
        "secret",
        "",
    ] {
        assert_eq!(ground.refusal(&format!("/tiles/{path}"), 404), "not-found", "{path}");
    }
    assert_eq!(ground.refusal("/tiles/base/0/0/0?frame=bd09", 400), "invalid-parameter");
    ground.stop();
}

#[test]
fn where_nothing_is_the_answer_is_empty() {
    let ground = Ground::town();
    let place = ground.places(1)[0];
    for path in
        ["/api/v1/tiles/base/14/0/0".to_owned(), path("live", 14, place), "/api/v1/tiles/live/0/0/0".into()]
    {
        let answer = ground.client().get(&path);
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{path}");
        assert!(answer.header("content-type").is_none(), "{path}");
    }
    ground.stop();
    let ground = Ground::empty();
    assert_eq!(ground.client().get("/api/v1/tiles/base/0/0/0").status, 204);
    ground.stop();
}

#[test]
fn a_tile_that_is_known_is_not_sent_again() {
    let ground = Ground::town();
    let path = path("base", 14, ground.places(1)[0]);
    let answer = ground.client().get(&path);
    let known = etag(&answer);
    for tags in [known.clone(), format!("W/{known}"), format!("\"other\", {known}"), "*".to_owned()] {
        let again = ground.client().get_with(&path, &[("if-none-match", &tags)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{tags}");
        assert_eq!(again.header("etag"), Some(known.as_str()), "{tags}");
        assert!(again.header("cache-control").is_some(), "a 304 refreshes how long it may be kept");
    }
    for tags in ["\"other\"", &known[1..known.len() - 1]] {
        assert_eq!(ground.client().get_with(&path, &[("if-none-match", tags)]).status, 200, "{tags}");
    }
    ground.stop();
}

#[test]
fn a_tile_comes_in_each_encoding_that_is_taken_and_is_the_same_inside() {
    let ground = Ground::town();
    let path = path("base", 14, ground.places(1)[0]);
    let plain = tile(&ground, &path);
    let mut etags = BTreeSet::new();
    // The third asking may be packed harder: it must be the same inside.
    for _ in 0..4 {
        for (taken, expected) in [
            ("gzip", Some("gzip")),
            ("zstd", Some("zstd")),
            ("identity", None),
            ("gzip;q=0, zstd;q=0", None),
            ("br, gzip", Some("gzip")),
            ("zstd;q=0, *", Some("gzip")),
            ("gzip;q=0.1, zstd;q=0", Some("gzip")),
            ("br", None),
        ] {
            let answer = ground.client().get_with(&path, &[("accept-encoding", taken)]);
            assert_eq!(answer.status, 200, "{taken}");
            assert_eq!(answer.header("content-encoding"), expected, "{taken}");
            assert_eq!(answer.header("content-type"), Some("application/vnd.mapbox-vector-tile"));
            assert!(
                answer.header("vary").is_some_and(|vary| vary.eq_ignore_ascii_case("accept-encoding")),
                "{taken}"
            );
            etags.insert((expected, etag(&answer)));
            let inside = match expected {
                Some("gzip") => {
                    let mut inside = Vec::new();
                    GzDecoder::new(&answer.body[..]).read_to_end(&mut inside).expect("gzip");
                    inside
                }
                Some(_) => zstd::decode_all(&answer.body[..]).expect("zstd"),
                None => answer.body,
            };
            assert!(inside == plain, "{taken}: another tile inside");
        }
    }
    let distinct: BTreeSet<&String> = etags.iter().map(|(_, etag)| etag).collect();
    assert_eq!(distinct.len(), etags.len(), "two encodings share an etag: {etags:?}");
    let refused = ground.client().get_with(&path, &[("accept-encoding", "br, identity;q=0")]);
    assert_eq!(refused.problem(406), "not-acceptable");
    ground.stop();
}

#[test]
fn a_report_changes_the_live_tile_at_once_and_leaves_the_base_alone() {
    let ground = Ground::town();
    let place = ground.places(1)[0];
    let zooms = [0, 9, 14, 18];
    let base_before: Vec<String> =
        zooms.iter().map(|zoom| etag(&ground.client().get(&path("base", *zoom, place)))).collect();
    let mut seen = BTreeSet::new();
    for told in 1..=5 {
        let answer = ground.tell(place.0, place.1);
        for zoom in zooms {
            let live = ground.client().get(&path("live", zoom, place));
            assert!(seen.insert(etag(&live)) || zoom != 14, "the tile changed under the same etag");
            let hazards = mvt::layer(&live.body, "hazards").features;
            assert_eq!(hazards.len(), told, "zoom {zoom}");
            let drawn = hazards.iter().find(|drawn| answer["hazard"] == drawn.id).expect("it is drawn");
            assert_eq!(drawn.properties["category"], "14");
            assert_eq!(drawn.properties["case"], answer["case"].to_string());
            assert!(drawn.properties["seen_at"].parse::<i64>().is_ok_and(|at| at > 1_700_000_000));
        }
    }
    let base_after: Vec<String> =
        zooms.iter().map(|zoom| etag(&ground.client().get(&path("base", *zoom, place)))).collect();
    assert_eq!(base_before, base_after);
    ground.stop();
}

#[test]
fn what_is_cleared_is_drawn_and_counted_no_more() {
    let ground = Ground::folk();
    let open = ground.ask("/city")["counts"]["hazards"].as_u64().expect("a number");
    let all =
        ground.ask("/cases?state=closed&category=14&limit=200")["cases"].as_array().expect("a list").len();
    assert!(open > 0 && all as u64 > open, "{all} are closed, {open} are open");
    let centre = gridward_tests::ground::point(&ground.ask("/city")["centre"]);
    let live = tile(&ground, &path("live", 0, centre));
    assert_eq!(mvt::layer(&live, "hazards").features.len() as u64, open);
    ground.stop();
}

#[test]
fn a_report_elsewhere_leaves_a_live_tile_alone() {
    let ground = Ground::town();
    let places = ground.places(1_000);
    let here = places[0];
    let away =
        places.iter().find(|place| tile_of(16, **place) != tile_of(16, here)).expect("the town is wider");
    ground.tell(here.0, here.1);
    let before = ground.client().get(&path("live", 18, here));
    ground.tell(away.0, away.1);
    let after = ground.client().get_with(&path("live", 18, here), &[("if-none-match", &etag(&before))]);
    assert_eq!(after.status, 304);
    ground.stop();
}
