//! What the other tests share: places given in units of a tile, and the tile read back.

use gridward_tiles::{TileBuilder, TileCoord, WorldPoint};

use crate::decoder::{Feature, Layer, Point, Shape, decode};

/// A tile in the middle of the world at a zoom where a unit is a whole number of world units.
pub(crate) fn tile(z: u8) -> TileCoord {
    let middle = 1 << 31;
    TileCoord::at(z, WorldPoint { x: middle, y: middle - 1 }).unwrap()
}

/// The place at a position in a tile's units, parts of a unit included.
pub(crate) fn place(tile: TileCoord, (x, y): (f64, f64)) -> WorldPoint {
    let unit = 2_f64.powi(20 - i32::from(tile.z()));
    let along = |tile: u32, units: f64| ((f64::from(tile) * 4096.0 + units) * unit).round() as u32;
    WorldPoint { x: along(tile.x(), x), y: along(tile.y(), y) }
}

pub(crate) fn places(tile: TileCoord, points: &[(f64, f64)]) -> Vec<WorldPoint> {
    points.iter().map(|point| place(tile, *point)).collect()
}

/// Makes a tile of one layer and reads it back; `None` where nothing was drawn.
pub(crate) fn drawn(
    tile: TileCoord,
    buffer_units: u32,
    draw: impl FnOnce(&mut gridward_tiles::Layer),
) -> Option<Layer> {
    let mut builder = TileBuilder::with_buffer(tile, buffer_units);
    draw(builder.layer("drawn"));
    let mut layers = decode(&builder.finish()).unwrap();
    assert!(layers.len() <= 1);
    layers.pop()
}

/// The polygons of a layer, feature by feature.
pub(crate) fn polygons(layer: Option<&Layer>) -> Vec<Vec<Vec<Vec<Point>>>> {
    let features: &[Feature] = layer.map_or(&[], |layer| &layer.features);
    let polygons = features.iter().map(|feature| match feature.shape().unwrap() {
        Shape::Polygons(polygons) => polygons,
        other => panic!("not polygons: {other:?}"),
    });
    polygons.collect()
}
