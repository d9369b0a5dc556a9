//! How what a patrol has covered is written down: runs of pieces by street, efforts and visits by grid. No fix and no order of them is in it.

use gridward_data::model::id::{AreaId, BuildingId, StreetId};
use gridward_domain::patrol::{
    coverage::{Covered, Effort, Proof},
    filter::Worth,
    pieces::{EntranceId, PieceId},
    visits::AreaVisit,
};
use serde::{Deserialize, Serialize};

/// Pieces of a street that follow each other and were covered alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PieceRun {
    pub(crate) street: StreetId,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) proof: Proof,
}

/// Pieces in the order of their numbers as runs.
pub(crate) fn runs(pieces: impl IntoIterator<Item = (PieceId, Proof)>) -> Vec<PieceRun> {
    let mut runs: Vec<PieceRun> = Vec::new();
    for (PieceId { street, number }, proof) in pieces {
        match runs.last_mut() {
            Some(run) if run.street == street && run.proof == proof && run.last + 1 == number => {
                run.last = number;
            }
            _ => runs.push(PieceRun { street, first: number, last: number, proof }),
        }
    }
    runs
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Street, first and last piece, whether for certain.
    pieces: Vec<(StreetId, u32, u32, bool)>,
    /// Building, number of the entrance, whether for certain.
    entrances: Vec<(BuildingId, u32, bool)>,
    /// Grid, metres, seconds.
    effort: Vec<(AreaId, f64, f64)>,
    /// Grid, from and until in milliseconds since 1970.
    visits: Vec<(AreaId, i64, i64)>,
    checkpoints: Vec<bool>,
    worth: Vec<(String, usize)>,
}

/// As JSON.
pub(crate) fn write(covered: &Covered) -> serde_json::Result<String> {
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let is_certain = |proof: Proof| proof == Proof::Certain;
    serde_json::to_string(&Written {
        pieces: runs(covered.pieces.iter().copied())
            .into_iter()
            .map(|run| (run.street, run.first, run.last, is_certain(run.proof)))
            .collect(),
        entrances: covered
            .entrances
            .iter()
            .map(|(id, proof)| (id.building, id.number, is_certain(*proof)))
            .collect(),
        effort: covered
            .effort
            .iter()
            .map(|(grid, effort)| (*grid, tenth(effort.metres), tenth(effort.seconds)))
            .collect(),
        visits: covered.visits.iter().map(|visit| (visit.area, visit.from_ms, visit.until_ms)).collect(),
        checkpoints: covered.checkpoints.clone(),
        worth: covered.worth.iter().map(|(worth, count)| (worth.word().to_owned(), *count)).collect(),
    })
}

/// Reads what [`write()`] wrote.
pub(crate) fn read(text: &str) -> serde_json::Result<Covered> {
    let written: Written = serde_json::from_str(text)?;
    let proof = |certain: bool| if certain { Proof::Certain } else { Proof::Possible };
    let pieces = written.pieces.into_iter().flat_map(|(street, first, last, certain)| {
        (first..=last).map(move |number| (PieceId { street, number }, proof(certain)))
    });
    let entrances = written.entrances.into_iter();
    let worth = written.worth.into_iter().filter_map(|(word, count)| {
        Some((Worth::ALL.into_iter().find(|worth| worth.word() == word)?, count))
    });
    Ok(Covered {
        pieces: pieces.collect(),
        entrances: entrances
            .map(|(building, number, certain)| (EntranceId { building, number }, proof(certain)))
            .collect(),
        effort: written
            .effort
            .into_iter()
            .map(|(grid, metres, seconds)| (grid, Effort { metres, seconds }))
            .collect(),
        visits: written
            .visits
            .into_iter()
            .map(|(area, from_ms, until_ms)| AreaVisit { area, from_ms, until_ms })
            .collect(),
        checkpoints: written.checkpoints,
        worth: worth.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_was_written_is_read() {
        let street = |number| StreetId::new(number).expect("an id");
        let grid = AreaId::new(7).expect("an id");
        let piece = |of, number, proof| (PieceId { street: street(of), number }, proof);
        let covered = Covered {
            pieces: vec![
                piece(1, 3, Proof::Certain),
                piece(1, 4, Proof::Certain),
                piece(1, 5, Proof::Possible),
                piece(2, 6, Proof::Possible),
                piece(2, 8, Proof::Possible),
            ],
            entrances: vec![(
                EntranceId { building: BuildingId::new(5).expect("an id"), number: 1 },
                Proof::Certain,
            )],
            effort: BTreeMap::from([(grid, Effort { metres: 120.5, seconds: 90.0 })]),
            visits: vec![AreaVisit { area: grid, from_ms: 10, until_ms: 20 }],
            checkpoints: vec![true, false],
            worth: BTreeMap::from([(Worth::Counted, 20), (Worth::Leap, 1)]),
        };
        let text = write(&covered).expect("it can be written");
        assert_eq!(read(&text).expect("it can be read"), covered);
        assert!(text.contains("[1,3,4,true],[1,5,5,false],[2,6,6,false],[2,8,8,false]"), "{text}");
    }
}
