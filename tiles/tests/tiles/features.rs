//! Do ids, properties and layers arrive as they were given?

use gridward_tiles::{TileBuilder, Value};
use proptest::prelude::*;

use crate::decoder::{Value as Read, decode};
use crate::draw::{place, tile};

/// A property that owns its text.
#[derive(Clone, Debug)]
enum Given {
    Str(String),
    Int(i64),
    Uint(u64),
    Float(f64),
    Bool(bool),
}

impl Given {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Str(text) => Value::Str(text),
            Self::Int(number) => Value::Int(*number),
            Self::Uint(number) => Value::Uint(*number),
            Self::Float(number) => Value::Float(*number),
            Self::Bool(yes) => Value::Bool(*yes),
        }
    }

    fn read(&self) -> Read {
        match self {
            Self::Str(text) => Read::Str(text.clone()),
            Self::Int(number) if *number < 0 => Read::Sint(*number),
            Self::Int(number) => Read::Uint(*number as u64),
            Self::Uint(number) => Read::Uint(*number),
            Self::Float(number) => Read::Double(*number),
            Self::Bool(yes) => Read::Bool(*yes),
        }
    }
}

fn given() -> impl Strategy<Value = Given> {
    prop_oneof![
        "[a-z格网]{0,3}".prop_map(Given::Str),
        any::<i64>().prop_map(Given::Int),
        (-2..3_i64).prop_map(Given::Int),
        (0..3_u64).prop_map(Given::Uint),
        any::<u64>().prop_map(Given::Uint),
        (-2..3_i32).prop_map(|number| Given::Float(f64::from(number) / 2.0)),
        any::<bool>().prop_map(Given::Bool),
    ]
}

/// A feature: the place of its layer in [`LAYERS`], its id, its properties with distinct keys.
type GivenFeature = (usize, u64, Vec<(String, Given)>);

fn features() -> impl Strategy<Value = Vec<GivenFeature>> {
    let properties =
        prop::collection::btree_map("[a-e]", given(), 0..4).prop_map(|map| map.into_iter().collect());
    prop::collection::vec((0..3_usize, any::<u64>(), properties), 0..30)
}

const LAYERS: [&str; 3] = ["buildings", "areas", "网格"];

fn made_of(features: &[GivenFeature]) -> Vec<u8> {
    let tile = tile(14);
    let mut builder = TileBuilder::new(tile);
    for (layer, id, properties) in features {
        let properties: Vec<_> =
            properties.iter().map(|(key, value)| (key.as_str(), value.value())).collect();
        builder.layer(LAYERS[*layer]).point(*id, place(tile, (7.0, 8.0)), &properties);
    }
    builder.finish()
}

proptest! {
    #[test]
    fn what_was_given_is_read_back_with_each_key_and_value_stored_once(features in features()) {
        let bytes = made_of(&features);
        prop_assert_eq!(&bytes, &made_of(&features), "the same features, other bytes");
        let layers = decode(&bytes).unwrap();

        let mut order: Vec<usize> = Vec::new();
        for (layer, ..) in &features {
            if !order.contains(layer) {
                order.push(*layer);
            }
        }
        let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
        prop_assert_eq!(names, order.iter().map(|layer| LAYERS[*layer]).collect::<Vec<_>>());
        for (layer, number) in layers.iter().zip(order) {
            prop_assert_eq!((layer.version, layer.extent), (2, 4096));
            let wanted: Vec<_> = features.iter().filter(|(layer, ..)| *layer == number).collect();
            prop_assert_eq!(layer.features.len(), wanted.len());
            for (feature, (_, id, properties)) in layer.features.iter().zip(wanted) {
                prop_assert_eq!(feature.id, Some(*id));
                let read = layer.properties(feature).unwrap();
                let wanted: Vec<_> = properties.iter().map(|(key, value)| (key.as_str(), value.read())).collect();
                let read: Vec<_> = read.into_iter().map(|(key, value)| (key, value.clone())).collect();
                prop_assert_eq!(read, wanted);
            }
            for (i, value) in layer.values.iter().enumerate() {
                prop_assert!(!layer.values[..i].contains(value), "{:?} is stored twice", value);
            }
            for (i, key) in layer.keys.iter().enumerate() {
                prop_assert!(!layer.keys[..i].contains(key), "{} is stored twice", key);
            }
        }
    }
}

#[test]
fn a_tile_without_features_is_empty_and_a_layer_without_features_is_absent() {
    let tile = tile(14);
    assert!(TileBuilder::new(tile).finish().is_empty());
    let mut builder = TileBuilder::new(tile);
    builder.layer("areas").point(1, place(tile, (9000.0, 0.0)), &[("name", Value::Str("far away"))]);
    assert_eq!(builder.layer("areas").features(), 0);
    builder.layer("stations").point(2, place(tile, (1.0, 1.0)), &[]);
    let layers = decode(&builder.finish()).unwrap();
    assert_eq!(layers.iter().map(|layer| layer.name.as_str()).collect::<Vec<_>>(), ["stations"]);
}
