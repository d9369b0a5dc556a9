//! How the server comes up and goes down: store, index, applier, ticker, listener; then the same backwards.

use crate::{
    api,
    config::Config,
    live::{applier::Applier, coverage::Coverages, head_counts, outbox::Outbox, ticker},
    map::{cache::TileCache, publish},
    scoped::App,
};
use gridward_data::store::Store;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// How long requests under way may take to end once the server was told to stop.
const DRAIN: Duration = Duration::from_secs(20);

/// The file in the folder of a store that names the address of the server which serves it.
pub(crate) const ADDRESS_FILE: &str = "address";

/// Serves until the process is told to stop.
pub(crate) async fn serve(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let folder = config.store.clone();
    let store = tokio::task::spawn_blocking(move || Store::open(&folder)).await??;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}; give another --listen", config.listen))?;

    let tiles = Arc::new(TileCache::new(config.tile_cache_bytes));
    let (applier, snapshots, forces, live) = Applier::load(store.clone(), tiles.clone()).await?;
    let publisher = tokio::spawn(publish::follow(snapshots.clone(), config.store.join("city.gpkg")));
    let mut applier = tokio::spawn(applier.follow());
    let outbox = Arc::new(Outbox::new(config.hooks));
    let ticker = tokio::spawn(ticker::follow(store.clone(), outbox.clone(), snapshots.clone()));
    let sending = tokio::spawn(outbox.clone().follow(store.clone()));
    let moments = tokio::spawn(live.clone().follow(snapshots.clone(), forces.clone()));
    let coverages =
        Arc::new(Coverages::new(store.clone(), snapshots.clone(), live.clone(), config.patrol_rules));
    let walked = tokio::spawn(coverages.clone().follow());
    let counting = tokio::spawn(head_counts::follow(
        store.clone(),
        snapshots.clone(),
        forces.clone(),
        config.head_count_every,
    ));
    let app = App::new(store.clone(), snapshots, tiles, forces, live.clone(), coverages, outbox);
    let tasks = [publisher, ticker, moments, walked, sending, counting];

    let signals = listen_for_signals()
        .map_err(|error| format!("signals cannot be heard ({error}), so the server could not be stopped"))?;
    let address = listener.local_addr()?;
    let told = config.store.join(ADDRESS_FILE);
    tokio::fs::write(&told, format!("http://{address}\n"))
        .await
        .map_err(|error| format!("cannot write {}: {error}", told.display()))?;
    tracing::info!(store = %config.store.display(), tile_cache_bytes = config.tile_cache_bytes, "set up");
    tracing::info!(ready_ms = began.elapsed().as_millis() as u64, "serving http://{address}");

    let (stop, mut stopped) = watch::channel(false);
    let server = axum::serve(listener, api::router(app)).with_graceful_shutdown(async move {
        told_to_stop(signals).await;
        live.stop();
        stop.send_replace(true);
    });
    tokio::select! {
        outcome = server => outcome?,
        () = async {
            let _ = stopped.wait_for(|stopped| *stopped).await;
            tokio::time::sleep(DRAIN).await;
        } => tracing::warn!("some requests did not end in time and are cut off"),
        // Whoever asked now would get the city of a moment ago, for ever: better none than that.
        ended = &mut applier => {
            for task in &tasks {
                task.abort();
            }
            store.close().await?;
            return Err(match ended {
                Ok(()) => "the store has closed by itself; start the server again".into(),
                Err(error) => format!("the map does not follow the store any more ({error}); start the server again").into(),
            });
        }
    }

    for task in tasks {
        task.abort();
    }
    applier.abort();
    // The next start writes it anew; one that lies about misleads for a moment only.
    let _ = tokio::fs::remove_file(&told).await;
    store.close().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Listens for SIGTERM and SIGINT from now on: before anybody knows that the server is there, or a first signal would end it unheard.
fn listen_for_signals() -> std::io::Result<(Signal, Signal)> {
    Ok((signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?))
}

/// Waits for the first signal. A second one ends the process at once: nothing that was acknowledged depends on an orderly end.
async fn told_to_stop((mut terminate, mut interrupt): (Signal, Signal)) {
    tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        std::process::exit(130);
    });
}
