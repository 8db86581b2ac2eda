-- What prunes took out of the log's details. A prune's own event comes first, so that no detail goes
-- without a line of the log that says so.
CREATE TABLE log_prunes (
  event      BIGINT NOT NULL PRIMARY KEY REFERENCES events (seq),
  details_to BIGINT NOT NULL
);

CREATE FUNCTION prune_with_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM events e
                 WHERE e.seq = NEW.event AND e.action = 'audit.prune'
                   AND e.seq = (SELECT MAX(seq) FROM events) AND e.seq > NEW.details_to)
  THEN
    RAISE EXCEPTION 'balie: the log is append-only';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER log_prunes_with_event BEFORE INSERT ON log_prunes
FOR EACH ROW EXECUTE FUNCTION prune_with_event();
CREATE TRIGGER log_prunes_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log_prunes
FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- A detail goes only where a prune covers it, and never before it is 180 days old by the server's clock.
CREATE FUNCTION old_details_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM log_prunes p WHERE p.details_to >= OLD.seq)
    OR (SELECT e.at FROM events e WHERE e.seq = OLD.seq)
       > (extract(epoch FROM clock_timestamp()) - 180 * 86400) * 1000000
  THEN
    RAISE EXCEPTION 'balie: the log is append-only';
  END IF;
  RETURN OLD;
END
$$;
DROP TRIGGER event_details_no_change ON event_details;
CREATE TRIGGER event_details_no_change BEFORE UPDATE OR TRUNCATE ON event_details
FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER event_details_no_delete BEFORE DELETE ON event_details
FOR EACH ROW EXECUTE FUNCTION old_details_only();

-- What the audit of enrollments looks up: recovery codes that were used.
CREATE INDEX recovery_codes_used ON recovery_codes (account_id) WHERE used_at IS NOT NULL;
