//! The notices to others, as one reader may see and settle them.

use super::App;
use crate::live::outbox::Line;
use axum::{extract::FromRequestParts, http::request::Parts};
use gridward_data::store::{
    commit::StoreError,
    outbox::{KeptNotice, TopicCount},
};
use std::{convert::Infallible, sync::Arc};

/// The outbox. It tells nothing that its reader may not see: until there are accounts everybody at this machine sees everything.
pub(crate) struct ScopedOutbox {
    app: App,
}

impl FromRequestParts<App> for ScopedOutbox {
    type Rejection = Infallible;
    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { app: app.clone() })
    }
}

impl ScopedOutbox {
    /// The webhooks, in the order of the set-up.
    pub(crate) fn lines(&self) -> &[Arc<Line>] {
        self.app.0.outbox.lines()
    }

    /// How many notices are kept, by the names of webhooks.
    pub(crate) async fn counts(&self) -> Result<Vec<TopicCount>, StoreError> {
        self.app.0.store.notices_by_topic().await
    }

    /// What lies in the tray, the oldest first.
    pub(crate) async fn tray(&self, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        self.app.0.store.notices_given_up(limit).await
    }

    /// Tries a notice in the tray again; `false` where it does not lie there.
    pub(crate) async fn try_again(&self, number: u64) -> Result<bool, StoreError> {
        self.app.0.outbox.try_again(&self.app.0.store, number).await
    }

    /// Throws a notice in the tray away; `false` where it does not lie there.
    pub(crate) async fn drop_notice(&self, number: u64) -> Result<bool, StoreError> {
        self.app.0.store.drop_notice(number).await
    }
}
