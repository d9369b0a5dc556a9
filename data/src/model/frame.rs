//! In which frame 坐标系 numbers are meant: WGS-84, CGCS2000, GCJ-02 (Amap), BD-09 (Baidu), both ways.
//!
//! Everything inside is WGS-84. What comes in another frame is converted once, at the door; what goes out in another frame is
//! converted last. CGCS2000 differs from WGS-84 by less than a phone can tell: it keeps its name, and its numbers are taken as they
//! are. GCJ-02 and BD-09 shift a point by 500 m to 1.5 km, which is another grid.
//!
//! The formulas are the publicly known ones of GCJ-02 (an offset of sines on the ellipsoid of Krasovsky, 1940) and of BD-09 (a turn and
//! a stretch of GCJ-02). Compared with points that map providers publish they are good to about 1 m; promise no more.

use super::place::LonLat;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// Half the long axis of the ellipsoid of Krasovsky, metres. The one of WGS-84 (6,378,137) would move results by 1 cm.
const SEMI_MAJOR_AXIS_M: f64 = 6_378_245.0;
/// The squared eccentricity that belongs to it.
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
/// The angle per degree of the waves of BD-09: degrees to radians, 3000 waves to 180°.
const BD_WAVE: f64 = PI * 3000.0 / 180.0;
/// West, south, east, north of the rectangle in which GCJ-02 and BD-09 are shifted, degrees. It takes in parts of the neighbours.
const SHIFTED: (f64, f64, f64, f64) = (72.004, 0.8293, 137.8347, 55.8271);
/// When the inverse is near enough, degrees: 1 µm.
const NEAR_ENOUGH_DEGREES: f64 = 1e-11;
/// The inverse comes nearer by a factor of 100 and more in every round; what has not settled by then never will.
const MOST_ROUNDS: usize = 20;

/// A frame of coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frame {
    /// WGS-84, of GPS.
    #[default]
    Wgs84,
    /// CGCS2000, of official surveys: the same as WGS-84 at the metre.
    Cgcs2000,
    /// GCJ-02, of Amap and Tencent.
    Gcj02,
    /// BD-09, of Baidu.
    Bd09,
}

/// A word that names no frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no frame: it is one of wgs84, cgcs2000, gcj02, bd09")]
pub struct UnknownFrame(pub String);

/// Numbers that are no point in degrees.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "{lon}, {lat} is no point of {frame}: give degrees, longitude (-360 ..= 360) first, then latitude (-90 ..= 90)"
)]
pub struct OutsideFrame {
    /// The frame in which the numbers were meant.
    pub frame: Frame,
    /// What was given as the longitude.
    pub lon: f64,
    /// What was given as the latitude.
    pub lat: f64,
}

impl Frame {
    /// Every frame.
    pub const ALL: [Self; 4] = [Self::Wgs84, Self::Cgcs2000, Self::Gcj02, Self::Bd09];

    /// The word for it in parameters and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Cgcs2000 => "cgcs2000",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// Whether GCJ-02 and BD-09 are shifted here: within a rectangle around China that takes in parts of its neighbours.
    #[must_use]
    pub fn shifts(point: LonLat) -> bool {
        let (west, south, east, north) = SHIFTED;
        (west..=east).contains(&point.lon) && (south..=north).contains(&point.lat)
    }

    /// Whether numbers of this frame are shifted away from where they are on the Earth.
    #[must_use]
    pub const fn is_shifted(self) -> bool {
        matches!(self, Self::Gcj02 | Self::Bd09)
    }

    /// A point of this frame, given in WGS-84.
    ///
    /// The exact inverse of [`Self::from_wgs84`] to 1 mm. Outside the shifted rectangle nothing is done; within a kilometre of its edge
    /// two points of WGS-84 can share one shifted point, and the answer is one of them. Numbers that are not finite, or no degrees, are
    /// refused.
    pub fn to_wgs84(self, point: LonLat) -> Result<LonLat, OutsideFrame> {
        self.check(point)?;
        if !self.is_shifted() || !Self::shifts(point) {
            return Ok(point);
        }
        let gcj02 = if self == Self::Bd09 { inverse(gcj02_to_bd09, point) } else { Some(point) };
        let wgs84 = gcj02.and_then(|gcj02| inverse(wgs84_to_gcj02, gcj02));
        wgs84.ok_or(OutsideFrame { frame: self, lon: point.lon, lat: point.lat })
    }

