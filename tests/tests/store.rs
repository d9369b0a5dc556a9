//! What a folder with a store goes through from outside: two servers, an orderly end, a life without complaints, a reader beside it.

use gridward_tests::{
    ground::{Ground, assert_clean, fresh_key, hazard},
    run,
    server::Server,
    store::{City, Folder},
    wire::{self, Wire},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// How long something may take that a server does by itself. Far beyond what it needs, so that a busy machine fails no test.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long an orderly end may take: well below the time after which requests under way are cut off.
const ORDERLY: Duration = Duration::from_secs(15);

/// Waits until something is so.
fn eventually(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_second_server_on_the_same_folder_is_refused_and_told_by_whom() {
    let ground = Ground::town();
    let folder = ground.folder().path().to_owned();
    let refused = Server::try_start(&folder, &[]).expect_err("two servers on one store");
    let holder = ground.server().process().to_string();
    for word in ["in use", &holder, &folder.display().to_string(), "--store"] {
        assert!(refused.contains(word), "“{word}” is missing in:\n{refused}");
    }
    assert_eq!(ground.client().get("/readyz").status, 200, "the first one is none the worse");
    ground.stop();
}

#[test]
fn no_verb_changes_a_store_that_is_served() {
    let ground = Ground::town();
    let folder = ground.folder().path().to_string_lossy().into_owned();
    for verb in [&["demo"][..], &["draft-grids"], &["export", "/nonexistent/city.gpkg"]] {
        let (well, said) = run(&[verb, &["--store", &folder]].concat());
        assert!(!well && said.contains("in use"), "{verb:?}: {said}");
    }
    ground.stop();
}

#[test]
fn the_lock_goes_with_the_process_however_it_ends() {
    let folder = Folder::new();
    Server::start(folder.path()).kill();
    let server = Server::start(folder.path());
    assert_eq!(server.client().get("/readyz").status, 200);
    assert_clean(&server.stop());
}

/// The files of a folder that are left of the write-ahead log.
fn left_of_the_log(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").file_name());
    entries
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal"))
        .collect()
}

#[test]
fn told_to_stop_it_ends_well_and_leaves_one_file() {
    let ground = Ground::town();
    for (lon, lat) in ground.places(20) {
        ground.tell(lon, lat);
    }
    let folder = ground.folder().path().to_owned();
    assert!(!left_of_the_log(&folder).is_empty(), "while it runs there is a log");
    // A connection that is kept and idle must not hold the end up.
    let mut idle = Wire::connect(ground.address()).expect("it listens");
    assert_eq!(idle.ask(&wire::get("/healthz", &[])).expect("an answer").status, 200);
    let began = Instant::now();
    let mut took = Duration::ZERO;
    let said = ground.stop_and(|| {
        took = began.elapsed();
        assert_eq!(left_of_the_log(&folder), Vec::<String>::new());
    });
    assert!(took < ORDERLY, "it took {took:?} to end");
    assert_clean(&said);
    assert!(said.contains("stopped"), "{said}");
}

#[test]
fn what_is_under_way_when_it_is_told_to_stop_is_answered() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let client = ground.client().clone();
    let folder = ground.folder().path().to_owned();
    let copy = Folder::new();
    let acknowledged: Vec<u64> = thread::scope(|scope| {
        let tell = || {
            let mut cases = Vec::new();
            while let Ok(answer) = client.try_post("/api/v1/reports", &fresh_key(), &hazard(lon, lat)) {
                if answer.status == 503 {
                    break;
                }
                cases.push(answer.json(201)["case"].as_u64().expect("a number"));
            }
            cases
        };
        let tellers: Vec<_> = (0..8).map(|_| scope.spawn(tell)).collect();
        thread::sleep(Duration::from_millis(150));
        let said = ground.stop_and(|| {
            fs::copy(folder.join("gridward.db"), copy.join("gridward.db")).expect("it can be copied");
        });
        assert_clean(&said);
        tellers.into_iter().flat_map(|teller| teller.join().expect("no teller panicked")).collect()
    });
    assert!(acknowledged.len() > 8, "{} reports only", acknowledged.len());
    let server = Server::start(copy.path());
    for case in acknowledged {
        assert_eq!(
            server.client().get(&format!("/api/v1/cases/{case}")).status,
            200,
            "{case} was acknowledged"
        );
    }
    assert_clean(&server.stop());
}

#[test]
fn an_ordinary_life_leaves_no_complaint_in_the_log() {
    let Some(ground) = Ground::of(City::Karlsruhe) else { return };
    let (lon, lat) = ground.places(1)[0];
    for path in [
        "/",
        "/command/",
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/nothing",
        "/api/v1/city",
        "/api/v1/areas",
        "/api/v1/near?lon=x",
        "/api/v1/cases/77",
        "/api/v1/tiles/base/0/0/0",
        "/api/v1/styles/day",
    ] {
        assert!(ground.client().get(path).status < 500, "{path}");
    }
    ground.tell(lon, lat);
    assert_eq!(ground.client().post("/api/v1/reports", &fresh_key(), &hazard(0.0, 0.0)).status, 422);
    ground.stop();
}

#[test]
fn it_does_not_listen_to_other_machines() {
    let folder = Folder::new();
    let store = folder.join("store");
    for address in ["0.0.0.0:0", "[::]:0", "192.168.1.2:0"] {
        let (well, said) = run(&["serve", "--store", &store, "--listen", address]);
        assert!(!well && said.contains(address) && said.contains("127.0.0.1"), "{address}: {said}");
    }
    assert!(!Path::new(&store).exists(), "a server that is refused makes no store");
}

#[test]
fn an_address_that_is_taken_is_named_with_the_remedy() {
    let ground = Ground::empty();
    let folder = Folder::new();
    let taken = ground.address().to_owned();
    let (well, said) = run(&["serve", "--store", &folder.join("store"), "--listen", &taken]);
    assert!(!well && said.contains(&taken) && said.contains("--listen"), "{said}");
    ground.stop();
}

#[test]
fn a_setting_that_does_not_exist_is_refused_by_name() {
    let folder = Folder::new();
    let config = folder.join("gridward.toml");
    fs::write(&config, "tile_cash_bytes = 1\n").expect("written");
    let (well, said) = run(&["serve", "--store", &folder.join("store"), "--config", &config]);
    assert!(!well && said.contains("tile_cash_bytes") && said.contains(&config), "{said}");
    let (well, said) =
        run(&["serve", "--store", &folder.join("store"), "--config", &folder.join("nothing.toml")]);
    assert!(!well && said.contains("nothing.toml"), "{said}");
}

/// How many features each layer of a file has, as another program counts them; `None` where the program is not on this machine.
fn counted_by_ogrinfo(path: &Path) -> Option<BTreeMap<String, u64>> {
    let Ok(output) = Command::new("ogrinfo").args(["-ro", "-so", "-al"]).arg(path).output() else {
        eprintln!("skipped: ogrinfo is not on this machine");
        return None;
    };
    let [told, complained] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success() && complained.is_empty(), "{complained}");
    let (mut counts, mut layer) = (BTreeMap::new(), "");
    for line in told.lines() {
        if let Some(name) = line.strip_prefix("Layer name: ") {
            layer = name;
        } else if let Some(count) = line.strip_prefix("Feature Count: ") {
            counts.insert(layer.to_owned(), count.parse().expect("a count"));
        }
    }
    Some(counts)
}

