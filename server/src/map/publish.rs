//! The copy of the places for other programs: `city.gpkg`, made anew when places changed, at most once a minute.

use crate::live::applier::Snapshots;
use gridward_data::export::geopackage::publish_city;
use gridward_domain::index::Index;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// The least time between two copies: an import in parts makes one, not fifty.
const PAUSE: Duration = Duration::from_mins(1);

/// Publishes the places now, and whenever they changed, until the task is ended.
pub(crate) async fn follow(mut snapshots: Snapshots, path: PathBuf) {
    loop {
        let index = snapshots.current();
        let (shown, to) = (index.clone(), path.clone());
        match tokio::task::spawn_blocking(move || publish(&shown, &to)).await {
            Ok(Ok(())) => tracing::debug!(path = %path.display(), "published the places"),
            Ok(Err(reason)) => tracing::warn!(path = %path.display(), reason, "the copy of the places could not be written"),
            Err(error) => tracing::warn!(%error, "the copy of the places was interrupted"),
        }
        tokio::time::sleep(PAUSE).await;
        let mut version = index.version().clone();
        while same_places(&index, &snapshots.current()) {
            snapshots.other_than(&version).await;
            version = snapshots.current().version().clone();
        }
    }
}

fn publish(index: &Index, path: &Path) -> Result<(), String> {
    publish_city(&index.places().entities(), path).map_err(|error| error.to_string())
}

/// Whether the places are the very same: what a batch of changes does not touch is shared between snapshots.
fn same_places(a: &Index, b: &Index) -> bool {
    let (a, b) = (a.places(), b.places());
    Arc::ptr_eq(&a.areas, &b.areas)
        && Arc::ptr_eq(&a.compounds, &b.compounds)
        && Arc::ptr_eq(&a.buildings, &b.buildings)
        && Arc::ptr_eq(&a.stations, &b.stations)
        && Arc::ptr_eq(&a.facilities, &b.facilities)
        && Arc::ptr_eq(&a.streets, &b.streets)
}
