SELECT known.patrol, walked.body
FROM (
    SELECT patrol FROM fixes WHERE district = ?1
    UNION
    SELECT patrol FROM walked WHERE district = ?1
) AS known
LEFT JOIN walked ON walked.district = ?1 AND walked.patrol = known.patrol
ORDER BY known.patrol
