//! How a community is cut into grids, and whether areas truly tile the one above them.
//!
//! ```text
//! parent outline, streets ─► mesh ─► blocks ─► partition ─► outlines ─► numbered DraftGrids
//!            buildings ─► reckon ─────────────────┘                        └─► check: exact, on its own
//! ```
//!
//! **Why the tiling is exact.** The parent is filled with triangles whose corners are whole numbers of 1e-7° and whose edges are shared, the
//! parent's own edges among them. A grid is a set of triangles. So two grids share their border edge by edge, in opposite
//! directions, and nothing is ever rounded after the triangles are made. Streets enter as corners and edges of triangles: where a street can
//! be followed, it is followed to the unit.

mod blocks;
pub mod check;
pub mod draft;
mod follow;
mod mesh;
mod number;
mod outline;
mod partition;
pub mod reckon;
mod sample;
mod smooth;
