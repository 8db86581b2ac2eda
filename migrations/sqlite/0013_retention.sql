-- What prunes took out of the log's details. A prune's own event comes first, so that no detail goes
-- without a line of the log that says so.
CREATE TABLE log_prunes (
  event      INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
  details_to INTEGER NOT NULL
) STRICT;

CREATE TRIGGER log_prunes_with_event BEFORE INSERT ON log_prunes
WHEN NOT EXISTS (SELECT 1 FROM events e
                 WHERE e.seq = NEW.event AND e.action = 'audit.prune'
                   AND e.seq = (SELECT MAX(seq) FROM events) AND e.seq > NEW.details_to)
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER log_prunes_no_update BEFORE UPDATE ON log_prunes
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER log_prunes_no_delete BEFORE DELETE ON log_prunes
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;

-- A detail goes only where a prune covers it, and never before it is 180 days old by this machine's clock.
DROP TRIGGER event_details_no_delete;
CREATE TRIGGER event_details_no_delete BEFORE DELETE ON event_details
WHEN NOT EXISTS (SELECT 1 FROM log_prunes p WHERE p.details_to >= OLD.seq)
  OR (SELECT e.at FROM events e WHERE e.seq = OLD.seq) > (unixepoch() - 180 * 86400) * 1000000
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;

-- What the audit of enrollments looks up: recovery codes that were used.
CREATE INDEX recovery_codes_used ON recovery_codes (account_id) WHERE used_at IS NOT NULL;
