-- Who is on duty now: a row from the start of a shift to its end.

CREATE TABLE shift (
    district INTEGER NOT NULL,
    id       INTEGER NOT NULL CHECK (id BETWEEN 1 AND 9007199254740991),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    areas    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (district, id)
) STRICT;
