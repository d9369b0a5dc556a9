-- The file of one day: where people were on the patrols that began that day.

-- Numbers that follow each other, of one device on one patrol. Without a body: they came and were refused, and nothing is kept of them.
CREATE TABLE fixes (
    district INTEGER NOT NULL,
    patrol   INTEGER NOT NULL CHECK (patrol BETWEEN 1 AND 9007199254740991),
    device   TEXT NOT NULL,
    first    INTEGER NOT NULL CHECK (first >= 1),
    last     INTEGER NOT NULL CHECK (last >= first),
    at       INTEGER NOT NULL,
    body     BLOB,
    PRIMARY KEY (district, patrol, device, first)
) STRICT, WITHOUT ROWID;

-- What was reckoned from the fixes of a patrol; it can be reckoned anew as long as they are there.
CREATE TABLE walked (
    district INTEGER NOT NULL,
    patrol   INTEGER NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, patrol)
) STRICT;

PRAGMA user_version = 1;
