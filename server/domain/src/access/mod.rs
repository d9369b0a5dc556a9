//! Who may see what.

mod scope;

pub use scope::Scope;
