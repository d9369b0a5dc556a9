// Which sources a binary was built from: shared by the build script and the tests, which refuse to run yesterday's binary.

/// A digest of everything that goes into the binary: 16 hexadecimal digits (FNV-1a over names and contents, in the order of names).
fn build_id(root: &std::path::Path) -> String {
    let mut files = Vec::new();
    for top in ["Cargo.toml", "Cargo.lock", "data", "tiles", "server", "web/dist"] {
        gather(&root.join(top), &mut files);
    }
    files.sort();
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        let content = std::fs::read(&file).unwrap_or_default();
        for byte in name.bytes().chain([0]).chain(content).chain([0]) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{digest:016x}")
}

/// The files under a path that are compiled in: sources, manifests, SQL, built pages; no tests and no benches.
fn gather(path: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if path.is_dir() {
        if ["tests", "benches", "target", "samples", "node_modules"].contains(&name.as_ref()) {
            return;
        }
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            gather(&entry.path(), files);
        }
    } else if path.is_file() && name != "openapi.json" {
        files.push(path.to_owned());
    }
}
