//! How do features become the bytes of a vector tile?
//!
//! A [`TileBuilder`] is given projected features, layer by layer, and writes what the tile sees of them as
//! Mapbox Vector Tile 2.1. Rounding, cutting, winding and the tables of keys and values are seen to here; the
//! bytes themselves are written by the `fast-mvt` crate. The same features in the same order give the same
//! bytes, so a digest of them is a strong `ETag`.

use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder, MvtValueRef};

use crate::clip::{Pen, clip_line, clip_ring};
use crate::coord::TileCoord;
use crate::project::WorldPoint;
use crate::ring::{clean, doubled_area};
use crate::simplify::simplify;
use crate::window::{BUFFER_UNITS, TilePoint, Window};

/// A property of a feature. Equal values of a layer are stored once; a whole number that is not negative is
/// the same value whether it came as [`Value::Int`] or as [`Value::Uint`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Str(&'a str),
    /// A whole number.
    Int(i64),
    /// A whole number that is not negative. Browsers read whole numbers exactly below 2⁵³ only.
    Uint(u64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Bool(bool),
}

/// The properties of one feature, each key once.
pub type Properties<'a> = [(&'a str, Value<'a>)];

/// One tile being made.
#[derive(Debug)]
pub struct TileBuilder {
    window: Window,
    layers: Vec<Layer>,
}

impl TileBuilder {
    /// A tile that draws 64 units around its square.
    #[must_use]
    pub fn new(tile: TileCoord) -> Self {
        Self::with_buffer(tile, BUFFER_UNITS)
    }

    /// A tile that draws `buffer_units` of its 4096 units around its square; more than 4096 are 4096.
    #[must_use]
    pub fn with_buffer(tile: TileCoord, buffer_units: u32) -> Self {
        Self { window: Window::new(tile, buffer_units), layers: Vec::new() }
    }

    /// The layer of that name: a new one the first time, the same one again after that. Layers are written in
    /// the order of their first mention.
    ///
    /// # Panics
    /// If the name is empty.
    pub fn layer(&mut self, name: &str) -> &mut Layer {
        let at = self.layers.iter().position(|layer| layer.name == name).unwrap_or_else(|| {
            self.layers.push(Layer::new(name, self.window));
            self.layers.len() - 1
        });
        &mut self.layers[at]
    }

    /// The bytes of the tile, not compressed. Layers without a feature are left out; a tile without any is
    /// empty.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for layer in self.layers {
            layer.finish(&mut bytes);
        }
        bytes
    }
}

/// One layer being made. Every call that takes a feature says whether anything of it was drawn; what lies
/// outside of the tile and its buffer, or is too small for the zoom to have an inside or a length, is not.
#[derive(Debug)]
pub struct Layer {
    name: String,
    window: Window,
    /// Always there between two calls: the encoder gives itself away while a feature is written.
    encoder: Option<MvtLayerBuilder>,
    features: usize,
    parts: Parts,
    placed: Vec<TilePoint>,
    spare: Vec<TilePoint>,
    stays: Vec<bool>,
    spans: Vec<(usize, usize)>,
}

