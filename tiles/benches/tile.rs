//! Claim: an uncached tile of zoom 14 (830 buildings, 50 grids, 300 streets) costs less than 1 ms of CPU with its
//! compression, and less than 400 µs without.
//!
//! `cargo bench -p gridward-tiles` prints the median and the 99th percentile of each step, by the processor clock
//! of the thread: what other programs take from the machine is not counted, what they push out of its caches is.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use gridward_tiles::{BUFFER_UNITS, Effort, Encoding, TileBuilder, TileCoord, Value, WorldPoint, compress};

const ROUNDS: usize = 2000;
const WARM_UP_ROUNDS: usize = 200;

const BUILDINGS: usize = 830;
const GRIDS_ALONG: usize = 7;
const STREETS: usize = 300;

/// A small repeatable generator (Steele, Lea and Flood 2014, `SplitMix64`): the same tile on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * (self.roll() >> 11) as f64 / 2_f64.powi(53)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }
}

/// What lies in one tile, projected, as a server would keep it.
struct Scene {
    tile: TileCoord,
    buildings: Vec<(u64, Vec<WorldPoint>, String, i64)>,
    grids: Vec<(u64, Vec<WorldPoint>, String, String)>,
    streets: Vec<(u64, Vec<WorldPoint>, Option<String>, &'static str)>,
}

impl Scene {
    fn new() -> Self {
        let tile: TileCoord = "14/13805/6094".parse().expect("a tile of Tiexi");
        let mut dice = Dice(42);
        let corner = tile.square().north_west;
        // One unit of the tile is 64 world units at zoom 14.
        let at = move |x: f64, y: f64| WorldPoint {
            x: (f64::from(corner.x) + x * 64.0) as u32,
            y: (f64::from(corner.y) + y * 64.0) as u32,
        };
        Self {
            tile,
            buildings: (0..BUILDINGS).map(|i| building(i, &mut dice, at)).collect(),
            grids: grids(&mut dice, at),
            streets: (0..STREETS).map(|i| street(i, &mut dice, at)).collect(),
        }
    }

    fn draw(&self) -> Vec<u8> {
        let mut builder = TileBuilder::new(self.tile);
        let layer = builder.layer("areas");
        for (id, ring, code, name) in &self.grids {
            let properties =
                [("level", Value::Str("grid")), ("code", Value::Str(code)), ("name", Value::Str(name))];
            layer.polygon(*id, &[ring], &properties);
        }
        let layer = builder.layer("buildings");
        for (id, ring, name, storeys) in &self.buildings {
            let properties = [("storeys", Value::Int(*storeys)), ("name", Value::Str(name))];
            let named = if name.is_empty() { 1 } else { 2 };
            layer.polygon(*id, &[ring], &properties[..named]);
        }
        let layer = builder.layer("streets");
        for (id, line, name, kind) in &self.streets {
            let name = name.as_deref();
            let properties = [("kind", Value::Str(kind)), ("name", Value::Str(name.unwrap_or_default()))];
            layer.line(*id, line, &properties[..=usize::from(name.is_some())]);
        }
        builder.finish()
    }

    fn points(&self) -> usize {
        let buildings = self.buildings.iter().map(|building| building.1.len());
        let grids = self.grids.iter().map(|grid| grid.1.len());
        buildings.chain(grids).chain(self.streets.iter().map(|street| street.1.len())).sum()
    }
}

/// A slab or an angle of 5 to 8 points, turned, 10 to 70 m long; every fifth has a name of its own.
fn building(
    i: usize,
    dice: &mut Dice,
    at: impl Fn(f64, f64) -> WorldPoint,
) -> (u64, Vec<WorldPoint>, String, i64) {
    let centre = (dice.between(-64.0, 4160.0), dice.between(-64.0, 4160.0));
    let (long, wide) = (dice.between(6.0, 38.0), dice.between(4.0, 8.0));
    let outline: &[(f64, f64)] = match dice.below(3) {
        0 => &[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)],
        1 => &[(-1.0, -1.0), (1.0, -1.0), (1.0, 0.2), (0.3, 0.2), (0.3, 1.0), (-1.0, 1.0), (-1.0, -1.0)],
        _ => &[
            (-1.0, -1.0),
            (1.0, -1.0),
            (1.0, 1.0),
            (0.4, 1.0),
            (0.4, 1.6),
            (-0.4, 1.6),
            (-1.0, 1.0),
            (-1.0, -1.0),
        ],
    };
    let (sin, cos) = dice.between(-0.2, 0.2).sin_cos();
    let place = |(x, y): &(f64, f64)| {
        let (x, y) = (x * long, y * wide);
        at(centre.0 + x * cos - y * sin, centre.1 + x * sin + y * cos)
    };
    let name = if i.is_multiple_of(5) { format!("{}号楼", dice.below(60)) } else { String::new() };
    (100_000 + i as u64, outline.iter().map(place).collect(), name, 1 + dice.below(33) as i64)
}

