INSERT INTO audit (district, at, actor, first_seq, last_seq)
VALUES (?1, ?2, ?3, ?4, ?5)
