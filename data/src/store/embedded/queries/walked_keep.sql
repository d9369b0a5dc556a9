INSERT INTO walked (district, patrol, body)
SELECT ?1, ?2, ?3
WHERE ?4 = (
    SELECT ifnull(sum(last - first + 1), 0)
    FROM fixes
    WHERE district = ?1 AND patrol = ?2 AND body IS NOT NULL
)
ON CONFLICT (district, patrol) DO UPDATE SET body = excluded.body
