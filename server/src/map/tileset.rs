//! Which sets of tiles there are, which layers they have, and from which zoom on.

use gridward_data::model::{area::Level, place::Bounds, road::StreetKind, time::Weekday};
use gridward_tiles::{DegreesBox, TileJson, VectorLayer};

/// The deepest zoom that tiles are made for; the map draws deeper ones from these.
pub(crate) const DEEPEST_ZOOM: u8 = 18;

/// A set of tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TileSet {
    /// Places: everybody sees the same.
    Base,
    /// Affairs: what somebody may see depends on who asks. Never mixed with the base.
    Live,
}

impl TileSet {
    /// The set with this word in its URL.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Base, Self::Live].into_iter().find(|set| set.word() == word)
    }
    /// Its word in URLs.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Live => "live",
        }
    }

    /// What the set holds, where it lies, and how its tiles are fetched. URLs of the base stay when the map changes: tiles are
    /// asked for again with their validators, and only those that changed are sent. URLs of the live set carry its version, so that a map
    /// that is given them anew fetches anew.
    pub(crate) fn tilejson(
        self,
        root: &str,
        version: &str,
        bounds: Option<Bounds>,
        attribution: &str,
    ) -> TileJson {
        let query = match self {
            Self::Base => String::new(),
            Self::Live => format!("?v={version}"),
        };
        let url = format!("{root}/api/v1/tiles/{}/{{z}}/{{x}}/{{y}}{query}", self.word());
        let layers = match self {
            Self::Base => base_layers(),
            Self::Live => vec![VectorLayer::new(
                "hazards",
                0,
                &[
                    ("category", "the code of its category"),
                    ("seen_at", "when it was first told of, seconds since 1970"),
                    ("case", "the id of its case"),
                ],
            )],
        };
        let mut tilejson = TileJson::new(url, 0, DEEPEST_ZOOM, layers);
        tilejson.name = Some(format!("gridward {}", self.word()));
        tilejson.attribution = (!attribution.is_empty()).then(|| attribution.to_owned());
        match bounds {
            Some(bounds) => tilejson.within(degrees(bounds), 13),
            None => tilejson,
        }
    }
}

fn degrees(bounds: Bounds) -> DegreesBox {
    DegreesBox {
        west: bounds.min.lon(),
        south: bounds.min.lat(),
        east: bounds.max.lon(),
        north: bounds.max.lat(),
    }
}

fn base_layers() -> Vec<VectorLayer> {
    let area: &[(&str, &str)] =
        &[("level", "district, street, community or grid"), ("code", "its code"), ("name", "its name")];
    let place: &[(&str, &str)] = &[("kind", "what it is"), ("name", "its name")];
    let open = Weekday::ALL.map(|day| {
        (day.word(), "its hours that day, 08:30-12:00,13:00-17:00; not there where closed all day")
    });
    let station = [place, &open].concat();
    let barrier: &[(&str, &str)] = &[("kind", "what stands in the way")];
    let street: &[(&str, &str)] = &[
        ("kind", "what it is, in the words of OpenStreetMap"),
        ("name", "its name"),
        ("oneway", "true where vehicles may go one way only, along the line"),
        ("bridge", "true on a bridge"),
        ("tunnel", "true in a tunnel"),
    ];
    vec![
        VectorLayer::new("areas", area_zoom(Level::District), area),
        VectorLayer::new("area_labels", area_zoom(Level::District), area),
        VectorLayer::new("compounds", COMPOUND_ZOOM, &[("name", "its name")]),
        VectorLayer::new("buildings", BUILDING_ZOOM, &[]),
        VectorLayer::new(
            "place_labels",
            COMPOUND_LABEL_ZOOM,
            &[("kind", "compound or building"), ("name", "its name")],
        ),
        VectorLayer::new("streets", street_zoom(StreetKind::Motorway), street),
        VectorLayer::new("gates", BARRIER_ZOOM, barrier),
        VectorLayer::new("entrances", ENTRANCE_ZOOM, &[("name", "what is written on it")]),
        VectorLayer::new("stations", STATION_ZOOM, &station),
        VectorLayer::new("facilities", FACILITY_ZOOM, place),
    ]
}

/// The first zoom that shows compounds.
pub(crate) const COMPOUND_ZOOM: u8 = 13;
/// The first zoom that shows buildings.
pub(crate) const BUILDING_ZOOM: u8 = 13;
/// The first zoom that names compounds.
pub(crate) const COMPOUND_LABEL_ZOOM: u8 = 15;
/// The first zoom that names buildings.
pub(crate) const BUILDING_LABEL_ZOOM: u8 = 16;
/// The first zoom that shows gates and bollards.
pub(crate) const BARRIER_ZOOM: u8 = 16;
/// The first zoom that shows doors.
pub(crate) const ENTRANCE_ZOOM: u8 = 17;
/// The first zoom that shows love stations.
pub(crate) const STATION_ZOOM: u8 = 10;
/// The first zoom that shows other service places.
pub(crate) const FACILITY_ZOOM: u8 = 12;

/// The first zoom that shows areas of a level: 2,441 grids are a carpet before they are 20 pixels wide.
pub(crate) const fn area_zoom(level: Level) -> u8 {
    match level {
        Level::District => 0,
        Level::Street => 9,
        Level::Community => 11,
        Level::Grid => 13,
    }
}

/// The first zoom that shows streets of a kind.
pub(crate) const fn street_zoom(kind: StreetKind) -> u8 {
    use StreetKind as Street;
    match kind {
        Street::Motorway | Street::Trunk | Street::Primary | Street::Secondary => 8,
        Street::Tertiary => 10,
        Street::Residential => 12,
        Street::Living | Street::Pedestrian => 13,
        Street::Service | Street::Track | Street::Cycleway => 14,
        Street::Footway | Street::Path | Street::Steps => 15,
    }
}
