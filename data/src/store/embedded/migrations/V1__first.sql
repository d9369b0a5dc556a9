-- The state, one table per kind of thing: the truth, from which everything else can be made again.
-- areas: the numbers of the areas in which it lies, the widest first, as JSON. body: the whole thing as JSON.

CREATE TABLE area (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE compound (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE building (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE station (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE facility (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE street (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE source (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE restriction (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE closure (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE organisation (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE post (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE responder (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE roster (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE report (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE "case" (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    state    TEXT GENERATED ALWAYS AS (body ->> '$.state') VIRTUAL,
    category TEXT GENERATED ALWAYS AS (body ->> '$.category') VIRTUAL,
    is_open  INTEGER GENERATED ALWAYS AS (body ->> '$.state' NOT IN ('closed', 'dismissed')) VIRTUAL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE hazard (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE task (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE patrol_plan (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE patrol (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE TABLE visit (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;

CREATE INDEX case_by_open ON "case" (district, is_open, id);
CREATE INDEX case_by_category ON "case" (district, category, id);

-- Which cases lie in an area, so that the newest of a small area are found without reading those of the others.
CREATE TABLE case_area (
    district INTEGER NOT NULL,
    area     INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    PRIMARY KEY (district, area, id)
) STRICT, WITHOUT ROWID;

-- The last revision of what was removed: a thing that comes back is newer than all that was known of it.
CREATE TABLE removed (
    district INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    id       INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (district, kind, id)
) STRICT, WITHOUT ROWID;

-- One row per change, in the order of the commits. AUTOINCREMENT: a number is never given twice, even where the end was cut off.
-- remains: what the change left; only then does payload hold the public image.
CREATE TABLE log (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    district     INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    id           INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    areas_before TEXT NOT NULL,
    areas_after  TEXT NOT NULL,
    class        TEXT NOT NULL CHECK (class IN ('place', 'affair', 'record')),
    remains      TEXT NOT NULL CHECK (remains IN ('now', 'veiled', 'gone')),
    payload      TEXT,
    CHECK ((remains = 'now') = (payload IS NOT NULL))
) STRICT;

-- What is to be told to others; a row goes when it was told.
CREATE TABLE outbox (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    district INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    topic    TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;

-- Requests that may be sent again; in the order in which they came, so that the oldest go first.
CREATE TABLE request (
    number INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    answer TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- Names that may be given once only.
CREATE TABLE unique_name (
    district  INTEGER NOT NULL,
    namespace TEXT NOT NULL,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    id        INTEGER NOT NULL,
    PRIMARY KEY (district, namespace, name)
) STRICT, WITHOUT ROWID;

-- The first number of each kind that was not yet given.
CREATE TABLE id_block (
    district INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    next     INTEGER NOT NULL CHECK (next >= 1),
    PRIMARY KEY (district, kind)
) STRICT, WITHOUT ROWID;

-- Who changed what: one row per commit, for ever. hash is filled in once, by the sealer.
CREATE TABLE audit (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    district  INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    first_seq INTEGER,
    last_seq  INTEGER,
    hash      BLOB
) STRICT;

CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit
WHEN OLD.hash IS NOT NULL
    OR (NEW.number, NEW.district, NEW.at, NEW.actor, NEW.first_seq, NEW.last_seq)
    IS NOT (OLD.number, OLD.district, OLD.at, OLD.actor, OLD.first_seq, OLD.last_seq)
BEGIN
    SELECT RAISE(ABORT, 'the audit is not rewritten');
END;

CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is not shortened');
END;

-- What is known of the store itself.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The life of this store: a version of another epoch is not ours.
INSERT INTO meta (name, value) VALUES ('epoch', lower(hex(randomblob(8))));
