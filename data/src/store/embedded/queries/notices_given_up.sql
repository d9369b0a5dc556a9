SELECT number, at, topic, body, given_up_at, reason
FROM outbox
WHERE district = ?1 AND given_up_at IS NOT NULL
ORDER BY number
LIMIT ?2
