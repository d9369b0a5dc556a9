//! Is every odd walk judged as it was? One folder per case under `golden/`: `fixes.csv` is what a device told, `expected.txt` what comes of it by the
//! default rules. A bug becomes a folder. With `GRIDWARD_GOLDEN=write` in the environment the expectations are written anew, to be read before
//! they are committed.

use crate::board::{START_MS, at, board, told};
use gridward_data::model::{patrol::Fix, road::Mode, time::Timestamp, unit::Metres};
use gridward_domain::patrol::{
    coverage::{Field, walked},
    filter::{Leg, filter},
    pieces::Pieces,
    rules::PatrolRules,
    visits::Grids,
};
use std::{fmt::Write, path::Path};

/// `number,seconds,east_m,north_m,accuracy_m,speed_m_s`; the last two may be empty. Lines that begin with # say what the case is about.
fn fixes(text: &str) -> Vec<Fix> {
    let number = |field: &str| field.trim().parse::<f64>().ok();
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let fix = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let field = |at: usize| number(fields[at]).unwrap_or_else(|| panic!("{line}: field {at}"));
        Fix {
            sequence: field(0) as u64,
            at: Timestamp(START_MS + (field(1) * 1_000.0) as i64),
            place: at(field(2), field(3)),
            accuracy: number(fields[4]).map(|accuracy_m| Metres::new(accuracy_m).expect("a distance")),
            speed_m_s: number(fields[5]).map(|speed_m_s| speed_m_s as f32),
        }
    };
    rows.map(fix).collect()
}

fn shown(fixes: &[Fix]) -> String {
    let (index, rules) = (board(), PatrolRules::default());
    let track = filter(fixes, Mode::Foot, &rules, index.frame());
    let mut text = String::new();
    for (number, worth) in &track.worth {
        writeln!(text, "{number} {}", worth.word()).expect("a string takes it");
    }
    for way in &track.ways {
        let numbers = way.iter().map(|leg: &Leg| leg.to.sequence.to_string());
        let numbers: Vec<String> = std::iter::once(way[0].from.sequence.to_string()).chain(numbers).collect();
        writeln!(text, "way {}", numbers.join("-")).expect("a string takes it");
    }
    let pieces = Pieces::cut(&index, rules.piece_m);
    let grids = Grids::of(&index);
    let field = Field { pieces: &pieces, grids: &grids, rules: &rules };
    let devices = crate::board::device(fixes.to_vec());
    let walked = walked(&told(&devices), &field);
    for (grid, effort) in &walked.effort {
        let (metres, seconds) = (effort.metres, effort.seconds);
        writeln!(text, "grid {grid}: {metres:.0} m, {seconds:.0} s").expect("a string takes it");
    }
    for visit in &walked.visits {
        let after_s = |ms: i64| (ms - START_MS) / 1_000;
        let (from_s, until_s) = (after_s(visit.from_ms), after_s(visit.until_ms));
        writeln!(text, "visit of grid {} from {from_s} s to {until_s} s", visit.area)
            .expect("a string takes it");
    }
    let certain = walked
        .pieces
        .iter()
        .filter(|earned| earned.proof == gridward_domain::patrol::coverage::Proof::Certain);
    let (certain, possible) = (certain.count(), walked.pieces.len());
    writeln!(text, "pieces: {certain} certain, {possible} possible").expect("a string takes it");
    text
}

#[test]
fn every_case_comes_out_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/patrol/golden");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 7, "cases are missing: {cases:?}");
    let mut faults = Vec::new();
    for case in cases {
        let name = case.file_name().expect("a folder").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(case.join("fixes.csv")).expect("fixes.csv is there");
        let found = shown(&fixes(&text));
        if std::env::var_os("GRIDWARD_GOLDEN").is_some() {
            std::fs::write(case.join("expected.txt"), &found).expect("it can be written");
        }
        let expected = std::fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        if found != expected {
            faults.push(format!("{name}: expected\n{expected}found\n{found}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
