//! What does a map need to know about a set of tiles before it asks for the first one?
//!
//! The document of TileJSON 3.0.0 (github.com/mapbox/tilejson-spec), as far as vector tiles need it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::project::DegreesBox;

/// The version of the specification that is followed.
const TILEJSON_VERSION: &str = "3.0.0";

/// A set of tiles. Absent fields are not written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TileJson {
    /// Always `3.0.0` for what [`TileJson::new`] makes.
    pub tilejson: String,
    /// Addresses with `{z}`, `{x}` and `{y}` in them.
    pub tiles: Vec<String>,
    /// What is in the tiles.
    pub vector_layers: Vec<VectorLayer>,
    /// What the set is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whom to thank, shown on the map; may hold HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// `[west, south, east, north]` in WGS-84 degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// `[longitude, latitude, zoom]` to begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub center: Option<[f64; 3]>,
    /// The first zoom there are tiles for.
    pub minzoom: u8,
    /// The last zoom there are tiles for; deeper ones are drawn from its tiles.
    pub maxzoom: u8,
}

/// One layer of the tiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorLayer {
    /// The name of the layer in the tile.
    pub id: String,
    /// Each property and what it says, in words.
    pub fields: BTreeMap<String, String>,
    /// What the layer shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The first zoom that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minzoom: Option<u8>,
    /// The last zoom that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maxzoom: Option<u8>,
}

impl TileJson {
    /// A set with one address, layers and zooms. The rest is filled in by its fields.
    #[must_use]
    pub fn new(tiles: impl Into<String>, minzoom: u8, maxzoom: u8, vector_layers: Vec<VectorLayer>) -> Self {
        Self {
            tilejson: TILEJSON_VERSION.to_owned(),
            tiles: vec![tiles.into()],
            vector_layers,
            name: None,
            description: None,
            attribution: None,
            bounds: None,
            center: None,
            minzoom,
            maxzoom,
        }
    }

    /// Says where the set lies, and begins in the middle of it at `zoom`.
    #[must_use]
    pub fn within(mut self, bounds: DegreesBox, zoom: u8) -> Self {
        let DegreesBox { west, south, east, north } = bounds;
        self.bounds = Some([west, south, east, north]);
        self.center = Some([f64::midpoint(west, east), f64::midpoint(south, north), f64::from(zoom)]);
        self
    }
}

impl VectorLayer {
    /// A layer, the first zoom that has it, and its properties with what each says.
    #[must_use]
    pub fn new(id: &str, minzoom: u8, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(key, says)| ((*key).to_owned(), (*says).to_owned())).collect();
        Self { id: id.to_owned(), fields, description: None, minzoom: Some(minzoom), maxzoom: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> TileJson {
        let fields = [("name", "what the building is called"), ("storeys", "how many, as a number")];
        TileJson::new(
            "/api/v1/tiles/base/{z}/{x}/{y}?v=7",
            0,
            18,
            vec![VectorLayer::new("buildings", 13, &fields)],
        )
        .within(DegreesBox { west: 123.25, south: 41.5, east: 123.5, north: 41.75 }, 12)
    }

    #[test]
    fn the_document_has_the_fields_of_the_specification_and_no_empty_ones() {
        let wanted = serde_json::json!({
            "tilejson": "3.0.0",
            "tiles": ["/api/v1/tiles/base/{z}/{x}/{y}?v=7"],
            "vector_layers": [{
                "id": "buildings",
                "fields": {"name": "what the building is called", "storeys": "how many, as a number"},
                "minzoom": 13
            }],
            "bounds": [123.25, 41.5, 123.5, 41.75],
            "center": [123.375, 41.625, 12.0],
            "minzoom": 0,
            "maxzoom": 18
        });
        assert_eq!(serde_json::to_value(base()).unwrap(), wanted);
    }

    #[test]
    fn what_was_written_is_read_again() {
        let text = serde_json::to_string(&base()).unwrap();
        assert_eq!(serde_json::from_str::<TileJson>(&text).unwrap(), base());
    }
}
