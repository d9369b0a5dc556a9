SELECT one.id, one.revision, one.body
FROM case_area AS within
JOIN "case" AS one ON one.district = within.district AND one.id = within.id
WHERE within.district = :district AND within.area = :area AND within.id < :before
  AND {conditions}
ORDER BY within.id DESC
LIMIT :limit
