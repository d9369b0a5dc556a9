//! The bytes of maps: which tile is where, what it sees of a shape, and how that is written.
//!
//! This package knows geometry and bytes. It knows no model (what a building is), no server and no clock.
//!
//! ```
//! use gridward_tiles::{BUFFER_UNITS, Effort, Encoding, TileBuilder, TileCoord, TileRange, Value, WorldBox};
//! use gridward_tiles::{WorldPoint, compress};
//!
//! // Once, when a place is loaded: project it. WGS-84, whole units of 1e-7°.
//! let outline = [(1_233_500_000, 417_900_000), (1_233_502_000, 417_900_000), (1_233_502_000, 417_901_000)];
//! let ring: Vec<WorldPoint> = outline.iter().map(|&(lon, lat)| WorldPoint::from_e7(lon, lat)).collect();
//!
//! // For each tile: ask the index for what lies in the tile and its buffer, and feed it in.
//! let tile: TileCoord = "14/13805/6094".parse()?;
//! let _box_to_ask_with = tile.world_bounds(BUFFER_UNITS).to_degrees();
//! let mut builder = TileBuilder::new(tile);
//! builder.layer("buildings").polygon(7, &[&ring], &[("name", Value::Str("7号楼")), ("storeys", Value::Int(6))]);
//! let bytes = builder.finish(); // empty where nothing was drawn: answer 204
//! assert!(!bytes.is_empty());
//!
//! // What goes over the wire.
//! if let Some(encoding) = Encoding::negotiate(Some("gzip, deflate, br, zstd")) {
//!     let _content_encoding = encoding.header();
//!     let _body = compress(&bytes, encoding, Effort::Quick);
//! } // else: 406
//!
//! // Which tiles a change touches, at each zoom that is cached.
//! let changed = WorldBox::around(&ring).expect("a ring has points");
//! assert!(TileRange::of(14, changed, BUFFER_UNITS)?.holds(tile));
//! # Ok::<(), gridward_tiles::InvalidTile>(())
//! ```

mod clip;
mod compress;
mod coord;
#[doc(hidden)]
pub mod encode;
mod encoding;
mod mvt;
mod project;
mod ring;
mod simplify;
mod tilejson;
mod window;

pub use compress::{Effort, compress};
pub use coord::{DEEPEST_ZOOM, InvalidTile, TileCoord, TileRange};
pub use encoding::Encoding;
pub use mvt::{Layer, Properties, TileBuilder, Value};
pub use project::{DegreesBox, LATITUDE_LIMIT_DEGREES, WorldBox, WorldPoint};
pub use tilejson::{TileJson, VectorLayer};
#[doc(hidden)]
pub use window::TilePoint;
pub use window::{BUFFER_UNITS, EXTENT};
