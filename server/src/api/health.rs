//! Whether the server lives and may be asked: `/healthz`, `/readyz`.

use crate::scoped::ScopedIndex;

/// The process lives.
pub(crate) async fn live() -> &'static str {
    concat!("gridward ", env!("CARGO_PKG_VERSION"), " ", env!("GRIDWARD_BUILD_ID"), "\n")
}

/// The index is loaded: the server listens only then, so that an answer at all is a yes. It names the version of the map.
pub(crate) async fn ready(index: ScopedIndex) -> String {
    format!("ready at {}\n", index.version())
}
