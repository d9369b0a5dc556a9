//! What the live map shows: what is still to be done, drawn from the snapshot of the moment. What was cleared is history, and would soon bury
//! the rest: a district clears some thousand hazards a year. People are never in a tile.

use super::drawn::project;
use gridward_data::model::{
    case::Hazard,
    place::{Bounds, Place},
};
use gridward_domain::index::{Index, affairs::Affair};
use gridward_tiles::{BUFFER_UNITS, TileBuilder, TileCoord, Value};

/// Draws a tile of what the index knows; nothing to be drawn gives nothing.
pub(crate) fn draw(index: &Index, tile: TileCoord) -> Vec<u8> {
    let mut builder = TileBuilder::new(tile);
    if let Some(seen) = bounds(tile) {
        let mut hazards: Vec<&Hazard> = index
            .affairs()
            .hazards
            .within(seen, index.frame())
            .map(|known| &known.thing)
            .filter(|hazard| hazard.is_open())
            .collect();
        hazards.sort_unstable_by_key(|hazard| hazard.id);
        let layer = builder.layer("hazards");
        for hazard in hazards {
            let category = hazard.category.to_string();
            let properties = [
                ("category", Value::Str(&category)),
                ("seen_at", Value::Int(hazard.seen_at.seconds())),
                ("case", Value::Uint(hazard.case.number())),
            ];
            layer.point(hazard.id.number(), project(hazard.place), &properties);
        }
    }
    builder.finish()
}

/// The box to ask the index with: the tile and the rim that it draws around itself.
fn bounds(tile: TileCoord) -> Option<Bounds> {
    let degrees = tile.world_bounds(BUFFER_UNITS).to_degrees();
    let min = Place::new(degrees.west, degrees.south).ok()?;
    let max = Place::new(degrees.east, degrees.north).ok()?;
    Some(Bounds { min, max })
}
