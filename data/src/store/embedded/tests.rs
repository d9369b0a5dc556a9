//! What only a store in a folder can do wrong.

use crate::store::{Store, contract::folder::TestFolder};

crate::store_contract!(|| {
    let folder = TestFolder::new();
    (folder.open(), folder)
});

crate::lasting_store_contract!(|| {
    let folder = TestFolder::new();
    let path = folder.path().to_owned();
    (folder, move || Store::open(&path).expect("a folder of our own"))
});
