//! What comes in over the command line: all or nothing, with words that name the file, the place in it and the remedy.

use gridward_tests::{
    binary,
    ground::{assert_clean, distance_m, fresh_key, hazard},
    run,
    server::Server,
    shared,
    store::{City, Folder},
};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

const KARLSRUHE: &str = "osm/karlsruhe-kirchfeld.osm.pbf";

/// Everything that a store answers about its places, as text; only the version is left out, which each commit moves.
fn dump(store: &str) -> String {
    let server = Server::start(Path::new(store));
    let ask = |path: &str| server.client().get(&format!("/api/v1{path}")).json(200);
    let mut answers = vec![ask("/city"), ask("/areas?limit=1000"), ask("/cases?limit=200")];
    let whole = |area: &Value| ask(&format!("/areas/{}", area["id"]));
    answers.extend(answers[1]["areas"].as_array().expect("a list").iter().map(whole).collect::<Vec<_>>());
    for answer in &mut answers {
        answer.as_object_mut().expect("an object").remove("version");
    }
    assert_clean(&server.stop());
    serde_json::to_string_pretty(&answers).expect("JSON")
}

fn counts(store: &str) -> Value {
    let server = Server::start(Path::new(store));
    let counts = server.client().get("/api/v1/city").json(200)["counts"].clone();
    assert_clean(&server.stop());
    counts
}

/// Runs a verb that must be refused with exit code 1, and answers what it said.
fn refused(arguments: &[&str]) -> String {
    let output = Command::new(binary()).args(arguments).output().expect("the binary can be run");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    assert!(said.starts_with("gridward: ") && !said.contains("panicked"), "{arguments:?}: {said}");
    said
}

fn done(arguments: &[&str]) -> String {
    let (well, said) = run(arguments);
    assert!(well, "{arguments:?}: {said}");
    said
}

/// A town, and where it is kept.
fn town() -> (Folder, String) {
    let folder = City::Town.store().expect("the made-up town is there on every machine");
    let store = folder.path().to_string_lossy().into_owned();
    (folder, store)
}

/// A square of a hundredth of a degree at a place, as an area of some level.
fn square(lon: f64, lat: f64, code: &str, level: &str) -> String {
    let side = 0.01;
    let corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side), (lon, lat)];
    let ring: Vec<String> = corners.iter().map(|(lon, lat)| format!("[{lon:.7},{lat:.7}]")).collect();
    format!(
        r#"{{"type":"Feature","properties":{{"level":"{level}","code":"{code}","name":"方"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        ring.join(",")
    )
}

#[test]
fn a_check_stores_nothing() {
    let Some(file) = shared(KARLSRUHE) else { return };
    let file = file.to_string_lossy().into_owned();
    let folder = Folder::new();
    let store = folder.join("store");
    let said = done(&["import", "osm", &file, "--store", &store, "--check"]);
    assert!(said.contains("2995 building") && said.contains("nothing was stored"), "{said}");
    assert!(!Path::new(&store).exists(), "a check makes no store");

    let (_folder, store) = town();
    let before = dump(&store);
    done(&["import", "osm", &file, "--store", &store, "--check", "--replace"]);
    assert_eq!(dump(&store), before);
}

/// Files that no reader can use, by name and content.
fn useless(folder: &Folder) -> Vec<String> {
    let write = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, content).expect("written");
        path
    };
    let mut files = vec![
        write("empty.osm.pbf", b""),
        write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01"),
        write("words.osm", "没有地图".as_bytes()),
        write("half.osm", b"<osm version=\"0.6\"><node id=\"1\" lat=\"41.8\""),
        write("zeros.osm.pbf", &[0; 4_096]),
        folder.join("nothing.osm.pbf"),
        folder.path().to_string_lossy().into_owned(),
    ];
    if let Some(file) = shared(KARLSRUHE) {
        let whole = fs::read(file).expect("readable");
        for bytes in [3, 100, whole.len() / 2, whole.len() - 1] {
            files.push(write(&format!("cut-at-{bytes}.osm.pbf"), &whole[..bytes]));
        }
        let mut damaged = whole;
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0xff;
        files.push(write("damaged.osm.pbf", &damaged));
    }
    files
}

#[test]
fn a_file_that_cannot_be_used_is_named_and_changes_nothing() {
    let (_folder, store) = town();
    let before = dump(&store);
    let beside = Folder::new();
    for file in useless(&beside) {
        let imports = [
            vec!["import", "osm", &file, "--replace"],
            vec!["import", "areas", &file, "--frame", "wgs84", "--level", "grid"],
            vec!["import", "buildings", &file, "--frame", "wgs84", "--replace"],
        ];
        for import in imports {
            let said = refused(&[&import[..], &["--store", &store]].concat());
            assert!(said.contains(&file), "the file is not named: {said}");
        }
    }
    assert_eq!(dump(&store), before);
}

#[test]
fn a_file_that_cannot_be_used_makes_no_store() {
    let beside = Folder::new();
    let store = beside.join("store");
    for file in useless(&beside) {
        refused(&["import", "osm", &file, "--store", &store]);
        assert!(!Path::new(&store).exists(), "{file} left a store behind");
    }
}

