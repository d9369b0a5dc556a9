//! What the base map shows: the places of the city, the same for everybody.

use super::{
    drawn::{Drawn, DrawnLayer, Shape, Words},
    tileset::{
        BARRIER_ZOOM, BUILDING_LABEL_ZOOM, BUILDING_ZOOM, COMPOUND_LABEL_ZOOM, COMPOUND_ZOOM, ENTRANCE_ZOOM,
        FACILITY_ZOOM, STATION_ZOOM, area_zoom, street_zoom,
    },
};
use gridward_data::model::{
    area::{Area, AreaVersion, Level},
    building::{Building, Compound},
    facility::Facility,
    road::{Direction, Street},
    shape::Outline,
    station::Station,
    time::{Timetable, Weekday},
};
use gridward_domain::index::{Index, anchor::anchor, inside::inside, places::Areas};
use gridward_tiles::{TileBuilder, TileCoord};

/// The layers of the base map, ready to be drawn.
pub(crate) struct BaseMap {
    layers: Vec<DrawnLayer>,
}

impl BaseMap {
    /// The base map of what the index knows. O(n log n) in the points of all places.
    pub(crate) fn of(index: &Index) -> Self {
        let places = index.places();
        let areas = || {
            let levels = Level::ALL.into_iter().flat_map(|level| places.areas.at_level(level));
            levels.filter_map(|area| Some((area.as_ref(), area.current()?)))
        };
        let compound_labels = places.compounds.iter().map(|it| {
            label(
                it.id.number(),
                COMPOUND_LABEL_ZOOM,
                &it.outline,
                Words::default().one("kind", "compound").text("name", &it.name),
            )
        });
        let building_labels = places.buildings.iter().filter_map(|it| {
            let words = Words::default().one("kind", "building").text("name", it.name.as_deref()?);
            Some(label(it.id.number(), BUILDING_LABEL_ZOOM, &it.outline, words))
        });
        let layers = vec![
            DrawnLayer::new("areas", areas().map(|(area, now)| ground_of(area, now)).collect()),
            DrawnLayer::new("compounds", places.compounds.iter().map(|it| compound(it)).collect()),
            DrawnLayer::new("buildings", places.buildings.iter().map(|it| building(it)).collect()),
            DrawnLayer::new("streets", places.streets.iter().map(|it| street(it)).collect()),
            DrawnLayer::new("gates", places.streets.iter().flat_map(|it| barriers(it)).collect()),
            DrawnLayer::new("entrances", places.buildings.iter().flat_map(|it| entrances(it)).collect()),
            DrawnLayer::new("facilities", places.facilities.iter().map(|it| facility(it)).collect()),
            DrawnLayer::new("stations", places.stations.iter().map(|it| station(it)).collect()),
            DrawnLayer::new("place_labels", compound_labels.chain(building_labels).collect()),
            DrawnLayer::new(
                "area_labels",
                areas().filter_map(|(area, now)| label_of(&places.areas, area, now)).collect(),
            ),
        ];
        Self { layers }
    }

    /// Draws a tile; nothing to be drawn gives nothing.
    pub(crate) fn draw(&self, tile: TileCoord) -> Vec<u8> {
        let mut builder = TileBuilder::new(tile);
        for layer in &self.layers {
            layer.draw(tile, &mut builder);
        }
        builder.finish()
    }
}

fn area_words(area: &Area, now: &AreaVersion) -> Words {
    Words::default().one("level", area.level.word()).text("code", now.code.text()).text("name", &now.name)
}

fn ground_of(area: &Area, now: &AreaVersion) -> Drawn {
    Drawn {
        id: area.id.number(),
        from_zoom: area_zoom(area.level),
        shape: Shape::ground(&now.outline),
        properties: area_words(area, now).done(),
    }
}

