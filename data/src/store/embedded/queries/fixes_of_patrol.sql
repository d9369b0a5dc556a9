SELECT device, body
FROM fixes
WHERE district = ?1 AND patrol = ?2 AND body IS NOT NULL
ORDER BY device, first
