//! Which tiles were made before, and which a change undoes.
//!
//! A tile is kept compressed, once per encoding. A change drops the tiles that it touches, at every zoom, and no others.
//!
//! No stale tile survives: a tile is kept only if, between the taking of the snapshot that it was drawn from and its being kept, no
//! change dropped tiles of its set.

use super::{
    base::BaseMap,
    drawn::project,
    live,
    tileset::{DEEPEST_ZOOM, TileSet},
};
use crate::etag;
use arc_swap::ArcSwapOption;
use axum::body::Bytes;
use gridward_data::{
    model::{
        entity::{Key, Kind, Pace},
        place::Bounds,
    },
    store::change::{After, LogRow},
};
use gridward_domain::index::Index;
use gridward_tiles::{BUFFER_UNITS, Effort, Encoding, TileCoord, TileRange, WorldBox, compress};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};
use std::sync::{
    Arc, RwLock,
    atomic::{AtomicU8, AtomicU64, Ordering},
};

/// Tiles that one batch of changes may touch before it is cheaper to drop the whole set.
const TOUCHED_TILES_MAX: u64 = 4_096;

/// What a tile costs beside its body, bytes, about.
const TILE_OVERHEAD_BYTES: u64 = 256;

/// How often a tile is asked for before it is worth compressing harder.
const ASKED_AGAIN: u8 = 2;

/// The encodings in which tiles are kept.
const ENCODINGS: [Encoding; 3] = [Encoding::Identity, Encoding::Gzip, Encoding::Zstd];

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct TileKey {
    set: TileSet,
    tile: TileCoord,
    encoding: Encoding,
}

/// A tile as it goes over the wire.
pub(crate) struct Tile {
    /// The bytes, compressed.
    pub(crate) body: Bytes,
    /// A strong validator of these very bytes, with its quotes.
    pub(crate) etag: String,
    asked: AtomicU8,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<TileKey, Arc<Tile>> for ByBytes {
    fn weight(&self, _: &TileKey, tile: &Arc<Tile>) -> u64 {
        tile.body.len() as u64 + TILE_OVERHEAD_BYTES
    }
}

/// How often changes dropped tiles of a set. Held for reading while a tile is kept, for writing while tiles are dropped.
#[derive(Default)]
struct Drops(RwLock<AtomicU64>);

/// The tiles that were made, and the base map from which more are.
pub(crate) struct TileCache {
    tiles: Cache<TileKey, Arc<Tile>, ByBytes>,
    base: ArcSwapOption<BaseMap>,
    base_drops: Drops,
    live_drops: Drops,
}

impl TileCache {
    /// An empty one that keeps up to so many bytes.
    pub(crate) fn new(bytes_max: u64) -> Self {
        let tiles_about = (bytes_max / 8_192).max(64) as usize;
        Self {
            tiles: Cache::with_weighter(tiles_about, bytes_max, ByBytes),
            base: ArcSwapOption::empty(),
            base_drops: Drops::default(),
            live_drops: Drops::default(),
        }
    }

    /// The tile in an encoding; `None` where there is nothing to be seen. `snapshot` gives the newest index when it is called.
    pub(crate) fn tile(
        &self,
        set: TileSet,
        tile: TileCoord,
        encoding: Encoding,
        snapshot: impl Fn() -> Arc<Index>,
    ) -> Option<Arc<Tile>> {
        let key = TileKey { set, tile, encoding };
        let kept = self.tiles.get(&key);
        let effort = match &kept {
            Some(kept) if !asked_again(kept) => return kept_if_drawn(kept.clone()),
            Some(_) => Effort::Thorough,
            None => Effort::Quick,
        };
        let made = tokio::task::block_in_place(|| self.make(key, effort, &snapshot));
        kept_if_drawn(made)
    }

    fn make(&self, key: TileKey, effort: Effort, snapshot: &impl Fn() -> Arc<Index>) -> Arc<Tile> {
        let drops = self.drops(key.set);
        let seen = drops.count();
        let raw = match key.set {
            TileSet::Base => self.base.load().as_ref().map(|base| base.draw(key.tile)).unwrap_or_default(),
            TileSet::Live => live::draw(&snapshot(), key.tile),
        };
        let made = Arc::new(Tile::pack(&raw, key.encoding, effort));
        drops.keep_if_still(seen, || self.tiles.insert(key, made.clone()));
        made
    }

    fn drops(&self, set: TileSet) -> &Drops {
        match set {
            TileSet::Base => &self.base_drops,
            TileSet::Live => &self.live_drops,
        }
    }

    /// Draws the base anew and forgets every tile.
    pub(crate) fn redraw(&self, index: &Index) {
        self.base.store(Some(Arc::new(BaseMap::of(index))));
        self.drop_all(TileSet::Base);
        self.drop_all(TileSet::Live);
    }

    /// Forgets the tiles that a batch of changes touches; draws the base anew if a place is among them.
    pub(crate) fn follow(&self, after: &Index, touched: Touched) {
        if touched.places_changed {
            self.base.store(Some(Arc::new(BaseMap::of(after))));
            self.drop_touched(TileSet::Base, touched.places);
        }
        self.drop_touched(TileSet::Live, touched.affairs);
    }

