//! How is a layer written, by the letter of the Mapbox Vector Tile Specification 2.1?
//!
//! Bytes only: what comes in here has been rounded, cut and wound already. Each feature goes straight into the
//! bytes of its layer; keys and values are numbered as they first appear. Written by hand because it is on the way
//! of every tile and small: `benches/tile.rs` holds it against the `fast-mvt` crate and prints by how much it is
//! quicker.

use std::collections::HashMap;

use crate::mvt::Value;
use crate::window::{EXTENT, TilePoint};

/// Randomly seeded, so that names cannot be made up to collide; and quick on the short keys there are here.
type Numbered = HashMap<Box<[u8]>, u32, foldhash::fast::RandomState>;

/// What a feature shows (§4.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryKind {
    /// One point or several.
    Point = 1,
    /// One line or several.
    Line = 2,
    /// One polygon or several.
    Polygon = 3,
}

/// Which way a ring runs on the screen (§4.3.4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// As it came.
    Onwards,
    /// From its last point to its first.
    Backwards,
}

/// The commands of the pen (§4.3.1).
const MOVE_TO: u64 = 1;
const LINE_TO: u64 = 2;
const CLOSE_PATH: u64 = 7;

/// One layer being written. A feature is one or more calls of [`LayerEncoder::points`], [`LayerEncoder::line`] or
/// [`LayerEncoder::ring`], then one of [`LayerEncoder::feature`].
#[derive(Debug)]
pub struct LayerEncoder {
    name: String,
    features: Vec<u8>,
    /// Few to a layer: looked through in their order.
    keys: Vec<Box<str>>,
    key_fields: Vec<u8>,
    /// By their bytes.
    values: Numbered,
    value_fields: Vec<u8>,
    /// The feature at hand.
    geometry: Vec<u8>,
    pen: TilePoint,
    tags: Vec<u8>,
    value: Vec<u8>,
}

/// A place in the geometry of a feature to come back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    length: usize,
    pen: TilePoint,
}

/// Where the pen is at the beginning of a feature.
const CORNER: TilePoint = TilePoint { x: 0, y: 0 };

