//! Claim: a map of 350,000 nodes is read in less than 15 s, with less than 1 GB of memory.
//!
//! The map is made here, as OpenStreetMap XML, which is the slower of the two formats: blocks of houses along a lattice of streets.

use gridward_data::import::osm;
use std::{fmt::Write, fs, time::Instant};

/// Houses along one side of the lattice; each has a ring of five nodes, four of them its own.
const SIDE: usize = 280;
/// Degrees between two houses.
const APART: f64 = 0.000_4;
/// How often it is read; the median counts.
const RUNS: usize = 5;

fn main() {
    let (map, nodes) = map();
    let mut seconds: Vec<f64> = (0..RUNS).map(|_| read(&map)).collect();
    seconds.sort_by(f64::total_cmp);
    let (median, memory_mb) = (seconds[RUNS / 2], memory_mb() - map.len() as f64 / 1e6);
    let verdict = |met: bool| if met { "met   " } else { "MISSED" };
    println!("a map of {nodes} nodes, {:.0} MB of XML", map.len() as f64 / 1e6);
    println!("{} read: {median:.2} s median of {RUNS}  (claimed: < 15 s)", verdict(median < 15.0));
    println!(
        "{} memory: {memory_mb:.0} MB at most beside the file itself  (claimed: < 1,000 MB)",
        verdict(memory_mb < 1e3)
    );
}

fn read(map: &str) -> f64 {
    let began = Instant::now();
    let import = osm::read(map.as_bytes(), &osm::Options::default()).expect("the map is well formed");
    let seconds = began.elapsed().as_secs_f64();
    assert!(import.faults.is_empty() && import.entities.len() > SIDE * SIDE, "the whole map is read");
    seconds
}

/// The map, and how many nodes it has.
fn map() -> (String, usize) {
    let mut nodes = String::from("<?xml version=\"1.0\"?><osm version=\"0.6\">\n");
    let mut ways = String::new();
    let mut next = 0;
    let mut node = |nodes: &mut String, east: f64, north: f64| {
        next += 1;
        let (lon, lat) = (123.2 + east * APART, 41.7 + north * APART);
        writeln!(nodes, "<node id=\"{next}\" lon=\"{lon:.7}\" lat=\"{lat:.7}\"/>")
            .expect("a string takes everything");
        next
    };
    for row in 0..SIDE {
        let mut street = Vec::new();
        for column in 0..SIDE {
            let (east, north) = (column as f64, row as f64);
            street.push(node(&mut nodes, east, north - 0.5));
            let corners = [(0.1, 0.0), (0.6, 0.0), (0.6, 0.3), (0.1, 0.3)];
            let mut ring = corners.map(|(x, y)| node(&mut nodes, east + x, north + y)).to_vec();
            ring.push(ring[0]);
            way(&mut ways, row * SIDE + column + 1, &ring, "building", "yes");
        }
        way(&mut ways, SIDE * SIDE + row + 1, &street, "highway", "residential");
    }
    nodes.push_str(&ways);
    nodes.push_str("</osm>\n");
    (nodes, next)
}

fn way(ways: &mut String, id: usize, nodes: &[usize], key: &str, value: &str) {
    write!(ways, "<way id=\"{id}\">").expect("a string takes everything");
    for node in nodes {
        write!(ways, "<nd ref=\"{node}\"/>").expect("a string takes everything");
    }
    writeln!(ways, "<tag k=\"{key}\" v=\"{value}\"/></way>").expect("a string takes everything");
}

/// The most memory that this process ever held, MB, as Linux tells it; elsewhere no number.
fn memory_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1e3)
}
