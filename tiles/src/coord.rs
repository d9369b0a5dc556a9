//! Which tiles are there, and where on earth does each one lie?
//!
//! The tile pyramid is the one of the web: zoom 0 is one square of the whole Mercator world, each zoom
//! halves the side, `x` counts eastwards from 180° W and `y` counts *southwards* from 85.05° N.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::EXTENT;
use crate::project::{DegreesBox, WORLD_BITS, WorldBox, WorldPoint};

/// The deepest zoom that is served. At 22 one tile is about 9.5 m wide at the equator; a coordinate kept to
/// 1e-7° has nothing more to show.
pub const DEEPEST_ZOOM: u8 = 22;

/// One tile that exists: its zoom is at most [`DEEPEST_ZOOM`], its column and row lie in the zoom's square.
///
/// The order is that of the fields: by zoom, then column, then row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

/// Why a tile was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTile {
    /// Not three plain decimal numbers between slashes.
    #[error("a tile is written z/x/y in plain decimal numbers, such as 14/13805/6094")]
    NotATile,
    /// Deeper than [`DEEPEST_ZOOM`].
    #[error("zoom {0} is deeper than {DEEPEST_ZOOM}, the deepest there is")]
    TooDeep(u64),
    /// Column or row past the edge of the world.
    #[error("tile {z}/{x}/{y} lies outside the world: at zoom {z} columns and rows end at {last}")]
    OutsideWorld {
        /// Zoom asked for.
        z: u8,
        /// Column asked for.
        x: u64,
        /// Row asked for.
        y: u64,
        /// The last column and row of that zoom.
        last: u32,
    },
}

impl TileCoord {
    /// The one door: zoom, column from the west, row from the north.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, InvalidTile> {
        if z > DEEPEST_ZOOM {
            return Err(InvalidTile::TooDeep(z.into()));
        }
        let last = last_of(z);
        if x > last || y > last {
            return Err(InvalidTile::OutsideWorld { z, x: x.into(), y: y.into(), last });
        }
        Ok(Self { z, x, y })
    }

    /// The tile of a zoom in which a point lies; an edge belongs to the tile east and south of it.
    pub fn at(z: u8, point: WorldPoint) -> Result<Self, InvalidTile> {
        if z > DEEPEST_ZOOM {
            return Err(InvalidTile::TooDeep(z.into()));
        }
        let drop_bits = WORLD_BITS - u32::from(z);
        let column_or_row = |along: u32| (u64::from(along) >> drop_bits) as u32;
        Ok(Self { z, x: column_or_row(point.x), y: column_or_row(point.y) })
    }

    /// Zoom, 0 to [`DEEPEST_ZOOM`].
    #[must_use]
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column, counted eastwards.
    #[must_use]
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row, counted southwards.
    #[must_use]
    pub fn y(self) -> u32 {
        self.y
    }

    /// The tile one zoom up that holds this one; `None` for the whole world.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        (self.z > 0).then(|| Self { z: self.z - 1, x: self.x / 2, y: self.y / 2 })
    }

    /// The four tiles one zoom down: north-west, north-east, south-west, south-east. `None` at
    /// [`DEEPEST_ZOOM`].
    #[must_use]
    pub fn children(self) -> Option<[Self; 4]> {
        let child = |east, south| Self { z: self.z + 1, x: self.x * 2 + east, y: self.y * 2 + south };
        (self.z < DEEPEST_ZOOM).then(|| [child(0, 0), child(1, 0), child(0, 1), child(1, 1)])
    }

    /// Where the tile lies, in degrees of WGS-84, without any buffer.
    #[must_use]
    pub fn bounds(self) -> DegreesBox {
        self.square().to_degrees()
    }

    /// The square of the tile on the flat map: the places of which [`TileCoord::at`] says that they lie in it.
    #[must_use]
    pub fn square(self) -> WorldBox {
        self.widened(0)
    }

    /// What of the world this tile draws: its square and around it `buffer_units` of its 4096 units, half a unit
    /// that is rounded into them, and at most two world units more; cut at the edge of the world. This is the box
    /// to ask a spatial index with.
    #[must_use]
    pub fn world_bounds(self, buffer_units: u32) -> WorldBox {
        self.widened(drawn_beyond(self.z, buffer_units))
    }

    /// The square and so many world units around it.
    fn widened(self, by: i64) -> WorldBox {
        let side = side_of(self.z);
        let clamp = |along: i64| along.clamp(0, i64::from(u32::MAX)) as u32;
        let corner = |x: i64, y: i64| WorldPoint { x: clamp(x), y: clamp(y) };
        let (west, north) = (i64::from(self.x) * side, i64::from(self.y) * side);
        WorldBox {
            north_west: corner(west - by, north - by),
            south_east: corner(west + side - 1 + by, north + side - 1 + by),
        }
    }
}

