-- What an event says of the rows that it leaves (see docs/decisions/0001-state-digests.md). `state` names the
-- record before, binds the detail, and holds the root of the record's pages; the line's commitment is over it.
ALTER TABLE events ADD COLUMN state BYTEA;
CREATE INDEX events_with_state ON events (seq) WHERE state IS NOT NULL;

-- The records, in pages. They come before their event, in the same transaction, and no prune takes them.
CREATE TABLE event_rows (
  seq   BIGINT NOT NULL REFERENCES events (seq) DEFERRABLE INITIALLY DEFERRED,
  page  BIGINT NOT NULL,
  rows  BYTEA  NOT NULL,
  PRIMARY KEY (seq, page)
);
CREATE FUNCTION rows_before_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <= (SELECT MAX(seq) FROM events) THEN
    RAISE EXCEPTION 'balie: the log is append-only';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER event_rows_before_event BEFORE INSERT ON event_rows
FOR EACH ROW EXECUTE FUNCTION rows_before_event();
CREATE TRIGGER event_rows_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event_rows
FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- By what a desk is known to be closed, whatever its row says.
CREATE INDEX events_that_close ON events (seq) WHERE action IN ('operator.own_password', 'operator.password');

-- A detail goes only where a prune covers it that came 180 days later by its own event, and by the server's
-- clock too.
CREATE OR REPLACE FUNCTION old_details_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM log_prunes p JOIN events pruned ON pruned.seq = p.event
                 WHERE p.details_to >= OLD.seq
                   AND (SELECT e.at FROM events e WHERE e.seq = OLD.seq) <= pruned.at - 180 * 86400000000)
    OR (SELECT e.at FROM events e WHERE e.seq = OLD.seq)
       > (extract(epoch FROM clock_timestamp()) - 180 * 86400) * 1000000
  THEN
    RAISE EXCEPTION 'balie: the log is append-only';
  END IF;
  RETURN OLD;
END
$$;

-- Which rows a transaction touches, in a setting that ends with it: a line a statement, of the table, the
-- owners as ranges, and the keys of rows that are gone. SQLite tells it by itself (see store/touched.rs).
-- TG_ARGV: what a row is looked up by, its key, and the columns that count for nothing.
CREATE FUNCTION note_touched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ranges CONSTANT text := '
    SELECT string_agg(first || ''..'' || last, '','')
    FROM (SELECT MIN(owner) AS first, MAX(owner) AS last
          FROM (SELECT owner, owner - row_number() OVER (ORDER BY owner) AS island
                FROM (SELECT DISTINCT %s AS owner FROM %s) AS owners) AS islands
          GROUP BY island) AS ranges';
  owners text;
  gone text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    EXECUTE format('SELECT string_agg(%s, chr(30)) FROM o', TG_ARGV[1]) INTO gone;
  ELSIF TG_OP = 'UPDATE' AND TG_ARGV[2] <> '{}' THEN
    EXECUTE format(ranges, 'n.' || TG_ARGV[0], format(
      'n JOIN o ON o.id = n.id WHERE to_jsonb(o) - %L::text[] IS DISTINCT FROM to_jsonb(n) - %L::text[]',
      TG_ARGV[2], TG_ARGV[2])) INTO owners;
  ELSE
    EXECUTE format(ranges, TG_ARGV[0], 'n') INTO owners;
  END IF;
  IF owners IS NOT NULL OR gone IS NOT NULL THEN
    PERFORM set_config('balie.touched', concat(current_setting('balie.touched', true),
      TG_TABLE_NAME, chr(29), owners, chr(29), gone, chr(28)), true);
  END IF;
  RETURN NULL;
END
$$;

-- Whether somebody sees every row for the log's sake: the owner, and who may look at all regions anyway.
CREATE FUNCTION sees_all_rows() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT session_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = 'desk'::regclass)
      OR (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = session_user)
      OR EXISTS (SELECT 1 FROM operators o
                 WHERE o.login = session_user AND o.disabled_at IS NULL
                   AND o.role NOT IN ('operator', 'senior'))
$$;

