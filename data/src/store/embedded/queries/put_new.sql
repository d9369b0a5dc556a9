INSERT INTO {table} (district, id, revision, areas, body)
VALUES (?1, ?2, ?3, ?4, ?5)
