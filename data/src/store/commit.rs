//! What is stored together: a commit, what it depends on, and how it may be refused.

use super::{
    change::{Change, Revision},
    version::Version,
};
use crate::model::{account::Actor, entity::Key, time::Timestamp};

/// Changes that are stored together or not at all, with everything that must be true for it.
#[derive(Clone, Debug)]
pub struct Commit {
    /// When, by the clock of the server.
    pub at: Timestamp,
    /// On whose behalf.
    pub actor: Actor,
    /// The read set of the decision: what it looked at must not have changed. `None`: it must not exist.
    pub expected: Vec<(Key, Option<Revision>)>,
    /// Names that may be given once only.
    pub unique: Vec<UniqueName>,
    /// The facts, in order: the last word about a thing holds.
    pub changes: Vec<Change>,
    /// What is to be told to others once the commit stands.
    pub outbox: Vec<Notice>,
    /// The key under which the request may be sent again, and the answer to it.
    pub request: Option<Request>,
}

impl Commit {
    /// These changes and nothing else.
    #[must_use]
    pub const fn of(at: Timestamp, actor: Actor, changes: Vec<Change>) -> Self {
        Self {
            at,
            actor,
            expected: Vec::new(),
            unique: Vec::new(),
            changes,
            outbox: Vec::new(),
            request: None,
        }
    }
}

/// A name that may be given once only within its namespace, for example the number of a report on its platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UniqueName {
    /// In which list of names, for example `platform:12345`.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// Who bears it from now on.
    pub bearer: Key,
}

/// Something to be told to others, at least once, after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// By which adapter.
    pub topic: String,
    /// What, as JSON without personal data.
    pub body: String,
}

/// A request that may be sent again under its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The key, with whatever keeps requesters apart already in it.
    pub key: String,
    /// A digest of what was asked.
    pub digest: [u8; 32],
    /// The answer that a repetition gets, as JSON.
    pub answer: String,
}

/// What became of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It is stored and survives a crash.
    Stored {
        /// The place in the log of its last change.
        version: Version,
    },
    /// The same request was stored before; nothing was written now.
    Repeated {
        /// The answer of the first time, as JSON.
        answer: String,
        /// The place in the log of the last change of the first time.
        version: Version,
    },
}

/// Why a commit was refused. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Something the decision depended on has changed.
    #[error("{key} was changed meanwhile: it is at revision {found:?}, the decision saw {expected:?}")]
    Conflict {
        /// What.
        key: Key,
        /// What the decision saw.
        expected: Option<Revision>,
        /// What is there; `None`: nothing.
        found: Option<Revision>,
    },
    /// A name is borne by something else.
    #[error("the name “{name}” of {namespace} is borne by {bearer}")]
    NameTaken {
        /// In which list of names.
        namespace: String,
        /// Which name.
        name: String,
        /// Who bears it.
        bearer: Key,
    },
    /// The key of the request was used for another request.
    #[error("the key of the request was used before for another request")]
    KeyReused,
    /// The disk is full.
    #[error("the disk is full: nothing was stored; free some space and send it again")]
    Full,
    /// The store failed in another way.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A store that failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the store.
    #[error("{place} is in use by another server (process {holder}): stop it, or give another --store")]
    InUse {
        /// The folder.
        place: String,
        /// The number of the process that holds it, or what is known of it.
        holder: String,
    },
    /// The folder cannot be used as a store.
    #[error("{place} cannot be used as a store: {reason}")]
    Unusable {
        /// The folder or file.
        place: String,
        /// Why, and what to do.
        reason: String,
    },
    /// A row that cannot be read.
    #[error("{key} is stored as something that cannot be read: {reason}")]
    Unreadable {
        /// Which one.
        key: String,
        /// Why.
        reason: String,
    },
    /// The disk is full.
    #[error("the disk is full: nothing was stored; free some space and send it again")]
    Full,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// What the driver said; for the log of the server, never for an answer.
    #[error("the store failed: {0}")]
    Driver(String),
}
