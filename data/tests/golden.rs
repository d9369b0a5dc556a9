//! Does every import come out as it did? One folder per case under `golden/`: what is read is the `input.*` of the folder, else the
//! sample that is named after it; `expected.txt` is what comes out. A bug becomes a folder. With `GRIDWARD_GOLDEN=write` in the
//! environment the expectations are written anew, to be read before they are committed.

use gridward_data::{
    import::{Import, areas, osm, places},
    model::{frame::Frame, time::Timestamp},
};
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

fn input_of(case: &Path) -> PathBuf {
    let stem = case.file_name().expect("a folder").to_string_lossy().into_owned();
    let begins = |folder: PathBuf, start: String| {
        let entries = std::fs::read_dir(folder).expect("the folder is there");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start)));
        paths.pop()
    };
    begins(case.to_owned(), "input.".to_owned())
        .or_else(|| begins(Path::new(PACKAGE).join("samples"), format!("{stem}.")))
        .unwrap_or_else(|| panic!("{stem} has neither an input nor a sample"))
}

/// By the name of the file: `*.osm`, `*.gcj02.geojson`, `*.buildings.geojson`.
fn imported(input: &Path) -> Result<Import, String> {
    let bytes = std::fs::read(input).expect("the file is there");
    let name = input.file_name().expect("a file").to_string_lossy().into_owned();
    let words: Vec<&str> = name.split('.').collect();
    let frame = words.iter().find_map(|word| word.parse().ok()).unwrap_or(Frame::Wgs84);
    let import = if words.contains(&"osm") {
        let import = osm::read(bytes.as_slice(), &osm::Options::default());
        import.map(|mut import| {
            osm::cover_area(&mut import, "铁西区", Timestamp(0));
            import
        })
    } else if words.contains(&"buildings") {
        places::read(&bytes, frame, &places::Options::default())
    } else {
        areas::read(&bytes, frame, &areas::Options::default())
    };
    import.map_err(|error| error.to_string())
}

fn shown(import: &Import) -> String {
    let mut text = String::new();
    for entity in &import.entities {
        let json = entity.to_json().expect("it was made to be written");
        writeln!(text, "{} {json}", entity.key()).expect("memory");
    }
    writeln!(text, "\nnodes {}", import.nodes).expect("memory");
    for (area, code) in &import.orphans {
        writeln!(text, "orphan {area} of {}", code.text()).expect("memory");
    }
    writeln!(text, "\n{}", import.summary).expect("memory");
    import.faults.iter().for_each(|fault| writeln!(text, "{fault}").expect("memory"));
    text
}

#[test]
fn every_case_comes_out_as_it_did() {
    let write = std::env::var("GRIDWARD_GOLDEN").is_ok_and(|it| it == "write");
    let mut cases = 0;
    for entry in std::fs::read_dir(Path::new(PACKAGE).join("tests/golden")).expect("the folder is there") {
        let case = entry.expect("an entry").path();
        let outcome = match imported(&input_of(&case)) {
            Ok(import) => shown(&import),
            Err(error) => format!("{error}\n"),
        };
        let file = case.join("expected.txt");
        if write {
            std::fs::write(&file, &outcome).expect("the folder can be written to");
        }
        let expected = std::fs::read_to_string(&file).expect("the expectation is there");
        for (line, (now, then)) in outcome.lines().zip(expected.lines()).enumerate() {
            assert_eq!(now, then, "{}, line {}", case.display(), line + 1);
        }
        assert_eq!(outcome.lines().count(), expected.lines().count(), "{}", case.display());
        cases += 1;
    }
    assert!(cases > 0, "there are no cases");
}
