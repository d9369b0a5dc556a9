//! When something is told: by the season, the day of the week and the hour, each category in its own way.

use super::{super::dice::Dice, super::people::PeoplePlan};
use crate::model::time::Timestamp;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const CHINA_MS: i64 = 8 * HOUR_MS;

/// How many of a hundred matters are of the category, in hundredths of a percent; the sum is 10,000.
pub(super) const SHARES: [usize; 16] =
    [180, 620, 420, 1_280, 420, 260, 220, 240, 620, 160, 880, 140, 1_060, 1_150, 1_120, 1_230];

/// How often something is told in each hour of the day.
type Hours = [usize; 24];
const OFFICE: Hours = [0, 0, 0, 0, 0, 0, 1, 4, 20, 30, 28, 18, 8, 18, 26, 24, 16, 6, 3, 2, 1, 0, 0, 0];
const DAY: Hours = [1, 1, 0, 0, 1, 3, 8, 16, 24, 26, 24, 18, 14, 16, 20, 20, 20, 20, 20, 18, 12, 8, 4, 2];
const EVENING: Hours = [12, 8, 5, 3, 4, 7, 8, 6, 7, 7, 7, 7, 8, 7, 6, 6, 7, 10, 16, 24, 30, 32, 28, 18];
const RUSH: Hours = [3, 2, 1, 1, 2, 5, 12, 30, 28, 16, 12, 12, 12, 12, 12, 14, 22, 30, 26, 14, 10, 8, 6, 4];
const CHARGING: Hours =
    [3, 2, 1, 1, 1, 3, 8, 14, 18, 18, 16, 10, 8, 10, 14, 16, 16, 20, 26, 28, 24, 16, 8, 4];

const fn hours(category: usize) -> &'static Hours {
    match category {
        1 | 3 | 5 | 6 | 7 | 10 | 12 => &OFFICE,
        2 | 13 => &EVENING,
        11 => &RUSH,
        14 => &CHARGING,
        _ => &DAY,
    }
}

/// How often something is told in each month, January first.
const fn months(category: usize) -> [usize; 12] {
    match category {
        // Wages are asked for before the New Year.
        5 => [30, 14, 6, 7, 8, 8, 8, 8, 9, 9, 13, 24],
        11 => [12, 11, 10, 9, 9, 9, 9, 9, 10, 10, 11, 13],
        // Windows are open in summer, and people sit outside.
        13 => [4, 4, 6, 9, 14, 18, 20, 18, 12, 8, 5, 4],
        14 => [11, 11, 9, 9, 9, 10, 11, 11, 9, 9, 9, 10],
        // Rain stands in the streets in summer, snow lies there in winter.
        15 => [10, 8, 8, 8, 9, 13, 18, 17, 10, 9, 9, 10],
        // Houses are heated from November to April.
        16 => [26, 20, 15, 9, 6, 6, 7, 7, 6, 11, 28, 28],
        _ => [9, 7, 10, 10, 10, 10, 10, 10, 10, 9, 10, 10],
    }
}

/// In percent of a Monday: offices are asked less on a Saturday, neighbours are heard more.
const fn weekday_percent(category: usize, weekday: usize) -> usize {
    let at_a_desk = matches!(category, 1 | 3 | 5 | 6 | 7 | 10 | 12);
    match (weekday, at_a_desk, category) {
        (5 | 6, true, _) => 18,
        (5 | 6, _, 2 | 9 | 13) => 115,
        (5 | 6, ..) => 72,
        (0, ..) => 100,
        _ => 93,
    }
}

/// A day of the year and the month that it lies in.
pub(super) struct Calendar {
    start: Timestamp,
    months: Vec<usize>,
    /// For each category the weights of the days, added up.
    sums: Vec<Vec<usize>>,
}

impl Calendar {
    pub(super) fn of(plan: &PeoplePlan) -> Self {
        let start = plan.start();
        let first = (start.0 + CHINA_MS).div_euclid(DAY_MS);
        let months: Vec<usize> = (0..365).map(|day| month(first + day)).collect();
        let weight = |category: usize, day: usize| {
            // 1970-01-01 was a Thursday.
            let weekday = (first + day as i64 + 3).rem_euclid(7) as usize;
            self::months(category)[months[day] - 1] * weekday_percent(category, weekday)
        };
        let summed = |category: usize| {
            let mut sum = 0;
            let add = |day| {
                sum += weight(category, day);
                sum
            };
            (0..365).map(add).collect()
        };
        let sums = (1..=16).map(summed).collect();
        Self { start, months, sums }
    }

    /// When a matter of the category is first told of, and in which month that is.
    pub(super) fn draw(&self, category: usize, dice: &mut Dice) -> (Timestamp, usize) {
        let sums = &self.sums[category - 1];
        let at = dice.below(sums[364]);
        let day = sums.partition_point(|sum| *sum <= at);
        let hour = weighted(hours(category), dice);
        let within_ms = dice.below(HOUR_MS as usize) as i64;
        (Timestamp(self.start.0 + day as i64 * DAY_MS + hour as i64 * HOUR_MS + within_ms), self.months[day])
    }
}

/// The hour of the day and the day of the week, Monday 0, in China.
pub(super) fn clock(at: Timestamp) -> (usize, usize) {
    let local = at.0 + CHINA_MS;
    let hour = local.rem_euclid(DAY_MS) / HOUR_MS;
    (hour as usize, (local.div_euclid(DAY_MS) + 3).rem_euclid(7) as usize)
}

/// An index, as often as its weight says; the weights are not all 0.
pub(super) fn weighted(weights: &[usize], dice: &mut Dice) -> usize {
    let mut at = dice.below(weights.iter().sum());
    weights.iter().position(|weight| at.checked_sub(*weight).map(|left| at = left).is_none()).unwrap_or(0)
}

/// The month, 1 to 12, of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms", 2013).
fn month(day: i64) -> usize {
    let of_era = (day + 719_468).rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    (if from_march < 10 { from_march + 3 } else { from_march - 9 }) as usize
}
