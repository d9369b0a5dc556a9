//! The file: how it is opened, made ours, brought to the newest schema, and watched.

use crate::store::commit::StoreError;
use refinery::{Migration, Runner, error::Kind as MigrationFault};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};

/// The name of the file in the folder.
pub(super) const NAME: &str = "gridward.db";

/// `GWRD`: says in the file's header that it is ours.
const APPLICATION_ID: i32 = 0x4757_5244;

/// Earlier releases of `SQLite` can damage a file when its write-ahead log starts anew (mended in 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;

/// Statements kept ready: a handful for each kind of thing.
const STATEMENTS: usize = 256;

/// The schema, step by step. A step that was released is never changed.
const MIGRATIONS: [(&str, &str); 5] = [
    ("V1__first", include_str!("migrations/V1__first.sql")),
    ("V2__shift", include_str!("migrations/V2__shift.sql")),
    ("V3__patrol", include_str!("migrations/V3__patrol.sql")),
    ("V4__outbox", include_str!("migrations/V4__outbox.sql")),
    ("V5__head_count", include_str!("migrations/V5__head_count.sql")),
];

/// Settings of every connection. The cache is 64 MB; another process (a person with a tool) may hold the file for a moment.
const EVERY: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;";

/// Settings of connections that write. FULL: every commit is on the disk before it is answered. The write-ahead log is folded into
/// the file by a thread of its own.
const WRITING: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;";

/// Opens the file in this folder for the writer; makes it, if it is absent, so that only its owner can read it.
pub(super) fn open_for_writing(folder: &Path) -> Result<Connection, StoreError> {
    let path = folder.join(NAME);
    let place = path.display().to_string();
    let unusable = |reason: String| StoreError::Unusable { place: place.clone(), reason };
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(unusable(format!(
            "SQLite {} can lose commits; build with 3.51.3 or newer",
            rusqlite::version()
        )));
    }
    make_private(&path).map_err(|error| unusable(format!("{error}; give a folder that can be written")))?;
    let mut connection = open(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    make_ours(&connection).map_err(|error| match error {
        Ours::No(reason) => unusable(reason),
        Ours::Failed(error) => error.into(),
    })?;
    connection.execute_batch(WRITING)?;
    let mode: Result<String, _> = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0));
    if mode.as_deref() != Ok("wal") {
        return Err(unusable(format!("it cannot have a write-ahead log ({mode:?}): use a local disk")));
    }
    migrate(&mut connection).map_err(unusable)?;
    Ok(connection)
}

/// The schema of a file of tracks, and its number.
const TRACKS: (&str, i32) = (include_str!("migrations/tracks/first.sql"), 1);

/// Settings of a file of tracks: as for the facts, but it folds its write-ahead log in by itself.
const WRITING_TRACKS: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;";

/// Opens a file of tracks in a folder; makes it, if it is absent, so that only its owner can read it.
pub(super) fn open_tracks(folder: &Path, name: &str) -> Result<Connection, StoreError> {
    let path = folder.join(name);
    let place = path.display().to_string();
    let unusable = |reason: String| StoreError::Unusable { place: place.clone(), reason };
    make_private(&path)
        .map_err(|error| unusable(format!("{error}; make the folder one that can be written")))?;
    let mut connection = open(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    make_ours(&connection).map_err(|error| match error {
        Ours::No(reason) => unusable(reason),
        Ours::Failed(error) => error.into(),
    })?;
    connection.execute_batch(WRITING_TRACKS)?;
    let schema: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match schema {
        0 => {
            let transaction = connection.transaction()?;
            transaction.execute_batch(TRACKS.0)?;
            transaction.commit()?;
        }
        known if known == TRACKS.1 => {}
        _ => {
            return Err(unusable(
                "it was written by a newer release: install that release or a newer one".to_owned(),
            ));
        }
    }
    Ok(connection)
}

/// Makes a folder that only its owner can look into, if it is absent.
pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| StoreError::Unusable {
        place: folder.display().to_string(),
        reason: format!("the folder cannot be made: {error}; give another --store"),
    })
}

