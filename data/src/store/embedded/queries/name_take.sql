INSERT INTO unique_name (district, namespace, name, kind, id)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING
