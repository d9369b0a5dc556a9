//! Which number the state gave an area: codes as text with the scheme that reads them.
//!
//! Codes change and schemes differ (statistics 12 digits, unit grids 15, CJ/T 349 20); so a code is text, never a number, and says
//! which scheme it follows. Old codes stay with the version of the area that bore them.

use serde::{Deserialize, Serialize};

/// How a code is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeScheme {
    /// Statistical divisions: 6 (GB/T 2260) + 3 (sub-district) + 3 (community); cut off after 6 or 9 for the wider areas.
    Statistics,
    /// Unit grids: the 12 digits of the community + 3, numbered west to east, then north to south.
    UnitGrid,
    /// CJ/T 349-2010: 20 digits, 6 object type + 6 + 3 + 3 + 2.
    Component,
    /// Whatever the place itself uses: 1 to 64 letters, digits, and `-_.:/`.
    Local,
}

/// A code under its scheme.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawCode", into = "RawCode")]
pub struct AreaCode {
    scheme: CodeScheme,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct RawCode {
    scheme: CodeScheme,
    text: String,
}

/// A text that is no code of its scheme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is no {scheme:?} code: {remedy}")]
pub struct InvalidCode {
    /// The scheme that was asked for.
    pub scheme: CodeScheme,
    /// What was given.
    pub text: String,
    /// What would be right.
    pub remedy: &'static str,
}

impl AreaCode {
    /// A code, if the text is one under the scheme.
    pub fn new(scheme: CodeScheme, text: impl Into<String>) -> Result<Self, InvalidCode> {
        let text = text.into();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let local = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/".contains(&byte);
        let (right, remedy) = match scheme {
            CodeScheme::Statistics => {
                (digits && matches!(text.len(), 6 | 9 | 12), "it has 6, 9 or 12 digits")
            }
            CodeScheme::UnitGrid => (digits && text.len() == 15, "it has 15 digits"),
            CodeScheme::Component => (digits && text.len() == 20, "it has 20 digits"),
            CodeScheme::Local => (
                (1..=64).contains(&text.len()) && text.bytes().all(local),
                "it has 1 to 64 letters, digits and -_.:/",
            ),
        };
        if right { Ok(Self { scheme, text }) } else { Err(InvalidCode { scheme, text, remedy }) }
    }

    /// Reads a code whose scheme is not given: 6, 9, 12 digits statistics, 15 a unit grid, 20 a component, else local.
    pub fn guess(text: impl Into<String>) -> Result<Self, InvalidCode> {
        let text = text.into();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let scheme = match text.len() {
            6 | 9 | 12 if digits => CodeScheme::Statistics,
            15 if digits => CodeScheme::UnitGrid,
            20 if digits => CodeScheme::Component,
            _ => CodeScheme::Local,
        };
        Self::new(scheme, text)
    }

    /// The code of the area above, where the scheme tells it.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let length = match (self.scheme, self.text.len()) {
            (CodeScheme::UnitGrid, _) => 12,
            (CodeScheme::Statistics, 12) => 9,
            (CodeScheme::Statistics, 9) => 6,
            _ => return None,
        };
        Some(Self { scheme: CodeScheme::Statistics, text: self.text[..length].to_owned() })
    }

    /// The code of the `sequence`-th grid (1 ..= 999) of a community that bears this code.
    #[must_use]
    pub fn grid(&self, sequence: u16) -> Option<Self> {
        let fits =
            self.scheme == CodeScheme::Statistics && self.text.len() == 12 && (1..=999).contains(&sequence);
        fits.then(|| Self { scheme: CodeScheme::UnitGrid, text: format!("{}{sequence:03}", self.text) })
    }

    /// How it is read.
    #[must_use]
    pub const fn scheme(&self) -> CodeScheme {
        self.scheme
    }
    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl TryFrom<RawCode> for AreaCode {
    type Error = InvalidCode;
    fn try_from(raw: RawCode) -> Result<Self, InvalidCode> {
        Self::new(raw.scheme, raw.text)
    }
}
impl From<AreaCode> for RawCode {
    fn from(code: AreaCode) -> Self {
        Self { scheme: code.scheme, text: code.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_code_leads_up_to_its_district() {
        let grid = AreaCode::guess("210106019009003").expect("a grid code");
        assert_eq!(grid.scheme(), CodeScheme::UnitGrid);
        let chain: Vec<_> = std::iter::successors(Some(grid.clone()), AreaCode::parent).collect();
        let texts: Vec<_> = chain.iter().map(AreaCode::text).collect();
        assert_eq!(texts, ["210106019009003", "210106019009", "210106019", "210106"]);
        assert_eq!(chain[1].grid(3), Some(grid));
    }

    #[test]
    fn texts_that_are_no_code_are_refused() {
        assert!(AreaCode::new(CodeScheme::Statistics, "21010").is_err());
        assert!(AreaCode::new(CodeScheme::UnitGrid, "21010601900900x").is_err());
        assert!(AreaCode::guess("").is_err() && AreaCode::guess("a b").is_err());
        assert!(AreaCode::guess("网格").is_err());
    }
}