/// A lattice of grids that covers the tile, their borders bent at 12 points on each side.
fn grids(
    dice: &mut Dice,
    at: impl Fn(f64, f64) -> WorldPoint,
) -> Vec<(u64, Vec<WorldPoint>, String, String)> {
    let side = 4400.0 / GRIDS_ALONG as f64;
    let mut grids = Vec::new();
    for (row, column) in (0..GRIDS_ALONG).flat_map(|row| (0..GRIDS_ALONG).map(move |column| (row, column))) {
        let (west, north) = (-150.0 + side * column as f64, -150.0 + side * row as f64);
        let sides = [
            ((0.0, 0.0), (1.0, 0.0)),
            ((1.0, 0.0), (0.0, 1.0)),
            ((1.0, 1.0), (-1.0, 0.0)),
            ((0.0, 1.0), (0.0, -1.0)),
        ];
        let mut ring = Vec::new();
        for ((x, y), along) in sides {
            for step in 0..12 {
                let share = f64::from(step) / 12.0;
                let (x, y) = (x + along.0 * share, y + along.1 * share);
                ring.push(at(
                    west + side * x + dice.between(-3.0, 3.0),
                    north + side * y + dice.between(-3.0, 3.0),
                ));
            }
        }
        let number = grids.len();
        let code = format!("210106020042{number:03}");
        grids.push((9000 + number as u64, ring, code, format!("爱心社区第{number}网格")));
    }
    grids
}

/// A street of 2 to 20 points that wanders; two of three have a name, ten share one.
fn street(
    i: usize,
    dice: &mut Dice,
    at: impl Fn(f64, f64) -> WorldPoint,
) -> (u64, Vec<WorldPoint>, Option<String>, &'static str) {
    let mut here = (dice.between(-300.0, 4400.0), dice.between(-300.0, 4400.0));
    let mut heading = dice.between(0.0, std::f64::consts::TAU);
    let mut line = Vec::new();
    for _ in 0..2 + dice.below(19) {
        line.push(at(here.0, here.1));
        heading += dice.between(-0.2, 0.2);
        here = (here.0 + 45.0 * heading.cos(), here.1 + 45.0 * heading.sin());
    }
    let kinds = ["residential", "service", "footway", "tertiary", "secondary"];
    let name = (!i.is_multiple_of(3)).then(|| format!("建设{}路", i / 10));
    (500_000 + i as u64, line, name, kinds[dice.below(kinds.len())])
}

/// Median and 99th percentile of a step.
fn measured(mut step: impl FnMut() -> Vec<u8>) -> (Duration, Duration) {
    for _ in 0..WARM_UP_ROUNDS {
        black_box(step());
    }
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = processor_time();
            black_box(step());
            processor_time().saturating_sub(start)
        })
        .collect();
    times.sort_unstable();
    (times[ROUNDS / 2], times[ROUNDS * 99 / 100])
}

/// What this thread has had of the processor so far.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn main() {
    let scene = Scene::new();
    let bytes = scene.draw();
    println!(
        "tile {}: {BUILDINGS} buildings, {} grids, {STREETS} streets, {} points, buffer {BUFFER_UNITS}; {ROUNDS} rounds",
        scene.tile,
        scene.grids.len(),
        scene.points(),
    );
    let report = |what: &str, size: usize, (median, p99): (Duration, Duration)| {
        let us = |time: Duration| time.as_secs_f64() * 1e6;
        println!("{what:<16} {size:>7} bytes   median {:>6.0} µs   p99 {:>6.0} µs", us(median), us(p99));
    };
    let cut = measured(|| scene.draw());
    report("cut and write", bytes.len(), cut);
    for (what, encoding, effort) in [
        ("gzip, quick", Encoding::Gzip, Effort::Quick),
        ("gzip, thorough", Encoding::Gzip, Effort::Thorough),
        ("zstd", Encoding::Zstd, Effort::Quick),
    ] {
        let pack = || compress(&bytes, encoding, effort);
        let packed = measured(pack);
        report(what, pack().len(), packed);
        let whole = measured(|| compress(&scene.draw(), encoding, effort));
        report("  whole tile", pack().len(), whole);
    }
}
