//! What something looks like from above: lines and outlines made of places.

use super::place::{Bounds, Place};
use serde::{Deserialize, Serialize};

/// A line of at least two places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Place>", into = "Vec<Place>")]
pub struct Line(Vec<Place>);

/// A closed ring: at least three different places; the first is repeated at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Place>", into = "Vec<Place>")]
pub struct Ring(Vec<Place>);

/// One piece of ground with its holes. The exterior runs counter-clockwise, the holes clockwise (RFC 7946).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Polygon {
    /// The outer ring.
    pub exterior: Ring,
    /// What is cut out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holes: Vec<Ring>,
}

/// The ground that something covers: one polygon or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Polygon>", into = "Vec<Polygon>")]
pub struct Outline(Vec<Polygon>);

/// A shape that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidShape {
    /// A line of fewer than two places.
    #[error("a line needs at least two different places, it has {0}")]
    ShortLine(usize),
    /// A ring that does not close.
    #[error("a ring must end at the place where it began")]
    OpenRing,
    /// A ring of fewer than three different places, or without area.
    #[error("a ring needs at least three different places and an area")]
    FlatRing,
    /// An outline without a polygon.
    #[error("an outline needs at least one polygon")]
    Empty,
}

impl Line {
    /// A line through these places. Repeated neighbours are dropped.
    pub fn new(mut places: Vec<Place>) -> Result<Self, InvalidShape> {
        places.dedup();
        if places.len() < 2 { Err(InvalidShape::ShortLine(places.len())) } else { Ok(Self(places)) }
    }
    /// The places in order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.0
    }
    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::around(self.0.iter().copied()).expect("a line has at least two places")
    }
}

impl Ring {
    /// A ring through these places, which must end where they began. Repeated neighbours are dropped.
    pub fn new(mut places: Vec<Place>) -> Result<Self, InvalidShape> {
        places.dedup();
        if places.len() >= 2 && places.first() != places.last() {
            return Err(InvalidShape::OpenRing);
        }
        let ring = Self(places);
        if ring.0.len() < 4 || ring.twice_area_e14() == 0 { Err(InvalidShape::FlatRing) } else { Ok(ring) }
    }
    /// The places in order, the first repeated at the end.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.0
    }
    /// Twice the signed area in square units of 1e-7°; positive when it runs counter-clockwise. Exact.
    #[must_use]
    pub fn twice_area_e14(&self) -> i128 {
        let cross = |pair: &[Place]| {
            let (a, b) = (pair[0], pair[1]);
            i128::from(a.lon_e7()) * i128::from(b.lat_e7()) - i128::from(b.lon_e7()) * i128::from(a.lat_e7())
        };
        self.0.windows(2).map(cross).sum()
    }
    /// The same ring, run through in the direction asked for.
    #[must_use]
    pub fn wound(mut self, counter_clockwise: bool) -> Self {
        if (self.twice_area_e14() > 0) != counter_clockwise {
            self.0.reverse();
        }
        self
    }
}

impl Polygon {
    /// A polygon; rings are turned to the direction that RFC 7946 asks for.
    #[must_use]
    pub fn new(exterior: Ring, holes: Vec<Ring>) -> Self {
        Self {
            exterior: exterior.wound(true),
            holes: holes.into_iter().map(|hole| hole.wound(false)).collect(),
        }
    }
    /// All rings, the exterior first.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.exterior).chain(&self.holes)
    }
}

impl Outline {
    /// An outline of at least one polygon.
    pub fn new(polygons: Vec<Polygon>) -> Result<Self, InvalidShape> {
        if polygons.is_empty() { Err(InvalidShape::Empty) } else { Ok(Self(polygons)) }
    }
    /// Its polygons.
    #[must_use]
    pub fn polygons(&self) -> &[Polygon] {
        &self.0
    }
    /// Every place of every ring.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.0.iter().flat_map(Polygon::rings).flat_map(|ring| ring.places().iter().copied())
    }
    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::around(self.places()).expect("an outline has at least one ring")
    }
}

impl TryFrom<Vec<Place>> for Line {
    type Error = InvalidShape;
    fn try_from(places: Vec<Place>) -> Result<Self, InvalidShape> {
        Self::new(places)
    }
}
impl From<Line> for Vec<Place> {
    fn from(line: Line) -> Self {
        line.0
    }
}
impl TryFrom<Vec<Place>> for Ring {
    type Error = InvalidShape;
    fn try_from(places: Vec<Place>) -> Result<Self, InvalidShape> {
        Self::new(places)
    }
}
impl From<Ring> for Vec<Place> {
    fn from(ring: Ring) -> Self {
        ring.0
    }
}
impl TryFrom<Vec<Polygon>> for Outline {
    type Error = InvalidShape;
    fn try_from(polygons: Vec<Polygon>) -> Result<Self, InvalidShape> {
        Self::new(polygons)
    }
}
impl From<Outline> for Vec<Polygon> {
    fn from(outline: Outline) -> Self {
        outline.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(corners: &[(i32, i32)]) -> Vec<Place> {
        corners.iter().map(|&(lon, lat)| Place::from_e7(lon, lat).expect("on the Earth")).collect()
    }

    #[test]
    fn a_ring_must_close_and_enclose_something() {
        assert_eq!(Ring::new(places(&[(0, 0), (9, 0), (9, 9)])), Err(InvalidShape::OpenRing));
        assert_eq!(Ring::new(places(&[(0, 0), (9, 0), (0, 0)])), Err(InvalidShape::FlatRing));
        assert_eq!(Ring::new(places(&[(0, 0), (5, 0), (9, 0), (0, 0)])), Err(InvalidShape::FlatRing));
        assert_eq!(Ring::new(vec![]), Err(InvalidShape::FlatRing));
    }

    #[test]
    fn a_polygon_turns_its_rings_as_geojson_wants_them() {
        let clockwise = Ring::new(places(&[(0, 0), (0, 9), (9, 9), (0, 0)])).expect("a ring");
        assert!(clockwise.twice_area_e14() < 0);
        let polygon = Polygon::new(clockwise.clone(), vec![clockwise]);
        assert!(polygon.exterior.twice_area_e14() > 0 && polygon.holes[0].twice_area_e14() < 0);
    }
}
