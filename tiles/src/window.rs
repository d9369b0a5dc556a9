//! What does one tile see of the world, in its own units?
//!
//! A tile has 4096 × 4096 units. Every place is rounded to the nearest unit of *its zoom*, counted from the
//! corner of the world and not from that of the tile; so a place that two tiles or two features share is
//! rounded alike in both, and what met before meets after. Up to zoom 20 a unit is a whole number of world
//! units and rounding is one addition and one shift; deeper, world units are the coarser ones.

use crate::coord::TileCoord;
use crate::project::{WORLD_BITS, WorldPoint};

/// Units along one side of a tile: what vector tiles are commonly made with.
pub const EXTENT: u32 = 4096;

/// Two to this power is [`EXTENT`].
const EXTENT_BITS: u32 = 12;

/// How far around its square a tile draws when nothing else is said: 8 pixels of a tile shown 512 wide, so
/// that outlines and circles are not cut at the seam.
pub const BUFFER_UNITS: u32 = 64;

/// A place in units of a tile, from its north-western corner; `y` southwards. Far outside of the tile it
/// needs more than 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TilePoint {
    /// Units eastwards.
    pub x: i64,
    /// Units southwards.
    pub y: i64,
}

/// The view of one tile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Units from the western and the northern edge of the world to the tile's corner.
    west: i64,
    north: i64,
    /// World units to units: add `half`, shift right, shift left. One of the two shifts is zero.
    half: i64,
    right_bits: u32,
    left_bits: u32,
    /// First and last unit that is drawn, along either axis.
    pub(crate) first: i64,
    pub(crate) last: i64,
}

impl Window {
    /// The view of a tile with a buffer of at most one tile around it.
    pub(crate) fn new(tile: TileCoord, buffer_units: u32) -> Self {
        let zoom_bits = u32::from(tile.z()) + EXTENT_BITS;
        let right_bits = WORLD_BITS.saturating_sub(zoom_bits);
        let buffer = i64::from(buffer_units.min(EXTENT));
        Self {
            west: i64::from(tile.x()) << EXTENT_BITS,
            north: i64::from(tile.y()) << EXTENT_BITS,
            half: (1 << right_bits) >> 1,
            right_bits,
            left_bits: zoom_bits.saturating_sub(WORLD_BITS),
            first: -buffer,
            last: i64::from(EXTENT) + buffer,
        }
    }

    /// Where a place lies, to the nearest unit; halves go south and east.
    #[inline]
    pub(crate) fn place(&self, point: WorldPoint) -> TilePoint {
        let units = |along: u32| ((i64::from(along) + self.half) >> self.right_bits) << self.left_bits;
        TilePoint { x: units(point.x) - self.west, y: units(point.y) - self.north }
    }

    /// Whether a place is drawn.
    #[inline]
    pub(crate) fn holds(&self, point: TilePoint) -> bool {
        let drawn = self.first..=self.last;
        drawn.contains(&point.x) && drawn.contains(&point.y)
    }

    /// Puts a path into `placed`, without repeating a point, and says where it went.
    pub(crate) fn place_path(&self, path: &[WorldPoint], placed: &mut Vec<TilePoint>) -> Reach {
        placed.clear();
        let mut reach = Reach::NONE;
        for &point in path {
            let point = self.place(point);
            if placed.last() != Some(&point) {
                reach.stretch_to(point);
                placed.push(point);
            }
        }
        reach
    }
}

/// How far a path goes, in units of the tile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub(crate) least: TilePoint,
    pub(crate) most: TilePoint,
}

impl Reach {
    /// Of no point at all: outside of every window.
    const NONE: Self =
        Self { least: TilePoint { x: i64::MAX, y: i64::MAX }, most: TilePoint { x: i64::MIN, y: i64::MIN } };

    fn stretch_to(&mut self, point: TilePoint) {
        self.least = TilePoint { x: self.least.x.min(point.x), y: self.least.y.min(point.y) };
        self.most = TilePoint { x: self.most.x.max(point.x), y: self.most.y.max(point.y) };
    }

    /// Nothing of it can be drawn.
    pub(crate) fn misses(&self, window: &Window) -> bool {
        self.most.x < window.first
            || self.most.y < window.first
            || self.least.x > window.last
            || self.least.y > window.last
    }

