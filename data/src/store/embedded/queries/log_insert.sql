INSERT INTO log (district, at, kind, id, revision, areas_before, areas_after, class, remains, payload)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
