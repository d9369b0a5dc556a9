//! How far apart, in metres: a flat frame around the middle of a city.
//!
//! Distances, indexes, buffers and cuts are reckoned in metres and never in degrees. The frame is a transverse Mercator projection of
//! the WGS-84 ellipsoid whose central meridian runs through the middle of the city, with scale 1 there: lengths are too long by
//! d² / 2R² at d metres east or west of it, 8 mm a kilometre at 25 km, 0.5 m a kilometre at 200 km.

use super::place::{Bounds, Place};
use proj4rs::{Proj, transform::transform};

/// How far from its middle a frame may be used, metres.
pub const REACH_M: f64 = 200_000.0;

/// A point in metres east and north of the middle of a [`LocalFrame`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
}

impl Metric {
    /// The straight distance between two points of one frame, metres.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A flat frame in metres around one place.
#[derive(Clone)]
pub struct LocalFrame {
    centre: Place,
    degrees: Proj,
    metres: Proj,
}

impl LocalFrame {
    /// The frame around a place. Places within [`REACH_M`] of it can be drawn in it.
    #[must_use]
    pub fn around(centre: Place) -> Self {
        let metres = format!(
            "+proj=tmerc +lat_0={} +lon_0={} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs",
            centre.lat(),
            centre.lon()
        );
        Self {
            centre,
            degrees: Proj::from_proj_string("+proj=longlat +ellps=WGS84 +no_defs")
                .expect("the definition is constant"),
            metres: Proj::from_proj_string(&metres).expect("a place is a valid centre"),
        }
    }

    /// The frame around the middle of a box.
    #[must_use]
    pub fn of(bounds: Bounds) -> Self {
        Self::around(bounds.centre())
    }

    /// The place in the middle.
    #[must_use]
    pub const fn centre(&self) -> Place {
        self.centre
    }

    /// The place in metres. Places on the other side of the Earth are put at infinity.
    #[must_use]
    pub fn to_metres(&self, place: Place) -> Metric {
        let mut point = (place.lon().to_radians(), place.lat().to_radians(), 0.0);
        match transform(&self.degrees, &self.metres, &mut point) {
            Ok(()) => Metric { x: point.0, y: point.1 },
            Err(_) => Metric { x: f64::INFINITY, y: f64::INFINITY },
        }
    }

    /// The place nearest to a point in metres; `None` where there is none.
    #[must_use]
    pub fn to_place(&self, point: Metric) -> Option<Place> {
        let mut degrees = (point.x, point.y, 0.0);
        transform(&self.metres, &self.degrees, &mut degrees).ok()?;
        Place::new(degrees.0.to_degrees(), degrees.1.to_degrees()).ok()
    }
}

impl std::fmt::Debug for LocalFrame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LocalFrame({})", self.centre)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tiexi() -> LocalFrame {
        LocalFrame::around(Place::new(123.35, 41.79).expect("on the Earth"))
    }

    #[test]
    fn a_degree_of_latitude_at_45_degrees_has_its_textbook_length() {
        let frame = LocalFrame::around(Place::new(9.0, 45.0).expect("on the Earth"));
        let at = |lat| frame.to_metres(Place::new(9.0, lat).expect("on the Earth"));
        // The meridian arc from 44.5° to 45.5° on WGS-84 is 111,131.8 m.
        assert!((at(44.5).distance(at(45.5)) - 111_131.8).abs() < 0.1);
    }

    proptest! {
        /// There and back is at most one unit of 1e-7° away.
        #[test]
        fn a_place_survives_the_way_to_metres_and_back(lon in 121.5..125.2, lat in 40.2..43.2) {
            let place = Place::new(lon, lat).expect("on the Earth");
            let back = tiexi().to_place(tiexi().to_metres(place)).expect("within reach");
            prop_assert!((back.lon_e7() - place.lon_e7()).abs() <= 1, "{place} {back}");
            prop_assert!((back.lat_e7() - place.lat_e7()).abs() <= 1, "{place} {back}");
        }
    }
}