impl Layer {
    fn new(name: &str, window: Window) -> Self {
        let encoder = MvtLayerBuilder::new(name).expect("a layer is named by whoever writes the tile");
        Self {
            name: name.to_owned(),
            window,
            encoder: Some(encoder),
            features: 0,
            parts: Parts::default(),
            placed: Vec::new(),
            spare: Vec::new(),
            stays: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// How many features were drawn so far.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// Draws a point.
    pub fn point(&mut self, id: u64, place: WorldPoint, properties: &Properties<'_>) -> bool {
        self.points(id, &[place], properties)
    }

    /// Draws a feature of several points; those that fall on the same unit stay apart.
    pub fn points(&mut self, id: u64, places: &[WorldPoint], properties: &Properties<'_>) -> bool {
        self.parts.clear();
        let seen = places.iter().map(|place| self.window.place(*place));
        self.parts.points.extend(seen.filter(|place| self.window.holds(*place)));
        self.parts.end(Part::Path);
        self.write(MvtGeomType::Point, id, properties)
    }

    /// Draws a line. Points that lie within one unit of what stays are dropped.
    pub fn line(&mut self, id: u64, line: &[WorldPoint], properties: &Properties<'_>) -> bool {
        self.lines(id, &[line], properties)
    }

    /// Draws a feature of several lines.
    pub fn lines<L: AsRef<[WorldPoint]>>(
        &mut self,
        id: u64,
        lines: &[L],
        properties: &Properties<'_>,
    ) -> bool {
        self.parts.clear();
        for line in lines {
            self.add_line(line.as_ref());
        }
        self.write(MvtGeomType::LineString, id, properties)
    }

    /// Draws a polygon: its outer ring, then its holes. Rings may be open or closed and wound either way. No
    /// vertex is simplified away, so polygons that share a border share it in the tile.
    pub fn polygon<R: AsRef<[WorldPoint]>>(
        &mut self,
        id: u64,
        rings: &[R],
        properties: &Properties<'_>,
    ) -> bool {
        self.polygons(id, &[rings], properties)
    }

    /// Draws a feature of several polygons, each an outer ring and its holes.
    pub fn polygons<P: AsRef<[R]>, R: AsRef<[WorldPoint]>>(
        &mut self,
        id: u64,
        polygons: &[P],
        properties: &Properties<'_>,
    ) -> bool {
        self.parts.clear();
        for polygon in polygons {
            self.add_polygon(polygon.as_ref());
        }
        self.write(MvtGeomType::Polygon, id, properties)
    }

    fn add_line(&mut self, line: &[WorldPoint]) {
        let reach = self.window.place_path(line, &mut self.placed);
        if self.placed.len() < 2 || reach.misses(&self.window) {
            return;
        }
        if reach.is_within(&self.window) {
            self.add_piece();
            return;
        }
        // The pieces are gathered in `placed`, each for itself; the whole line waits aside.
        std::mem::swap(&mut self.placed, &mut self.spare);
        let (whole, window) = (std::mem::take(&mut self.spare), self.window);
        self.placed.clear();
        clip_line(&whole, &window, |pen| match pen {
            Pen::Begin(point) => {
                self.add_piece();
                self.placed.push(point);
            }
            Pen::Go(point) if self.placed.last() != Some(&point) => self.placed.push(point),
            Pen::Go(_) => {}
        });
        self.add_piece();
        self.spare = whole;
    }

    /// Takes the piece of a line that lies in `placed`.
    fn add_piece(&mut self) {
        if self.placed.len() >= 2 {
            let points = &mut self.parts.points;
            simplify(&self.placed, &mut self.stays, &mut self.spans, |point| points.push(point));
            self.parts.end(Part::Path);
        }
        self.placed.clear();
    }

    fn add_polygon<R: AsRef<[WorldPoint]>>(&mut self, rings: &[R]) {
        let Some((outer, holes)) = rings.split_first() else { return };
        let before = self.parts.mark();
        let mut inside = self.add_ring(outer.as_ref(), Part::Outer);
        if inside == 0 {
            return;
        }
        for hole in holes {
            inside -= self.add_ring(hole.as_ref(), Part::Hole);
        }
        // A hole around the whole window: the rings cancel out and nothing shows.
        if inside <= 0 {
            self.parts.back_to(before);
        }
    }

    /// Adds what the window sees of a ring; the answer is twice its area, 0 if nothing was added.
    fn add_ring(&mut self, ring: &[WorldPoint], part: Part) -> i64 {
        let reach = self.window.place_path(ring, &mut self.placed);
        if self.placed.len() < 3 || reach.misses(&self.window) {
            return 0;
        }
        if !reach.is_within(&self.window) {
            clip_ring(&mut self.placed, &mut self.spare, &self.window, &reach);
        }
        clean(&mut self.placed);
        let doubled_area = doubled_area(&self.placed).abs();
        if doubled_area > 0 {
            self.parts.points.extend_from_slice(&self.placed);
            self.parts.end(part);
        }
        doubled_area
    }

    /// Writes the parts as one feature, if there are any.
    fn write(&mut self, kind: MvtGeomType, id: u64, properties: &Properties<'_>) -> bool {
        if self.parts.points.is_empty() {
            return false;
        }
        let encoder = self.encoder.take().expect("the encoder comes back at the end of each feature");
        let mut feature = encoder.feature_of(kind);
        feature.id(Some(id));
        for (part, points) in self.parts.iter() {
            let points = points.iter().map(|point| MvtCoord { x: point.x as i32, y: point.y as i32 });
            let written = match (kind, part) {
                (MvtGeomType::Point, _) => feature.points(points),
                (MvtGeomType::LineString, _) => feature.line(points),
                (MvtGeomType::Polygon, part) => feature.ring(points, part == Part::Outer),
            };
            written.expect("a part has points, fewer than 2²⁹, and is of the feature's kind");
        }
        for (key, value) in properties {
            feature.tag_ref(key, value.into()).expect("a tile has fewer than 2³² keys and values");
        }
        self.encoder = Some(feature.end());
        self.features += 1;
        true
    }

    fn finish(self, bytes: &mut Vec<u8>) {
        if let Some(encoder) = self.encoder.filter(|_| self.features > 0) {
            bytes.append(&mut encoder.encode());
        }
    }
}

impl<'a> From<&Value<'a>> for MvtValueRef<'a> {
    fn from(value: &Value<'a>) -> Self {
        match *value {
            Value::Str(text) => Self::String(text),
            // The shortest way to write it: zigzag only where there is a sign.
            Value::Int(number) => u64::try_from(number).map_or(Self::SInt(number), Self::UInt),
            Value::Uint(number) => Self::UInt(number),
            Value::Float(number) => Self::Double(number),
            Value::Bool(yes) => Self::Bool(yes),
        }
    }
}

/// What a part of a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Points, or a piece of a line.
    Path,
    Outer,
    Hole,
}

/// The parts of the feature at hand, one after the other.
#[derive(Debug, Default)]
struct Parts {
    points: Vec<TilePoint>,
    /// What each part is, and how many points there are up to its end.
    ends: Vec<(Part, usize)>,
}

impl Parts {
    fn clear(&mut self) {
        self.points.clear();
        self.ends.clear();
    }

    fn end(&mut self, part: Part) {
        self.ends.push((part, self.points.len()));
    }

    fn mark(&self) -> usize {
        self.ends.len()
    }

    fn back_to(&mut self, mark: usize) {
        self.ends.truncate(mark);
        self.points.truncate(self.ends.last().map_or(0, |(_, end)| *end));
    }

    fn iter(&self) -> impl Iterator<Item = (Part, &[TilePoint])> {
        let mut from = 0;
        self.ends.iter().map(move |(part, to)| {
            let points = &self.points[from..*to];
            from = *to;
            (*part, points)
        })
    }
}
