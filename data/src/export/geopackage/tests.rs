//! Whether GDAL, by which QGIS reads, finds in the file what was put into it.

use super::{LAYERS, publish_city};
use crate::model::{
    area::{Area, AreaVersion, Level},
    building::{Building, Compound},
    case::{Case, CaseKind, CaseState},
    code::AreaCode,
    entity::Entity,
    facility::{Facility, FacilityKind},
    id::{AreaId, BuildingId, CaseId, CompoundId, FacilityId, StationId, StreetId},
    place::Place,
    report::Channel,
    road::{Access, Direction, Street, StreetKind},
    shape::{Line, Outline, Polygon, Ring},
    station::Station,
    time::{Span, Timestamp, Timetable},
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const AT: Timestamp = Timestamp(1_795_000_000_123);

fn place(lon_e7: i32, lat_e7: i32) -> Place {
    Place::from_e7(1_233_000_000 + lon_e7, 417_900_000 + lat_e7).expect("on the Earth")
}

fn ring(west: i32, side: i32) -> Ring {
    let corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)];
    Ring::new(corners.map(|(east, north)| place(west + east, east.min(0) + north)).to_vec())
        .expect("a square")
}

/// Two squares, the first with a hole.
fn outline() -> Outline {
    let courtyard = [(2_000, 2_000), (2_000, 4_000), (4_000, 4_000), (4_000, 2_000), (2_000, 2_000)];
    let hole = Ring::new(courtyard.map(|(east, north)| place(east, north)).to_vec()).expect("a square");
    let polygons =
        vec![Polygon::new(ring(0, 10_000), vec![hole]), Polygon::new(ring(20_000, 5_000), Vec::new())];
    Outline::new(polygons).expect("two polygons")
}

fn area(number: u64, level: Level, name: &str, until: Option<Timestamp>) -> Entity {
    let version = AreaVersion {
        code: AreaCode::guess("210106").expect("a code"),
        name: name.to_owned(),
        parent: AreaId::new(number - 1).ok(),
        outline: outline(),
        valid: Span { from: Timestamp(0), until },
        households: Some(1_200),
    };
    let id = AreaId::new(number).expect("a number");
    Area { id, level, versions: vec![version], lineage: Vec::new() }.into()
}

fn city() -> Vec<Entity> {
    let case = Case {
        id: CaseId::new(1).expect("a number"),
        kind: CaseKind::Hazard,
        category: None,
        state: CaseState::Received,
        channel: Channel::Patrol,
        place: place(0, 0),
        areas: Vec::new(),
        opened_at: AT,
        reports: Vec::new(),
        hazard: None,
        closed_at: None,
        lead: None,
        co_handling: Vec::new(),
        steps: Vec::new(),
    };
    let building = |number: u64, name: Option<&str>| Building {
        id: BuildingId::new(number).expect("a number"),
        outline: outline(),
        name: name.map(str::to_owned),
        address: Some("兴华南街 12 号".to_owned()),
        storeys: Some(6),
        households: None,
        entrances: Vec::new(),
        compound: CompoundId::new(1).ok(),
    };
    let id = CompoundId::new(1).expect("a number");
    let compound = Compound { id, name: "工人村".to_owned(), outline: outline() };
    let station = Station {
        id: StationId::new(5).expect("a number"),
        name: "劳动公园爱心驿站".to_owned(),
        place: place(1, 2),
        timetable: Timetable::default(),
    };
    let facility = Facility {
        id: FacilityId::new(6).expect("a number"),
        kind: FacilityKind::Canteen,
        name: "启工社区食堂".to_owned(),
        place: place(3, 4),
        timetable: Timetable::default(),
    };
    let street = |number: u64| Street {
        id: StreetId::new(number).expect("a number"),
        kind: StreetKind::Residential,
        name: Some("建设大路".to_owned()),
        line: Line::new(vec![place(0, 0), place(500, 0), place(900, 700)]).expect("three places"),
        joints: Vec::new(),
        direction: Direction::Forward,
        access: Access { foot: true, cycle: true, car: false },
        bridge: true,
        tunnel: false,
        barriers: Vec::new(),
    };
    vec![
        area(1, Level::District, "铁西区", None),
        area(2, Level::Street, "工人村街道", None),
        area(3, Level::Community, "启工社区", None),
        area(4, Level::Grid, "第一网格", None),
        area(5, Level::Grid, "第二网格", None),
        area(6, Level::Grid, "旧网格", Some(AT)),
        compound.into(),
        building(1, Some("3 号楼")).into(),
        building(2, None).into(),
        building(3, None).into(),
        station.into(),
        facility.into(),
        street(1).into(),
        street(2).into(),
        case.into(),
    ]
}

const COUNTS: [(&str, u64); 9] = [
    ("area_district", 1),
    ("area_street", 1),
    ("area_community", 1),
    ("area_grid", 2),
    ("compound", 1),
    ("building", 3),
    ("station", 1),
    ("facility", 1),
    ("street", 2),
];

/// A file of this name in a folder for the test.
fn file(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gridward-gpkg-{}-{test}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
    folder.join("city.gpkg")
}

fn take_away(path: &Path) {
    let folder = path.parent().expect("a folder of our own");
    std::fs::remove_dir_all(folder).expect("a folder of our own");
}

/// What GDAL says of the file; `None` where GDAL is not installed.
fn ogrinfo(arguments: &[&str]) -> Option<String> {
    let Ok(said) = Command::new("ogrinfo")
        .args(["--config", "OGR_SQLITE_JOURNAL", "MEMORY", "-ro"])
        .args(arguments)
        .output()
    else {
        println!("skipped: there is no ogrinfo (Debian package gdal-bin)");
        return None;
    };
    let (out, complaints) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success() && complaints.trim().is_empty(), "{out}\n{complaints}");
    Some(out.into_owned())
}