    fn drop_touched(&self, set: TileSet, touched: Vec<Bounds>) {
        if touched.is_empty() {
            return;
        }
        let ranges: Vec<TileRange> = touched.into_iter().flat_map(ranges).collect();
        if ranges.iter().map(TileRange::count).fold(0, u64::saturating_add) > TOUCHED_TILES_MAX {
            self.drop_all(set);
            return;
        }
        self.drops(set).drop(|| {
            for tile in ranges.iter().flat_map(TileRange::tiles) {
                for encoding in ENCODINGS {
                    self.tiles.remove(&TileKey { set, tile, encoding });
                }
            }
        });
    }

    fn drop_all(&self, set: TileSet) {
        self.drops(set).drop(|| self.tiles.retain(|key, _| key.set != set));
    }
}

/// The tile, unless there is nothing to be seen on it.
fn kept_if_drawn(tile: Arc<Tile>) -> Option<Arc<Tile>> {
    (!tile.body.is_empty()).then_some(tile)
}

/// Whether this asking is the one that makes a tile worth compressing harder.
fn asked_again(tile: &Tile) -> bool {
    tile.asked.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |asked| {
        (asked < ASKED_AGAIN).then_some(asked + 1)
    }) == Ok(ASKED_AGAIN - 1)
}

/// What of the map a batch of changes touches: where things were and where they are.
#[derive(Default)]
pub(crate) struct Touched {
    places_changed: bool,
    places: Vec<Bounds>,
    affairs: Vec<Bounds>,
}

impl Touched {
    /// What these rows touch of what was known before.
    pub(crate) fn by(rows: &[LogRow], before: &Index) -> Self {
        let mut touched = Self::default();
        for row in rows {
            let now = match &row.after {
                After::Now(entity) => entity.bounds(),
                After::Veiled | After::Gone => None,
            };
            let boxes = [bounds_before(before, row.key), now].into_iter().flatten();
            match row.class {
                Pace::Place => {
                    touched.places_changed = true;
                    touched.places.extend(boxes);
                }
                // Of the affairs, hazards alone are drawn.
                Pace::Affair if row.key.kind == Kind::Hazard => touched.affairs.extend(boxes),
                Pace::Affair | Pace::Record => {}
            }
        }
        touched
    }

    /// Whether the base map must be drawn anew, which takes its time.
    pub(crate) const fn places_changed(&self) -> bool {
        self.places_changed
    }
}

/// The box around a thing as the index knows it.
fn bounds_before(index: &Index, key: Key) -> Option<Bounds> {
    let (places, affairs) = (index.places(), index.affairs());
    match key.kind {
        Kind::Area => {
            places.areas.layer().find(key.id)?.versions.last().map(|newest| newest.outline.bounds())
        }
        Kind::Compound => places.compounds.find(key.id).map(|compound| compound.outline.bounds()),
        Kind::Building => places.buildings.find(key.id).map(|building| building.outline.bounds()),
        Kind::Street => places.streets.find(key.id).map(|street| street.line.bounds()),
        Kind::Station => places.stations.find(key.id).map(|station| Bounds::of(station.place)),
        Kind::Facility => places.facilities.find(key.id).map(|facility| Bounds::of(facility.place)),
        Kind::Hazard => affairs.hazards.find(key.id).map(|known| Bounds::of(known.thing.place)),
        _ => None,
    }
}

/// The tiles of every zoom that show a part of the box.
fn ranges(bounds: Bounds) -> impl Iterator<Item = TileRange> {
    let corners = [project(bounds.min), project(bounds.max)];
    let world = WorldBox::around(&corners).expect("two corners");
    (0..=DEEPEST_ZOOM).filter_map(move |z| TileRange::of(z, world, BUFFER_UNITS).ok())
}

impl Drops {
    fn count(&self) -> u64 {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).load(Ordering::Acquire)
    }
    fn keep_if_still(&self, seen: u64, keep: impl FnOnce()) {
        let drops = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if drops.load(Ordering::Acquire) == seen {
            keep();
        }
    }
    fn drop(&self, drop: impl FnOnce()) {
        let drops = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        drops.fetch_add(1, Ordering::AcqRel);
        drop();
    }
}

impl Tile {
    fn pack(raw: &[u8], encoding: Encoding, effort: Effort) -> Self {
        if raw.is_empty() {
            return Self { body: Bytes::new(), etag: String::new(), asked: AtomicU8::new(ASKED_AGAIN) };
        }
        let digest = Sha256::digest(raw);
        let mark = match (encoding, effort) {
            (Encoding::Identity, _) => "-i",
            (Encoding::Gzip, Effort::Quick) => "-g1",
            (Encoding::Gzip, Effort::Thorough) => "-g6",
            (Encoding::Zstd, _) => "-z",
        };
        // Only gzip has a harder level that is worth the time.
        let asked =
            if encoding == Encoding::Gzip && matches!(effort, Effort::Quick) { 0 } else { ASKED_AGAIN };
        Self {
            body: compress(raw, encoding, effort).into(),
            etag: etag::of(&digest.into(), mark),
            asked: AtomicU8::new(asked),
        }
    }
}
