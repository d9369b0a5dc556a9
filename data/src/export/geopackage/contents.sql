INSERT INTO gpkg_contents
    (table_name, data_type, identifier, last_change, min_x, min_y, max_x, max_y, srs_id)
VALUES (?1, 'features', ?2, strftime('%Y-%m-%dT%H:%M:%fZ', ?3 / 1000.0, 'unixepoch'), ?4, ?5, ?6, ?7, 4326)
