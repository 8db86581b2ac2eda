-- What an event says of the rows that it leaves (see docs/decisions/0001-state-digests.md). `state` names the
-- record before, binds the detail, and holds the root of the record's pages; the line's commitment is over it.
ALTER TABLE events ADD COLUMN state BLOB;
CREATE INDEX events_with_state ON events (seq) WHERE state IS NOT NULL;

-- The records, in pages. They come before their event, in the same transaction, and no prune takes them.
CREATE TABLE event_rows (
  seq   INTEGER NOT NULL REFERENCES events (seq) DEFERRABLE INITIALLY DEFERRED,
  page  INTEGER NOT NULL,
  rows  BLOB   NOT NULL,
  PRIMARY KEY (seq, page)
) STRICT;
CREATE TRIGGER event_rows_before_event BEFORE INSERT ON event_rows
WHEN NEW.seq <= (SELECT MAX(seq) FROM events)
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER event_rows_no_update BEFORE UPDATE ON event_rows
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER event_rows_no_delete BEFORE DELETE ON event_rows
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;

-- By what a desk is known to be closed, whatever its row says.
CREATE INDEX events_that_close ON events (seq) WHERE action IN ('operator.own_password', 'operator.password');

-- A detail goes only where a prune covers it that came 180 days later by its own event, and by this machine's
-- clock too.
DROP TRIGGER event_details_no_delete;
CREATE TRIGGER event_details_no_delete BEFORE DELETE ON event_details
WHEN NOT EXISTS (SELECT 1 FROM log_prunes p JOIN events pruned ON pruned.seq = p.event
                 WHERE p.details_to >= OLD.seq
                   AND (SELECT e.at FROM events e WHERE e.seq = OLD.seq) <= pruned.at - 180 * 86400000000)
  OR (SELECT e.at FROM events e WHERE e.seq = OLD.seq) > (unixepoch() - 180 * 86400) * 1000000
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
