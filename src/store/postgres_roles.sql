-- What the operators' logins to PostgreSQL may do. Made by `balie init --postgres-roles`; run it again
-- after every `balie init` that brought the database up to date. The owner's login stays for `init`,
-- for the admin's commands and for imports.
--
-- Each operator has a login of the same name as in Balie, in the group balie_operator. It isn't the
-- password of that login that protects the desk, but what the group may not do, even from psql:
--   no change to the log, and none to accounts without an event under the own name (rule 3);
--   no look at accounts outside the own regions, and no password of a colleague's (rule 7).
BEGIN;
SELECT pg_advisory_xact_lock(1650552937);

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'balie_operator') THEN
    CREATE ROLE balie_operator NOLOGIN;
  END IF;
END
$$;

-- Who is who. These run with the owner's rights, so that they see past the policies below.
CREATE OR REPLACE FUNCTION balie_is_operator() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT pg_has_role(session_user, 'balie_operator', 'MEMBER')
     AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)
     AND session_user <> (SELECT tableowner FROM pg_tables
                          WHERE schemaname = 'public' AND tablename = 'desk')
$$;

CREATE OR REPLACE FUNCTION balie_own_id() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM operators WHERE login = session_user AND disabled_at IS NULL
$$;

CREATE OR REPLACE FUNCTION balie_reaches_region(region bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM operators o
    WHERE o.login = session_user AND o.disabled_at IS NULL
      AND (o.role NOT IN ('operator', 'senior')
           OR EXISTS (SELECT 1 FROM region_scopes s
                      WHERE s.holder = 'operator:' || o.login AND s.region_id = region)))
$$;

CREATE OR REPLACE FUNCTION balie_reaches_account(account bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM account_roles r JOIN organisations o ON o.id = r.organisation_id
    WHERE r.account_id = account AND balie_reaches_region(o.region_id))
$$;

CREATE OR REPLACE FUNCTION balie_reaches_request(request bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM requests q WHERE q.id = request
      AND CASE WHEN q.region_id IS NOT NULL THEN balie_reaches_region(q.region_id)
               ELSE NOT EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = q.id)
                 OR EXISTS (SELECT 1 FROM request_accounts b
                            WHERE b.request_id = q.id AND balie_reaches_account(b.account_id)) END)
$$;

-- A line of the log: it follows the last one, its hash is right, and its name is that of the login.
CREATE OR REPLACE FUNCTION balie_check_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last_seq bigint;
  last_hash bytea;
  fields bytea := 'balie.event/1';
  field bytea;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NEW; END IF;
  IF NEW.operator <> session_user AND NEW.operator <> '-' THEN
    RAISE EXCEPTION 'balie: an event bears the name of who is logged in';
  END IF;
  SELECT e.seq, e.hash INTO last_seq, last_hash FROM events e ORDER BY e.seq DESC LIMIT 1;
  FOREACH field IN ARRAY ARRAY[
    int8send(NEW.seq), int8send(NEW.at), convert_to(NEW.operator, 'UTF8'),
    convert_to(NEW.action, 'UTF8'), coalesce(int8send(NEW.account), ''),
    convert_to(coalesce(NEW.request, ''), 'UTF8'), NEW.detail_commitment]
  LOOP
    fields := fields || int8send(length(field)) || field;
  END LOOP;
  IF NEW.seq <> last_seq + 1 OR NEW.prev_hash <> last_hash
     OR NEW.hash <> sha256(fields || NEW.prev_hash) THEN
    RAISE EXCEPTION 'balie: the event does not follow the last one';
  END IF;
  RETURN NEW;
END
$$;

-- No event, no change (rule 3): looked at when the transaction ends.
CREATE OR REPLACE FUNCTION balie_needs_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT coalesce((
    SELECT e.operator IN (session_user, '-')
       AND e.xmin::text::bigint = (pg_current_xact_id()::text::bigint & 4294967295)
    FROM events e ORDER BY e.seq DESC LIMIT 1), false)
  THEN
    RAISE EXCEPTION 'balie: no event, no change';
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS events_check ON events;
CREATE TRIGGER events_check BEFORE INSERT ON events
FOR EACH ROW EXECUTE FUNCTION balie_check_event();

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM balie_operator;
GRANT USAGE ON SCHEMA public TO balie_operator;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO balie_operator;

