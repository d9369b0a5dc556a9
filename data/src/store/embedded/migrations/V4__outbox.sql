-- Notices that could not be told lie in a tray; the others are told by topic, the oldest first.

ALTER TABLE outbox ADD COLUMN given_up_at INTEGER;
ALTER TABLE outbox ADD COLUMN reason TEXT;

CREATE INDEX outbox_waiting ON outbox (district, topic, number) WHERE given_up_at IS NULL;
CREATE INDEX outbox_tray ON outbox (district, number) WHERE given_up_at IS NOT NULL;
