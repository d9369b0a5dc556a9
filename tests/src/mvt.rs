//! What is in a vector tile: a reader of the Mapbox Vector Tile 2.1 encoding, for the little that tests ask of it.

use std::collections::BTreeMap;

/// A layer of a tile.
#[derive(Debug, Default)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// The side of the tile in units.
    pub extent: u64,
    /// What is drawn.
    pub features: Vec<Feature>,
}

/// A feature of a layer.
#[derive(Debug, Default)]
pub struct Feature {
    /// Its number.
    pub id: u64,
    /// 1 point, 2 line, 3 polygon.
    pub kind: u64,
    /// Its properties, as text.
    pub properties: BTreeMap<String, String>,
    /// The commands and parameters that draw it.
    pub geometry: Vec<u64>,
}

/// One field of a message of protocol buffers.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Fixed(u64),
}

/// The layers of a tile.
///
/// # Panics
/// If the bytes are no tile.
#[must_use]
pub fn layers(tile: &[u8]) -> Vec<Layer> {
    fields(tile)
        .into_iter()
        .map(|(number, field)| match (number, field) {
            (3, Field::Bytes(layer)) => read_layer(layer),
            (number, _) => panic!("a tile has layers, and no field {number}"),
        })
        .collect()
}

/// The layer of this name; an empty one where the tile has none.
///
/// # Panics
/// If the bytes are no tile.
#[must_use]
pub fn layer(tile: &[u8], name: &str) -> Layer {
    layers(tile).into_iter().find(|layer| layer.name == name).unwrap_or_default()
}

fn read_layer(bytes: &[u8]) -> Layer {
    let (mut keys, mut values, mut raw) = (Vec::new(), Vec::new(), Vec::new());
    let mut layer = Layer { extent: 4096, ..Layer::default() };
    for (number, field) in fields(bytes) {
        match (number, field) {
            (1, Field::Bytes(name)) => layer.name = text(name),
            (2, Field::Bytes(feature)) => raw.push(feature),
            (3, Field::Bytes(key)) => keys.push(text(key)),
            (4, Field::Bytes(value)) => values.push(read_value(value)),
            (5, Field::Number(extent)) => layer.extent = extent,
            (15, Field::Number(version)) => {
                assert_eq!(version, 2, "a version of the format that is not ours");
            }
            (number, _) => panic!("a layer has no field {number}"),
        }
    }
    layer.features = raw.into_iter().map(|bytes| read_feature(bytes, &keys, &values)).collect();
    layer
}

fn read_feature(bytes: &[u8], keys: &[String], values: &[String]) -> Feature {
    let mut feature = Feature::default();
    for (number, field) in fields(bytes) {
        match (number, field) {
            (1, Field::Number(id)) => feature.id = id,
            (2, Field::Bytes(tags)) => {
                for pair in packed(tags).chunks_exact(2) {
                    let (key, value) = (pair[0] as usize, pair[1] as usize);
                    feature.properties.insert(keys[key].clone(), values[value].clone());
                }
            }
            (3, Field::Number(kind)) => feature.kind = kind,
            (4, Field::Bytes(geometry)) => feature.geometry = packed(geometry),
            (number, _) => panic!("a feature has no field {number}"),
        }
    }
    feature
}

fn read_value(bytes: &[u8]) -> String {
    let (number, field) = fields(bytes).into_iter().next().expect("a value holds something");
    match (number, field) {
        (1, Field::Bytes(given)) => text(given),
        (2, Field::Fixed(bits)) => f32::from_bits(bits as u32).to_string(),
        (3, Field::Fixed(bits)) => f64::from_bits(bits).to_string(),
        (4, Field::Number(number)) => (number as i64).to_string(),
        (5, Field::Number(number)) => number.to_string(),
        (6, Field::Number(number)) => ((number >> 1) as i64 ^ -((number & 1) as i64)).to_string(),
        (7, Field::Number(yes)) => (yes != 0).to_string(),
        (number, _) => panic!("a value has no field {number}"),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text in a tile is UTF-8")
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes));
    }
    numbers
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut bytes)),
            1 => Field::Fixed(little_endian(take(&mut bytes, 8))),
            2 => {
                let length = varint(&mut bytes) as usize;
                Field::Bytes(take(&mut bytes, length))
            }
            5 => Field::Fixed(little_endian(take(&mut bytes, 4))),
            wire => panic!("protocol buffers have no wire type {wire}"),
        };
        found.push((tag >> 3, field));
    }
    found
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    assert!(length <= bytes.len(), "the tile breaks off");
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)[0];
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return number;
        }
    }
    panic!("a number in the tile has no end")
}
