//! Where something lies: a point in WGS-84 as whole numbers of 1e-7°.
//!
//! Whole numbers keep shared borders shared: two grids that name the same corner name the same two integers, through every store
//! and export. One unit is 1.1 cm north–south and less than that east–west.

use serde::{Deserialize, Serialize};

/// Units of a [`Place`] in one degree.
pub const UNITS_PER_DEGREE: f64 = 1e7;

/// A point as longitude and latitude in degrees, in whatever frame its holder says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    /// Longitude, degrees, east positive.
    pub lon: f64,
    /// Latitude, degrees, north positive.
    pub lat: f64,
}

/// A point of the Earth in WGS-84, in units of 1e-7°.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(i32, i32)", into = "(i32, i32)")]
pub struct Place {
    lon_e7: i32,
    lat_e7: i32,
}

/// Numbers that are no point of the Earth.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "longitude {lon}, latitude {lat} is no place: longitude lies in -180 ..= 180, latitude in -90 ..= 90 (longitude first)"
)]
pub struct InvalidPlace {
    /// What was given as the longitude, degrees.
    pub lon: f64,
    /// What was given as the latitude, degrees.
    pub lat: f64,
}

impl Place {
    /// The place nearest to these degrees of WGS-84; ties round away from zero.
    pub fn new(lon: f64, lat: f64) -> Result<Self, InvalidPlace> {
        let inside = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        if !inside {
            return Err(InvalidPlace { lon, lat });
        }
        Ok(Self {
            lon_e7: (lon * UNITS_PER_DEGREE).round() as i32,
            lat_e7: (lat * UNITS_PER_DEGREE).round() as i32,
        })
    }

    /// The place with these whole numbers of 1e-7°.
    pub fn from_e7(lon_e7: i32, lat_e7: i32) -> Result<Self, InvalidPlace> {
        if lon_e7.unsigned_abs() > 1_800_000_000 || lat_e7.unsigned_abs() > 900_000_000 {
            let degrees = |e7: i32| f64::from(e7) / UNITS_PER_DEGREE;
            return Err(InvalidPlace { lon: degrees(lon_e7), lat: degrees(lat_e7) });
        }
        Ok(Self { lon_e7, lat_e7 })
    }

    /// Longitude in units of 1e-7°.
    #[must_use]
    pub const fn lon_e7(self) -> i32 {
        self.lon_e7
    }
    /// Latitude in units of 1e-7°.
    #[must_use]
    pub const fn lat_e7(self) -> i32 {
        self.lat_e7
    }
    /// Longitude, degrees.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / UNITS_PER_DEGREE
    }
    /// Latitude, degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / UNITS_PER_DEGREE
    }
    /// Both in degrees.
    #[must_use]
    pub fn degrees(self) -> LonLat {
        LonLat { lon: self.lon(), lat: self.lat() }
    }
}

impl TryFrom<(i32, i32)> for Place {
    type Error = InvalidPlace;
    fn try_from((lon_e7, lat_e7): (i32, i32)) -> Result<Self, InvalidPlace> {
        Self::from_e7(lon_e7, lat_e7)
    }
}
impl From<Place> for (i32, i32) {
    fn from(place: Place) -> Self {
        (place.lon_e7, place.lat_e7)
    }
}
impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.7},{:.7}", self.lon(), self.lat())
    }
}

/// The smallest upright box around some places: west, south, east, north. Never crosses the date line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// The south-western corner.
    pub min: Place,
    /// The north-eastern corner.
    pub max: Place,
}

impl Bounds {
    /// The box of one place.
    #[must_use]
    pub const fn of(place: Place) -> Self {
        Self { min: place, max: place }
    }
    /// The smallest box around all these places; `None` if there is none.
    pub fn around(places: impl IntoIterator<Item = Place>) -> Option<Self> {
        places.into_iter().fold(None, |bounds: Option<Self>, place| {
            Some(bounds.map_or(Self::of(place), |bounds| bounds.joined(Self::of(place))))
        })
    }
    /// The smallest box around both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let (a, b) = (self, other);
        Self {
            min: Place { lon_e7: a.min.lon_e7.min(b.min.lon_e7), lat_e7: a.min.lat_e7.min(b.min.lat_e7) },
            max: Place { lon_e7: a.max.lon_e7.max(b.max.lon_e7), lat_e7: a.max.lat_e7.max(b.max.lat_e7) },
        }
    }
    /// The middle of the box.
    #[must_use]
    pub fn centre(self) -> Place {
        let middle = |a: i32, b: i32| i64::midpoint(i64::from(a), i64::from(b)) as i32;
        Place {
            lon_e7: middle(self.min.lon_e7, self.max.lon_e7),
            lat_e7: middle(self.min.lat_e7, self.max.lat_e7),
        }
    }
    /// Whether the place lies in the box or on its edge.
    #[must_use]
    pub fn contains(self, place: Place) -> bool {
        (self.min.lon_e7..=self.max.lon_e7).contains(&place.lon_e7)
            && (self.min.lat_e7..=self.max.lat_e7).contains(&place.lat_e7)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_off_the_earth_are_refused() {
        for (lon, lat) in [(180.1, 0.0), (0.0, 90.1), (f64::NAN, 0.0), (0.0, f64::INFINITY), (41.8, 123.4)] {
            assert!(Place::new(lon, lat).is_err(), "{lon},{lat} was taken");
        }
        assert!(Place::from_e7(i32::MIN, 0).is_err());
        assert!(serde_json::from_str::<Place>("[0,900000001]").is_err());
    }

    #[test]
    fn the_centre_of_a_box_as_wide_as_the_earth_does_not_overflow() {
        let corner = |lon, lat| Place::new(lon, lat).expect("on the Earth");
        let bounds = Bounds { min: corner(-180.0, -90.0), max: corner(180.0, 90.0) };
        assert_eq!(bounds.centre(), corner(0.0, 0.0));
    }
}
