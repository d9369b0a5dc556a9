//! What only a store in a folder can do wrong.

mod durable;
mod opening;
mod tables;

use super::EmbeddedStore;
use crate::store::{
    Store,
    contract::{block_on, folder::TestFolder},
};
use rusqlite::Connection;

crate::store_contract!(|| {
    let folder = TestFolder::new();
    (folder.open(), folder)
});

crate::lasting_store_contract!(|| {
    let folder = TestFolder::new();
    let path = folder.path().to_owned();
    (folder, move || Store::open(&path).expect("a folder of our own"))
});

fn embedded(store: &Store) -> &EmbeddedStore {
    match store {
        Store::Embedded(embedded) => embedded,
        Store::Memory(_) => panic!("a store in a folder was opened"),
    }
}

/// Does something with the connection of the writer.
fn with_writer<T: Send + 'static>(
    store: &Store,
    errand: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
) -> T {
    let (send, receive) = std::sync::mpsc::channel();
    let errand = move |connection: &Connection| {
        send.send(errand(connection)?).expect("the test waits");
        Ok(())
    };
    block_on(embedded(store).errand(errand)).expect("an errand that can be done");
    receive.recv().expect("the errand was done")
}
