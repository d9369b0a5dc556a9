//! Tiles as a reader sees them: made through the public interface, read by an independent strict decoder.

#![allow(clippy::unwrap_used, reason = "all of this is tests, their helping functions too")]

mod decoder;
mod draw;
mod features;
mod fixtures;
mod neighbours;
mod paths;
mod polygons;
