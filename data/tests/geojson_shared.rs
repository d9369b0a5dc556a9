//! Are the files of others read or refused as they should be? Reads the shared fixtures where they are; without them it says so and
//! passes.

use gridward_data::{
    import::{Import, ImportError, areas, places},
    model::{area::Level, entity::Entity, frame::Frame, shape::Outline},
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/");

fn shared(name: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(format!("{DATA}{name}")).ok();
    if bytes.is_none() {
        println!("skipped: {name} is not on this machine");
    }
    bytes
}

fn as_districts(bytes: &[u8], frame: Frame) -> Result<Import, ImportError> {
    areas::read(bytes, frame, &areas::Options { level: Some(Level::District), ..areas::Options::default() })
}

/// Whether the file is read, perhaps with faults; else how the refusal begins and what it says.
type Row = (&'static str, Result<usize, &'static str>);

/// Good files: whatever is no ground is no area, and is refused for that.
const GOOD: [Row; 18] = [
    ("good-feature-with-id", Err("(line 1, column 1): a point is no ground")),
    ("good-feature-with-string-id", Err("(line 1, column 1): a point is no ground")),
    ("good-feature", Err("(line 1, column 1): a point is no ground")),
    ("good-featurecollection-bbox", Err("(line 4, column 5): a point is no ground")),
    ("good-featurecollection-bbox3d", Err("(line 4, column 5): a point is no ground")),
    ("good-featurecollection-extensions", Ok(2)),
    ("good-featurecollection", Ok(2)),
    ("good-geometrycollection", Err("a collection of geometries is no ground")),
    ("good-linestring", Err("a line is no ground")),
    ("good-multilinestring", Err("a group of lines is no ground")),
    ("good-multipoint", Err("a group of points is no ground")),
    ("good-point-3d", Err("a point is no ground")),
    ("good-point", Err("a point is no ground")),
    ("good-polygon", Ok(0)),
    // Good JSON, but latitude -107: the linter does not look at numbers.
    (
        "issue82",
        Err(
            "vertex 1 of ring 1 (line 6, column 9): -149.92383493947585, -107.20901451037372 cannot be wgs84",
        ),
    ),
    ("multipolygon", Ok(0)),
    ("nullgeometry", Err("it has no geometry")),
    ("nullproperties", Err("a point is no ground")),
];

/// Bad files. A member that is of no concern here (`bbox`, `id`, the numbers of a point or line, a foreign member) is passed over, as
/// RFC 7946 lets a reader do; then the file is refused because it holds no ground, or is read.
const BAD: [Row; 45] = [
    ("bad-duplicate-properties", Err("line 3, column 8: this is no GeoJSON object (duplicate field `type`)")),
    ("bad-featurelist", Err("line 3, column 21: “coordinates” should be lists of numbers")),
    ("bad-json", Err("line 3, column 5: this is no GeoJSON object (expected `,` or `}`)")),
    ("bad-object-type", Err("line 2, column 11: a “type” should be a text")),
    // §3.1.6: parsers SHOULD NOT reject polygons that do not follow the right-hand rule.
    ("bad-polygon-interiorring-rhr", Ok(0)),
    ("bad-polygonloop", Err("line 6, column 25: “coordinates” should be lists of numbers")),
    ("bad-properties-as-array", Err("line 3, column 17: “properties” should be an object or null")),
    ("badcoord", Err("a point is no ground")),
    ("badcoordtype", Err("line 9, column 27: “coordinates” should be lists of numbers")),
    ("badfeature", Err("line 1, column 48: this is no GeoJSON object")),
    ("badfeatureid", Err("(line 4, column 5): a point is no ground")),
    ("bbox-4or6elements", Err("a point is no ground")),
    ("bbox-contains-string", Err("a point is no ground")),
    ("bbox-string", Err("a point is no ground")),
    ("different-first-last", Err("ring 1: a ring must end at the place where it began")),
    // The last vertex has a height, the first has none: on the ground they are the same.
    ("different-first-size", Ok(0)),
    ("excessive_precision_truncated", Err("a line is no ground")),
    ("expected_object", Err("line 1, column 37: “properties” should be an object or null")),
    ("false", Err("a collection of geometries is no ground")),
    ("feature_changed_semantics", Err("a point is no ground")),
    ("featurecollection-obj", Err("line 1, column 44: “features” should be a list")),
    ("featurecollection-type-case", Err("line 1, column 11: “featurecollection” is no type of GeoJSON")),
    ("featurecollection", Err("line 1, column 1: the collection has no “features”")),
    // §7.1 forbids writers to add these members; a reader may pass them over.
    ("featurecollection_changed_semantics", Ok(2)),
    ("geometry_changed_semantics", Err("a point is no ground")),
    ("geometrycollection_nested", Err("a collection of geometries is no ground")),
    ("geometrycollection_single", Err("a collection of geometries is no ground")),
    ("multiple_problems", Err("line 28, column 15: “Foo” is no type of GeoJSON")),
    ("multipoint-multidimension", Err("a group of points is no ground")),
    ("multipoint-nondimension", Err("a group of points is no ground")),
    ("nofeaturetype", Err("line 5, column 15: “Featre” is no type of GeoJSON")),
    ("notype", Err("line 1, column 1: the object has no “type”")),
    ("point-labeled-as-a-multipolygon", Err("line 7, column 18: “coordinates” should be lists of numbers")),
    ("point-string", Err("a point is no ground")),
    ("point-toofew", Err("a point is no ground")),
    ("point-toomany", Err("a point is no ground")),
    ("point", Err("a point is no ground")),
    ("polygon_winding_order", Ok(0)),
    ("rootstring", Err("this is a file that is no JSON object, not a GeoJSON file")),
    ("short-line", Err("a line is no ground")),
    ("short-linearring", Err("ring 1: a ring must end at the place where it began")),
    ("short-multilinestring", Err("a group of lines is no ground")),
    ("stringcoord", Err("(line 4, column 5): a point is no ground")),
    ("unknowntype", Err("line 2, column 13: “FooBar” is no type of GeoJSON")),
    ("point-toomany", Err("a point is no ground")),
];

fn check(folder: &str, rows: &[Row]) {
    let Ok(entries) = std::fs::read_dir(format!("{DATA}fixtures/{folder}")) else {
        println!("skipped: {folder} is not on this machine");
        return;
    };
    for entry in entries {
        let name = entry.expect("a file").file_name().into_string().expect("a plain name");
        let stem = name.trim_end_matches(".geojson");
        assert!(rows.iter().any(|(row, _)| *row == stem), "{name} is not decided on");
    }
    for (name, expected) in rows {
        let bytes = shared(&format!("fixtures/{folder}/{name}.geojson")).expect("the folder is there");
        match (as_districts(&bytes, Frame::Wgs84), expected) {
            (Ok(import), Ok(faults)) => {
                assert_eq!(import.faults.len(), *faults, "{name}: {:?}", import.faults);
            }
            (Err(error), Err(said)) => assert!(error.to_string().contains(said), "{name}: {error}"),
            (Ok(_), Err(said)) => panic!("{name} was read, it should say {said}"),
            (Err(error), Ok(_)) => panic!("{name}: {error}"),
        }
    }
}

#[test]
fn good_files_are_read_or_refused_for_a_reason() {
    check("geojson-good", &GOOD);
}

#[test]
fn bad_files_are_refused_where_they_are_bad_unless_the_standard_is_kind() {
    check("geojson-bad", &BAD);
}

fn tiexi() -> Option<Outline> {
    let bytes = shared("tiexi/adcode_fence_210106.geojson")?;
    let options = areas::Options {
        code: Some("210106".to_owned()),
        name: Some("铁西区".to_owned()),
        ..areas::Options::default()
    };
    let import = areas::read(&bytes, Frame::Gcj02, &options).expect("a sound file");
    let [Entity::Area(area)] = &import.entities[..] else { panic!("one area was expected") };
    let now = area.current().expect("it is valid");
    assert_eq!(
        (area.level, now.name.as_str(), now.outline.places().count()),
        (Level::District, "铁西区", 1463)
    );
    Some(now.outline.clone())
}

/// The published boundary covers 468.25 km² in the projection EPSG:32651, whose scale is 0.9996 there.
#[test]
fn the_boundary_of_tiexi_has_its_published_size_once_it_is_out_of_gcj02() {
    let Some(outline) = tiexi() else { return };
    let frame = gridward_data::model::local::LocalFrame::of(outline.bounds());
    let ring = outline.polygons()[0].exterior.places().iter().map(|&place| frame.to_metres(place));
    let ring: Vec<_> = ring.collect();
    let twice: f64 = ring.windows(2).map(|pair| pair[0].x * pair[1].y - pair[1].x * pair[0].y).sum();
    let projected_km2 = twice / 2e6 * 0.9996 * 0.9996;
    assert!((projected_km2 - 468.25).abs() < 0.01, "{projected_km2} km²");
}

#[test]
fn the_buildings_of_tiexi_are_those_whose_centre_lies_in_it() {
    let (Some(within), Some(bytes)) = (tiexi(), shared("tiexi/osm_shenyang_buildings_2021.geojson")) else {
        return;
    };
    let all = places::read(&bytes, Frame::Wgs84, &places::Options::default()).expect("a sound file");
    assert_eq!((all.entities.len(), all.faults.len()), (3776, 0));
    let options = places::Options { within: Some(within), ..places::Options::default() };
    let import = places::read(&bytes, Frame::Wgs84, &options).expect("a sound file");
    assert_eq!(import.entities.len(), 405);
    let with_holes = all.entities.iter().filter(|entity| match entity {
        Entity::Building(building) => {
            building.outline.polygons().iter().any(|polygon| !polygon.holes.is_empty())
        }
        _ => false,
    });
    assert_eq!(with_holes.count(), 25);
}
