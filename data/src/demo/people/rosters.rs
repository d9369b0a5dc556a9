//! Who is on when: one weekly roster for each responder.

use super::{
    super::dice::{Dice, Purpose},
    PeoplePlan,
};
use crate::model::{
    id::RosterId,
    responder::{Responder, Role},
    roster::{Duty, Roster},
    time::{Span, Timetable, Weekday, WeeklySpan},
};

/// The turns of grid workers, local minutes since midnight; the night runs on into the next day.
const TURNS: [(u16, u16); 3] = [(7 * 60, 15 * 60), (13 * 60, 21 * 60), (21 * 60, 31 * 60)];
const OFFICE: (u16, u16) = (8 * 60 + 30, 17 * 60);

/// The rosters, in the order of the responders, valid from the beginning of the year on.
pub(super) fn rosters(people: &[Responder], plan: &PeoplePlan) -> Vec<Roster> {
    let mut seen = [0; Role::ALL.len()];
    let made = |(index, one): (usize, &Responder)| {
        let role = Role::ALL.iter().position(|role| *role == one.role).expect("every role is listed");
        let nth = seen[role];
        seen[role] += 1;
        let mut dice = Dice::new(plan.seed, Purpose::People, index as u64 + 1);
        let (duty, hours) = match one.role {
            Role::GridWorker => (Duty::Rotating, worker(nth)),
            Role::Watcher => (on_call(&mut dice), watcher(&mut dice)),
            Role::Mediator if nth % 10 < 7 => (Duty::Resident, week(&Weekday::ALL[..5], OFFICE)),
            Role::Mediator => (on_call(&mut dice), week(&Weekday::ALL[..5], (17 * 60, 21 * 60))),
            Role::Expert => (on_call(&mut dice), week(&Weekday::ALL[..5], OFFICE)),
            Role::Officer => (Duty::Resident, officer(nth)),
        };
        let id = RosterId::new(index as u64 + 1).expect("counted from one");
        Roster { id, responder: one.id, duty, hours: Timetable(hours), valid: Span::since(plan.start()) }
    };
    people.iter().enumerate().map(made).collect()
}

/// A turn for the whole week and two days off that follow each other.
///
/// Of 25 workers 14 have the early turn, so that 14/25 × 5/7 = 40 % are on at noon. The first nine take each turn three times with different
/// days off: even in the smallest city two are on at every hour.
fn worker(nth: usize) -> Vec<WeeklySpan> {
    let (turn, first_off) = if nth < 9 {
        (nth / 3, [5, 1, 3][nth % 3])
    } else {
        // 7 has no factor in common with 25: the turns are well mixed over neighbouring grids.
        (
            match nth * 7 % 25 {
                0..14 => 0,
                14..23 => 1,
                _ => 2,
            },
            nth % 7,
        )
    };
    week(&working_days(first_off), TURNS[turn])
}

/// A third of the day, and two days off that follow each other.
fn officer(nth: usize) -> Vec<WeeklySpan> {
    let from = (nth % 3) as u16 * 8 * 60;
    week(&working_days(nth / 3 % 7), (from, from + 8 * 60))
}

fn working_days(first_off: usize) -> Vec<Weekday> {
    let is_off = |day: usize| day == first_off || day == (first_off + 1) % 7;
    (0..7).filter(|day| !is_off(*day)).map(|day| Weekday::ALL[day]).collect()
}

/// Two to four spans of two hours: weekday evenings, and mornings or evenings of the weekend.
fn watcher(dice: &mut Dice) -> Vec<WeeklySpan> {
    let wanted = 2 + dice.below(3);
    let mut spans: Vec<WeeklySpan> = Vec::new();
    while spans.len() < wanted {
        let day = dice.pick(&[0, 1, 2, 3, 4, 5, 5, 6, 6]);
        let evening = day < 5 || dice.chance(35);
        let from_min = dice.pick(if evening {
            &[18 * 60, 18 * 60 + 30, 19 * 60]
        } else {
            &[8 * 60, 8 * 60 + 30, 9 * 60]
        });
        if spans.iter().all(|span| span.day != Weekday::ALL[day]) {
            spans.push(WeeklySpan { day: Weekday::ALL[day], from_min, until_min: from_min + 120 });
        }
    }
    spans.sort_by_key(|span| span.day);
    spans
}

fn on_call(dice: &mut Dice) -> Duty {
    Duty::OnCall { turnout_min: dice.pick(&[5, 8, 10, 15]) }
}

fn week(days: &[Weekday], (from_min, until_min): (u16, u16)) -> Vec<WeeklySpan> {
    days.iter().map(|day| WeeklySpan { day: *day, from_min, until_min }).collect()
}
