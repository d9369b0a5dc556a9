//! What somebody told us: reports 上报 / 诉求, and their categories.

use super::{
    id::{AreaId, CaseId, ReportId},
    place::Place,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A report: what somebody told us, through one channel, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Which one.
    pub id: ReportId,
    /// By which way it came.
    pub channel: Channel,
    /// What it is about, where known.
    pub category: Option<Category>,
    /// The words, as they were told. They may name people: they stay with the report and go into no log, tile or stream.
    pub text: String,
    /// Where.
    pub place: Place,
    /// The areas that held the place when it came in, the widest first.
    pub areas: Vec<AreaId>,
    /// When it came in.
    pub received_at: Timestamp,
    /// The case that it became part of.
    pub case: CaseId,
}

/// By which way a report comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Found on a patrol.
    Patrol,
    /// Told by telephone: 12345 or 110.
    Hotline,
    /// Told at a window of the centre.
    Window,
    /// Sent with the mini-program.
    App,
    /// Handed over by another platform.
    Platform,
    /// Entered at the command desk.
    Desk,
}

/// The code of one of the categories of matters, two digits, `01` to `99`; which there are is data of the domain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Category(u8);

/// A text that is no category.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no category: it is two digits from 01 to 99")]
pub struct InvalidCategory(pub String);

impl std::str::FromStr for Category {
    type Err = InvalidCategory;
    fn from_str(text: &str) -> Result<Self, InvalidCategory> {
        let two_digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if two_digits && number > 0 => Ok(Self(number)),
            _ => Err(InvalidCategory(text.to_owned())),
        }
    }
}
impl TryFrom<String> for Category {
    type Error = InvalidCategory;
    fn try_from(text: String) -> Result<Self, InvalidCategory> {
        text.parse()
    }
}
impl From<Category> for String {
    fn from(category: Category) -> Self {
        category.to_string()
    }
}
impl std::fmt::Display for Category {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}", self.0)
    }
}
impl std::fmt::Debug for Category {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "category {self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_two_digits_and_not_00() {
        assert_eq!("14".parse::<Category>().map(|category| category.to_string()), Ok("14".to_owned()));
        for bad in ["", "1", "00", "014", "a1", "+1", "１４"] {
            assert!(bad.parse::<Category>().is_err(), "{bad} was taken");
        }
    }
}
