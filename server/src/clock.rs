//! What time it is: the only place where the clock is read.

use gridward_data::model::time::Timestamp;
use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};

/// The offset of the civil time of China, which knows no summer time, seconds east of Greenwich.
const CHINA_OFFSET_S: i32 = 8 * 3600;

/// Now, in milliseconds.
pub(crate) fn now() -> Timestamp {
    Timestamp(Instant::now().as_millisecond())
}

/// The day that it is in China.
pub(crate) fn today() -> Date {
    Instant::now().to_zoned(china()).date()
}

/// The first instant of a day in China; refused for days beyond the calendar's end.
pub(crate) fn midnight(day: Date) -> Result<Timestamp, jiff::Error> {
    Ok(Timestamp(day.to_zoned(china())?.timestamp().as_millisecond()))
}

fn china() -> TimeZone {
    TimeZone::fixed(jiff::tz::Offset::from_seconds(CHINA_OFFSET_S).expect("8 hours is an offset"))
}

/// An instant as `2026-11-23T15:07:00+08:00`, for answers. Instants outside the years -9999 to 9999 are shown as their nearest end.
pub(crate) fn rfc3339(at: Timestamp) -> String {
    let instant = Instant::from_millisecond(at.0)
        .unwrap_or(if at.0 < 0 { Instant::MIN } else { Instant::MAX })
        .to_zoned(china());
    instant.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The instant that a text like those of [`rfc3339`] names; any offset will do.
pub(crate) fn parse(text: &str) -> Result<Timestamp, jiff::Error> {
    Ok(Timestamp(text.parse::<Instant>()?.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_in_the_civil_time_of_china() {
        assert_eq!(rfc3339(Timestamp(0)), "1970-01-01T08:00:00+08:00");
        assert_eq!(rfc3339(Timestamp(1_795_417_620_000)), "2026-11-23T15:07:00+08:00");
    }

    #[test]
    fn an_instant_that_was_shown_is_read() {
        let at = Timestamp(1_795_417_620_000);
        assert_eq!(parse(&rfc3339(at)).expect("an instant"), at);
        assert_eq!(parse("2026-11-23T07:07:00Z").expect("an instant"), at);
        assert!(parse("2026-11-23").is_err() && parse("15:07").is_err());
    }

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let begin = midnight(Date::constant(2026, 11, 23)).expect("a day");
        assert_eq!(rfc3339(begin), "2026-11-23T00:00:00+08:00");
    }
}
