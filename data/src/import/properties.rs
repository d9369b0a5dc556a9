//! What the properties of a feature say, whatever its makers call them.

use super::outcome::Reason;
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// The text of the first of these keys that has one. Numbers are taken as text, objects by the first of the same keys in them.
pub(super) fn text(properties: &Map<String, Value>, keys: &[String]) -> Option<String> {
    keys.iter().find_map(|key| {
        let value = properties.get(key).or_else(|| {
            let same = |name: &&String| name.eq_ignore_ascii_case(key);
            properties.keys().find(same).and_then(|name| properties.get(name))
        })?;
        match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(inner) => text(inner, keys).or_else(|| text(inner, &words(&["adcode", "code"]))),
            _ => None,
        }
    })
}

/// A whole number within a range, of the first of these keys that has anything; `None` if there is nothing.
pub(super) fn whole(
    properties: &Map<String, Value>,
    keys: &[String],
    range: RangeInclusive<u32>,
) -> Option<Result<u32, Reason>> {
    let told = text(properties, keys)?;
    let number = told.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    let number = number.map(|number| number as u32).filter(|number| range.contains(number));
    Some(number.ok_or(Reason::NotUnderstood {
        what: "the number",
        text: told,
        remedy: "give a whole number that there can be",
    }))
}

/// Keys as a list of one's own.
pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn properties(json: &str) -> Map<String, Value> {
        serde_json::from_str(json).expect("an object")
    }

    #[test]
    fn a_text_is_found_under_the_first_key_that_has_one() {
        let of = properties(
            r#"{"NAME": " 铁西区 ", "adcode": 210106, "empty": "", "parent": {"adcode": 210100}}"#,
        );
        assert_eq!(text(&of, &words(&["empty", "名称", "name"])).as_deref(), Some("铁西区"));
        assert_eq!(text(&of, &words(&["adcode"])).as_deref(), Some("210106"));
        assert_eq!(text(&of, &words(&["parent"])).as_deref(), Some("210100"));
        assert_eq!(text(&of, &words(&["empty", "missing"])), None);
    }

    #[test]
    fn a_number_must_be_one() {
        let of = properties(r#"{"levels": "6", "floors": 5.5, "bad": "six", "none": 0}"#);
        let keys = |key| words(&[key]);
        assert_eq!(whole(&of, &keys("levels"), 1..=200), Some(Ok(6)));
        assert_eq!(whole(&of, &keys("floors"), 1..=200), Some(Ok(5)));
        assert!(matches!(whole(&of, &keys("bad"), 1..=200), Some(Err(_))));
        assert!(matches!(whole(&of, &keys("none"), 1..=200), Some(Err(_))));
        assert_eq!(whole(&of, &keys("none"), 0..=200), Some(Ok(0)));
        assert_eq!(whole(&of, &keys("missing"), 1..=200), None);
    }
}
