//! When something is open, by the simple forms of `opening_hours`.
//!
//! Taken: `24/7`, and rules of days and hours parted by `;`, for example `Mo-Fr 08:00-12:00,13:00-18:00; Sa 09:00-12:00; PH off`. A
//! later rule replaces the earlier ones on its days. What depends on holidays, months, the sun or words is not taken at all: half a
//! timetable would mislead.

use crate::model::time::{Timetable, Weekday, WeeklySpan};

const DAYS: [(&str, Weekday); 7] = [
    ("Mo", Weekday::Monday),
    ("Tu", Weekday::Tuesday),
    ("We", Weekday::Wednesday),
    ("Th", Weekday::Thursday),
    ("Fr", Weekday::Friday),
    ("Sa", Weekday::Saturday),
    ("Su", Weekday::Sunday),
];
const DAY_MIN: u16 = 24 * 60;

/// The timetable that a text means; `None` if it is not of the simple forms, or means never.
pub(super) fn read(text: &str) -> Option<Timetable> {
    let mut week: [Vec<(u16, u16)>; 7] = Default::default();
    for rule in text.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        if rule == "24/7" {
            week = std::array::from_fn(|_| vec![(0, DAY_MIN)]);
            continue;
        }
        let (days, hours) = match rule.find(|letter: char| letter.is_ascii_digit()) {
            Some(0) => ("Mo-Su", rule),
            Some(split) => rule.split_at(split),
            None => rule.rsplit_once(' ')?,
        };
        let hours = match hours.trim() {
            "off" | "closed" => Vec::new(),
            hours => hours.split(',').map(|span| read_span(span.trim())).collect::<Option<_>>()?,
        };
        for day in read_days(days.trim(), hours.is_empty())? {
            week[day].clone_from(&hours);
        }
    }
    let spans: Vec<WeeklySpan> = week
        .iter()
        .zip(DAYS)
        .flat_map(|(spans, (_, day))| {
            spans.iter().map(move |&(from_min, until_min)| WeeklySpan { day, from_min, until_min })
        })
        .collect();
    (!spans.is_empty()).then_some(Timetable(spans))
}

/// The indices of the days. Public holidays are passed over where they are closed: a week has none.
fn read_days(text: &str, closed: bool) -> Option<Vec<usize>> {
    let index = |word: &str| DAYS.iter().position(|(day, _)| *day == word.trim());
    let mut days = Vec::new();
    for part in text.split(',').map(str::trim) {
        match part.split_once('-') {
            None if part == "PH" && closed => {}
            None => days.push(index(part)?),
            Some((from, to)) => {
                let (from, to) = (index(from)?, index(to)?);
                days.extend((0..=(to + 7 - from) % 7).map(|step| (from + step) % 7));
            }
        }
    }
    Some(days)
}

/// Minutes from and until; a span that ends before it begins runs on into the next day.
fn read_span(text: &str) -> Option<(u16, u16)> {
    let (from, until) = text.split_once('-')?;
    let (from, until) = (read_minutes(from.trim())?, read_minutes(until.trim())?);
    let until = if until <= from { until + DAY_MIN } else { until };
    (from < DAY_MIN && until <= 2 * DAY_MIN).then_some((from, until))
}

fn read_minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours <= 48 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let table = read(text)?;
        let span =
            |span: &WeeklySpan| format!("{}:{}-{}", DAYS[span.day as usize].0, span.from_min, span.until_min);
        Some(table.0.iter().map(span).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_simple_forms_are_read() {
        let weekdays = "Mo:480-1080 Tu:480-1080 We:480-1080 Th:480-1080 Fr:480-1080";
        assert_eq!(shown("Mo-Fr 08:00-18:00").as_deref(), Some(weekdays));
        assert_eq!(
            shown("Mo-Fr 08:00-18:00; Sa 09:00-12:00").as_deref(),
            Some(&*format!("{weekdays} Sa:540-720"))
        );
        assert_eq!(shown("Mo-Sa 08:00-18:00; Sa off; PH off").as_deref(), Some(weekdays));
        assert_eq!(shown("Sa,Su 22:00-02:00").as_deref(), Some("Sa:1320-1560 Su:1320-1560"));
        assert_eq!(
            shown("Su-Mo 9:00-12:00,13:00-17:00").as_deref(),
            Some("Mo:540-720 Mo:780-1020 Su:540-720 Su:780-1020")
        );
        assert_eq!(read("24/7").map(|table| table.0.len()), Some(7));
        assert_eq!(read("08:00-20:00").map(|table| table.0.len()), Some(7));
    }

    #[test]
    fn what_is_not_simple_is_not_taken_at_all() {
        let others = [
            "",
            "sunrise-sunset",
            "Mo-Fr",
            "PH 10:00-12:00",
            "Jan-Mar 08:00-12:00",
            "Mo-Fr 08:00+",
            "Mo 25:99-26:00",
            "off",
            "Mo-Fr 08:00-18:00 \"by appointment\"",
            "Mo[1] 08:00-12:00",
            "week 1-10 Mo 08:00-10:00",
            "周一至周五 08:00-18:00",
        ];
        for text in others {
            assert_eq!(read(text), None, "{text} was taken");
        }
    }
}