/// The side of a tile, in world units.
fn side_of(z: u8) -> i64 {
    1 << (WORLD_BITS - u32::from(z))
}

/// How many world units beyond its square a tile draws.
fn drawn_beyond(z: u8, buffer_units: u32) -> i64 {
    // Half a unit more than the buffer, because what lies there is rounded into it; and one world unit more,
    // because the square ends one before the next one begins, but unit 4096 is drawn.
    let units_doubled = i64::from(buffer_units.min(EXTENT)) * 2 + 1;
    units_doubled * side_of(z) / i64::from(2 * EXTENT) + 1
}

/// The last column and row of a zoom.
fn last_of(z: u8) -> u32 {
    (1_u32 << z) - 1
}

/// The tiles of one zoom that draw something of a box: a rectangle of columns and rows.
///
/// For dropping the tiles that a change touches ([`TileRange::holds`]) and for making those of a district
/// ([`TileRange::tiles`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileRange {
    z: u8,
    columns: RangeInclusive<u32>,
    rows: RangeInclusive<u32>,
}

impl TileRange {
    /// The tiles of zoom `z` in whose square, or in `buffer_units` of its 4096 units around it, a part of the
    /// box lies. Never empty; at times a tile too many at the rim, never one too few.
    pub fn of(z: u8, bounds: WorldBox, buffer_units: u32) -> Result<Self, InvalidTile> {
        if z > DEEPEST_ZOOM {
            return Err(InvalidTile::TooDeep(z.into()));
        }
        let beyond = drawn_beyond(z, buffer_units);
        let at = |along: i64| along.div_euclid(side_of(z)).clamp(0, last_of(z).into()) as u32;
        let between = |least: u32, most: u32| at(i64::from(least) - beyond)..=at(i64::from(most) + beyond);
        let (north_west, south_east) = (bounds.north_west, bounds.south_east);
        Ok(Self {
            z,
            columns: between(north_west.x, south_east.x),
            rows: between(north_west.y, south_east.y),
        })
    }

    /// Whether a tile is one of them. O(1).
    #[must_use]
    pub fn holds(&self, tile: TileCoord) -> bool {
        tile.z == self.z && self.columns.contains(&tile.x) && self.rows.contains(&tile.y)
    }

    /// How many they are, without counting.
    #[must_use]
    pub fn count(&self) -> u64 {
        let along = |range: &RangeInclusive<u32>| u64::from(range.end() - range.start()) + 1;
        along(&self.columns) * along(&self.rows)
    }

    /// All of them, row by row from the north-west.
    pub fn tiles(&self) -> impl Iterator<Item = TileCoord> + '_ {
        let row = move |y| self.columns.clone().map(move |x| TileCoord { z: self.z, x, y });
        self.rows.clone().flat_map(row)
    }
}

impl fmt::Display for TileCoord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}", self.z, self.x, self.y)
    }
}

impl FromStr for TileCoord {
    type Err = InvalidTile;

    /// Reads `z/x/y`. Signs, blanks and leading zeros are refused: a tile has one spelling only, so that
    /// caches between here and the reader hold it once.
    fn from_str(given: &str) -> Result<Self, InvalidTile> {
        let mut numbers = given.split('/').map(plain_number);
        let mut next = || numbers.next().flatten().ok_or(InvalidTile::NotATile);
        let (z, x, y) = (next()?, next()?, next()?);
        if numbers.next().is_some() {
            return Err(InvalidTile::NotATile);
        }
        let z = u8::try_from(z).ok().filter(|z| *z <= DEEPEST_ZOOM).ok_or(InvalidTile::TooDeep(z))?;
        match (u32::try_from(x), u32::try_from(y)) {
            (Ok(x), Ok(y)) => Self::new(z, x, y),
            _ => Err(InvalidTile::OutsideWorld { z, x, y, last: last_of(z) }),
        }
    }
}

