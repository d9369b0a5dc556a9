//! Where people were on their patrols: fixes, and what was reckoned from them.
//!
//! Fixes are no facts of the log: they are many, they concern nobody but the person, and they are deleted by days. Each patrol lies in the file
//! of the day in China on which it began, however late its fixes come; so that to delete a file is to forget that day.
//!
//! On its device a fix of a patrol bears a number, from 1 on without a gap. A number that was stored is stored for ever: whoever sends it
//! again, with whatever content, changes nothing. The answer names the number up to which nothing is missing, which is how far the device may forget.

pub mod coding;

use crate::model::{calendar::Day, id::PatrolId, patrol::Fix, time::Timestamp};
use std::collections::BTreeMap;

/// Fixes of one device on one patrol, in any order.
#[derive(Clone, Debug, PartialEq)]
pub struct FixBatch {
    /// The day in China on which the patrol began.
    pub day: Day,
    /// On which patrol.
    pub patrol: PatrolId,
    /// From which device.
    pub device: String,
    /// When it came, by the server's clock.
    pub at: Timestamp,
    /// What is to be kept.
    pub fixes: Vec<Fix>,
    /// The numbers of fixes that were refused: nothing is kept of them but that they came.
    pub refused: Vec<u64>,
}

/// What became of a batch. It survives a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixesKept {
    /// Up to this number nothing is missing; 0 where the first one is.
    pub through: u64,
    /// How many were new; the others were known.
    pub new: usize,
}

/// Fixes of one device, by number.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceFixes {
    /// Which device.
    pub device: String,
    /// Its fixes.
    pub fixes: Vec<Fix>,
}

/// Numbers that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: u64,
    pub(super) last: u64,
}

/// What is to be written of a batch: runs of numbers, each with its fixes, or refused.
pub(super) struct News {
    pub(super) runs: Vec<(Run, Option<Vec<Fix>>)>,
    pub(super) kept: FixesKept,
}

/// What of a batch is news beside the runs that are known, which come in the order of their first numbers. Of a number that comes twice in
/// the batch the first counts.
pub(super) fn news(batch: &FixBatch, known: &[Run]) -> News {
    let is_known = |number: u64| {
        let at = known.partition_point(|run| run.first <= number);
        at > 0 && number <= known[at - 1].last
    };
    let mut fresh: BTreeMap<u64, Option<Fix>> = BTreeMap::new();
    for fix in batch.fixes.iter().filter(|fix| !is_known(fix.sequence)) {
        fresh.entry(fix.sequence).or_insert(Some(*fix));
    }
    for number in batch.refused.iter().filter(|number| !is_known(**number)) {
        fresh.entry(*number).or_insert(None);
    }
    let new = fresh.len();
    let mut runs: Vec<(Run, Option<Vec<Fix>>)> = Vec::new();
    for (number, fix) in fresh {
        match (runs.last_mut(), fix) {
            (Some((run, Some(fixes))), Some(fix)) if run.last + 1 == number => {
                run.last = number;
                fixes.push(fix);
            }
            (Some((run, None)), None) if run.last + 1 == number => run.last = number,
            (_, fix) => runs.push((Run { first: number, last: number }, fix.map(|fix| vec![fix]))),
        }
    }
    let mut all: Vec<Run> = known.iter().copied().chain(runs.iter().map(|(run, _)| *run)).collect();
    all.sort_unstable_by_key(|run| run.first);
    let through = all
        .iter()
        .fold(0, |through, run| if run.first <= through + 1 { run.last.max(through) } else { through });
    News { runs, kept: FixesKept { through, new } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::contract::sample;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn batch(numbers: &[u64], refused: &[u64]) -> FixBatch {
        FixBatch {
            day: Day::in_china(sample::AT),
            patrol: PatrolId::new(1).expect("an id"),
            device: "d".to_owned(),
            at: sample::AT,
            fixes: numbers.iter().map(|number| sample::fix(*number)).collect(),
            refused: refused.to_vec(),
        }
    }

    proptest! {
        /// The oracle is a set of numbers.
        #[test]
        fn runs_hold_each_number_once_and_through_is_where_the_first_is_missing(
            batches in prop::collection::vec((prop::collection::vec(1_u64..40, 0..12), prop::collection::vec(1_u64..40, 0..4)), 1..8)
        ) {
            let mut known: Vec<Run> = Vec::new();
            let mut seen: BTreeSet<u64> = BTreeSet::new();
            for (numbers, refused) in batches {
                let news = news(&batch(&numbers, &refused), &known);
                let before = seen.len();
                seen.extend(numbers.iter().chain(&refused));
                prop_assert_eq!(news.kept.new, seen.len() - before);
                let first_missing = (1..=seen.len() as u64 + 1).find(|number| !seen.contains(number)).expect("there is one");
                prop_assert_eq!(news.kept.through, first_missing - 1);
                for (run, fixes) in &news.runs {
                    if let Some(fixes) = fixes {
                        let numbers: Vec<u64> = fixes.iter().map(|fix| fix.sequence).collect();
                        prop_assert_eq!(numbers, (run.first..=run.last).collect::<Vec<_>>());
                    }
                }
                known.extend(news.runs.iter().map(|(run, _)| *run));
                known.sort_unstable_by_key(|run| run.first);
                let held: Vec<u64> = known.iter().flat_map(|run| run.first..=run.last).collect();
                prop_assert_eq!(held, seen.iter().copied().collect::<Vec<_>>());
            }
        }
    }
}