fn label_of(areas: &Areas, area: &Area, now: &AreaVersion) -> Option<Drawn> {
    Some(Drawn {
        id: area.id.number(),
        from_zoom: area_zoom(area.level),
        shape: Shape::point(areas.anchor(area.id)?),
        properties: area_words(area, now).done(),
    })
}

/// Where the name of some ground is written: once, however many tiles the ground lies in. Mostly the middle of its box will do.
fn label(id: u64, from_zoom: u8, outline: &Outline, words: Words) -> Drawn {
    let middle = outline.bounds().centre();
    let at = if inside(outline, middle) { middle } else { anchor(outline) };
    Drawn { id, from_zoom, shape: Shape::point(at), properties: words.done() }
}

fn compound(compound: &Compound) -> Drawn {
    Drawn {
        id: compound.id.number(),
        from_zoom: COMPOUND_ZOOM,
        shape: Shape::ground(&compound.outline),
        properties: Words::default().text("name", &compound.name).done(),
    }
}

/// Footprints alone: thousands are in a tile, and their names are written by `place_labels` where there is room for them.
fn building(building: &Building) -> Drawn {
    Drawn {
        id: building.id.number(),
        from_zoom: BUILDING_ZOOM,
        shape: Shape::ground(&building.outline),
        properties: Vec::new(),
    }
}

fn entrances(building: &Building) -> impl Iterator<Item = Drawn> + '_ {
    building.entrances.iter().map(|entrance| Drawn {
        id: building.id.number(),
        from_zoom: ENTRANCE_ZOOM,
        shape: Shape::point(entrance.place),
        properties: Words::default().text_if("name", entrance.label.as_deref()).done(),
    })
}

fn street(street: &Street) -> Drawn {
    let mut line = street.line.places().to_vec();
    if street.direction == Direction::Backward {
        line.reverse();
    }
    Drawn {
        id: street.id.number(),
        from_zoom: street_zoom(street.kind),
        shape: Shape::Line(line.into_iter().map(super::drawn::project).collect()),
        properties: Words::default()
            .one("kind", street.kind.word())
            .text_if("name", street.name.as_deref())
            .yes_if("oneway", !street.direction.is_both())
            .yes_if("bridge", street.bridge)
            .yes_if("tunnel", street.tunnel)
            .done(),
    }
}

fn barriers(street: &Street) -> impl Iterator<Item = Drawn> + '_ {
    street.barriers.iter().filter_map(|barrier| {
        let place = street.line.places().get(barrier.at as usize)?;
        Some(Drawn {
            id: street.id.number(),
            from_zoom: BARRIER_ZOOM,
            shape: Shape::point(*place),
            properties: Words::default().one("kind", barrier.kind.word()).done(),
        })
    })
}

fn station(station: &Station) -> Drawn {
    Drawn {
        id: station.id.number(),
        from_zoom: STATION_ZOOM,
        shape: Shape::point(station.place),
        properties: hours(
            Words::default().one("kind", "station").text("name", &station.name),
            &station.timetable,
        )
        .done(),
    }
}

/// When it is open, a property for each day of the week on which it is: `08:30-12:00,13:00-17:00`. What runs on into the next day ends after 24:00.
/// A tile is true for a week, and never says "open now".
fn hours(mut words: Words, timetable: &Timetable) -> Words {
    for day in Weekday::ALL {
        let mut spans: Vec<_> = timetable.0.iter().filter(|span| span.day == day).collect();
        spans.sort_unstable_by_key(|span| span.from_min);
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let spans: Vec<String> =
            spans.iter().map(|span| format!("{}-{}", clock(span.from_min), clock(span.until_min))).collect();
        if !spans.is_empty() {
            words = words.text(day.word(), &spans.join(","));
        }
    }
    words
}

fn facility(facility: &Facility) -> Drawn {
    Drawn {
        id: facility.id.number(),
        from_zoom: FACILITY_ZOOM,
        shape: Shape::point(facility.place),
        properties: Words::default().one("kind", facility.kind.word()).text("name", &facility.name).done(),
    }
}