/// A decimal number without sign or leading zero.
fn plain_number(given: &str) -> Option<u64> {
    let plain = given.bytes().all(|byte| byte.is_ascii_digit()) && (given == "0" || !given.starts_with('0'));
    plain.then(|| given.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tile(given: &str) -> TileCoord {
        given.parse().unwrap()
    }

    #[test]
    fn only_tiles_that_exist_can_be_parsed() {
        assert_eq!("2/3/1".parse(), Ok(TileCoord { z: 2, x: 3, y: 1 }));
        assert_eq!("0/0/0".parse(), Ok(TileCoord { z: 0, x: 0, y: 0 }));
        assert!("22/4194303/4194303".parse::<TileCoord>().is_ok());
        let bad = ["2/4/0", "2/0/4", "2/-1/0", "23/0/0", "256/0/0", "2/3", "2/3/3/0", "2/3/3/", "a/b/c", ""];
        for bad in bad.into_iter().chain(["/2/3/3", "2//3", "+2/3/3", "02/3/3", "2/3/ 3", "2/3/3.0", "1/1/٣"])
        {
            assert!(bad.parse::<TileCoord>().is_err(), "{bad} was taken");
        }
        assert!("0/0/18446744073709551616".parse::<TileCoord>().is_err());
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        let said = |given: &str| given.parse::<TileCoord>().unwrap_err().to_string();
        assert_eq!(said("2/4/0"), "tile 2/4/0 lies outside the world: at zoom 2 columns and rows end at 3");
        assert_eq!(
            said("2/0/4294967296"),
            "tile 2/0/4294967296 lies outside the world: at zoom 2 columns and rows end at 3"
        );
        assert_eq!(said("99/0/0"), "zoom 99 is deeper than 22, the deepest there is");
    }

    #[test]
    fn the_bounds_of_the_world_are_those_of_square_mercator() {
        let world = tile("0/0/0").bounds();
        let edge = 85.051_128_779_806_59;
        for (is, wanted) in
            [(world.west, -180.0), (world.east, 180.0), (world.north, edge), (world.south, -edge)]
        {
            assert!((is - wanted).abs() < 1e-6, "{is} is not {wanted}");
        }
    }

    #[test]
    fn the_quarter_south_east_of_null_island_begins_there() {
        let bounds = tile("1/1/1").bounds();
        assert!(bounds.west.abs() < 1e-12 && bounds.north.abs() < 1e-12);
    }

    #[test]
    fn tiexi_lies_in_the_tile_that_other_maps_use_for_it() {
        // Checked by hand with the formula of the OpenStreetMap wiki, "Slippy map tilenames".
        let tiexi = WorldPoint::from_degrees(123.35, 41.79).unwrap();
        assert_eq!(TileCoord::at(14, tiexi).unwrap().to_string(), "14/13805/6094");
    }

    proptest! {
        /// Oracle: ask every tile of the zoom.
        #[test]
        fn a_range_is_the_tiles_whose_buffer_meets_the_box(
            z in 0..=5_u8, a: (u32, u32), b: (u32, u32), buffer_units in prop::sample::select(vec![0, 64, 4096])
        ) {
            let corners = [WorldPoint { x: a.0, y: a.1 }, WorldPoint { x: b.0, y: b.1 }];
            let bounds = WorldBox::around(&corners).unwrap();
            let range = TileRange::of(z, bounds, buffer_units).unwrap();
            let mut all = Vec::new();
            for (y, x) in (0..1 << z).flat_map(|y| (0..1 << z).map(move |x| (y, x))) {
                let tile = TileCoord::new(z, x, y).unwrap();
                let drawn = tile.world_bounds(buffer_units);
                let meets = drawn.north_west.x <= bounds.south_east.x && drawn.south_east.x >= bounds.north_west.x
                    && drawn.north_west.y <= bounds.south_east.y && drawn.south_east.y >= bounds.north_west.y;
                prop_assert_eq!(range.holds(tile), meets);
                all.extend(meets.then_some(tile));
            }
            prop_assert_eq!(range.count(), all.len() as u64);
            prop_assert_eq!(range.tiles().collect::<Vec<_>>(), all);
        }

        #[test]
        fn writing_and_reading_a_tile_gives_the_same(z in 0..=DEEPEST_ZOOM, x: u32, y: u32) {
            let given = TileCoord::at(z, WorldPoint { x, y }).unwrap();
            prop_assert_eq!(given.to_string().parse(), Ok(given));
            prop_assert_eq!(TileCoord::new(given.z(), given.x(), given.y()), Ok(given));
        }

        #[test]
        fn a_tile_is_a_child_of_its_parent_and_only_once(z in 0..=DEEPEST_ZOOM, x: u32, y: u32) {
            let given = TileCoord::at(z, WorldPoint { x, y }).unwrap();
            match given.parent() {
                None => prop_assert_eq!(z, 0),
                Some(parent) => {
                    let same = parent.children().unwrap().into_iter().filter(|child| *child == given).count();
                    prop_assert_eq!(same, 1);
                }
            }
            prop_assert_eq!(given.children().is_none(), z == DEEPEST_ZOOM);
        }

        #[test]
        fn a_point_lies_in_the_bounds_of_its_tile(z in 0..=DEEPEST_ZOOM, x: u32, y: u32) {
            let point = WorldPoint { x, y };
            let given = TileCoord::at(z, point).unwrap();
            prop_assert!(given.square().holds(point));
            prop_assert!(given.world_bounds(64).holds(point));
            for other in [(0, 1), (1, 0), (1, 1)] {
                let size = 1 << z;
                let (x, y) = ((given.x + other.0) % size, (given.y + other.1) % size);
                let other = TileCoord::new(z, x, y).unwrap();
                prop_assert!(other == given || !other.square().holds(point));
            }
        }
    }
}
