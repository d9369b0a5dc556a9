//! How answers of the index become tiles: what is drawn from which zoom on, what was drawn before, and which change undoes it.

pub(crate) mod base;
pub(crate) mod cache;
pub(crate) mod drawn;
pub(crate) mod live;
pub(crate) mod publish;
pub(crate) mod tileset;
