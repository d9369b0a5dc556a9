//! `GET /styles/{name}`: how is the map drawn?

use gridward_tests::ground::Ground;
use serde_json::Value;

/// Every address in a document.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains("://") || text.contains("{origin}") => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| addresses(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| addresses(field, found)),
        _ => {}
    }
}

#[test]
fn the_style_draws_layers_that_the_tiles_have() {
    let ground = Ground::town();
    for name in ["day", "night"] {
        let style = ground.ask(&format!("/styles/{name}"));
        assert_eq!(style["version"], 8);
        for layer in style["layers"].as_array().expect("layers") {
            let Some(source) = layer["source"].as_str() else { continue };
            let tilejson = ground.ask(&format!("/tiles/{source}"));
            let known = tilejson["vector_layers"].as_array().expect("layers");
            assert!(
                known.iter().any(|known| known["id"] == layer["source-layer"]),
                "no tile has what is drawn by {layer}"
            );
        }
    }
    ground.stop();
}

#[test]
fn every_address_of_the_style_is_on_this_server_and_answers() {
    let ground = Ground::town();
    let style = ground.ask("/styles/day");
    let mut found = Vec::new();
    addresses(&style, &mut found);
    assert!(found.len() >= 3, "{found:?}");
    for address in found {
        let path =
            address.strip_prefix(ground.client().root()).unwrap_or_else(|| panic!("{address} is elsewhere"));
        let path = path.replace("{fontstack}", "none").replace("{range}", "0-255");
        assert_eq!(ground.client().get(&path).status, 200, "{address}");
    }
    ground.stop();
}

#[test]
fn styles_that_are_not_there_are_not_found() {
    let ground = Ground::empty();
    for name in ["dusk", "Day", "day.json", "..%2Fcommand%2Findex", "%2e%2e", "day%00"] {
        assert_eq!(ground.refusal(&format!("/styles/{name}"), 404), "not-found", "{name}");
    }
    ground.stop();
}