-- By default the group adds and changes rows and deletes none, and each change needs its event.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN (
      '_sqlx_migrations', 'desk', 'sealing_keys', 'regions', 'organisations',
      'organisation_domains', 'requesters', 'accounts', 'account_roles', 'account_search',
      'operators', 'region_scopes', 'operator_tokens', 'operator_sessions',
      'operator_enrollments', 'events', 'event_details', 'event_rows', 'leases', 'challenges', 'cases', 'settings',
      'mailbox_messages', 'outbox')
  LOOP
    EXECUTE format('GRANT INSERT, UPDATE ON %I TO balie_operator', name);
  END LOOP;
  FOR name IN
    SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename IN (
      'accounts', 'enrollments', 'recovery_codes', 'requests', 'request_accounts', 'approvals',
      'cases', 'challenges', 'mailbox_messages', 'request_checks', 'request_answers')
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS balie_needs_event ON %I', name);
    EXECUTE format('CREATE CONSTRAINT TRIGGER balie_needs_event
                    AFTER INSERT OR UPDATE OR DELETE ON %I
                    DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION balie_needs_event()', name);
  END LOOP;
END
$$;

-- A code is given back under an event that says so, of that very request.
CREATE OR REPLACE FUNCTION balie_confirmed_with_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT coalesce((
    SELECT e.action = 'request.confirm' AND e.request = q.public_id
    FROM events e, requests q WHERE q.id = NEW.request_id ORDER BY e.seq DESC LIMIT 1), false)
  THEN
    RAISE EXCEPTION 'balie: no event, no change';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_confirmed_with_event ON challenges;
CREATE CONSTRAINT TRIGGER balie_confirmed_with_event AFTER UPDATE ON challenges
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at)
EXECUTE FUNCTION balie_confirmed_with_event();
-- A mail is queued by what it tells of.
DROP TRIGGER IF EXISTS balie_needs_event ON outbox;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event();

-- Nobody reads a code's hash: whoever gives one back asks the database whether it fits (challenge_fits).
REVOKE SELECT ON challenges FROM balie_operator;
GRANT SELECT (id, request_id, uid, sent_to, sent_at, expires_at, tries, confirmed_at, voided_at, message_id)
  ON challenges TO balie_operator;
GRANT INSERT ON events, event_details, event_rows, mailbox_messages, outbox TO balie_operator;
-- No challenge is born confirmed, and none is for another code, address or request than it was.
GRANT INSERT (request_id, uid, code_hash, sent_to, sent_at, expires_at, message_id),
      UPDATE (tries, confirmed_at, voided_at) ON challenges TO balie_operator;
GRANT INSERT (public_id, account_id, reason, shown, started_by, started_at, expires_at),
      UPDATE (completed_by, completed_at, cancelled_at) ON cases TO balie_operator;
-- A mail that is queued goes where it was to go.
GRANT UPDATE (sealed_secret, due_at, attempts, claimed_by, claim_until, sent_at, failed_at, last_error)
  ON outbox TO balie_operator;
GRANT INSERT, UPDATE, DELETE ON leases TO balie_operator;
-- A request is judged anew, and an account that it wasn't used for is taken off it.
GRANT DELETE ON request_checks, request_accounts TO balie_operator;
GRANT UPDATE (session_epoch, enroll_by, last_login_at, status) ON accounts TO balie_operator;
GRANT INSERT ON operator_sessions, operator_enrollments TO balie_operator;
GRANT UPDATE (last_seen_at, ended_at) ON operator_sessions TO balie_operator;
GRANT UPDATE (sealed_secret, enrolled_at, last_used_at, last_accepted_step, failed_attempts,
              locked_at, retired_at) ON operator_enrollments TO balie_operator;
GRANT UPDATE (password_hash, password_until, password_failures, login_waits_until)
  ON operators TO balie_operator;
GRANT UPDATE (last_used_at, accepted_at) ON operator_tokens TO balie_operator;

-- Row-level security: the owner is not bound by it. Requests themselves can be read everywhere: whether
-- a mail came in before, at whatever desk, is seen by looking at all of them. So can what was taken from
-- mailboxes, which belong to no region.
ALTER TABLE requests ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON requests;
CREATE POLICY balie_read ON requests FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_add ON requests;
CREATE POLICY balie_add ON requests FOR INSERT TO balie_operator WITH CHECK (received_by = session_user);
DROP POLICY IF EXISTS balie_change ON requests;
CREATE POLICY balie_change ON requests FOR UPDATE TO balie_operator
  USING (received_by = session_user OR balie_reaches_request(id));
