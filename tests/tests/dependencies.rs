//! What the packages stand on: directions, one SQLite, licences that we may link.

use serde_json::Value;
use std::{collections::BTreeSet, process::Command};

/// Licences of libraries that may be linked; an expression needs one of its alternatives made of these alone.
const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MPL-2.0",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
];

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(gridward_tests::root()).output();
    let output = output.expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The names of the packages that one stands on, itself among them.
fn tree(package: &str) -> BTreeSet<String> {
    let listed =
        cargo(&["tree", "--locked", "--package", package, "--edges", "normal,build", "--prefix", "none"]);
    listed.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn the_domain_stands_on_no_runtime_no_http_and_no_database() {
    let tree = tree("gridward-domain");
    assert!(tree.contains("rstar") && tree.contains("gridward-data"), "the rule looked at nothing");
    for foreign in [
        "tokio",
        "axum",
        "hyper",
        "rusqlite",
        "libsqlite3-sys",
        "refinery",
        "tokio-postgres",
        "rand",
        "osmpbf",
    ] {
        assert!(!tree.contains(foreign), "gridward-domain stands on {foreign}");
    }
}

#[test]
fn the_tiles_know_neither_data_nor_domain() {
    let tree = tree("gridward-tiles");
    assert!(tree.contains("libdeflater"), "the rule looked at nothing");
    for foreign in ["gridward-data", "gridward-domain", "axum", "tokio"] {
        assert!(!tree.contains(foreign), "gridward-tiles stands on {foreign}");
    }
}

/// Two copies of SQLite in one process are blind to each other's locks and lose acknowledged rows.
#[test]
fn there_is_one_sqlite_in_the_process_and_it_is_ours() {
    let listed =
        cargo(&["tree", "--locked", "--package", "gridward", "--edges", "normal", "--prefix", "none"]);
    let sqlite: BTreeSet<&str> = listed.lines().filter(|line| line.starts_with("libsqlite3-sys ")).collect();
    assert_eq!(sqlite.len(), 1, "{sqlite:?}");
    for second in ["gdal", "spatialite", "sqlx", "libsql", "turso"] {
        assert!(
            !listed.lines().any(|line| line.starts_with(&format!("{second} "))),
            "{second} brings a second SQLite"
        );
    }
    let linked = Command::new("ldd").arg(gridward_tests::binary()).output();
    if let Ok(linked) = linked {
        let linked = String::from_utf8_lossy(&linked.stdout).into_owned();
        assert!(!linked.contains("libsqlite"), "a SQLite of the system is linked:\n{linked}");
    }
}

#[test]
fn every_library_has_a_licence_that_we_may_link() {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--locked", "--format-version", "1"])).expect("JSON");
    let linked = tree("gridward");
    let packages = metadata["packages"].as_array().expect("packages");
    let mut looked_at = 0;
    for package in packages.iter().filter(|package| linked.contains(package["name"].as_str().unwrap_or(""))) {
        let expression = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(expression), "{} has the licence {expression}", package["name"]);
        looked_at += 1;
    }
    assert!(looked_at > 50, "the rule looked at nothing");
}

/// Whether one alternative of the expression is made of allowed licences alone.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], "");
    plain.split(" OR ").any(|each| each.split(" AND ").all(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn a_licence_is_allowed_only_if_all_its_parts_are() {
    assert!(is_allowed("MIT OR Apache-2.0") && is_allowed("Unlicense/MIT") && is_allowed("GPL-3.0 OR MIT"));
    assert!(!is_allowed("GPL-3.0") && !is_allowed("MIT AND GPL-3.0") && !is_allowed("none"));
}
