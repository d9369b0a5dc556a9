SELECT topic, count(*) FILTER (WHERE given_up_at IS NULL), count(given_up_at)
FROM outbox
WHERE district = ?1
GROUP BY topic
ORDER BY topic
