//! Puts the id of the sources into the binary, and sees to it that there are pages to carry.

use std::{env, fs, path::PathBuf};

include!("build_id.rs");

fn main() {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = manifest.parent().expect("the server lies in the project").to_owned();
    let dist = root.join("web/dist");
    if !dist.join("command/index.html").exists() {
        // The pages are built by `make web`. Without them the server still answers over HTTP, and says what is missing.
        fs::create_dir_all(dist.join("command")).expect("web/dist can be made");
        fs::write(
            dist.join("command/index.html"),
            "<!doctype html><title>Gridward</title><p>Run <code>make web</code>, then build again.\n",
        )
        .expect("web/dist can be written");
    }
    for watched in ["Cargo.toml", "Cargo.lock", "data", "tiles", "server", "web/dist"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    println!("cargo::rustc-env=GRIDWARD_BUILD_ID={}", build_id(&root));
}