#[test]
fn gdal_reads_every_layer_with_its_count_its_extent_and_its_names() {
    let path = file("layers");
    assert_eq!(publish_city(city().iter(), AT, &path).expect("a folder of our own"), COUNTS);
    let name = path.to_str().expect("a plain path");
    for (layer, (table, count)) in LAYERS.iter().zip(COUNTS) {
        let Some(said) = ogrinfo(&["-al", name, table]) else { break };
        assert!(said.contains(&format!("Feature Count: {count}\n")), "{said}");
        assert!(said.contains("FID Column = id\nGeometry Column NOT NULL = geom"), "{said}");
        assert!(said.contains("ID[\"EPSG\",4326]]"), "{said}");
        let shape = said.to_uppercase().replace(' ', "");
        assert!(shape.contains(&format!("GEOMETRY:{}", layer.shape)), "{said}");
        let extent = match layer.shape {
            "MULTIPOLYGON" => "Extent: (123.300000, 41.790000) - (123.302500, 41.791000)",
            "LINESTRING" => "Extent: (123.300000, 41.790000) - (123.300090, 41.790070)",
            _ => "Extent: (123.300000, 41.790000) - (123.300000, 41.790000)",
        };
        assert!(said.contains(extent), "{said}");
    }
    for (table, words) in [
        ("area_grid", "name (String) = 第二网格"),
        ("area_district", "code (String) = 210106"),
        ("area_grid", "households (Integer64) = 1200"),
        ("building", "name (String) = 3 号楼"),
        (
            "building",
            "MULTIPOLYGON (((123.3 41.79,123.301 41.79,123.301 41.791,123.3 41.791,123.3 41.79),(123.3002 41.7902,",
        ),
        ("station", "POINT (123.3000001 41.7900002)"),
        ("facility", "kind (String) = canteen"),
        ("street", "car (Integer(Boolean)) = 0"),
        ("street", "LINESTRING (123.3 41.79,123.30005 41.79,123.30009 41.79007)"),
    ] {
        let Some(said) = ogrinfo(&["-al", name, table]) else { break };
        assert!(said.contains(words), "{words} is not in {said}");
    }
    take_away(&path);
}

#[test]
fn the_file_is_a_whole_geopackage_that_lists_only_its_own_layers() {
    let path = file("whole");
    publish_city(city().iter(), AT, &path).expect("a folder of our own");
    let connection = rusqlite::Connection::open(&path).expect("the file");
    let one = |text: &str| -> String { connection.query_row(text, [], |row| row.get(0)).expect("an answer") };
    assert_eq!(one("SELECT printf('%x', application_id) FROM pragma_application_id"), "47504b47");
    assert_eq!(one("SELECT CAST(user_version AS TEXT) FROM pragma_user_version"), "10300");
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert_eq!(one("SELECT CAST(count(*) AS TEXT) FROM pragma_foreign_key_check"), "0");
    assert_eq!(one("SELECT CAST(count(*) AS TEXT) FROM sqlite_schema WHERE type = 'trigger'"), "0");
    assert_eq!(one("SELECT DISTINCT last_change FROM gpkg_contents"), "2026-11-18T11:06:40.123Z");
    let unlisted =
        "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'gpkg_%'
        AND name NOT LIKE 'sqlite_%' AND name NOT IN (SELECT table_name FROM gpkg_contents)";
    let unlisted: Option<String> = connection.query_row(unlisted, [], |row| row.get(0)).expect("an answer");
    assert_eq!(unlisted, None);
    drop(connection);
    take_away(&path);
}

#[test]
fn a_reader_keeps_the_old_file_while_a_new_one_takes_its_place() {
    let path = file("place");
    publish_city(city().iter(), AT, &path).expect("a folder of our own");
    let reader = rusqlite::Connection::open(&path).expect("the file");
    let count = |connection: &rusqlite::Connection| -> i64 {
        connection.query_row("SELECT count(*) FROM building", [], |row| row.get(0)).expect("an answer")
    };
    assert_eq!(count(&reader), 3);
    std::fs::write(super::aside(&path), "what an interrupted publishing left").expect("a folder of our own");
    publish_city(&city()[..8], AT, &path).expect("a folder of our own");
    assert_eq!(count(&reader), 3);
    assert_eq!(count(&rusqlite::Connection::open(&path).expect("the file")), 1);
    assert!(!super::aside(&path).exists());
    take_away(&path);
}

#[test]
fn an_empty_city_is_a_file_with_empty_layers() {
    let path = file("empty");
    let written = publish_city(&[], AT, &path).expect("a folder of our own");
    assert_eq!(written.iter().map(|(_, count)| count).sum::<u64>(), 0);
    if let Some(said) = ogrinfo(&["-so", "-al", path.to_str().expect("a plain path")]) {
        assert_eq!(said.matches("Feature Count: 0\n").count(), LAYERS.len(), "{said}");
    }
    take_away(&path);
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_is_left_behind() {
    let path = file("refused");
    let inside = path.join("city.gpkg");
    std::fs::write(&path, "a file where a folder should be").expect("a folder of our own");
    let refused = publish_city(city().iter(), AT, &inside).expect_err("there is no such folder");
    assert!(refused.to_string().contains("city.gpkg could not be written"), "{refused}");
    // A folder stands where the file should be: it is written aside, cannot take the place, and is taken away again.
    let taken = path.with_file_name("taken");
    std::fs::create_dir_all(taken.join("inside")).expect("a folder of our own");
    assert!(publish_city(city().iter(), AT, &taken).is_err());
    assert!(!super::aside(&taken).exists());
    take_away(&path);
}