    /// All of it is drawn: nothing to cut.
    pub(crate) fn is_within(&self, window: &Window) -> bool {
        self.least.x >= window.first
            && self.least.y >= window.first
            && self.most.x <= window.last
            && self.most.y <= window.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coord::DEEPEST_ZOOM;
    use proptest::prelude::*;

    #[test]
    fn the_corners_of_a_tile_are_0_and_4096_at_every_zoom() {
        for z in 0..=DEEPEST_ZOOM {
            let column = (1_u32 << z) / 2;
            let tile = TileCoord::new(z, column, column).unwrap();
            let window = Window::new(tile, BUFFER_UNITS);
            let bounds = tile.square();
            assert_eq!(window.place(bounds.north_west), TilePoint { x: 0, y: 0 }, "zoom {z}");
            let last = window.place(bounds.south_east);
            // The last world unit of a tile rounds to the edge; deeper than 20 it is some units before it.
            let before = if z > 20 { 1 << (z - 20) } else { i64::from(z == 20) };
            assert_eq!(last, TilePoint { x: 4096 - before, y: 4096 - before }, "zoom {z}");
        }
    }

    /// Along one axis; the other is the same. Tiles wider than the world beyond them have nothing to miss.
    #[test]
    fn the_world_bounds_hold_what_is_drawn_to_the_last_world_unit_and_two_more_at_most() {
        for (z, buffer_units) in (4..=DEEPEST_ZOOM).flat_map(|z| [0, 1, 64, 4096].map(|buffer| (z, buffer))) {
            let middle = (1_u32 << z) / 2;
            let tile = TileCoord::new(z, middle, middle).unwrap();
            let (window, bounds) = (Window::new(tile, buffer_units), tile.world_bounds(buffer_units));
            let is_drawn = |x: u32| window.holds(window.place(WorldPoint { x, y: bounds.north_west.y + 3 }));
            let (west, east) = (bounds.north_west.x, bounds.south_east.x);
            assert!(!is_drawn(west - 1) && !is_drawn(east + 1), "zoom {z}, buffer {buffer_units}");
            assert!(is_drawn(west + 2) && is_drawn(east - 2), "zoom {z}, buffer {buffer_units}");
        }
    }

    proptest! {
        /// Oracle: the share of the world in f64, which is exact here, scaled and rounded half up.
        #[test]
        fn placing_agrees_with_floating_point(z in 0..=DEEPEST_ZOOM, x: u32, y: u32, column: u32, row: u32) {
            let tile = TileCoord::at(z, WorldPoint { x: column, y: row }).unwrap();
            let slow = |along: u32, tile: u32| {
                let units = f64::from(along) / 2_f64.powi(32) * 2_f64.powi(i32::from(z) + 12);
                (units + 0.5).floor() as i64 - i64::from(tile) * 4096
            };
            let is = Window::new(tile, 64).place(WorldPoint { x, y });
            prop_assert_eq!((is.x, is.y), (slow(x, tile.x()), slow(y, tile.y())));
        }

        #[test]
        fn neighbouring_tiles_place_a_point_at_the_same_spot(z in 1..=DEEPEST_ZOOM, x: u32, y: u32) {
            let point = WorldPoint { x, y };
            let tile = TileCoord::at(z, point).unwrap();
            let beside = TileCoord::new(z, tile.x() ^ 1, tile.y()).unwrap();
            let shift = (i64::from(beside.x()) - i64::from(tile.x())) * 4096;
            let (here, there) = (Window::new(tile, 64).place(point), Window::new(beside, 64).place(point));
            prop_assert_eq!((here.x, here.y), (there.x + shift, there.y));
        }

        #[test]
        fn what_a_tile_draws_lies_in_its_world_bounds(z in 0..=DEEPEST_ZOOM, x: u32, y: u32,
                                                      east in -9000_i64..9000, south in -9000_i64..9000) {
            let tile = TileCoord::at(z, WorldPoint { x, y }).unwrap();
            let unit = (1_i64 << (32 - u32::from(z))) as f64 / 4096.0;
            let corner = tile.square().north_west;
            let near = |along: u32, units: i64| {
                (f64::from(along) + unit * units as f64).clamp(0.0, f64::from(u32::MAX)) as u32
            };
            let point = WorldPoint { x: near(corner.x, east), y: near(corner.y, south) };
            let window = Window::new(tile, 64);
            prop_assert!(!window.holds(window.place(point)) || tile.world_bounds(64).holds(point));
        }
    }
}