fn agrees(counts: &Value, layers: &BTreeMap<String, u64>) {
    let expected = [
        ("area_district", "districts"),
        ("area_street", "streets"),
        ("area_community", "communities"),
        ("area_grid", "grids"),
        ("compound", "compounds"),
        ("building", "buildings"),
        ("station", "stations"),
        ("facility", "facilities"),
        ("street", "roads"),
    ];
    let expected =
        expected.map(|(layer, count)| (layer.to_owned(), counts[count].as_u64().expect("a count"))).into();
    assert_eq!(*layers, expected);
}

#[test]
fn other_programs_read_the_published_copy_of_the_places() {
    let ground = Ground::town();
    let published = ground.folder().path().join("city.gpkg");
    eventually("the copy is published", || published.exists());
    let Some(layers) = counted_by_ogrinfo(&published) else { return };
    agrees(&ground.ask("/city")["counts"], &layers);
    ground.stop();
}

#[test]
fn an_export_has_what_the_store_has() {
    let Some(folder) = City::Karlsruhe.store() else { return };
    let path = folder.join("export.gpkg");
    let store = folder.path().to_string_lossy().into_owned();
    let (well, said) = run(&["export", &path, "--store", &store]);
    assert!(well && said.contains(&path), "{said}");
    let server = Server::start(folder.path());
    let counts = server.client().get("/api/v1/city").json(200)["counts"].clone();
    assert_clean(&server.stop());
    let Some(layers) = counted_by_ogrinfo(Path::new(&path)) else { return };
    agrees(&counts, &layers);
}

#[test]
fn an_export_writes_over_an_earlier_one_and_over_nothing_else() {
    let folder = City::Town.store().expect("the made-up town is there on every machine");
    let store = folder.path().to_string_lossy().into_owned();
    let path = folder.join("export.gpkg");
    for _ in 0..2 {
        let (well, said) = run(&["export", &path, "--store", &store]);
        assert!(well, "{said}");
    }
    let itself = folder.join("gridward.db");
    let before = fs::read(&itself).expect("readable");
    let (well, said) = run(&["export", &itself, "--store", &store]);
    assert!(!well && said.contains(&itself) && said.contains("another file"), "{said}");
    assert!(fs::read(&itself).expect("readable") == before, "the store was written over");
}
