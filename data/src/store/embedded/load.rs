//! How the whole state is read: one thread fetches rows at one moment of the file, two make things of them.

use super::{
    apply::read_areas,
    read,
    statement::{self, HERE},
    writer,
};
use crate::{
    model::{
        entity::{Key, Kind},
        id::AreaId,
    },
    store::{
        change::Revision,
        commit::StoreError,
        question::{Fact, Loaded, is_public},
    },
};
use rusqlite::Connection;
use std::sync::{
    Mutex, PoisonError,
    mpsc::{Receiver, SyncSender, sync_channel},
};

/// Rows that go from thread to thread at once: enough that the handing over does not count.
const ROWS: usize = 1_024;
/// Threads that parse: parsing takes about twice as long as fetching.
const PARSERS: usize = 2;

/// A row as it was fetched.
struct Raw {
    kind: Kind,
    id: i64,
    revision: i64,
    areas: Vec<AreaId>,
    body: String,
}

/// Rows with their place in the order.
type Batch = (usize, Vec<Raw>);

/// Everything that has a public image, and the version at which it was so. O(n).
pub(super) fn load(connection: &Connection, epoch: &str) -> Result<Loaded, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let version = writer::newest(&moment, epoch)?;
    let (send, receive) = sync_channel(2 * PARSERS);
    let receive = Mutex::new(receive);
    let (fetched, parsed) = std::thread::scope(|scope| {
        let parsers: Vec<_> = (0..PARSERS).map(|_| scope.spawn(|| parse(&receive))).collect();
        let fetched = fetch(&moment, &send);
        drop(send);
        let parsed: Vec<_> = parsers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        (fetched, parsed)
    });
    fetched?;
    let mut batches = Vec::new();
    for parsed in parsed {
        let parsed = parsed.map_err(|_| StoreError::Driver("a thread that loads panicked".to_owned()))?;
        batches.extend(parsed?);
    }
    batches.sort_unstable_by_key(|(place, _)| *place);
    let mut facts = Vec::with_capacity(batches.iter().map(|(_, facts)| facts.len()).sum());
    for (_, batch) in batches {
        facts.extend(batch);
    }
    Ok(Loaded { version, facts })
}

/// Fetches row by row; ends early, without an error, when nobody parses any more.
fn fetch(connection: &Connection, send: &SyncSender<Batch>) -> Result<(), StoreError> {
    let mut place = 0;
    for kind in Kind::ALL.iter().copied().filter(|kind| is_public(*kind)) {
        let mut statement = connection.prepare_cached(&statement::of(kind).all)?;
        let mut rows = statement.query([HERE])?;
        let mut batch = Vec::with_capacity(ROWS);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let areas = read_areas(row, 2, || Key { kind, id: id as u64 }.to_string())?;
            let revision = row.get(1)?;
            batch.push(Raw { kind, id, revision, areas, body: read::text(row, 3)?.to_owned() });
            if batch.len() == ROWS {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(ROWS));
                if send.send((place, full)).is_err() {
                    return Ok(());
                }
                place += 1;
            }
        }
        if !batch.is_empty() && send.send((place, batch)).is_err() {
            return Ok(());
        }
        place += 1;
    }
    Ok(())
}

fn parse(receive: &Mutex<Receiver<Batch>>) -> Result<Vec<(usize, Vec<Fact>)>, StoreError> {
    let mut parsed = Vec::new();
    loop {
        let received = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((place, batch)) = received else { return Ok(parsed) };
        let mut facts = Vec::with_capacity(batch.len());
        for Raw { kind, id, revision, areas, body } in batch {
            let whole = read::entity(kind, id, &body)?;
            if let Some(entity) = whole.public_image().filter(|entity| !entity.is_over()) {
                facts.push(Fact { key: entity.key(), revision: Revision(revision as u64), areas, entity });
            }
        }
        parsed.push((place, facts));
    }
}
