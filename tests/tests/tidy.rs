//! The house rules: what the compiler cannot guard. Each refusal says why.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A file that is longer answers more than one question.
const LINES_MAX: usize = 500;

/// (folder, words, why): no file under the folder may contain one of the words.
const FORBIDDEN: &[(&str, &[&str], &str)] = &[
    (
        "server/domain/src",
        &["axum", "tokio", "rusqlite", "hyper::"],
        "the domain knows no HTTP, no runtime, no SQL",
    ),
    (
        "server/domain/src",
        &["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now"],
        "time comes in as an argument",
    ),
    (
        "server/domain/src",
        &["std::fs", "std::net", "std::env", "println!", "rand::"],
        "the domain does no I/O and rolls no dice",
    ),
    (
        "server/src/api",
        &["Store::", "gridward_data::store::Store;", "rusqlite"],
        "a handler holds a ScopedStore, never the bare store",
    ),
    ("server/src", &["SELECT ", "INSERT INTO", "rusqlite"], "SQL is written in data/src/store alone"),
    ("tiles/src", &["gridward_data", "gridward_domain", "axum"], "tiles know geometry, not the model"),
    (
        "data/src",
        &["gridward_domain", "gridward_tiles", "axum", "tokio::"],
        "what is known does not ask what is decided",
    ),
    ("data/src/model", &["rusqlite", "SELECT "], "SQL is written in data/src/store alone"),
    ("data/src/import", &["rusqlite", "SELECT "], "SQL is written in data/src/store alone"),
    (
        "tests",
        &["gridward_data", "gridward_domain::", "gridward_tiles::"],
        "tests run the built binary and link nothing",
    ),
];

/// Names that say nothing of what is in the file.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "common", "misc", "manager", "types", "stuff"];

/// (folder, file that may read the clock): everywhere else time is told.
const CLOCK: &str = "server/src/clock.rs";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project").to_owned()
}

/// Every file of ours with one of these endings, as a path from the project's root.
fn files(endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["server", "tiles", "web", "data", "tests"].map(|top| root().join(top)).into();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries.map(|entry| entry.expect("readable").path()) {
            let name = entry.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let made = ["node_modules", "dist", "target", "shots", "paraglide", "golden", ".svelte-kit"]
                .contains(&name);
            if entry.is_dir() && !made {
                folders.push(entry);
            } else if entry.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(entry.strip_prefix(root()).expect("under the root").to_owned());
            }
        }
    }
    found.sort();
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn refuse(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_file_is_longer_than_the_house_allows() {
    let handmade = files(&[".rs", ".ts", ".svelte", ".sql", ".css"]);
    assert!(handmade.len() > 20, "the rule looked at nothing");
    let long = |path: &PathBuf| (path.clone(), text(path).lines().count());
    let generated = |path: &Path| path.ends_with("web/src/api/schema.d.ts");
    let faults: Vec<String> = handmade
        .iter()
        .filter(|path| !generated(path))
        .map(long)
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(path, lines)| {
            format!(
                "{}: {lines} lines; a file over {LINES_MAX} answers more than one question",
                path.display()
            )
        })
        .collect();
    refuse(&faults);
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let faults: Vec<String> = files(&[".rs", ".ts", ".svelte"])
        .into_iter()
        .filter(|path| {
            path.iter()
                .any(|part| EMPTY_NAMES.contains(&part.to_string_lossy().split('.').next().unwrap_or("")))
        })
        .map(|path| format!("{}: name it after the question that it answers", path.display()))
        .collect();
    refuse(&faults);
}

#[test]
fn no_package_looks_where_it_must_not() {
    let mut faults = Vec::new();
    for path in files(&[".rs"]) {
        if path.ends_with("tests/tests/tidy.rs") {
            continue;
        }
        let text = text(&path);
        for (folder, words, why) in FORBIDDEN.iter().filter(|(folder, ..)| path.starts_with(folder)) {
            for word in words.iter().filter(|word| text.contains(*word)) {
                faults.push(format!("{}: “{word}” has no place under {folder}: {why}", path.display()));
            }
        }
    }
    refuse(&faults);
}

#[test]
fn the_clock_is_read_in_one_file_of_the_server() {
    let faults: Vec<String> = files(&[".rs"])
        .into_iter()
        .filter(|path| path.starts_with("server/src") && !path.ends_with(CLOCK))
        .filter(|path| {
            ["SystemTime::now", "Timestamp::now()", "Zoned::now"].iter().any(|word| text(path).contains(word))
        })
        .map(|path| {
            format!("{}: the clock is read in {CLOCK} alone; take the time as an argument", path.display())
        })
        .collect();
    refuse(&faults);
}

#[test]
fn every_module_says_what_it_answers() {
    let faults: Vec<String> = files(&[".rs"])
        .into_iter()
        // A piece that two others include has no module of its own.
        .filter(|path| !path.ends_with("server/build_id.rs") && !text(path).starts_with("//!"))
        .map(|path| format!("{}: begin it with a `//!` that says what question it answers", path.display()))
        .collect();
    refuse(&faults);
}

#[test]
fn nothing_promises_what_is_not_there() {
    // The words are put together here, so that this file does not refuse itself.
    let words =
        [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat(), ["to", "do!("].concat()];
    let mut faults = Vec::new();
    for path in files(&[".rs", ".ts", ".svelte", ".sql"]) {
        for (number, line) in text(&path).lines().enumerate() {
            if words.iter().any(|word| line.contains(word.as_str())) {
                faults.push(format!(
                    "{}:{}: build it, or say in docs/gaps.md that it is missing",
                    path.display(),
                    number + 1
                ));
            }
        }
    }
    refuse(&faults);
}

#[test]
fn the_top_of_the_house_has_the_agreed_rooms_only() {
    let agreed: BTreeSet<&str> = [
        "Cargo.toml",
        "Cargo.lock",
        "server",
        "tiles",
        "web",
        "data",
        "tests",
        "docs",
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "Makefile",
        ".ci",
        ".config",
        ".git",
        ".gitignore",
        "clippy.toml",
        "rustfmt.toml",
        "deny.toml",
        "target",
        "store",
    ]
    .into();
    let faults: Vec<String> = fs::read_dir(root())
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| !agreed.contains(name.as_str()))
        .map(|name| format!("{name}: the top level is fixed; find the room it belongs to"))
        .collect();
    refuse(&faults);
}
