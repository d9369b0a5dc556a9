INSERT INTO fixes (district, patrol, device, first, last, at, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
