SELECT one.id, one.revision, one.body
FROM case_area AS inside
JOIN "case" AS one ON one.district = inside.district AND one.id = inside.id
WHERE inside.district = ?1 AND inside.area = {area} AND inside.id < ?2{conditions}
ORDER BY inside.id DESC
LIMIT ?3
