//! How what was committed reaches everything that is derived from it.

pub(crate) mod applier;
pub(crate) mod forces;
pub(crate) mod ticker;
