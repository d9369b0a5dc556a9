-- How many people were in each grid from time to time: numbers only.

CREATE TABLE head_count (
    district INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    grids    BLOB NOT NULL,
    PRIMARY KEY (district, at)
) STRICT, WITHOUT ROWID;
