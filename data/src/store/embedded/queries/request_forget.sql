DELETE FROM request
WHERE number IN (SELECT number FROM request ORDER BY number LIMIT ?2) AND at < ?1
