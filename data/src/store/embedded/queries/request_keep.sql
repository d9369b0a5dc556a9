INSERT INTO request (key, digest, answer, seq, at)
VALUES (?1, ?2, ?3, ?4, ?5)
