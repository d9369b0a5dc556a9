UPDATE {table}
SET revision = ?3, areas = ?4, body = ?5
WHERE district = ?1 AND id = ?2
