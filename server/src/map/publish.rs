//! The copy of the places for other programs: `city.gpkg`, made anew when places changed, at most once a minute.

use crate::{clock, live::applier::Snapshots};
use gridward_data::{export::geopackage::publish_city, model::entity::Entity};
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
        let mut written = false;
        match tokio::task::spawn_blocking(move || publish(&shown, &to)).await {
            Ok(Ok(())) => {
                written = true;
                tracing::debug!(path = %path.display(), "published the places");
            }
            Ok(Err(reason)) => {
                tracing::warn!(path = %path.display(), reason, "the copy of the places could not be written");
            }
            Err(error) => tracing::warn!(%error, "the copy of the places was interrupted"),
        }
        tokio::time::sleep(PAUSE).await;
        let mut version = index.version().clone();
        // What could not be written, for want of room for example, is tried again.
        while written && same_places(&index, &snapshots.current()) {
            snapshots.other_than(&version).await;
            version = snapshots.current().version().clone();
        }
    }
}

fn publish(index: &Index, path: &Path) -> Result<(), String> {
    publish_city(places(index), clock::now(), path).map(|_| ()).map_err(|error| error.to_string())
}

/// Every place, one by one, so that there is never a second copy of all of them in memory.
fn places(index: &Index) -> impl Iterator<Item = Entity> + '_ {
    let places = index.places();
    let areas = places.areas.layer().iter().map(|it| Entity::Area((**it).clone()));
    let compounds = places.compounds.iter().map(|it| Entity::Compound((**it).clone()));
    let buildings = places.buildings.iter().map(|it| Entity::Building((**it).clone()));
    let stations = places.stations.iter().map(|it| Entity::Station((**it).clone()));
    let facilities = places.facilities.iter().map(|it| Entity::Facility((**it).clone()));
    let streets = places.streets.iter().map(|it| Entity::Street((**it).clone()));
    areas.chain(compounds).chain(buildings).chain(stations).chain(facilities).chain(streets)
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
