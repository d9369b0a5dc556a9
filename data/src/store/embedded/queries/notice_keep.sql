INSERT INTO outbox (district, at, topic, body)
VALUES (?1, ?2, ?3, ?4)
