INSERT INTO id_block (district, kind, next)
VALUES (?1, ?2, ?3)
ON CONFLICT (district, kind) DO UPDATE SET next = excluded.next
