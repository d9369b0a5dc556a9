//! Does the reader of these tests know good tiles from bad ones? The fixtures of Mapbox say so.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::decoder::{Layer, Value, decode};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/fixtures/mvt");

/// Called valid by the fixtures, refused here. 016 has no geometry type: byte for byte it is 003, which they call
/// invalid. 057 announces 2²⁹ − 1 points and has one.
const REFUSED_ALL_THE_SAME: [&str; 2] = ["016", "057"];

#[test]
fn the_reader_takes_valid_tiles_as_they_are_meant_and_refuses_all_others() {
    let Ok(folders) = fs::read_dir(FIXTURES) else {
        println!("skipped: no folder {FIXTURES}");
        return;
    };
    let mut seen = 0;
    for folder in folders.map(|folder| folder.unwrap().path()).filter(|path| path.is_dir()) {
        let number = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let is_valid = json(&folder.join("info.json"))["validity"]["v2"] == true
            && !REFUSED_ALL_THE_SAME.contains(&number.as_str());
        let read = decode(&fs::read(folder.join("tile.mvt")).unwrap());
        assert_eq!(read.is_ok(), is_valid, "{number}: {read:?}");
        if let Ok(layers) = read {
            let meant = json(&folder.join("tile.json"));
            let meant = meant["layers"].as_array().cloned().unwrap_or_default();
            assert_eq!(layers.len(), meant.len(), "{number}");
            layers.iter().zip(&meant).for_each(|(layer, meant)| compare(layer, meant, &number));
        }
        seen += 1;
    }
    assert!(seen > 0, "an empty folder {FIXTURES}");
}

fn json(path: &Path) -> Json {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn compare(layer: &Layer, meant: &Json, number: &str) {
    assert_eq!(layer.name, meant["name"], "{number}");
    assert_eq!(layer.version, meant["version"], "{number}");
    assert_eq!(layer.extent, meant.get("extent").unwrap_or(&4096.into()).clone(), "{number}");
    assert_eq!(Json::from(layer.keys.clone()), meant["keys"], "{number}");
    let values: Vec<Json> = layer.values.iter().map(as_json).collect();
    assert_eq!(Json::from(values), with_text_in_quotes(&meant["values"]), "{number}");
    let features = meant["features"].as_array().cloned().unwrap_or_default();
    assert_eq!(layer.features.len(), features.len(), "{number}");
    for (feature, meant) in layer.features.iter().zip(&features) {
        assert_eq!(feature.id.unwrap_or(0), meant.get("id").and_then(Json::as_u64).unwrap_or(0), "{number}");
        assert_eq!(feature.kind, meant["type"], "{number}");
        assert_eq!(Json::from(feature.tags.clone()), meant["tags"], "{number}");
        assert_eq!(Json::from(feature.geometry.clone()), meant["geometry"], "{number}");
    }
}

/// Some fixtures write the text `613` as a number.
fn with_text_in_quotes(values: &Json) -> Json {
    let mut values = values.clone();
    for value in values.as_array_mut().into_iter().flatten() {
        if let Some(text) = value.get_mut("string_value").filter(|text| text.is_number()) {
            *text = Json::from(text.to_string());
        }
    }
    values
}

fn as_json(value: &Value) -> Json {
    match value {
        Value::Str(text) => serde_json::json!({ "string_value": text }),
        // Written with as few digits as tell it from its neighbours, as the fixtures do.
        Value::Float(number) => {
            serde_json::json!({ "float_value": number.to_string().parse::<f64>().unwrap() })
        }
        Value::Double(number) => serde_json::json!({ "double_value": number }),
        Value::Int(number) => serde_json::json!({ "int_value": number }),
        Value::Uint(number) => serde_json::json!({ "uint_value": number }),
        Value::Sint(number) => serde_json::json!({ "sint_value": number }),
        Value::Bool(yes) => serde_json::json!({ "bool_value": yes }),
    }
}
