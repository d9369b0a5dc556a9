INSERT INTO removed (district, kind, id, revision)
VALUES (?1, ?2, ?3, ?4)
