//! Claim: on two cores, 128 committers at once store more than 5,000 reports a second for good (each a report, a case, a hazard and
//! the key of its request); 40,000 buildings and 60,000 cases are loaded in less than 0.6 s.
//!
//! `cargo bench -p gridward-data`. The figures are those of the disk below the folder for temporary files; `GRIDWARD_BENCH_DIR` names
//! another folder.

use futures_executor::{LocalPool, block_on};
use futures_util::task::LocalSpawnExt;
use gridward_data::{
    model::{
        account::Actor,
        building::Building,
        case::{Case, CaseKind, CaseState, Hazard, HazardState},
        entity::{Entity, Key, Kind},
        id::{AreaId, BuildingId, CaseId, HazardId, ReportId},
        place::Place,
        report::{Category, Channel, Report},
        shape::{Outline, Polygon, Ring},
        time::Timestamp,
    },
    store::{
        Store,
        change::Change,
        commit::{Commit, Request},
        question::CaseFilter,
    },
};
use std::{cell::Cell, path::PathBuf, rc::Rc, time::Instant};

const AT: Timestamp = Timestamp(1_795_000_000_000);

fn main() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} cores, {}, in {}", std::env::consts::OS, folder("").display());
    for (committers, reports) in [(1, 2_000), (16, 20_000), (128, 60_000)] {
        commits(committers, reports);
    }
    import_and_load();
}

