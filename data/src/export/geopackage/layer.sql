CREATE TABLE {table} (
    id   INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom {shape} NOT NULL,
    {columns}
);
