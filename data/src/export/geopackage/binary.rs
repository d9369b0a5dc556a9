//! How a shape is written in a GeoPackage: a header with its box, then well-known binary.
//!
//! OGC 12-128r17 §2.1.3 (the header) and OGC 06-103r4 §8 (well-known binary); little-endian throughout, longitude first.

use crate::model::{
    place::{Bounds, Place},
    shape::{Line, Outline, Polygon, Ring},
};

/// What something looks like from above.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape<'model> {
    /// A point.
    Point(Place),
    /// A line.
    Line(&'model Line),
    /// A ground.
    Outline(&'model Outline),
}

impl Shape<'_> {
    /// The box around it.
    pub(super) fn bounds(&self) -> Bounds {
        match self {
            Self::Point(place) => Bounds::of(*place),
            Self::Line(line) => line.bounds(),
            Self::Outline(outline) => outline.bounds(),
        }
    }
}

const LITTLE_ENDIAN: u8 = 1;
const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// The frame of all shapes.
const EPSG_4326: i32 = 4326;

/// The shape as a GeoPackage keeps it. Points have no box, since it would say nothing new; outlines are always multi-polygons.
pub(super) fn geometry(shape: &Shape<'_>) -> Vec<u8> {
    let with_box = !matches!(shape, Shape::Point(_));
    let mut bytes = Vec::with_capacity(128);
    // "GP", version 1 (written as 0), flags: not empty, box of kind 1 (west, east, south, north) or none, little-endian.
    bytes.extend([b'G', b'P', 0, u8::from(with_box) << 1 | LITTLE_ENDIAN]);
    bytes.extend(EPSG_4326.to_le_bytes());
    if with_box {
        let Bounds { min, max } = shape.bounds();
        for degrees in [min.lon(), max.lon(), min.lat(), max.lat()] {
            bytes.extend(degrees.to_le_bytes());
        }
    }
    match shape {
        Shape::Point(place) => {
            begin(&mut bytes, POINT);
            push_place(&mut bytes, *place);
        }
        Shape::Line(line) => {
            begin(&mut bytes, LINE_STRING);
            push_places(&mut bytes, line.places());
        }
        Shape::Outline(outline) => {
            begin(&mut bytes, MULTI_POLYGON);
            push_count(&mut bytes, outline.polygons().len());
            for polygon in outline.polygons() {
                push_polygon(&mut bytes, polygon);
            }
        }
    }
    bytes
}

fn begin(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(LITTLE_ENDIAN);
    bytes.extend(kind.to_le_bytes());
}

fn push_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend((count as u32).to_le_bytes());
}

fn push_place(bytes: &mut Vec<u8>, place: Place) {
    bytes.extend(place.lon().to_le_bytes());
    bytes.extend(place.lat().to_le_bytes());
}

fn push_places(bytes: &mut Vec<u8>, places: &[Place]) {
    push_count(bytes, places.len());
    for place in places {
        push_place(bytes, *place);
    }
}

fn push_polygon(bytes: &mut Vec<u8>, polygon: &Polygon) {
    begin(bytes, POLYGON);
    let rings: Vec<&Ring> = polygon.rings().collect();
    push_count(bytes, rings.len());
    for ring in rings {
        push_places(bytes, ring.places());
    }
}
