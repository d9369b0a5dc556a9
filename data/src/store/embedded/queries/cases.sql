SELECT one.id, one.revision, one.body
FROM "case" AS one
WHERE one.district = :district AND one.id < :before
  AND {conditions}
ORDER BY one.id DESC
LIMIT :limit
