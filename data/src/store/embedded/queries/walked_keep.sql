INSERT INTO walked (district, patrol, body)
VALUES (?1, ?2, ?3)
ON CONFLICT (district, patrol) DO UPDATE SET body = excluded.body