#[test]
fn importing_twice_is_refused_with_the_remedy_and_replacing_replaces() {
    let Some(folder) = City::Karlsruhe.store() else { return };
    let (Some(file), store) = (shared(KARLSRUHE), folder.path().to_string_lossy().into_owned()) else {
        return;
    };
    let file = file.to_string_lossy().into_owned();
    let before = dump(&store);
    let said = refused(&["import", "osm", &file, "--store", &store]);
    assert!(said.contains("--replace"), "{said}");
    assert_eq!(dump(&store), before);

    let counted = counts(&store);
    let middle = "/api/v1/near?lon=8.396636&lat=49.0506821&kinds=building&k=100&radius_m=2000";
    let buildings = |store: &str| {
        let server = Server::start(Path::new(store));
        let near = server.client().get(middle).json(200);
        assert_clean(&server.stop());
        let results = near["results"].as_array().expect("a list").clone();
        let ids: Vec<u64> = results.iter().filter_map(|thing| thing["id"].as_u64()).collect();
        let distances: Vec<String> = results.iter().map(|thing| thing["distance_m"].to_string()).collect();
        (ids, distances)
    };
    let (ids, distances) = buildings(&store);
    done(&["import", "osm", &file, "--store", &store, "--replace"]);
    assert_eq!(counts(&store), counted);
    let (new_ids, new_distances) = buildings(&store);
    assert_eq!(new_distances, distances, "the same buildings");
    assert!(new_ids.iter().all(|id| !ids.contains(id)), "under new numbers");
}

#[test]
fn areas_of_another_frame_land_where_they_mean() {
    let Some(file) = shared("tiexi/adcode_fence_210106.geojson") else { return };
    let given: Value = serde_json::from_slice(&fs::read(&file).expect("readable")).expect("JSON");
    let given = given["coordinates"][0].as_array().expect("a ring").clone();
    let file = file.to_string_lossy().into_owned();
    let folder = Folder::new();
    let store = folder.join("store");
    done(&[
        "import",
        "areas",
        &file,
        "--store",
        &store,
        "--frame",
        "gcj02",
        "--level",
        "district",
        "--code",
        "210106",
        "--name",
        "铁西区",
    ]);
    let server = Server::start(Path::new(&store));
    let area = server.client().get("/api/v1/areas").json(200)["areas"][0].clone();
    assert_eq!((&area["level"], &area["code"]), (&"district".into(), &"210106".into()));
    let whole = server.client().get(&format!("/api/v1/areas/{}", area["id"])).json(200);
    let ring = whole["geometry"]["coordinates"][0][0].as_array().expect("a ring").clone();
    assert_eq!(ring.len(), given.len(), "as many corners as the file has");
    let pair = |value: &Value| (value[0].as_f64().expect("degrees"), value[1].as_f64().expect("degrees"));
    for corner in given.iter().step_by(25).map(pair) {
        // Oracle: what `/locate` makes of the corner, which is held to published conversions.
        let path = format!("/api/v1/locate?lon={}&lat={}&frame=gcj02", corner.0, corner.1);
        let located = server.client().get(&path).json(200);
        let meant = gridward_tests::ground::point(&located["place"]);
        let nearest_m = ring.iter().map(|corner| distance_m(pair(corner), meant)).fold(f64::MAX, f64::min);
        assert!(nearest_m < 1.0, "{corner:?} lies {nearest_m} m from the next corner of the area");
        assert!(distance_m(corner, meant) > 300.0, "{corner:?} was not converted");
    }
    assert_clean(&server.stop());
}

#[test]
fn a_frame_must_be_named_and_known() {
    let folder = Folder::new();
    let (file, store) = (folder.join("square.geojson"), folder.join("store"));
    fs::write(&file, square(123.4, 41.8, "210106001", "street")).expect("written");
    for frame in [&[][..], &["--frame", "gps"], &["--frame", ""]] {
        let (well, said) = run(&[&["import", "areas", &file, "--store", &store][..], frame].concat());
        assert!(!well && said.contains("frame"), "{frame:?}: {said}");
    }
    fs::write(&file, square(41.8, 123.4, "210106001", "street")).expect("written");
    let said = refused(&["import", "areas", &file, "--store", &store, "--frame", "wgs84"]);
    assert!(said.contains(&file) && said.contains("longitude"), "the wrong way round: {said}");
    assert!(!Path::new(&store).exists());
}

/// Files that are bad in the letter only: the importer puts them right and says so, or takes what is an area and names the rest.
const PUT_RIGHT: [&str; 4] = [
    "bad-polygon-interiorring-rhr.geojson",
    "polygon_winding_order.geojson",
    "different-first-size.geojson",
    "featurecollection_changed_semantics.geojson",
];