impl LayerEncoder {
    /// An empty layer.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            features: Vec::new(),
            keys: Vec::new(),
            key_fields: Vec::new(),
            values: Numbered::default(),
            value_fields: Vec::new(),
            geometry: Vec::new(),
            pen: CORNER,
            tags: Vec::new(),
            value: Vec::new(),
        }
    }

    /// What the layer is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Adds points; at least one.
    pub fn points(&mut self, points: &[TilePoint]) {
        self.command(MOVE_TO, points.len());
        for &point in points {
            self.go(point);
        }
    }

    /// Adds a line of at least two points.
    pub fn line(&mut self, line: &[TilePoint]) {
        if let [first, rest @ ..] = line {
            self.path(*first, rest.iter().copied(), rest.len());
        }
    }

    /// Adds an open ring of at least three points.
    pub fn ring(&mut self, ring: &[TilePoint], walk: Walk) {
        match (ring, walk) {
            ([first, rest @ ..], Walk::Onwards) => self.path(*first, rest.iter().copied(), rest.len()),
            ([rest @ .., last], Walk::Backwards) => {
                self.path(*last, rest.iter().rev().copied(), rest.len());
            }
            ([], _) => return,
        }
        self.command(CLOSE_PATH, 1);
    }

    fn path(&mut self, first: TilePoint, rest: impl Iterator<Item = TilePoint>, rest_len: usize) {
        self.command(MOVE_TO, 1);
        self.go(first);
        self.command(LINE_TO, rest_len);
        for point in rest {
            self.go(point);
        }
    }

    fn command(&mut self, command: u64, count: usize) {
        put(&mut self.geometry, (count as u64) << 3 | command);
    }

    #[inline]
    fn go(&mut self, to: TilePoint) {
        put(&mut self.geometry, zigzag(to.x - self.pen.x));
        put(&mut self.geometry, zigzag(to.y - self.pen.y));
        self.pen = to;
    }

    /// Whether anything was added since the last feature.
    pub(crate) fn has_geometry(&self) -> bool {
        !self.geometry.is_empty()
    }

    /// Remembers what was added so far.
    pub(crate) fn mark(&self) -> Mark {
        Mark { length: self.geometry.len(), pen: self.pen }
    }

    /// Takes back what was added since.
    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.geometry.truncate(mark.length);
        self.pen = mark.pen;
    }

    /// Writes what was added as one feature.
    pub fn feature(&mut self, kind: GeometryKind, id: u64, properties: &[(&str, Value<'_>)]) {
        self.tags.clear();
        for (key, value) in properties {
            let (key, value) = (self.number_of_key(key), self.number_of_value(value));
            put(&mut self.tags, key.into());
            put(&mut self.tags, value.into());
        }
        let tags = if self.tags.is_empty() { 0 } else { 1 + prefixed_len(self.tags.len()) };
        let length = 1 + varint_len(id) + tags + 2 + 1 + prefixed_len(self.geometry.len());

        let out = &mut self.features;
        out.reserve(length + 6);
        out.push(field(2, BYTES));
        put(out, length as u64);
        out.push(field(1, VARINT));
        put(out, id);
        if !self.tags.is_empty() {
            put_bytes(out, 2, &self.tags);
        }
        out.extend([field(3, VARINT), kind as u8]);
        put_bytes(out, 4, &self.geometry);

        self.geometry.clear();
        self.pen = CORNER;
    }

    fn number_of_key(&mut self, key: &str) -> u32 {
        let known = self.keys.iter().position(|known| **known == *key);
        known.unwrap_or_else(|| {
            self.keys.push(key.into());
            put_bytes(&mut self.key_fields, 3, key.as_bytes());
            self.keys.len() - 1
        }) as u32
    }

    fn number_of_value(&mut self, value: &Value<'_>) -> u32 {
        self.value.clear();
        put_value(&mut self.value, value);
        if let Some(number) = self.values.get(&self.value[..]) {
            return *number;
        }
        let number = self.values.len() as u32;
        put_bytes(&mut self.value_fields, 4, &self.value);
        self.values.insert(self.value.as_slice().into(), number);
        number
    }

    /// Writes the layer, if it has a feature, as the next one of a tile.
    pub fn finish(self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        // The version comes first: it says how to read the rest.
        let mut head = vec![field(15, VARINT), 2];
        put_bytes(&mut head, 1, self.name.as_bytes());
        let mut tail = vec![field(5, VARINT)];
        put(&mut tail, EXTENT.into());
        let parts = [head, self.features, self.key_fields, self.value_fields, tail];
        let length: usize = parts.iter().map(Vec::len).sum();
        tile.reserve(length + 6);
        tile.push(field(3, BYTES));
        put(tile, length as u64);
        for part in parts {
            tile.extend_from_slice(&part);
        }
    }
}

/// The value message (§4.4).
fn put_value(out: &mut Vec<u8>, value: &Value<'_>) {
    match *value {
        Value::Str(text) => put_bytes(out, 1, text.as_bytes()),
        Value::Float(number) => {
            out.push(field(3, FIXED_64));
            out.extend(number.to_le_bytes());
        }
        // The shortest way to write a whole number: zigzag only where there is a sign.
        Value::Int(number) if number < 0 => {
            out.push(field(6, VARINT));
            put(out, zigzag(number));
        }
        Value::Int(number) => put_value(out, &Value::Uint(number as u64)),
        Value::Uint(number) => {
            out.push(field(5, VARINT));
            put(out, number);
        }
        Value::Bool(yes) => out.extend([field(7, VARINT), yes.into()]),
    }
}

/// The wire types of protocol buffers that occur here.
const VARINT: u8 = 0;
const FIXED_64: u8 = 1;
const BYTES: u8 = 2;

/// What goes before a field. Numbers here are below 16, so that it is one byte.
const fn field(number: u8, wire_type: u8) -> u8 {
    number << 3 | wire_type
}

/// A number, seven bits to a byte, the lowest first.
#[inline]
fn put(out: &mut Vec<u8>, number: u64) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// A field of bytes: what it is, how long, and they.
fn put_bytes(out: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    out.push(field(number, BYTES));
    put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// How many bytes [`put`] takes.
fn varint_len(number: u64) -> usize {
    (64 - (number | 1).leading_zeros()).div_ceil(7) as usize
}

/// How many bytes are taken by bytes with their length before them.
fn prefixed_len(length: usize) -> usize {
    varint_len(length as u64) + length
}

/// Signed to unsigned, so that small numbers of either sign stay short.
#[inline]
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(points: &[(i64, i64)]) -> Vec<TilePoint> {
        points.iter().map(|&(x, y)| TilePoint { x, y }).collect()
    }

    fn geometry(draw: impl FnOnce(&mut LayerEncoder)) -> Vec<u8> {
        let mut layer = LayerEncoder::new("any");
        draw(&mut layer);
        layer.geometry
    }

    #[test]
    fn the_examples_of_the_specification_come_out_as_printed_there() {
        assert_eq!(geometry(|layer| layer.points(&points(&[(25, 17)]))), [9, 50, 34]);
        assert_eq!(geometry(|layer| layer.points(&points(&[(5, 7), (3, 2)]))), [17, 10, 14, 3, 9]);
        let line = geometry(|layer| layer.line(&points(&[(2, 2), (2, 10), (10, 10)])));
        assert_eq!(line, [9, 4, 4, 18, 0, 16, 16, 0]);
        let lines = geometry(|layer| {
            layer.line(&points(&[(2, 2), (2, 10), (10, 10)]));
            layer.line(&points(&[(1, 1), (3, 5)]));
        });
        assert_eq!(lines, [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]);
        let ring = geometry(|layer| layer.ring(&points(&[(3, 6), (8, 12), (20, 34)]), Walk::Onwards));
        assert_eq!(ring, [9, 6, 12, 18, 10, 12, 24, 44, 15]);
    }

    #[test]
    fn a_ring_walked_backwards_is_the_ring_turned_round() {
        let turned = geometry(|layer| layer.ring(&points(&[(20, 34), (8, 12), (3, 6)]), Walk::Backwards));
        assert_eq!(
            turned,
            geometry(|layer| layer.ring(&points(&[(3, 6), (8, 12), (20, 34)]), Walk::Onwards))
        );
    }

    #[test]
    fn what_is_taken_back_leaves_no_trace() {
        let ring = points(&[(3, 6), (8, 12), (20, 34)]);
        let with_detour = geometry(|layer| {
            layer.ring(&ring, Walk::Onwards);
            let mark = layer.mark();
            layer.ring(&points(&[(900, 6), (8, 12), (2000, 34)]), Walk::Onwards);
            layer.back_to(mark);
            layer.ring(&ring, Walk::Onwards);
        });
        let straight = geometry(|layer| (0..2).for_each(|_| layer.ring(&ring, Walk::Onwards)));
        assert_eq!(with_detour, straight);
    }

    proptest! {
        #[test]
        fn the_length_of_a_number_is_known_before_it_is_written(number: u64, shift in 0..64) {
            let mut out = Vec::new();
            put(&mut out, number >> shift);
            prop_assert_eq!(out.len(), varint_len(number >> shift));
        }
    }
}