ALTER TABLE challenges ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON challenges;
CREATE POLICY balie ON challenges TO balie_operator USING (balie_reaches_request(request_id));
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON cases;
DROP POLICY IF EXISTS balie_read ON cases;
CREATE POLICY balie_read ON cases FOR SELECT TO balie_operator USING (balie_reaches_account(account_id));
DROP POLICY IF EXISTS balie_start ON cases;
CREATE POLICY balie_start ON cases FOR INSERT TO balie_operator
  WITH CHECK (balie_reaches_account(account_id) AND started_by = session_user);
-- Whoever completes a case does it under the own name, and isn't who started it.
DROP POLICY IF EXISTS balie_end ON cases;
CREATE POLICY balie_end ON cases FOR UPDATE TO balie_operator
  USING (balie_reaches_account(account_id))
  WITH CHECK (completed_by IS NULL OR completed_by = session_user AND started_by <> session_user);
-- A lease is taken under the own name, also from a colleague, and let go by whose it is.
ALTER TABLE leases ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON leases;
CREATE POLICY balie_read ON leases FOR SELECT TO balie_operator USING (
  CASE what WHEN 'account' THEN balie_reaches_account(subject) ELSE balie_reaches_request(subject) END);
DROP POLICY IF EXISTS balie_take ON leases;
CREATE POLICY balie_take ON leases FOR INSERT TO balie_operator WITH CHECK (operator = session_user AND
  CASE what WHEN 'account' THEN balie_reaches_account(subject) ELSE balie_reaches_request(subject) END);
DROP POLICY IF EXISTS balie_take_over ON leases;
CREATE POLICY balie_take_over ON leases FOR UPDATE TO balie_operator USING (
  CASE what WHEN 'account' THEN balie_reaches_account(subject) ELSE balie_reaches_request(subject) END)
  WITH CHECK (operator = session_user);
DROP POLICY IF EXISTS balie_let_go ON leases;
CREATE POLICY balie_let_go ON leases FOR DELETE TO balie_operator USING (operator = session_user);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON accounts;
CREATE POLICY balie ON accounts TO balie_operator USING (balie_reaches_account(id));
ALTER TABLE operators ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON operators;
CREATE POLICY balie_read ON operators FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_own ON operators;
CREATE POLICY balie_own ON operators FOR UPDATE TO balie_operator USING (login = session_user);
ALTER TABLE operator_tokens ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON operator_tokens;
CREATE POLICY balie_read ON operator_tokens FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_own ON operator_tokens;
CREATE POLICY balie_own ON operator_tokens FOR UPDATE TO balie_operator USING (operator_id = balie_own_id());
ALTER TABLE approvals ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON approvals;
CREATE POLICY balie_read ON approvals FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_own ON approvals;
CREATE POLICY balie_own ON approvals FOR INSERT TO balie_operator WITH CHECK (approved_by = session_user);

DO $$
DECLARE
  name text;
BEGIN
  -- Everything that hangs on an account or an operator.
  FOREACH name IN ARRAY ARRAY['account_roles', 'account_search', 'enrollments', 'recovery_codes']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie ON %I', name);
    EXECUTE format('CREATE POLICY balie ON %I TO balie_operator
                    USING (balie_reaches_account(account_id))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['request_messages', 'request_accounts', 'request_answers']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie ON %I', name);
    EXECUTE format('CREATE POLICY balie ON %I TO balie_operator
                    USING (balie_reaches_request(request_id)) WITH CHECK (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['operator_sessions', 'operator_enrollments']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie ON %I', name);
    EXECUTE format('CREATE POLICY balie ON %I TO balie_operator
                    USING (operator_id = balie_own_id())', name);
  END LOOP;
END
$$;
-- Whoever took a mail in for another desk tells its requester what is wrong with it.
ALTER TABLE request_checks ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON request_checks;
CREATE POLICY balie ON request_checks TO balie_operator USING (
  balie_reaches_request(request_id)
  OR EXISTS (SELECT 1 FROM requests q WHERE q.id = request_id AND q.received_by = session_user));
DROP POLICY IF EXISTS balie_unused ON request_accounts;
CREATE POLICY balie_unused ON request_accounts AS RESTRICTIVE FOR DELETE TO balie_operator
  USING (used_at IS NULL);
ALTER TABLE event_details ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON event_details;
CREATE POLICY balie_read ON event_details FOR SELECT TO balie_operator USING (
  EXISTS (SELECT 1 FROM events e WHERE e.seq = event_details.seq
            AND (e.account IS NULL OR balie_reaches_account(e.account))));
DROP POLICY IF EXISTS balie_add ON event_details;
CREATE POLICY balie_add ON event_details FOR INSERT TO balie_operator WITH CHECK (true);
COMMIT;
