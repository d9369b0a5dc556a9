SELECT id, body
FROM visit
WHERE district = ?1 AND body ->> '$.patrol' = ?2
ORDER BY id
