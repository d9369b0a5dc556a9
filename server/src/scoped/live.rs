//! The stream of what happens, as one reader may see it.

use super::{App, scope_of};
use crate::live::{stream::Reader, view::View};
use axum::{extract::FromRequestParts, http::request::Parts};
use gridward_data::store::version::Version;
use gridward_domain::access::Scope;
use std::convert::Infallible;

/// The stream, for one reader.
pub(crate) struct ScopedLive {
    app: App,
    scope: Scope,
}

impl FromRequestParts<App> for ScopedLive {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { app: app.clone(), scope: scope_of(parts) })
    }
}

impl ScopedLive {
    /// Begins to read: from a version that the reader has, or from now.
    pub(crate) fn read(self, view: View, resume: Option<Version>) -> Result<Reader, getrandom::Error> {
        let parted = &self.app.0;
        let seat = parted.live.readers.join(view)?;
        Ok(Reader::new(&parted.live, &parted.store, &parted.snapshots, self.scope, seat, resume))
    }

    /// A reader looks at something else; `false` where nobody reads under this number.
    pub(crate) fn turn(&self, stream: &str, view: View) -> bool {
        self.app.0.live.readers.turn(stream, view)
    }
}
