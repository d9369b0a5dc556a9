SELECT one.id, one.revision, one.body
FROM "case" AS one
WHERE one.district = ?1 AND one.id < ?2{conditions}
ORDER BY one.id DESC
LIMIT ?3