#[test]
fn bad_geojson_changes_nothing_or_is_put_right_with_words() {
    let Some(files) = shared("fixtures/geojson-bad") else { return };
    let (_folder, store) = town();
    let before = dump(&store);
    let mut tried = 0;
    for entry in fs::read_dir(files).expect("readable").map(|entry| entry.expect("readable").path()) {
        let file = entry.to_string_lossy().into_owned();
        if PUT_RIGHT.iter().any(|name| entry.ends_with(name)) {
            let said = done(&[
                "import", "areas", &file, "--store", &store, "--frame", "wgs84", "--level", "grid", "--check",
            ]);
            assert!(said.contains("turned round") || said.contains("left out"), "{said}");
            continue;
        }
        for what in ["areas", "buildings"] {
            let level: &[&str] = if what == "areas" { &["--level", "grid"] } else { &["--replace"] };
            let import = ["import", what, &file, "--store", &store, "--frame", "wgs84"];
            let said = refused(&[&import[..], level].concat());
            assert!(said.contains(&file) && said.contains("nothing was stored"), "{said}");
        }
        tried += 1;
    }
    assert!(tried > 30, "{tried} files only");
    assert_eq!(dump(&store), before);
}

#[test]
fn an_area_that_is_known_gets_a_new_version_and_keeps_its_number() {
    let folder = Folder::new();
    let (file, store) = (folder.join("square.geojson"), folder.join("store"));
    let import = |lon: f64| {
        fs::write(&file, square(lon, 41.8, "210106001", "street")).expect("written");
        done(&["import", "areas", &file, "--store", &store, "--frame", "wgs84"])
    };
    let areas = || {
        let server = Server::start(Path::new(&store));
        let areas = server.client().get("/api/v1/areas").json(200)["areas"].clone();
        assert_clean(&server.stop());
        areas
    };
    import(123.4);
    let first = areas();
    let said = import(123.4);
    assert!(said.contains("stored 0 changes"), "nothing is new: {said}");
    assert_eq!(areas(), first);
    import(123.5);
    let moved = areas();
    assert_eq!(moved.as_array().map(Vec::len), Some(1));
    assert_eq!(moved[0]["id"], first[0]["id"]);
    assert_ne!(moved[0]["bounds"], first[0]["bounds"]);
}

#[test]
fn an_area_that_moves_keeps_its_households_and_the_answers_that_were_given_in_it() {
    let folder = Folder::new();
    let (file, store) = (folder.join("square.geojson"), folder.join("store"));
    let import = |text: &str| {
        fs::write(&file, text).expect("written");
        done(&["import", "areas", &file, "--store", &store, "--frame", "wgs84"])
    };
    let counted =
        |lon: f64| square(lon, 41.8, "210106001", "street").replace(r#""name""#, r#""households":7,"name""#);
    import(&square(123.4, 41.8, "210106001", "street"));
    let said = import(&counted(123.4));
    assert!(said.contains("stored 1 changes"), "households alone are news: {said}");

    let (key, body) = (fresh_key(), hazard(123.405, 41.805));
    let tell = |status: u16, key: &str| {
        let server = Server::start(Path::new(&store));
        let households = server.client().get("/api/v1/areas").json(200)["areas"][0]["households"].clone();
        let answer = server.client().post("/api/v1/reports", key, &body).json(status);
        assert_clean(&server.stop());
        (households, answer)
    };
    let (households, first) = tell(201, &key);
    assert_eq!(households, 7);

    import(&square(123.5, 41.8, "210106001", "street"));
    let (households, again) = tell(201, &key);
    assert_eq!(households, 7, "a file that does not tell takes nothing away");
    for field in ["report", "case", "hazard"] {
        assert_eq!(again[field], first[field], "{field}: the place lies outside today, and was taken");
    }
    let (_, refused) = tell(422, &fresh_key());
    assert_eq!(refused["field"], "place");
}

#[test]
fn the_made_up_town_is_the_same_for_the_same_seed_and_made_once() {
    let folder = Folder::new();
    let store = |name: &str| folder.join(name);
    for (name, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
        let year = ["--until", "2026-11-01", "--seed", seed, "--scale", "0.01"];
        done(&[&["demo", "--store", &store(name)], &year[..]].concat());
    }
    let [a, b, c] = ["a", "b", "c"].map(|name| dump(&store(name)));
    assert!(a == b, "the same seed made two towns");
    assert!(a != c, "another seed made the same town");
    let said = refused(&["demo", "--store", &store("a")]);
    assert!(said.contains("--store"), "{said}");
    assert!(dump(&store("a")) == a);
    refused(&["demo", "--store", &store("d"), "--scale", "0"]);
    refused(&["demo", "--store", &store("d"), "--scale", "1000"]);
    assert!(!Path::new(&store("d")).exists());
}

#[test]
fn people_can_be_made_up_for_a_city_that_is_there_and_once() {
    let folder = Folder::new();
    let store = folder.join("city");
    let people = ["demo", "--store", &store, "--only-people", "--until", "2026-11-01"];
    let said = refused(&people);
    assert!(said.contains("import a city first"), "{said}");
    done(&["demo", "--store", &store, "--only-places", "--scale", "0.01"]);
    let ground = dump(&store);
    done(&people);
    let peopled = dump(&store);
    assert!(ground.len() < peopled.len());
    let said = refused(&people);
    assert!(said.contains("people already"), "{said}");
    assert!(dump(&store) == peopled);
}
