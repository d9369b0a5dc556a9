//! How far the log has come: an opaque, ordered cursor.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A place in the log of one epoch. Ordered within its epoch; never counted with; shown as `epoch.xid.seq`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    epoch: Arc<str>,
    xid: u64,
    seq: u64,
}

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no version: it is epoch.xid.seq as the server gave it")]
pub struct InvalidVersion(pub String);

impl Version {
    /// The place `(xid, seq)` in the log of this epoch: 1 to 64 letters and digits.
    pub fn new(epoch: impl Into<Arc<str>>, xid: u64, seq: u64) -> Result<Self, InvalidVersion> {
        let epoch = epoch.into();
        let right = (1..=64).contains(&epoch.len()) && epoch.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if right { Ok(Self { epoch, xid, seq }) } else { Err(InvalidVersion(epoch.to_string())) }
    }
    /// Another place in the log of the same epoch.
    #[must_use]
    pub(super) fn moved(&self, seq: u64) -> Self {
        Self { epoch: Arc::clone(&self.epoch), xid: self.xid, seq }
    }
    /// The life of the store in which it holds; another epoch means: load anew.
    #[must_use]
    pub fn epoch(&self) -> &str {
        &self.epoch
    }
    /// The transaction; 0 in stores with one writer.
    #[must_use]
    pub const fn xid(&self) -> u64 {
        self.xid
    }
    /// The place within the transaction, or in the whole log of a store with one writer.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }
    /// Whether everything up to `other` lies at or before this version. `false` across epochs.
    #[must_use]
    pub fn reaches(&self, other: &Self) -> bool {
        self.epoch == other.epoch && (self.xid, self.seq) >= (other.xid, other.seq)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.epoch, self.xid, self.seq)
    }
}

impl std::str::FromStr for Version {
    type Err = InvalidVersion;
    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        let parts: Vec<&str> = text.split('.').collect();
        let number = |part: &str| part.parse::<u64>().map_err(|_| InvalidVersion(text.to_owned()));
        match parts[..] {
            [epoch, xid, seq] => Self::new(epoch, number(xid)?, number(seq)?),
            _ => Err(InvalidVersion(text.to_owned())),
        }
    }
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_it_is_shown_and_only_so() {
        let version = Version::new("a1", 7, 12).expect("a version");
        assert_eq!(version.to_string().parse(), Ok(version));
        for bad in ["", "a1", "a1.7", "a1.7.x", "a1.7.12.3", ".7.12", "a-1.7.12"] {
            assert!(bad.parse::<Version>().is_err(), "{bad} was taken");
        }
    }

    #[test]
    fn versions_of_different_epochs_do_not_reach_each_other() {
        let version = |epoch, seq| Version::new(epoch, 0, seq).expect("a version");
        assert!(version("a", 2).reaches(&version("a", 1)));
        assert!(!version("a", 1).reaches(&version("a", 2)));
        assert!(!version("b", 2).reaches(&version("a", 1)));
    }
}
