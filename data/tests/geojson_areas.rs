//! Are areas found under the names that people give their columns, and is a wrong frame told by what it does?

use gridward_data::{
    import::{ImportError, areas},
    model::{
        area::{Area, Level},
        code::{AreaCode, CodeScheme},
        entity::Entity,
        frame::Frame,
        id::AreaId,
    },
};

/// A square of 0.01° beside others, with these properties.
fn square(column: u32, properties: &str) -> String {
    let (west, east) = (123.30 + f64::from(column) * 0.01, 123.31 + f64::from(column) * 0.01);
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":
        [[[{west:.2},41.80],[{east:.2},41.80],[{east:.2},41.81],[{west:.2},41.81],[{west:.2},41.80]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\n\"features\":[\n{}\n]}}", features.join(",\n"))
}

fn read(text: &str) -> Result<gridward_data::import::Import, ImportError> {
    areas::read(text.as_bytes(), Frame::Wgs84, &areas::Options::default())
}

fn areas_of(import: &gridward_data::import::Import) -> Vec<&Area> {
    import
        .entities
        .iter()
        .filter_map(|entity| match entity {
            Entity::Area(area) => Some(area),
            _ => None,
        })
        .collect()
}

#[test]
fn levels_and_parents_follow_from_the_codes() {
    let text = collection(&[
        square(0, r#"{"编码":"210106019009003","名称":"第三网格","户数":412}"#),
        square(1, r#"{"code":"210106019009","name":"某社区"}"#),
        square(2, r#"{"adcode":210106,"name":"铁西区","level":"district","parent":{"adcode":210100}}"#),
        square(3, r#"{"code":"210106019000","name":"霁虹街道"}"#),
        square(4, r#"{"code":"210106007020","name":"金谷社区"}"#),
    ]);
    let import = read(&text).expect("a sound file");
    assert!(import.faults.is_empty(), "{:?}", import.faults);
    let told: Vec<_> = areas_of(&import)
        .into_iter()
        .map(|area| {
            let now = area.current().expect("it is valid");
            (now.name.as_str(), area.level, now.code.text(), now.parent.map(AreaId::number), now.households)
        })
        .collect();
    let expected = [
        ("第三网格", Level::Grid, "210106019009003", Some(2), Some(412)),
        ("某社区", Level::Community, "210106019009", Some(4), None),
        ("铁西区", Level::District, "210106", None, None),
        ("霁虹街道", Level::Street, "210106019", Some(3), None),
        // Its street is not in the file: the district takes it.
        ("金谷社区", Level::Community, "210106007020", Some(3), None),
    ];
    assert_eq!(told, expected);
    let city = AreaCode::new(CodeScheme::Statistics, "210100").expect("a code");
    assert_eq!(import.orphans, [(AreaId::new(3).expect("an id"), city)]);
}

#[test]
fn orphans_find_their_parents_among_what_is_stored() {
    let mut import =
        read(&collection(&[square(0, r#"{"code":"210106019009","name":"某社区"}"#)])).expect("sound");
    import.renumber(|_, _| 70).expect("small numbers");
    let street = AreaId::new(5).expect("an id");
    assert_eq!(import.adopt(|code| (code.text() == "210106019").then_some(street)), 1);
    let area = areas_of(&import)[0];
    assert_eq!((area.id.number(), area.current().and_then(|now| now.parent)), (70, Some(street)));
    assert!(import.orphans.is_empty());
}

#[test]
fn what_is_wrong_with_one_area_is_a_fault_and_the_others_are_read() {
    let good = square(0, r#"{"code":"210106019","name":"霁虹街道"}"#);
    let cases = [
        (square(1, r#"{"name":"?","code":"x1"}"#), "it has no level"),
        (square(1, r#"{"code":"210106020","level":"city"}"#), "the level “city” is not understood"),
        (square(1, r#"{"code":"210 106"}"#), "the code “210 106” is not understood"),
        (
            square(1, r#"{"code":"210106019"}"#),
            "the code “210106019” is not understood: an area before it bears the same",
        ),
        (square(1, r#"{"code":"210106020","户数":"many"}"#), "the number “many” is not understood"),
        (square(1, "{}").replace("41.81],[123.31,41.80]", "41.81]"), "ring 1: a ring must end"),
        (square(1, "{}").replace("[123.32,41.81]", "[123.30,41.805]"), "crosses or touches itself at 123.3"),
    ];
    for (bad, said) in cases {
        let import = read(&collection(&[good.clone(), bad])).expect("one is sound");
        assert_eq!((import.entities.len(), import.faults.len()), (1, 1), "{said}");
        let fault = import.faults[0].to_string();
        assert!(fault.starts_with("feature 2 (line 5, column 1): ") && fault.contains(said), "{fault}");
    }
}

#[test]
fn a_vertex_that_cannot_be_of_the_frame_refuses_the_file_and_names_its_line() {
    let good = square(0, r#"{"code":"210106","name":"铁西区"}"#);
    let wrong = |vertex: &str, frame| {
        let text = collection(&[good.clone(), good.replace("[123.31,41.81]", vertex)]);
        areas::read(text.as_bytes(), frame, &areas::Options::default()).expect_err("it was taken").to_string()
    };
    let place = "feature 2, vertex 3 of ring 1 (line 6, column 41): ";
    let cases = [
        ("[41.81,123.31]", Frame::Wgs84, "41.81, 123.31 cannot be wgs84: longitude and latitude are swapped"),
        ("[13727000,5130000]", Frame::Wgs84, "cannot be wgs84: these are metres of a projection"),
        ("[123.31,91]", Frame::Cgcs2000, "123.31, 91 cannot be cgcs2000: longitude lies in"),
        (
            "[7.42,43.73]",
            Frame::Gcj02,
            "7.42, 43.73 cannot be gcj02: GCJ-02 and BD-09 are of use in China only",
        ),
        ("[43.8,87.6]", Frame::Bd09, "43.8, 87.6 cannot be bd09: longitude and latitude are swapped"),
    ];
    for (vertex, frame, said) in cases {
        let error = wrong(vertex, frame);
        assert!(error.starts_with(place) && error.contains(said), "{error}");
    }
    let metres = r#"{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::32651"}},"features":[]}"#;
    let error = read(metres).expect_err("it was taken").to_string();
    assert!(error.contains("EPSG::32651") && error.contains("EPSG:4490"), "{error}");
}

#[test]
fn a_shared_corner_stays_shared_out_of_every_frame() {
    let text = collection(&[square(0, r#"{"code":"210106001"}"#), square(1, r#"{"code":"210106002"}"#)]);
    for frame in Frame::ALL {
        let import = areas::read(text.as_bytes(), frame, &areas::Options::default()).expect("a sound file");
        let corners = |area: &Area| {
            area.current().expect("valid").outline.places().collect::<std::collections::BTreeSet<_>>()
        };
        let areas = areas_of(&import);
        assert_eq!(corners(areas[0]).intersection(&corners(areas[1])).count(), 2, "{frame}");
    }
}

#[test]
fn files_that_are_no_geojson_are_told_apart() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "an empty file"),
        (b" \n", "an empty file"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "no JSON object"),
        (b"PK\x03\x04", "zip"),
        (b"\xff\xfe{\0", "UTF-16"),
        (b"{\"type\":\n\"\xcc\xfa\xce\xf7\"}", "line 2: the text is not UTF-8"),
        (
            b"{\"type\":\"Polygon\",\n\"coordinates\":[[[123.3,41.8],[123.4",
            "line 2, column 35: this is no GeoJSON object",
        ),
    ];
    for (bytes, said) in cases {
        let error = areas::read(bytes, Frame::Wgs84, &areas::Options::default()).expect_err("it was taken");
        assert!(error.to_string().contains(said), "{error}");
    }
}
