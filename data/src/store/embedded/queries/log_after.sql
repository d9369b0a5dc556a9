SELECT seq, at, kind, id, revision, areas_before, areas_after, remains, payload
FROM log
WHERE seq > ?1
ORDER BY seq
LIMIT ?2
