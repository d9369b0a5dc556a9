//! Claim: what 10,000 late fixes of one patrol come to is reckoned and put into its day in less than 200 ms; and a district's day of coverage, 2,441 grids and
//! 9,000 patrols, is told in less than 50 ms.
//!
//! On the demo city. Medians of 9; the machine does other things as well.
#![allow(missing_docs)]

use gridward_data::{
    demo::{self, TownPlan},
    model::{
        area::Level,
        entity::Entity,
        id::{AreaId, PatrolId},
        local::{LocalFrame, Metric},
        patrol::Fix,
        place::Place,
        road::Mode,
        time::Timestamp,
        unit::Metres,
    },
    store::{change::Revision, question::Fact, tracks::DeviceFixes, version::Version},
};
use gridward_domain::{
    index::Index,
    patrol::{
        begin::grids_of,
        coverage::{Covered, Field, Told, walked},
        days::{DayCoverage, coverage},
        pieces::Pieces,
        rules::PatrolRules,
        visits::Grids,
    },
};
use std::{sync::Arc, time::Instant};

const START_MS: i64 = 1_795_417_620_000;
const FIXES: u64 = 10_000;
const PATROLS: u64 = 9_000;
const ROUNDS: usize = 9;

fn main() {
    let plan = TownPlan { seed: 1, scale: 1.0, at: Timestamp(1_700_000_000_000) };
    let fact = |entity: Entity| Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity };
    let version = Version::new("bench", 0, 1).expect("a version");
    let index = Index::build(version, demo::town(&plan).into_iter().map(fact));
    let rules = PatrolRules::default();
    let began = Instant::now();
    let pieces = Arc::new(Pieces::cut(&index, rules.piece_m));
    println!(
        "       {} pieces and {} entrances, cut in {:.0} ms",
        pieces.streets.rows().len(),
        pieces.entrances.rows().len(),
        began.elapsed().as_secs_f64() * 1e3
    );
    let grids: Vec<AreaId> = index.places().areas.at_level(Level::Grid).map(|area| area.id).collect();
    let mut day = DayCoverage::new(Arc::clone(&pieces));
    for number in 0..PATROLS {
        let centre =
            index.places().areas.anchor(grids[(number * 7) as usize % grids.len()]).expect("a point");
        let covered = reckon(&index, &pieces, &rules, &walk(&index, centre, 400, number));
        day.put(PatrolId::new(number + 1).expect("an id"), &covered);
    }
    late(&index, &pieces, &rules, &mut day);
    told(&index, &pieces, &day, &grids);
}

fn reckon(index: &Index, pieces: &Pieces, rules: &PatrolRules, fixes: &[Fix]) -> Covered {
    let devices = [DeviceFixes { device: "bench".to_owned(), fixes: fixes.to_vec() }];
    let grids = Grids::of(index);
    let told = Told { devices: &devices, scans: &[], mode: Mode::Foot, checkpoints: &[] };
    walked(&told, &Field { pieces, grids: &grids, rules }).into()
}

/// A walk in widening turns around a place, one fix in five seconds.
fn walk(index: &Index, centre: Place, fixes: u64, seed: u64) -> Vec<Fix> {
    let frame: &LocalFrame = index.frame();
    let middle = frame.to_metres(centre);
    let fix = |number: u64| {
        let gone_m = number as f64 * 6.5;
        let radius_m = 20.0 + (gone_m * 10.0).sqrt();
        let turn = (gone_m / 10.0).sqrt() * 2.0 + seed as f64;
        let point = Metric { x: middle.x + radius_m * turn.cos(), y: middle.y + radius_m * turn.sin() };
        Fix {
            sequence: number + 1,
            at: Timestamp(START_MS + number as i64 * 5_000),
            place: frame.to_place(point).expect("within reach"),
            accuracy: Metres::new(8.0).ok(),
            speed_m_s: Some(6.0),
        }
    };
    (0..fixes).map(fix).collect()
}

fn late(index: &Index, pieces: &Pieces, rules: &PatrolRules, day: &mut DayCoverage) {
    let centre = index.places().areas.anchor(index.places().areas.widest().expect("an area").id);
    let fixes = walk(index, centre.expect("a point"), FIXES, 1);
    let mut times_ms = Vec::new();
    let mut covered = Covered::default();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        covered = reckon(index, pieces, rules, &fixes);
        day.put(PatrolId::new(1).expect("an id"), &covered);
        times_ms.push(began.elapsed().as_secs_f64() * 1e3);
    }
    verdict(
        &format!("{FIXES} late fixes, {} pieces of {} grids", covered.pieces.len(), covered.effort.len()),
        &mut times_ms,
        200.0,
    );
}

fn told(index: &Index, pieces: &Pieces, day: &DayCoverage, grids: &[AreaId]) {
    let mut times_ms = Vec::new();
    let mut certain = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let areas: Vec<(AreaId, Vec<AreaId>)> =
            grids.iter().map(|grid| (*grid, grids_of(index, *grid))).collect();
        let rows = coverage(pieces, &[day], &areas);
        times_ms.push(began.elapsed().as_secs_f64() * 1e3);
        certain = rows.iter().map(|(_, row)| row.pieces.certain).sum();
    }
    verdict(
        &format!("a day of {} grids and {PATROLS} patrols, {certain} pieces certain", grids.len()),
        &mut times_ms,
        50.0,
    );
}

fn verdict(what: &str, times_ms: &mut [f64], claim_ms: f64) {
    times_ms.sort_by(f64::total_cmp);
    let (median, worst) = (times_ms[times_ms.len() / 2], times_ms[times_ms.len() - 1]);
    let met = if median < claim_ms { "met   " } else { "MISSED" };
    println!("{met} {what}: {median:.1} ms median, {worst:.1} ms worst  (claimed: < {claim_ms} ms)");
}