    /// A point of WGS-84, given in this frame. Outside the shifted rectangle nothing is done; numbers that are not finite, or no
    /// degrees, are refused.
    pub fn from_wgs84(self, point: LonLat) -> Result<LonLat, OutsideFrame> {
        Self::Wgs84.check(point)?;
        if !Self::shifts(point) {
            return Ok(point);
        }
        Ok(match self {
            Self::Wgs84 | Self::Cgcs2000 => point,
            Self::Gcj02 => wgs84_to_gcj02(point),
            Self::Bd09 => gcj02_to_bd09(wgs84_to_gcj02(point)),
        })
    }

    fn check(self, point: LonLat) -> Result<(), OutsideFrame> {
        let LonLat { lon, lat } = point;
        let right = (-360.0..=360.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        if right { Ok(()) } else { Err(OutsideFrame { frame: self, lon, lat }) }
    }
}

/// What `forward` turns into `image`, by going back the error until it is nothing.
fn inverse(forward: fn(LonLat) -> LonLat, image: LonLat) -> Option<LonLat> {
    let mut origin = image;
    for _ in 0..MOST_ROUNDS {
        let reached = forward(origin);
        let (lon, lat) = (image.lon - reached.lon, image.lat - reached.lat);
        if !(lon.is_finite() && lat.is_finite()) {
            return None;
        }
        origin = LonLat { lon: origin.lon + lon, lat: origin.lat + lat };
        if lon.abs() < NEAR_ENOUGH_DEGREES && lat.abs() < NEAR_ENOUGH_DEGREES {
            break;
        }
    }
    Some(origin)
}

/// The shift of GCJ-02: metres east and north by a polynomial and waves around 105° E, 35° N, then degrees on the ellipsoid.
fn wgs84_to_gcj02(point: LonLat) -> LonLat {
    let (x, y) = (point.lon - 105.0, point.lat - 35.0);
    let wave = |angle: f64| (angle * PI).sin();
    let short_waves = 20.0 * wave(6.0 * x) + 20.0 * wave(2.0 * x);
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    let east_waves =
        short_waves + 20.0 * wave(x) + 40.0 * wave(x / 3.0) + 150.0 * wave(x / 12.0) + 300.0 * wave(x / 30.0);
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    let north_waves =
        short_waves + 20.0 * wave(y) + 40.0 * wave(y / 3.0) + 160.0 * wave(y / 12.0) + 320.0 * wave(y / 30.0);
    let east_m = east + east_waves * 2.0 / 3.0;
    let north_m = north + north_waves * 2.0 / 3.0;

    let latitude = point.lat.to_radians();
    let flattening = 1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2);
    let radius_of_parallel_m = SEMI_MAJOR_AXIS_M / flattening.sqrt() * latitude.cos();
    let radius_of_meridian_m = SEMI_MAJOR_AXIS_M * (1.0 - ECCENTRICITY_SQUARED) / flattening.powf(1.5);
    LonLat {
        lon: point.lon + (east_m / radius_of_parallel_m).to_degrees(),
        lat: point.lat + (north_m / radius_of_meridian_m).to_degrees(),
    }
}

/// The turn and stretch of BD-09, with waves, then a constant shift.
fn gcj02_to_bd09(point: LonLat) -> LonLat {
    let radius = point.lon.hypot(point.lat) + 2e-5 * (point.lat * BD_WAVE).sin();
    let angle = point.lat.atan2(point.lon) + 3e-6 * (point.lon * BD_WAVE).cos();
    LonLat { lon: radius * angle.cos() + 0.0065, lat: radius * angle.sin() + 0.006 }
}

