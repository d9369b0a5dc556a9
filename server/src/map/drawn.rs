//! What is ready to be drawn: shapes projected once, in a tree over the world, so that a tile costs a search and a cut.

use gridward_data::model::{
    place::Place,
    shape::{Outline, Polygon},
};
use gridward_tiles::{BUFFER_UNITS, Layer, TileBuilder, TileCoord, Value, WorldBox, WorldPoint};
use rstar::{AABB, RTree, RTreeObject};

/// The rings of one polygon, projected: the outer one first.
pub(crate) type Rings = Vec<Vec<WorldPoint>>;

/// What something looks like on the map.
pub(crate) enum Shape {
    /// A symbol or a label.
    Point(WorldPoint),
    /// A way.
    Line(Vec<WorldPoint>),
    /// Ground.
    Polygons(Vec<Rings>),
}

/// What a tile says of a feature.
pub(crate) enum Word {
    /// Text of this one feature.
    Text(Box<str>),
    /// One of few words.
    One(&'static str),
    /// A mark that is there or not.
    Yes,
}

/// One feature of a layer.
pub(crate) struct Drawn {
    /// The id of the thing.
    pub(crate) id: u64,
    /// The first zoom that shows it.
    pub(crate) from_zoom: u8,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// What the tile says of it.
    pub(crate) properties: Vec<(&'static str, Word)>,
}

impl Shape {
    pub(crate) fn point(place: Place) -> Self {
        Self::Point(project(place))
    }
    pub(crate) fn ground(outline: &Outline) -> Self {
        let rings = |polygon: &Polygon| {
            polygon.rings().map(|ring| ring.places().iter().copied().map(project).collect()).collect()
        };
        Self::Polygons(outline.polygons().iter().map(rings).collect())
    }

    /// The box around it. Holes lie within the outer rings.
    pub(crate) fn bounds(&self) -> WorldBox {
        let around = match self {
            Self::Point(point) => Some(WorldBox { north_west: *point, south_east: *point }),
            Self::Line(line) => WorldBox::around(line),
            Self::Polygons(polygons) => {
                let outer: Vec<WorldPoint> =
                    polygons.iter().filter_map(|rings| rings.first()).flatten().copied().collect();
                WorldBox::around(&outer)
            }
        };
        around.expect("lines and outlines of the model have points")
    }
}

/// Projects a place.
pub(crate) fn project(place: Place) -> WorldPoint {
    WorldPoint::from_e7(place.lon_e7(), place.lat_e7())
}

/// A feature with the box around it, which every search asks for: made once, and not from all its points each time.
struct Boxed {
    bounds: WorldBox,
    feature: Drawn,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        envelope(self.bounds)
    }
}

fn corner(point: WorldPoint) -> [f64; 2] {
    [point.x.into(), point.y.into()]
}

fn envelope(bounds: WorldBox) -> AABB<[f64; 2]> {
    AABB::from_corners(corner(bounds.north_west), corner(bounds.south_east))
}

/// One layer of a tile set.
pub(crate) struct DrawnLayer {
    name: &'static str,
    /// The first zoom that shows anything of it.
    from_zoom: u8,
    tree: RTree<Boxed>,
}

impl DrawnLayer {
    /// A layer of these features. O(n log n).
    pub(crate) fn new(name: &'static str, features: Vec<Drawn>) -> Self {
        let from_zoom = features.iter().map(|feature| feature.from_zoom).min().unwrap_or(u8::MAX);
        let boxed = features.into_iter().map(|feature| Boxed { bounds: feature.shape.bounds(), feature });
        Self { name, from_zoom, tree: RTree::bulk_load(boxed.collect()) }
    }

    /// Draws what the tile sees of it. O(log n + what is seen).
    pub(crate) fn draw(&self, tile: TileCoord, builder: &mut TileBuilder) {
        if tile.z() < self.from_zoom {
            return;
        }
        let seen = envelope(tile.world_bounds(BUFFER_UNITS));
        let layer = builder.layer(self.name);
        let mut properties = Vec::new();
        for Boxed { feature, .. } in self.tree.locate_in_envelope_intersecting(&seen) {
            if feature.from_zoom <= tile.z() {
                properties.clear();
                properties.extend(feature.properties.iter().map(|(name, word)| (*name, value(word))));
                draw(feature, &properties, layer);
            }
        }
    }
}

fn draw(feature: &Drawn, properties: &[(&str, Value<'_>)], layer: &mut Layer) {
    match &feature.shape {
        Shape::Point(point) => layer.point(feature.id, *point, properties),
        Shape::Line(line) => layer.line(feature.id, line, properties),
        Shape::Polygons(polygons) => match &polygons[..] {
            [rings] => layer.polygon(feature.id, rings, properties),
            several => layer.polygons(feature.id, several, properties),
        },
    };
}

fn value(word: &Word) -> Value<'_> {
    match word {
        Word::Text(text) => Value::Str(text),
        Word::One(word) => Value::Str(word),
        Word::Yes => Value::Bool(true),
    }
}

/// The words that a tile says of a feature, put together one by one.
#[derive(Default)]
pub(crate) struct Words(Vec<(&'static str, Word)>);

impl Words {
    pub(crate) fn one(mut self, name: &'static str, word: &'static str) -> Self {
        self.0.push((name, Word::One(word)));
        self
    }
    pub(crate) fn text(mut self, name: &'static str, text: &str) -> Self {
        self.0.push((name, Word::Text(text.into())));
        self
    }
    pub(crate) fn text_if(self, name: &'static str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }
    pub(crate) fn yes_if(mut self, name: &'static str, yes: bool) -> Self {
        self.0.extend(yes.then_some((name, Word::Yes)));
        self
    }
    pub(crate) fn done(self) -> Vec<(&'static str, Word)> {
        self.0
    }
}
