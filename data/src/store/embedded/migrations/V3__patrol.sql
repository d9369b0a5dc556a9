-- The patrols that go on: there are few of them among all that ever were.

CREATE INDEX patrol_current ON patrol (district, id) WHERE body ->> '$.span.until' IS NULL;

-- What was scanned or dwelt at on a patrol.

CREATE INDEX visit_patrol ON visit (district, body ->> '$.patrol');