impl std::fmt::Display for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl std::str::FromStr for Frame {
    type Err = UnknownFrame;
    fn from_str(word: &str) -> Result<Self, UnknownFrame> {
        Self::ALL
            .into_iter()
            .find(|frame| frame.word().eq_ignore_ascii_case(word))
            .ok_or_else(|| UnknownFrame(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn point(lon: f64, lat: f64) -> LonLat {
        LonLat { lon, lat }
    }

    /// The distance on a sphere with the mean radius of the Earth, metres.
    fn distance_m(a: LonLat, b: LonLat) -> f64 {
        let north = (b.lat - a.lat).to_radians();
        let east = (b.lon - a.lon).to_radians() * f64::midpoint(a.lat, b.lat).to_radians().cos();
        6_371_008.8 * north.hypot(east)
    }

    #[test]
    fn only_the_four_words_name_a_frame() {
        for frame in Frame::ALL {
            assert_eq!(frame.word().parse(), Ok(frame));
            assert_eq!(serde_json::to_string(&frame).expect("a word"), format!("\"{frame}\""));
        }
        assert_eq!("GCJ02".parse(), Ok(Frame::Gcj02));
        for bad in ["", "wgs", "gcj-02", "EPSG:4326"] {
            assert_eq!(bad.parse::<Frame>(), Err(UnknownFrame(bad.to_owned())));
        }
    }

    #[test]
    fn numbers_that_are_no_degrees_are_refused_in_every_frame() {
        for frame in Frame::ALL {
            for (lon, lat) in
                [(f64::NAN, 41.0), (123.0, f64::INFINITY), (41.8, 123.4), (13_740_000.0, 5_120_000.0)]
            {
                assert!(frame.to_wgs84(point(lon, lat)).is_err(), "{frame} {lon},{lat} was taken");
                assert!(frame.from_wgs84(point(lon, lat)).is_err(), "{frame} {lon},{lat} was taken");
            }
        }
    }

    #[test]
    fn nothing_is_shifted_outside_the_rectangle() {
        for far in [point(183.0, 45.0), point(7.42, 43.73), point(72.003, 30.0), point(110.0, 0.829)] {
            for frame in Frame::ALL {
                assert_eq!((frame.from_wgs84(far), frame.to_wgs84(far)), (Ok(far), Ok(far)));
            }
        }
    }

    #[test]
    fn a_square_in_tiexi_is_where_amap_and_baidu_show_it() {
        let wgs84 = point(123.35, 41.80);
        let gcj02 = Frame::Gcj02.from_wgs84(wgs84).expect("degrees");
        let bd09 = Frame::Bd09.from_wgs84(wgs84).expect("degrees");
        assert!(distance_m(gcj02, point(123.356_053_473_0, 41.802_394_644_6)) < 1e-3, "{gcj02:?}");
        assert!(distance_m(bd09, point(123.362_445_824_2, 41.808_761_953_7)) < 1e-3, "{bd09:?}");
        assert_eq!(Frame::Cgcs2000.from_wgs84(wgs84), Ok(wgs84));
    }

    #[test]
    fn whatever_is_asked_of_the_edge_of_the_rectangle_the_answer_is_finite() {
        let (west, south, east, north) = SHIFTED;
        for lon in [west, east, west + 1e-9, east - 1e-9, 105.0] {
            for lat in [south, north, south + 1e-9, north - 1e-9] {
                for frame in Frame::ALL {
                    let back = frame.to_wgs84(point(lon, lat)).expect("degrees");
                    assert!(distance_m(back, point(lon, lat)) < 3_000.0, "{frame} {lon},{lat} → {back:?}");
                }
            }
        }
    }

    proptest! {
        /// There and back is less than 1 mm off, away from the edge of the rectangle.
        #[test]
        fn a_point_survives_the_way_into_a_frame_and_back(lon in 72.05..137.79, lat in 0.86..55.79) {
            for frame in Frame::ALL {
                let there = frame.from_wgs84(point(lon, lat)).expect("degrees");
                let back = frame.to_wgs84(there).expect("degrees");
                prop_assert!(distance_m(back, point(lon, lat)) < 1e-3, "{frame} {there:?} {back:?}");
            }
        }
    }
}
