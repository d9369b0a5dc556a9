-- The second part remembers the end of a log that was cut off to its end.
SELECT max(
    ifnull((SELECT max(seq) FROM log), 0),
    ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'log'), 0)
)
