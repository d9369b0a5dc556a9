//! Where does a place of WGS-84 lie on the flat map?
//!
//! The map is the square of spherical Mercator (EPSG:3857), counted in whole units of which 2³² make the side
//! of the world: 9.3 mm at the equator. A step of 1e-7° is 1.19 units or more, so places that differ as stored
//! differ on the map, and a tile is cut from projected places by shifts and subtractions alone. Project once,
//! when a place is loaded.
//!
//! The logarithm and the sine come from `libm`, not from the platform: every machine makes the same bytes.

use std::f64::consts::PI;

/// Two to this power is the side of the world, in world units.
pub(crate) const WORLD_BITS: u32 = 32;

/// Where square Mercator ends, north and south: `atan(sinh π)`, in degrees. Places beyond it are drawn on it.
pub const LATITUDE_LIMIT_DEGREES: f64 = 85.051_128_779_806_59;

/// Side of the world in world units.
const WORLD_SIDE: f64 = 4_294_967_296.0;

/// Units of 1e-7° in 180°.
const HALF_TURN_E7: i64 = 1_800_000_000;

/// A place on the flat map, in world units: `x` eastwards from 180° W, `y` southwards from 85.05° N.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorldPoint {
    /// World units east of 180° W.
    pub x: u32,
    /// World units south of the northern edge.
    pub y: u32,
}

impl WorldPoint {
    /// Projects WGS-84 degrees. `None` if they are not numbers or lie outside ±180°, ±90°. Latitudes beyond
    /// [`LATITUDE_LIMIT_DEGREES`] and 180° E itself fall on the edge of the map.
    #[must_use]
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        let on_earth = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        on_earth.then(|| Self { x: to_world((lon + 180.0) / 360.0), y: northing(lat) })
    }

    /// Projects WGS-84 given in whole units of 1e-7°. Total: what lies outside ±180° or beyond
    /// [`LATITUDE_LIMIT_DEGREES`] falls on the edge of the map.
    ///
    /// East is exact (rounded once, in integers); south is within one world unit.
    #[must_use]
    pub fn from_e7(lon_e7: i32, lat_e7: i32) -> Self {
        let turn = 2 * HALF_TURN_E7 as u64;
        let east = (i64::from(lon_e7).clamp(-HALF_TURN_E7, HALF_TURN_E7) + HALF_TURN_E7) as u64;
        // At most 3.6e9 × 2³² + 1.8e9, which is below 2⁶⁴.
        let x = ((east << WORLD_BITS) + turn / 2) / turn;
        Self { x: u32::try_from(x).unwrap_or(u32::MAX), y: northing(f64::from(lat_e7) / 1e7) }
    }

    /// Longitude and latitude in WGS-84 degrees.
    #[must_use]
    pub fn to_degrees(self) -> (f64, f64) {
        let lon = f64::from(self.x) / WORLD_SIDE * 360.0 - 180.0;
        let north = PI * (1.0 - 2.0 * f64::from(self.y) / WORLD_SIDE);
        (lon, libm::atan(libm::sinh(north)).to_degrees())
    }
}

/// World units south of the northern edge, by `y = ½ − artanh(sin φ) / 2π` (Snyder 1987, "Map Projections: a
/// Working Manual", equation 7-2, for the sphere).
fn northing(lat: f64) -> u32 {
    let lat = lat.clamp(-LATITUDE_LIMIT_DEGREES, LATITUDE_LIMIT_DEGREES).to_radians();
    to_world(0.5 - libm::atanh(libm::sin(lat)) / (2.0 * PI))
}

/// A share of the side of the world, to the nearest world unit.
fn to_world(share: f64) -> u32 {
    // `as` saturates: a whole side is the last unit, a rounding below zero is zero.
    (share * WORLD_SIDE).round() as u32
}

/// A box on the flat map, corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorldBox {
    /// The north-western corner.
    pub north_west: WorldPoint,
    /// The south-eastern corner.
    pub south_east: WorldPoint,
}

impl WorldBox {
    /// The smallest box around points; `None` if there are none.
    #[must_use]
    pub fn around(points: &[WorldPoint]) -> Option<Self> {
        let (&first, rest) = points.split_first()?;
        let mut bounds = Self { north_west: first, south_east: first };
        for point in rest {
            bounds.north_west.x = bounds.north_west.x.min(point.x);
            bounds.north_west.y = bounds.north_west.y.min(point.y);
            bounds.south_east.x = bounds.south_east.x.max(point.x);
            bounds.south_east.y = bounds.south_east.y.max(point.y);
        }
        Some(bounds)
    }

    /// The box between two corners in WGS-84 degrees. `None` where west exceeds east or south exceeds north,
    /// or where a corner is refused by [`WorldPoint::from_degrees`].
    #[must_use]
    pub fn from_degrees(bounds: DegreesBox) -> Option<Self> {
        let DegreesBox { west, south, east, north } = bounds;
        let ordered = west <= east && south <= north;
        let (north_west, south_east) =
            (WorldPoint::from_degrees(west, north), WorldPoint::from_degrees(east, south));
        ordered.then_some(Self { north_west: north_west?, south_east: south_east? })
    }

