//! Who may see what.

mod scope;
mod veil;

pub use scope::Scope;
pub use veil::{Precision, precision};
