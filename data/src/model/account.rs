//! Who signs in: accounts and the actors that changes are booked to.

use super::id::{AccountId, ResponderId};
use serde::{Deserialize, Serialize};

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Which one.
    pub id: AccountId,
    /// The name to sign in with.
    pub login: String,
    /// The responder that this person is, if any.
    pub responder: Option<ResponderId>,
    /// A leaver is switched off, never deleted.
    pub enabled: bool,
}

/// On whose behalf something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody at this machine, before there are accounts.
    Loopback,
    /// Who signed in.
    Account(AccountId),
    /// An import at the command line.
    Import,
    /// The clock: a timer ran out.
    Ticker,
}