    /// Whether a point lies in the box or on its edge.
    #[must_use]
    pub fn holds(&self, point: WorldPoint) -> bool {
        (self.north_west.x..=self.south_east.x).contains(&point.x)
            && (self.north_west.y..=self.south_east.y).contains(&point.y)
    }

    /// The same box in degrees.
    #[must_use]
    pub fn to_degrees(self) -> DegreesBox {
        let (west, north) = self.north_west.to_degrees();
        let (east, south) = self.south_east.to_degrees();
        DegreesBox { west, south, east, north }
    }
}

/// A box in WGS-84 degrees. It does not cross 180°.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DegreesBox {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIDDLE: u32 = 1 << 31;

    #[test]
    fn null_island_is_the_middle_of_the_world() {
        assert_eq!(WorldPoint::from_e7(0, 0), WorldPoint { x: MIDDLE, y: MIDDLE });
        assert_eq!(WorldPoint::from_degrees(0.0, 0.0), Some(WorldPoint { x: MIDDLE, y: MIDDLE }));
    }

    #[test]
    fn the_edges_of_the_world_are_reached_and_never_passed() {
        let corner = WorldPoint { x: u32::MAX, y: u32::MAX };
        assert_eq!(WorldPoint::from_e7(1_800_000_000, -900_000_000), corner);
        assert_eq!(WorldPoint::from_e7(-1_800_000_000, 900_000_000), WorldPoint { x: 0, y: 0 });
        assert_eq!(WorldPoint::from_e7(i32::MAX, i32::MIN), corner);
        assert_eq!(WorldPoint::from_degrees(180.0, -90.0), Some(corner));
    }

    #[test]
    fn what_is_not_a_place_is_refused() {
        for (lon, lat) in [(f64::NAN, 0.0), (0.0, f64::NAN), (f64::INFINITY, 0.0), (180.1, 0.0), (0.0, -90.1)]
        {
            assert_eq!(WorldPoint::from_degrees(lon, lat), None, "{lon} {lat} was taken");
        }
    }

    #[test]
    fn a_box_of_degrees_goes_to_the_map_and_back_unless_it_is_turned_over() {
        let given = DegreesBox { west: 123.2, south: 41.7, east: 123.5, north: 41.9 };
        let back = WorldBox::from_degrees(given).unwrap().to_degrees();
        for (is, wanted) in [(back.west, 123.2), (back.south, 41.7), (back.east, 123.5), (back.north, 41.9)] {
            assert!((is - wanted).abs() < 1e-7);
        }
        assert_eq!(WorldBox::from_degrees(DegreesBox { west: 123.6, ..given }), None);
        assert_eq!(WorldBox::from_degrees(DegreesBox { south: 42.0, ..given }), None);
        assert_eq!(WorldBox::from_degrees(DegreesBox { north: f64::NAN, ..given }), None);
    }

    #[test]
    fn a_known_place_agrees_with_the_metres_of_epsg_3857() {
        // 123.35° E, 41.79° N: R × λ and R × artanh(sin φ) with R = 6 378 137 m.
        let (radius_m, lon, lat) = (6_378_137.0, 123.35_f64.to_radians(), 41.79_f64.to_radians());
        let east_m: f64 = radius_m * lon;
        let north_m: f64 = radius_m * (PI / 4.0 + lat / 2.0).tan().ln();
        let unit_m = 2.0 * PI * radius_m / WORLD_SIDE;
        let is = WorldPoint::from_e7(1_233_500_000, 417_900_000);
        assert!(((f64::from(is.x) - WORLD_SIDE / 2.0) * unit_m - east_m).abs() < 0.01);
        assert!(((WORLD_SIDE / 2.0 - f64::from(is.y)) * unit_m - north_m).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn both_doors_agree_within_a_unit(lon_e7 in -1_800_000_000..=1_800_000_000_i32,
                                          lat_e7 in -900_000_000..=900_000_000_i32) {
            let whole = WorldPoint::from_e7(lon_e7, lat_e7);
            let degrees = WorldPoint::from_degrees(f64::from(lon_e7) / 1e7, f64::from(lat_e7) / 1e7).unwrap();
            prop_assert!(whole.x.abs_diff(degrees.x) <= 1 && whole.y == degrees.y);
        }

        #[test]
        fn there_and_back_is_the_same_place(lon_e7 in -1_799_999_999..=1_799_999_999_i32,
                                            lat_e7 in -850_000_000..=850_000_000_i32) {
            let (lon, lat) = WorldPoint::from_e7(lon_e7, lat_e7).to_degrees();
            // Half a world unit is 0.42e-7°.
            prop_assert!((lon - f64::from(lon_e7) / 1e7).abs() < 0.5e-7);
            prop_assert!((lat - f64::from(lat_e7) / 1e7).abs() < 0.5e-7);
        }

        #[test]
        fn places_that_differ_by_one_e7_differ_on_the_map(lon_e7 in -1_800_000_000..1_799_999_999_i32,
                                                          lat_e7 in -850_000_000..850_000_000_i32) {
            let here = WorldPoint::from_e7(lon_e7, lat_e7);
            let there = WorldPoint::from_e7(lon_e7 + 1, lat_e7 + 1);
            prop_assert!(here.x < there.x && here.y > there.y);
        }
    }
}
