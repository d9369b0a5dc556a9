//! How things of the model look in answers: shapes that several resources share.

use gridward_data::model::{
    area::{Area, AreaVersion},
    place::{Bounds, Place},
    time::Timetable,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A point in WGS-84.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct PlaceView {
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        Self { lon: place.lon(), lat: place.lat() }
    }
}

/// West, south, east, north in degrees of WGS-84.
pub(crate) type BoundsView = [f64; 4];

pub(crate) fn bounds(bounds: Bounds) -> BoundsView {
    [bounds.min.lon(), bounds.min.lat(), bounds.max.lon(), bounds.max.lat()]
}

/// An area by what people call it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AreaName {
    /// Its id.
    id: u64,
    /// `district`, `street`, `community` or `grid`.
    level: &'static str,
    /// Its code.
    code: String,
    /// Its name.
    name: String,
}

impl AreaName {
    pub(crate) fn of(area: &Area, version: &AreaVersion) -> Self {
        Self {
            id: area.id.number(),
            level: area.level.word(),
            code: version.code.text().to_owned(),
            name: version.name.clone(),
        }
    }
}

/// Part of a day of the week, in local minutes since midnight; `until_min` passes 1440 where it runs on into the next day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct HoursView {
    /// `monday` … `sunday`.
    day: &'static str,
    /// The first minute.
    from_min: u16,
    /// The first minute after it.
    until_min: u16,
}

/// The hours of a timetable; empty where they are not known.
pub(crate) fn hours(timetable: &Timetable) -> Vec<HoursView> {
    timetable
        .0
        .iter()
        .map(|span| HoursView { day: span.day.word(), from_min: span.from_min, until_min: span.until_min })
        .collect()
}
