//! What becomes of a matter: how long it takes, how far it has come, and who leads it.

use super::super::{
    dice::Dice,
    people::{People, ground::Sort},
};
use crate::model::{
    case::{CaseKind, CaseState},
    id::OrganisationId,
    report::{Category, Channel},
    time::Timestamp,
};

const HOUR_MS: i64 = 3_600_000;

/// The shortest and the longest time to closing, hours, for 01 to 16. The promise of each category (mediation one month, petitions sixty days,
/// city works by the hour) is kept mostly, and at times just.
const HOURS: [(i64, i64); 16] = [
    (24, 720),
    (12, 720),
    (48, 720),
    (12, 340),
    (72, 1_400),
    (48, 720),
    (48, 720),
    (48, 720),
    (24, 700),
    (24, 720),
    (1, 480),
    (240, 1_440),
    (4, 280),
    (1, 48),
    (2, 120),
    (3, 240),
];
/// A danger that is handed over, for a wall to be mended or a wire to be laid, is there for weeks: shortest and longest, hours.
const HANDED_OVER_HOURS: (i64, i64) = (240, 2_160);
const HANDED_OVER_PERCENT: usize = 35;

/// From the first word to the closing, milliseconds: short more often than long.
pub(super) fn lasts_ms(category: usize, dice: &mut Dice) -> i64 {
    let is_handed_over = category == 14 && dice.chance(HANDED_OVER_PERCENT);
    let (low, high) = if is_handed_over { HANDED_OVER_HOURS } else { HOURS[category - 1] };
    let span = ((high - low) * HOUR_MS) as usize;
    let first = dice.below(span);
    low * HOUR_MS + first.min(dice.below(span)) as i64
}

/// How far a matter has come that was opened so long ago and lasts so long.
pub(super) fn state(age_ms: i64, lasts_ms: i64, dice: &mut Dice) -> CaseState {
    let is_dismissed = dice.chance(3);
    match age_ms * 100 / lasts_ms {
        100.. if is_dismissed => CaseState::Dismissed,
        100.. => CaseState::Closed,
        80..100 => CaseState::Handled,
        15..80 => CaseState::Assigned,
        5..15 => CaseState::Acknowledged,
        _ => CaseState::Received,
    }
}

/// As what a case is handled: the rule of the intake. A danger is a danger; what the telephone or another platform hands over is a work order,
/// but road traffic by telephone a police matter; all else is what its category says.
pub(super) const fn kind(category: usize, channel: Channel) -> CaseKind {
    match (category, channel) {
        (14, _) => CaseKind::Hazard,
        (11, Channel::Hotline) => CaseKind::PoliceMatter,
        (_, Channel::Hotline | Channel::Platform) | (13 | 15, _) => CaseKind::WorkOrder,
        (12, _) => CaseKind::Petition,
        (16, _) => CaseKind::Help,
        _ => CaseKind::Dispute,
    }
}

/// Who leads each category, 01 first.
pub(super) fn leads(people: &People) -> Vec<(Category, Option<OrganisationId>)> {
    let lead = |number: usize| {
        let category: Category = format!("{number:02}").parse().expect("two digits");
        let leading = people.organisations.iter().find(|one| one.categories.contains(&category));
        (category, leading.map(|one| one.id))
    };
    (1..=16).map(lead).collect()
}

/// Who may be asked to help with each category, by name.
pub(super) fn helps(category: usize, text: &str) -> &'static str {
    match category {
        16 if text.contains('暖') => "供热公司",
        16 if text.contains("燃气") => "燃气公司",
        16 if text.contains('电') => "供电公司",
        16 if text.contains('水') => "自来水公司",
        15 if text.contains("水") => "排水公司",
        1 | 2 | 6 | 8 => "人民法院",
        3 | 4 | 12 => "信访局",
        5 | 7 => "总工会",
        9 | 10 => "司法局",
        11 | 15 => "公安",
        13 => "城市管理综合行政执法局",
        14 => "应急管理局",
        _ => "民政局",
    }
}

/// By which way it is told, by category and hour; the window and the platforms are open in office hours.
pub(super) fn channel(category: usize, sort: Sort, at: Timestamp, dice: &mut Dice) -> Channel {
    const CHANNELS: [Channel; 6] =
        [Channel::Patrol, Channel::Hotline, Channel::Window, Channel::App, Channel::Platform, Channel::Desk];
    let mut weights = match category {
        14 => [46, 16, 2, 26, 6, 4],
        15 => [30, 26, 2, 32, 8, 2],
        1 | 5 | 6 | 12 => [4, 22, 42, 10, 20, 2],
        11 => [8, 52, 2, 22, 10, 6],
        2 | 4 => [16, 32, 14, 28, 8, 2],
        _ => [6, 42, 12, 26, 12, 2],
    };
    let (hour, _) = super::when::clock(at);
    if sort == Sort::Hearing {
        return if is_office_hour(at) { Channel::Window } else { Channel::Desk };
    }
    if !is_office_hour(at) {
        weights[2] = 0;
        weights[4] = 0;
    }
    if !(7..22).contains(&hour) {
        weights[0] = 0;
    }
    CHANNELS[super::when::weighted(&weights, dice)]
}

/// Whether the windows are open: Monday to Friday, eight to five.
pub(super) fn is_office_hour(at: Timestamp) -> bool {
    let (hour, weekday) = super::when::clock(at);
    weekday < 5 && (8..17).contains(&hour)
}

/// When the `nth` of further reports of a matter comes in: within the first half of its time, and before the end of the year.
pub(super) fn again(
    opened_at: Timestamp,
    nth: i64,
    lasts_ms: i64,
    end: Timestamp,
    dice: &mut Dice,
) -> Timestamp {
    let within = (lasts_ms / 2).min(72 * HOUR_MS).min(end.0 - opened_at.0);
    let part = (within / 4).max(1);
    Timestamp((opened_at.0 + nth * part + dice.below(part as usize) as i64).min(end.0 - 1))
}