fn folder(name: &str) -> PathBuf {
    let root = std::env::var_os("GRIDWARD_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    root.join(format!("gridward-bench-{}", std::process::id())).join(name)
}

/// So many committers, each waiting for its answer before it sends the next.
fn commits(committers: usize, reports: u64) {
    let place = folder(&format!("commits-{committers}"));
    let store = Store::open(&place).expect("a folder of our own");
    let next = Rc::new(Cell::new(1));
    let waits = Rc::new(std::cell::RefCell::new(Vec::new()));
    let mut pool = LocalPool::new();
    for _ in 0..committers {
        let (store, next, waits) = (store.clone(), Rc::clone(&next), Rc::clone(&waits));
        let committer = async move {
            while next.get() <= reports {
                let number = next.replace(next.get() + 1);
                let start = Instant::now();
                store.commit(reporting(number)).await.expect("a commit that nothing speaks against");
                waits.borrow_mut().push(start.elapsed());
            }
        };
        pool.spawner().spawn_local(committer).expect("a pool that runs");
    }
    let start = Instant::now();
    pool.run();
    let took = start.elapsed();
    let log = std::fs::metadata(place.join("gridward.db-wal")).map_or(0, |file| file.len());
    let mut waits = waits.take();
    waits.sort_unstable();
    let share = |percent: usize| waits[(waits.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    println!(
        "{committers:>4} committers: {:>6.0} reports/s; an answer takes {:.2} ms (p50), {:.2} ms (p99), {:.1} ms (most); \
         the write-ahead log grew to {:.0} MB",
        reports as f64 / took.as_secs_f64(),
        share(50),
        share(99),
        share(100),
        log as f64 / 1e6
    );
    block_on(store.close()).expect("a store that works");
    std::fs::remove_dir_all(place).expect("a folder of our own");
}

/// One import of 40,000 buildings and 60,000 cases, then a start on it.
fn import_and_load() {
    let place = folder("load");
    let store = Store::open(&place).expect("a folder of our own");
    let buildings = (1..=40_000).map(|number| Change::place(building(number)));
    let areas = [1, 2, 3, 4].map(area);
    let cases = (1..=60_000).map(|number| Change::within(&areas, case(number)));
    let import = Commit::of(AT, Actor::Import, buildings.chain(cases).collect());
    let start = Instant::now();
    block_on(store.commit(import)).expect("a commit that nothing speaks against");
    println!("import of 100,000 things in one commit: {:.2} s", start.elapsed().as_secs_f64());
    block_on(store.close()).expect("a store that works");
    let size = std::fs::metadata(place.join("gridward.db")).map_or(0, |file| file.len());
    println!("the file has {:.1} MB", size as f64 / 1e6);
    for _ in 0..3 {
        let start = Instant::now();
        let store = Store::open(&place).expect("a folder of our own");
        let opened = start.elapsed();
        let start = Instant::now();
        let loaded = block_on(store.load()).expect("a store that works");
        println!(
            "opened in {:.1} ms, {} things loaded in {:.3} s",
            opened.as_secs_f64() * 1e3,
            loaded.facts.len(),
            start.elapsed().as_secs_f64()
        );
        questions(&store);
    }
    std::fs::remove_dir_all(folder("")).expect("a folder of our own");
}

fn questions(store: &Store) {
    let timed = |name: &str, ask: &dyn Fn()| {
        let start = Instant::now();
        (0..200).for_each(|_| ask());
        println!("  {name}: {:.3} ms", start.elapsed().as_secs_f64() * 1e3 / 200.0);
    };
    let key = Key { kind: Kind::Case, id: 30_000 };
    timed("one case", &|| drop(block_on(store.one(key)).expect("a store that works")));
    let page = |filter| drop(block_on(store.cases(filter, None, 50)).expect("a store that works"));
    let category = "14".parse().ok();
    timed("the newest 50 cases", &|| page(CaseFilter::default()));
    timed("50 open ones of a category in an area", &|| {
        page(CaseFilter { open: Some(true), category, area: Some(area(4)) });
    });
    timed("counts", &|| drop(block_on(store.counts()).expect("a store that works")));
}

fn area(number: u64) -> AreaId {
    AreaId::new(number).expect("a small number")
}

fn place(number: u64) -> Place {
    let (east, north) = ((number % 997) as i32 * 1_000, (number / 997) as i32 * 1_000);
    Place::from_e7(1_233_000_000 + east, 417_900_000 + north).expect("on the Earth")
}

fn category() -> Category {
    "14".parse().expect("two digits")
}

fn case(number: u64) -> Case {
    Case {
        id: CaseId::new(number).expect("a small number"),
        kind: CaseKind::Hazard,
        category: Some(category()),
        state: CaseState::Received,
        channel: Channel::Patrol,
        place: place(number),
        areas: [1, 2, 3, 4].map(area).to_vec(),
        opened_at: AT,
        reports: ReportId::new(number).into_iter().collect(),
        hazard: HazardId::new(number).ok(),
        closed_at: None,
        lead: None,
        co_handling: Vec::new(),
        steps: Vec::new(),
    }
}

/// A footprint of nine corners, as a mapped building has on average.
fn building(number: u64) -> Building {
    let corner = |(east, north): (i32, i32)| {
        let base = place(number);
        Place::from_e7(base.lon_e7() + east, base.lat_e7() + north).expect("on the Earth")
    };
    let corners =
        [(0, 0), (400, 0), (400, 100), (600, 100), (600, 300), (400, 300), (400, 400), (0, 400), (0, 0)];
    let ring = Ring::new(corners.map(corner).to_vec()).expect("a ring that closes");
    Building {
        id: BuildingId::new(number).expect("a small number"),
        outline: Outline::new(vec![Polygon::new(ring, Vec::new())]).expect("one polygon"),
        name: None,
        address: Some(format!("兴华南街 {number} 号")),
        storeys: Some(6),
        households: Some(72),
        entrances: Vec::new(),
        compound: None,
    }
}

fn reporting(number: u64) -> Commit {
    let areas = [1, 2, 3, 4 + number % 2_000].map(area);
    let report = Report {
        id: ReportId::new(number).expect("a small number"),
        channel: Channel::Patrol,
        category: Some(category()),
        text: "三单元楼道里有两辆电动车正在充电，线从四楼窗户拉下来".to_owned(),
        place: place(number),
        areas: areas.to_vec(),
        received_at: AT,
        case: CaseId::new(number).expect("a small number"),
    };
    let hazard = Hazard {
        id: HazardId::new(number).expect("a small number"),
        category: category(),
        state: HazardState::Open,
        place: place(number),
        seen_at: AT,
        case: CaseId::new(number).expect("a small number"),
    };
    let things: [Entity; 3] = [report.into(), case(number).into(), hazard.into()];
    let mut commit = Commit::of(AT, Actor::Loopback, Vec::with_capacity(things.len()));
    commit.expected = things.iter().map(|thing| (thing.key(), None)).collect();
    commit.changes = things.into_iter().map(|thing| Change::within(&areas, thing)).collect();
    commit.request = Some(Request {
        key: format!("patrol-device-17:{number:032x}"),
        digest: [number as u8; 32],
        answer: format!("{{\"report\":{number},\"case\":{number},\"hazard\":{number},\"areas\":[1,2,3,4]}}"),
    });
    commit
}
