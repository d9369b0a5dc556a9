SELECT number, at, topic, body, given_up_at, reason
FROM outbox
WHERE district = ?1 AND topic = ?2 AND given_up_at IS NULL
ORDER BY number
LIMIT ?3