/// Opens the file in this folder for reading only.
pub(super) fn open_for_reading(folder: &Path) -> Result<Connection, StoreError> {
    let connection = open(&folder.join(NAME), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

/// Opens the file in this folder for folding its write-ahead log in.
pub(super) fn open_for_folding(folder: &Path) -> Result<Connection, StoreError> {
    let connection = open(&folder.join(NAME), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch(WRITING)?;
    Ok(connection)
}

fn open(path: &Path, mode: OpenFlags) -> Result<Connection, StoreError> {
    let opened =
        Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).and_then(|connection| {
            connection.execute_batch(EVERY)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            Ok(connection)
        });
    opened.map_err(|error| {
        let reason = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => {
                "it is no SQLite file: move it away, or give another --store".to_owned()
            }
            _ => format!("{error}; check who owns it, and whether the disk is well"),
        };
        StoreError::Unusable { place: path.display().to_string(), reason }
    })
}

/// Makes the file, or takes the rights of others away. The files beside it inherit its rights.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(0o600);
        options.open(path)?.set_permissions(std::fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    options.open(path).map(drop)
}

/// Why a file is not ours.
enum Ours {
    No(String),
    Failed(rusqlite::Error),
}

impl From<rusqlite::Error> for Ours {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

/// Marks an empty file as ours; refuses a file of somebody else before anything is written to it.
fn make_ours(connection: &Connection) -> Result<(), Ours> {
    let mark: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let things: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (mark, things) {
        (APPLICATION_ID, _) => Ok(()),
        (0, 0) => Ok(connection.pragma_update(None, "application_id", APPLICATION_ID)?),
        _ => Err(Ours::No(
            "it is the file of another program: move it away, or give another --store".to_owned(),
        )),
    }
}

/// Brings the schema to the newest state, each step in one transaction; says what to do when it cannot.
fn migrate(connection: &mut Connection) -> Result<(), String> {
    let mut steps = Vec::new();
    for (name, text) in MIGRATIONS {
        steps.push(Migration::unapplied(name, text).map_err(|error| error.to_string())?);
    }
    let ran = Runner::new(&steps).run(connection);
    ran.map(drop).map_err(|error| match error.kind() {
        MigrationFault::MissingVersion(step) => {
            format!("it was written by a newer release (it knows the step {step}): install that release or a newer one")
        }
        MigrationFault::DivergentVersion(was, _) => {
            format!("its schema was changed by hand or by an unreleased build (step {was}): restore a backup")
        }
        _ => format!("its schema could not be brought up to date: {error}"),
    })
}

/// Which files we opened. Another process that deletes or replaces one of them would let us acknowledge what nobody can read.
#[derive(Debug)]
pub(super) struct Watch {
    files: Vec<(PathBuf, Identity)>,
}

/// The device and the number of a file.
type Identity = (u64, u64);

impl Watch {
    /// Remembers a file of a folder and its write-ahead log as they are now.
    pub(super) fn begin(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let mut files = Vec::new();
        for name in [name.to_owned(), format!("{name}-wal")] {
            let path = folder.join(name);
            let found = identity(&path).map_err(|error| StoreError::Unusable {
                place: path.display().to_string(),
                reason: format!("it is not there though it was opened ({error})"),
            })?;
            files.push((path, found));
        }
        Ok(Self { files })
    }

    /// Says what happened when the files are not those we opened. Two calls to the system.
    pub(super) fn check(&self) -> Result<(), String> {
        for (path, known) in &self.files {
            if identity(path).ok() != Some(*known) {
                return Err(format!(
                    "{} was deleted or replaced while the server was running: stop the server, \
                     restore the file or a backup, and start it again",
                    path.display()
                ));
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> std::io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> std::io::Result<Identity> {
    std::fs::metadata(path).map(|_| (0, 0))
}