-- Has a table's rows answered for by the log: triggers that note what is touched, and a view through which
-- they're read for it. There a secret is its SHA-256, and whoever doesn't see all rows sees those that this
-- very transaction wrote. `secrets` and `volatile` are as in domain/row/catalogue.rs. A later migration that adds
-- a table, or a column to one, calls it again.
CREATE FUNCTION answer_for(name text, owner text, key text, volatile text[], secrets text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  columns text;
BEGIN
  EXECUTE format('DROP TRIGGER IF EXISTS touched_by_insert ON %I', name);
  EXECUTE format('CREATE TRIGGER touched_by_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS n
                  FOR EACH STATEMENT EXECUTE FUNCTION note_touched(%L, %L, %L)', name, owner, key, volatile);
  EXECUTE format('DROP TRIGGER IF EXISTS touched_by_update ON %I', name);
  EXECUTE format('CREATE TRIGGER touched_by_update AFTER UPDATE ON %I
                  REFERENCING OLD TABLE AS o NEW TABLE AS n
                  FOR EACH STATEMENT EXECUTE FUNCTION note_touched(%L, %L, %L)', name, owner, key, volatile);
  EXECUTE format('DROP TRIGGER IF EXISTS touched_by_delete ON %I', name);
  EXECUTE format('CREATE TRIGGER touched_by_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS o
                  FOR EACH STATEMENT EXECUTE FUNCTION note_touched(%L, %L, %L)', name, owner, key, volatile);
  SELECT string_agg(CASE WHEN a.attname <> ALL (secrets) THEN format('t.%I', a.attname)
                         WHEN a.atttypid = 'text'::regtype
                         THEN format('sha256(convert_to(t.%I, ''UTF8'')) AS %I', a.attname, a.attname)
                         ELSE format('sha256(t.%I) AS %I', a.attname, a.attname) END,
                    ', ' ORDER BY a.attnum)
  INTO columns
  FROM pg_attribute a
  WHERE a.attrelid = name::regclass AND a.attnum > 0 AND NOT a.attisdropped;
  EXECUTE format('CREATE OR REPLACE VIEW %I WITH (security_barrier = true) AS
                  SELECT %s FROM %I t
                  WHERE (SELECT sees_all_rows()) OR t.xmin = pg_current_xact_id_if_assigned()::xid',
                 'state_' || name, columns, name);
END
$$;

SELECT answer_for('desk', 'id', 'id::text', '{}', '{}');
SELECT answer_for('sealing_keys', '0::bigint', 'key_id', '{}', '{}');
SELECT answer_for('operators', 'id', 'id::text', '{}', '{password_hash}');
SELECT answer_for('regions', 'id', 'id::text', '{}', '{}');
SELECT answer_for('organisations', 'id', 'id::text', '{}', '{}');
SELECT answer_for('organisation_domains', 'organisation_id', 'concat_ws(chr(31), organisation_id, domain)', '{}', '{}');
SELECT answer_for('accounts', 'id', 'id::text', '{}', '{password_hash}');
SELECT answer_for('account_roles', 'account_id', 'concat_ws(chr(31), account_id, organisation_id, role)', '{}', '{}');
SELECT answer_for('requesters', 'id', 'id::text', '{}', '{}');
SELECT answer_for('enrollments', 'id', 'id::text', '{}', '{sealed_secret}');
SELECT answer_for('recovery_codes', 'id', 'id::text', '{}', '{hash}');
SELECT answer_for('requests', 'id', 'id::text', '{}', '{}');
SELECT answer_for('request_messages', 'request_id', 'request_id::text', '{}', '{}');
SELECT answer_for('request_signatures', 'request_id', 'concat_ws(chr(31), request_id, encode(sha256, ''hex''))', '{}', '{}');
SELECT answer_for('request_checks', 'request_id', 'concat_ws(chr(31), request_id, position)', '{}', '{}');
SELECT answer_for('request_accounts', 'account_id', 'concat_ws(chr(31), account_id, request_id)', '{}', '{}');
SELECT answer_for('outbox', 'id', 'id::text', '{claimed_by,claim_until}', '{sealed_secret}');
SELECT answer_for('enrollment_reminders', 'account_id', 'concat_ws(chr(31), account_id, enroll_by, reminder)', '{}', '{}');
SELECT answer_for('personal_accounts', 'account_id', 'account_id::text', '{}', '{}');
SELECT answer_for('challenges', 'id', 'id::text', '{}', '{code_hash}');
SELECT answer_for('mailbox_messages', 'id', 'id::text', '{}', '{}');
SELECT answer_for('region_scopes', '0::bigint', 'concat_ws(chr(31), holder, region_id)', '{}', '{}');
SELECT answer_for('operator_enrollments', 'id', 'id::text', '{}', '{sealed_secret}');
SELECT answer_for('operator_sessions', 'id', 'id::text', '{last_seen_at}', '{token_hash}');
SELECT answer_for('operator_tokens', 'id', 'id::text', '{last_used_at}', '{token_hash}');
SELECT answer_for('approvals', 'id', 'id::text', '{}', '{}');
SELECT answer_for('cases', 'id', 'id::text', '{}', '{}');
SELECT answer_for('plans', 'id', 'id::text', '{claimed_by,claim_until}', '{}');
SELECT answer_for('plan_rows', '(plan_id << 32) + position', 'concat_ws(chr(31), plan_id, position)', '{}', '{}');
SELECT answer_for('settings', '0::bigint', 'key', '{}', '{}');
SELECT answer_for('request_answers', 'id', 'id::text', '{}', '{}');
