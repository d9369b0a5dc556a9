//! Where an instant lies in the week, and what of a weekly timetable holds then.
//!
//! Timetables are in the civil time of the city, which for all of China is eight hours ahead of UTC and knows no summer time.

use gridward_data::model::time::{Span, Timestamp, Timetable, WeeklySpan};

/// The civil time of China, minutes east of Greenwich.
pub const CHINA_OFFSET_MIN: i64 = 8 * 60;
/// Minutes of a day.
pub const DAY_MIN: i64 = 24 * 60;
/// Minutes of a week.
pub const WEEK_MIN: i64 = 7 * DAY_MIN;
/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;
/// 1970-01-01 was a Thursday, three days after a Monday.
const EPOCH_IN_WEEK_MIN: i64 = 3 * DAY_MIN;

/// The minute of the week in which an instant lies, by the clocks of China: 0 is Monday 00:00, 10,079 Sunday 23:59.
#[must_use]
pub fn minute_of_week(at: Timestamp) -> u16 {
    let local_min = at.0.div_euclid(MINUTE_MS) + CHINA_OFFSET_MIN + EPOCH_IN_WEEK_MIN;
    local_min.rem_euclid(WEEK_MIN) as u16
}

/// The part of the timetable that holds at an instant, as instants: the one that lasts longest, where several do. `None`: none holds, or the
/// timetable says nothing.
#[must_use]
pub fn holding(timetable: &Timetable, at: Timestamp) -> Option<Span> {
    let now_min = i64::from(minute_of_week(at));
    let whole_minute = at.0.div_euclid(MINUTE_MS);
    let span = |part: &WeeklySpan| {
        let (from_min, until_min) = ends(*part);
        let into_min = (now_min - from_min).rem_euclid(WEEK_MIN);
        let length_min = until_min - from_min;
        (into_min < length_min).then(|| Span {
            from: Timestamp((whole_minute - into_min) * MINUTE_MS),
            until: Some(Timestamp((whole_minute - into_min + length_min) * MINUTE_MS)),
        })
    };
    timetable.0.iter().filter_map(span).max_by_key(|span| span.until)
}

/// Whether a part of the timetable holds at a minute of the week, 0 to 10,079.
#[must_use]
pub fn holds_at(timetable: &Timetable, minute: u16) -> bool {
    timetable.0.iter().any(|part| {
        let (from_min, until_min) = ends(*part);
        (i64::from(minute) - from_min).rem_euclid(WEEK_MIN) < until_min - from_min
    })
}

/// The next instant after this one at which a part of the timetable begins or ends; `None` where it says nothing.
#[must_use]
pub fn next_edge(timetable: &Timetable, after: Timestamp) -> Option<Timestamp> {
    let now_min = i64::from(minute_of_week(after));
    let whole_minute = after.0.div_euclid(MINUTE_MS);
    let edges = timetable.0.iter().flat_map(|part| {
        let (from_min, until_min) = ends(*part);
        [from_min, until_min]
    });
    // An edge at the very minute of the instant lies behind it, or is it: the next one comes in a week.
    let wait_min = |edge_min: i64| match (edge_min - now_min).rem_euclid(WEEK_MIN) {
        0 => WEEK_MIN,
        wait_min => wait_min,
    };
    edges.map(wait_min).min().map(|wait_min| Timestamp((whole_minute + wait_min) * MINUTE_MS))
}

fn ends(part: WeeklySpan) -> (i64, i64) {
    let day_min = part.day as i64 * DAY_MIN;
    (day_min + i64::from(part.from_min), day_min + i64::from(part.until_min))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::model::time::Weekday;
    use proptest::prelude::*;

    fn part(day: usize, from_min: u16, until_min: u16) -> WeeklySpan {
        WeeklySpan { day: Weekday::ALL[day], from_min, until_min }
    }

    /// 2026-11-23 15:07 in China is a Monday.
    const MONDAY_1507: Timestamp = Timestamp(1_795_417_620_000);

    #[test]
    fn the_minute_of_the_week_is_that_of_the_clocks_in_china() {
        assert_eq!(minute_of_week(MONDAY_1507), 15 * 60 + 7);
        assert_eq!(minute_of_week(Timestamp(0)), (3 * 24 + 8) * 60);
        assert_eq!(minute_of_week(Timestamp(-1)), (3 * 24 + 8) * 60 - 1);
    }

    #[test]
    fn a_night_shift_of_sunday_holds_on_monday_morning() {
        let night = Timetable(vec![part(6, 22 * 60, 30 * 60)]);
        let monday_0200 = Timestamp(MONDAY_1507.0 - (13 * 60 + 7) * MINUTE_MS);
        let span = holding(&night, monday_0200).expect("it holds");
        assert_eq!(span.from, Timestamp(monday_0200.0 - 4 * 60 * MINUTE_MS));
        assert_eq!(span.until, Some(Timestamp(monday_0200.0 + 4 * 60 * MINUTE_MS)));
        assert_eq!(holding(&night, MONDAY_1507), None);
    }

    #[test]
    fn a_timetable_that_says_nothing_holds_never_and_has_no_edge() {
        assert_eq!(holding(&Timetable::default(), MONDAY_1507), None);
        assert_eq!(next_edge(&Timetable::default(), MONDAY_1507), None);
    }

    fn timetables() -> impl Strategy<Value = Timetable> {
        let parts = (0_usize..7, 0_u16..1440, 1_u16..1440)
            .prop_map(|(day, from_min, length_min)| part(day, from_min, from_min + length_min));
        proptest::collection::vec(parts, 0..4).prop_map(Timetable)
    }

    proptest! {
        /// Minute by minute, as one would read it off the wall.
        #[test]
        fn what_holds_and_when_it_changes_agree_with_a_look_at_every_minute(
            timetable in timetables(), minute in 0_i64..20_160, milliseconds in 0_i64..60_000,
        ) {
            let at = Timestamp(MONDAY_1507.0 + minute * MINUTE_MS + milliseconds);
            let on = |at: Timestamp| {
                let minute = i64::from(minute_of_week(at));
                timetable.0.iter().any(|part| {
                    let (from, until) = ends(*part);
                    [minute, minute + WEEK_MIN].iter().any(|minute| (from..until).contains(minute))
                })
            };
            let held = holding(&timetable, at);
            prop_assert_eq!(held.is_some(), on(at));
            if let Some(Span { from, until: Some(until) }) = held {
                prop_assert!(from <= at && at < until && on(from) && on(Timestamp(until.0 - 1)));
            }
            if let Some(edge) = next_edge(&timetable, at) {
                prop_assert!(edge > at && edge.0 % MINUTE_MS == 0);
                // Nothing changes before it.
                let before = (at.0..edge.0).step_by(MINUTE_MS as usize).map(|at| on(Timestamp(at)));
                prop_assert!(before.collect::<std::collections::BTreeSet<_>>().len() <= 1);
            }
        }
    }
}
