//! Which days are worked: the working calendar with holidays and make-up workdays 调休.

use super::time::{Timestamp, Weekday};
use serde::{Deserialize, Serialize};

/// A day of the calendar, as year, month 1 ..= 12 and day 1 ..= 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// The year of our era.
    pub year: i16,
    /// January is 1.
    pub month: u8,
    /// The first is 1.
    pub day: u8,
}

/// The days on which clocks in working days run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its name and the notice that it follows.
    pub name: String,
    /// The days of the week that are worked.
    pub workdays: Vec<Weekday>,
    /// Days that are not worked all the same.
    pub holidays: Vec<Day>,
    /// Days that are worked all the same.
    pub make_up_days: Vec<Day>,
}

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3_600_000;
/// The civil time of China is eight hours ahead of UTC and knows no summer time, milliseconds.
const CHINA_OFFSET_MS: i64 = 8 * 3_600_000;

impl Day {
    /// The day in China on which an instant lies. Years beyond those of 16 bits are their nearest end.
    #[must_use]
    pub fn in_china(at: Timestamp) -> Self {
        Self::of_number(at.0.saturating_add(CHINA_OFFSET_MS).div_euclid(DAY_MS))
    }

    /// The first instant of the day in China.
    #[must_use]
    pub fn begins_in_china(self) -> Timestamp {
        Timestamp(self.number() * DAY_MS - CHINA_OFFSET_MS)
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of_number(self.number() + 1)
    }

    /// Days since 1970-01-01, by the Gregorian calendar. (Howard Hinnant, "chrono-compatible low-level date algorithms".)
    #[must_use]
    pub const fn number(self) -> i64 {
        let (year, month) = (self.year as i64, self.month as i64);
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + self.day as i64 - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    fn of_number(number: i64) -> Self {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year: year.clamp(i16::MIN.into(), i16::MAX.into()) as i16, month: month as u8, day }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no day: it is written as 2026-11-23")]
pub struct InvalidDay(pub String);

impl std::str::FromStr for Day {
    type Err = InvalidDay;
    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        let wrong = || InvalidDay(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let &[year, month, day] = parts.as_slice() else { return Err(wrong()) };
        let digits =
            |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return Err(wrong());
        }
        let read = Self {
            year: year.parse().map_err(|_| wrong())?,
            month: month.parse().map_err(|_| wrong())?,
            day: day.parse().map_err(|_| wrong())?,
        };
        // A day that there is comes back from its number.
        let there_is = (1..=12).contains(&read.month) && Self::of_number(read.number()) == read;
        if there_is { Ok(read) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_through_leap_years_and_centuries() {
        let mut day: Day = "1970-01-01".parse().expect("a day");
        assert_eq!(day.number(), 0);
        for number in 1..100_000 {
            day = day.next();
            assert_eq!(day.number(), number);
            assert_eq!(day.to_string().parse(), Ok(day));
        }
        assert_eq!(day.to_string(), "2243-10-16");
    }

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let noon_utc = Timestamp(1_795_435_200_000);
        let day = Day::in_china(noon_utc);
        assert_eq!(day.to_string(), "2026-11-23");
        let begins = day.begins_in_china();
        assert_eq!(Day::in_china(begins), day);
        assert_eq!(Day::in_china(Timestamp(begins.0 - 1)).next(), day);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for bad in [
            "",
            "2026-11",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "26-01-01",
            "2026-1-1",
            "2026-11-31",
            "+026-01-01",
        ] {
            assert!(bad.parse::<Day>().is_err(), "{bad} was taken");
        }
        assert!("2028-02-29".parse::<Day>().is_ok());
    }
}
