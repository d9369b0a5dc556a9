//! Starts the built binary and talks to it over HTTP; links none of the packages.
//!
//! `GRIDWARD_BIN` names the binary (make sets it after the build). Since this package does not depend on the others, cargo would not
//! rebuild the binary for a test; so the harness compares the id of the binary with that of the sources and refuses to run an old one.

pub mod ground;
pub mod http;
pub mod listen;
pub mod load;
pub mod mvt;
pub mod patrol;
pub mod people;
pub mod process;
pub mod receiver;
pub mod server;
pub mod store;
pub mod wire;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

include!("../../server/build_id.rs");

/// The root of the project.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project")
}

/// The binary under test.
///
/// # Panics
/// If `GRIDWARD_BIN` does not name a binary that was built from the sources as they are.
#[must_use]
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let path = std::env::var_os("GRIDWARD_BIN").map(PathBuf::from);
        let path = path.expect("set GRIDWARD_BIN to the built binary: run the tests by `make test`");
        let path = if path.is_absolute() { path } else { root().join(path) };
        let said = Command::new(&path).arg("--version").output().expect("GRIDWARD_BIN can be run");
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let id = build_id(root());
        assert!(
            said.contains(&id),
            "{} is “{}”, the sources are {id}: build it again",
            path.display(),
            said.trim()
        );
        path
    })
}

/// A file or folder of the shared data; `None`, with a line that says so, where it is not on this machine.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let full = root().parent()?.join("shared/data").join(path);
    if full.exists() {
        return Some(full);
    }
    eprintln!("skipped: {path} is not on this machine");
    None
}

/// Runs a verb to its end; the answer is whether it went well, and everything it said.
///
/// # Panics
/// If the binary cannot be run.
#[must_use]
pub fn run(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(binary()).args(arguments).output().expect("the binary can be run");
    let said =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), said)
}
