//! How do features become a vector tile?
//!
//! A [`TileBuilder`] is given projected features, layer by layer, and writes what the tile sees of them as
//! Mapbox Vector Tile 2.1: rounds, cuts, winds, drops what cannot show. The same features in the same order give
//! the same bytes, so a digest of them is a strong `ETag`.

use crate::clip::{Pen, clip_line, clip_ring};
use crate::coord::TileCoord;
use crate::encode::{GeometryKind, LayerEncoder, Walk};
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
    /// If the name is empty: the format wants one, and it is written in the source of whoever makes the tile.
    pub fn layer(&mut self, name: &str) -> &mut Layer {
        assert!(!name.is_empty(), "a layer of a tile has a name");
        let at = self.layers.iter().position(|layer| layer.encoder.name() == name).unwrap_or_else(|| {
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
            layer.encoder.finish(&mut bytes);
        }
        bytes
    }
}

/// One layer being made. Every call that takes a feature says whether anything of it was drawn; what lies
/// outside of the tile and its buffer, or is too small for the zoom to have an inside or a length, is not.
#[derive(Debug)]
pub struct Layer {
    window: Window,
    encoder: LayerEncoder,
    features: usize,
    /// Scratch, kept from feature to feature: the path at hand, another one, and what simplifying needs.
    placed: Vec<TilePoint>,
    spare: Vec<TilePoint>,
    stays: Vec<bool>,
    spans: Vec<(usize, usize)>,
}

impl Layer {
    fn new(name: &str, window: Window) -> Self {
        Self {
            window,
            encoder: LayerEncoder::new(name),
            features: 0,
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
        self.placed.clear();
        let seen = places.iter().map(|place| self.window.place(*place));
        self.placed.extend(seen.filter(|place| self.window.holds(*place)));
        if !self.placed.is_empty() {
            self.encoder.points(&self.placed);
        }
        self.write(GeometryKind::Point, id, properties)
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
        for line in lines {
            self.add_line(line.as_ref());
        }
        self.write(GeometryKind::Line, id, properties)
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
        for polygon in polygons {
            self.add_polygon(polygon.as_ref());
        }
        self.write(GeometryKind::Polygon, id, properties)
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
            simplify(&mut self.placed, &mut self.stays, &mut self.spans);
            // There and back within one unit is a speck, not a line.
            if self.placed[..] != [self.placed[0]; 2] {
                self.encoder.line(&self.placed);
            }
        }
        self.placed.clear();
    }

    fn add_polygon<R: AsRef<[WorldPoint]>>(&mut self, rings: &[R]) {
        let Some((outer, holes)) = rings.split_first() else { return };
        let before = self.encoder.mark();
        let mut inside = self.add_ring(outer.as_ref(), Role::Outer);
        if inside == 0 {
            return;
        }
        for hole in holes {
            inside -= self.add_ring(hole.as_ref(), Role::Hole);
        }
        // A hole around the whole window: the rings cancel out and nothing shows.
        if inside <= 0 {
            self.encoder.back_to(before);
        }
    }

    /// Adds what the window sees of a ring; the answer is twice its area, 0 if nothing was added.
    fn add_ring(&mut self, ring: &[WorldPoint], role: Role) -> i64 {
        let reach = self.window.place_path(ring, &mut self.placed);
        if self.placed.len() < 3 || reach.misses(&self.window) {
            return 0;
        }
        if !reach.is_within(&self.window) {
            clip_ring(&mut self.placed, &mut self.spare, &self.window, &reach);
        }
        clean(&mut self.placed);
        let doubled_area = doubled_area(&self.placed);
        if doubled_area != 0 {
            let is_clockwise = doubled_area > 0;
            let walk = if is_clockwise == (role == Role::Outer) { Walk::Onwards } else { Walk::Backwards };
            self.encoder.ring(&self.placed, walk);
        }
        doubled_area.abs()
    }

    /// Writes what was added as one feature, if there is anything.
    fn write(&mut self, kind: GeometryKind, id: u64, properties: &Properties<'_>) -> bool {
        let is_drawn = self.encoder.has_geometry();
        if is_drawn {
            self.encoder.feature(kind, id, properties);
            self.features += 1;
        }
        is_drawn
    }
}

/// What a ring is to its polygon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Outer,
    Hole,
}
