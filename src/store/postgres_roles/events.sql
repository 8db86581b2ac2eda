-- What an operator's line in the log has to be, and what it covers.

-- A line of the log: it follows the last one, its hash is right, its name is that of the login, and that operator's
-- role may do it (balie_may, which is made from the program's own table of roles).
CREATE OR REPLACE FUNCTION balie_check_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last_seq bigint;
  last_hash bytea;
  fields bytea := 'balie.event/1';
  field bytea;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NEW; END IF;
  IF NEW.operator <> session_user
     AND NOT (NEW.operator = '-' AND NEW.action IN ('login.refused', 'enrollment.destroy')) THEN
    RAISE EXCEPTION 'balie: an event bears the name of who is logged in';
  END IF;
  IF NEW.operator <> '-' AND NOT balie_may(coalesce(balie_own_role(), '-'), NEW.action) THEN
    RAISE EXCEPTION 'balie: that role may not do what the event says';
  END IF;
  IF NOT balie_is_now(NEW.at) THEN
    RAISE EXCEPTION 'balie: an event is of now';
  END IF;
  IF NEW.account IS NOT NULL AND NOT balie_reaches_account(NEW.account) THEN
    RAISE EXCEPTION 'balie: that account is out of reach';
  END IF;
  IF NEW.action IN ('reset', 'reset.break_glass', 'reset.undo', 'recovery.reissue', 'enroll.begin', 'enroll.confirm',
                    'totp.unlock', 'pending.reopen', 'case.start') AND balie_is_own_account(NEW.account) THEN
    RAISE EXCEPTION 'balie: nobody does that to the own account';
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
  -- A reset is undone by another operator than the one who did it (rule 4).
  IF NEW.action = 'reset.undo' AND session_user = (
    SELECT e.operator FROM events e
    WHERE e.account = NEW.account AND e.action IN ('reset', 'reset.break_glass') ORDER BY e.seq DESC LIMIT 1)
  THEN
    RAISE EXCEPTION 'balie: a reset is undone by another operator';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS events_check ON events;
CREATE TRIGGER events_check BEFORE INSERT ON events
FOR EACH ROW EXECUTE FUNCTION balie_check_event();

-- Whether a request speaks of that account, as desk/request/naming has it: the code that confirmed it was mailed for it, or its
-- mail was found to ask for it, or it was judged with it. Where only a service is believed, it's what the service found.
CREATE OR REPLACE FUNCTION balie_is_spoken_of(of_account bigint, of_request bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked record;
  quoted text := (SELECT to_json(a.username)::text FROM accounts a WHERE a.id = of_account);
  is_judged_with boolean;
  confirmed text;
BEGIN
  SELECT q.confirmed_at, q.facts::jsonb -> 'facts' AS facts INTO asked FROM requests q WHERE q.id = of_request;
  is_judged_with := coalesce(asked.facts -> 'accounts' @> format('[{"username": %s}]', quoted)::jsonb, false);
  IF asked.confirmed_at IS NOT NULL THEN
    SELECT c.accounts INTO confirmed FROM challenges c
    WHERE c.request_id = of_request AND c.confirmed_at = asked.confirmed_at;
    -- Long lists: they aren't taken apart for each of their rows.
    RETURN coalesce(strpos(confirmed, quoted) > 0, is_judged_with);
  ELSIF balie_setting('policy.challenge') #>> '{}' = 'unless_fetched' THEN
    RETURN coalesce(asked.facts ->> 'by_service' = 'true' AND asked.facts #> '{naming, named}' @> quoted::jsonb, false);
  END IF;
  RETURN is_judged_with OR coalesce(asked.facts #> '{naming, named}' @> quoted::jsonb, false);
END
$$;

-- Whether one operator isn't enough for that account, as domain/reset/case_file has it: it has a privileged role, it was
-- reset lately, everybody on file who may ask for it at that address came on file only days ago (rule 9), or only an
-- operator says that the request is for it.
CREATE OR REPLACE FUNCTION balie_needs_a_yes(of_account bigint, of_request bigint, moment bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
  day bigint := 24 * 3600000000;
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM account_roles r
    WHERE r.account_id = of_account AND balie_setting('policy.privileged_roles') ? r.role)
  OR EXISTS (
    SELECT 1 FROM events e
    WHERE e.account = of_account AND e.action IN ('reset', 'reset.break_glass') AND e.xmin <> own
      AND e.at >= moment - balie_setting('policy.repeat_reset_days')::bigint * day)
  OR NOT balie_has_authority(of_request, of_account, moment,
                             moment - balie_setting('policy.fresh_address_days')::bigint * day)
  OR NOT balie_is_spoken_of(of_account, of_request);
END
$$;

-- Whether somebody else, who may, has said yes to it within the hour, or to the plan that it's a row of.
CREATE OR REPLACE FUNCTION balie_has_a_yes(of_account bigint, of_request bigint, purpose text, moment bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM approvals p JOIN requests q ON q.id = of_request
    WHERE p.subject_kind = 'request' AND p.subject = q.public_id AND p.account_id = of_account AND p.action = purpose
      AND p.approved_by <> session_user AND p.approved_at BETWEEN greatest(moment, balie_now() - 600000000) - 3600000000 AND moment)
  OR EXISTS (
    SELECT 1 FROM approvals p JOIN plans l ON l.public_id = p.subject JOIN plan_rows r ON r.plan_id = l.id
    WHERE p.subject_kind = 'plan' AND l.request_id = of_request AND r.account_id = of_account
      AND l.action = purpose AND l.cancelled_at IS NULL
      AND p.approved_by <> session_user AND p.approved_at <= moment);
END
$$;

-- Nobody is reset or given a code but for a request that is verified, covers that account, and is used for it in this
-- very transaction (rule 1), with somebody else's yes where one is needed, or with the case that somebody else started.
-- A use and a completion stand once they're there (see requests.sql and four_eyes.sql), so a row that this transaction
-- wrote is one that it used.
CREATE OR REPLACE FUNCTION balie_event_has_its_reason() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  purpose text := CASE NEW.action WHEN 'reset' THEN 'reset' ELSE 'reissue' END;
  used bigint;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  IF NEW.action = 'reset.break_glass' THEN
    IF NOT EXISTS (SELECT 1 FROM cases c
                   WHERE c.account_id = NEW.account AND c.completed_by = session_user AND c.completed_at = NEW.at
                     AND c.started_by <> session_user AND c.cancelled_at IS NULL AND c.expires_at > NEW.at
                     AND c.xmin = pg_current_xact_id()::xid)
    THEN
      RAISE EXCEPTION 'balie: no case, no reset';
    END IF;
    RETURN NULL;
  END IF;
  SELECT q.id INTO used
  FROM request_accounts b JOIN requests q ON q.id = b.request_id
  WHERE q.public_id = NEW.request AND q.verdict = 'verified' AND q.rejected_at IS NULL
    AND q.expires_at > NEW.at AND b.account_id = NEW.account AND b.covered = 1
    AND b.used_at = NEW.at AND b.used_for = purpose AND b.xmin = pg_current_xact_id()::xid
    -- Its mail is kept, to be read by whoever looks at it again; nobody asks for themselves, and who may not log in gets
    -- nothing.
    AND EXISTS (SELECT 1 FROM request_messages m WHERE m.request_id = q.id AND m.zlib IS NOT NULL)
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = NEW.account AND a.status = 'active'
                                           AND a.work_email IS DISTINCT FROM q.from_address);
  IF used IS NULL THEN
    RAISE EXCEPTION 'balie: no request, no reset';
  END IF;
  IF balie_needs_a_yes(NEW.account, used, NEW.at) AND NOT balie_has_a_yes(NEW.account, used, purpose, NEW.at) THEN
    RAISE EXCEPTION 'balie: this needs the yes of another operator';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_event_has_its_reason ON events;
CREATE CONSTRAINT TRIGGER balie_event_has_its_reason AFTER INSERT ON events
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.action IN ('reset', 'recovery.reissue', 'reset.break_glass'))
EXECUTE FUNCTION balie_event_has_its_reason();

-- A line says what happened: who was reset has neither authenticator nor recovery code left, and so on. Otherwise the
-- log would say, and holder and requester would be told, what isn't so.
CREATE OR REPLACE FUNCTION balie_line_says_what_was_done() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
  is_changed boolean;
  is_enrolled boolean;
  is_enrolled_by_it boolean;
  has_code boolean;
  has_code_by_it boolean;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  SELECT a.xmin = own INTO is_changed FROM accounts a WHERE a.id = NEW.account;
  SELECT count(*) > 0, count(*) FILTER (WHERE e.xmin = own AND e.enrolled_at IS NOT NULL AND e.locked_at IS NULL) > 0
  INTO is_enrolled, is_enrolled_by_it
  FROM enrollments e WHERE e.account_id = NEW.account AND e.retired_at IS NULL;
  SELECT count(*) > 0, count(*) FILTER (WHERE c.xmin = own) > 0 INTO has_code, has_code_by_it
  FROM recovery_codes c WHERE c.account_id = NEW.account AND c.used_at IS NULL AND c.revoked_at IS NULL;
  IF (CASE
    WHEN NEW.action IN ('reset', 'reset.break_glass') THEN is_changed AND NOT is_enrolled AND NOT has_code
    WHEN NEW.action = 'reset.undo' THEN is_changed AND is_enrolled_by_it
    WHEN NEW.action = 'enroll.confirm' THEN is_enrolled_by_it AND has_code_by_it
    WHEN NEW.action = 'totp.unlock' THEN is_enrolled_by_it
    WHEN NEW.action = 'recovery.reissue' THEN has_code_by_it
    ELSE is_changed END)
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no change, no event';
END
$$;
DROP TRIGGER IF EXISTS balie_line_says_what_was_done ON events;
CREATE CONSTRAINT TRIGGER balie_line_says_what_was_done AFTER INSERT ON events
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.action IN ('reset', 'recovery.reissue', 'reset.break_glass', 'reset.undo', 'enroll.confirm', 'totp.unlock',
                     'pending.reopen', 'account.block', 'account.unblock'))
EXECUTE FUNCTION balie_line_says_what_was_done();

-- Nothing is done to somebody's second factor or account behind the holder's back (rule 10).
CREATE OR REPLACE FUNCTION balie_holder_is_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT EXISTS (
    SELECT 1 FROM accounts a JOIN outbox m ON m.recipient = a.work_email
    WHERE a.id = NEW.account AND m.xmin = pg_current_xact_id()::xid
      -- Not an old one that was written again: one that is queued beside the line.
      AND m.sent_at IS NULL AND m.failed_at IS NULL AND abs(m.queued_at - NEW.at) < 60000000
      AND m.notice::jsonb ? 'username' AND NEW.action = ANY (balie_told_of(m.notice::jsonb ->> 'kind')))
  THEN
    RAISE EXCEPTION 'balie: the holder is told of it';
  END IF;
  RETURN NULL;
END
$$;
-- Nor behind the back of whoever asked: that hears of each account, or that a list is begun.
CREATE OR REPLACE FUNCTION balie_requester_is_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT EXISTS (
    SELECT 1 FROM requests q
    JOIN requesters r ON r.id = q.requester_id OR r.work_email = q.from_address
    JOIN outbox m ON m.recipient = r.work_email
    JOIN accounts a ON a.id = NEW.account
    WHERE q.public_id = NEW.request AND m.notice::jsonb ->> 'request' = NEW.request
      AND CASE WHEN m.notice::jsonb ->> 'kind' IN ('bulk_begun_requester', 'bulk_reissue_begun_requester') THEN
        EXISTS (SELECT 1 FROM plans p JOIN plan_rows w ON w.plan_id = p.id
                WHERE p.request_id = q.id AND w.account_id = a.id AND p.cancelled_at IS NULL
                  AND m.queued_at >= p.made_at)
      ELSE
        m.xmin = pg_current_xact_id()::xid AND m.sent_at IS NULL AND m.failed_at IS NULL
        AND abs(m.queued_at - NEW.at) < 60000000 AND m.notice::jsonb ->> 'holder' = a.name
        AND NEW.action = ANY (balie_told_of(m.notice::jsonb ->> 'kind'))
      END)
  THEN
    RAISE EXCEPTION 'balie: the requester is told of it';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_requester_is_told ON events;
CREATE CONSTRAINT TRIGGER balie_requester_is_told AFTER INSERT ON events
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action IN ('reset', 'recovery.reissue'))
EXECUTE FUNCTION balie_requester_is_told();
DROP TRIGGER IF EXISTS balie_holder_is_told ON events;
CREATE CONSTRAINT TRIGGER balie_holder_is_told AFTER INSERT ON events
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.action IN ('reset', 'recovery.reissue', 'reset.break_glass', 'reset.undo', 'enroll.confirm', 'totp.unlock',
                     'pending.reopen', 'account.block', 'account.unblock'))
EXECUTE FUNCTION balie_holder_is_told();

-- Whether this transaction has a line of the operator's that says one of these, of that account and that request. Each
-- question has its own query, so that each finds its index: a bulk run asks some thousands of times.
CREATE OR REPLACE FUNCTION balie_says(actions text[], of_account bigint, of_request text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
  before bigint := (SELECT max(e.seq) - 2000 FROM events e);
BEGIN
  IF of_account IS NOT NULL THEN
    RETURN EXISTS (
      SELECT 1 FROM events e
      WHERE e.account = of_account AND e.seq > before AND e.xmin = own
        AND e.operator IN (session_user, '-') AND e.action = ANY (actions)
        AND (of_request IS NULL OR e.request = of_request));
  ELSIF of_request IS NOT NULL THEN
    RETURN EXISTS (
      SELECT 1 FROM events e
      WHERE e.request = of_request AND e.seq > before AND e.xmin = own
        AND e.operator IN (session_user, '-') AND e.action = ANY (actions));
  END IF;
  RETURN EXISTS (
    SELECT 1 FROM events e
    WHERE e.seq > before AND e.xmin = own AND e.operator IN (session_user, '-') AND e.action = ANY (actions));
END
$$;

-- No event, no change (rule 3): looked at when the transaction ends. TG_ARGV: the column of the account ('' for
-- none), that of the request (its public id, or its internal one), and the actions that cover an insert, an update and
-- a delete ('' where every line of the operator's does).
CREATE OR REPLACE FUNCTION balie_needs_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  actions text := TG_ARGV[CASE TG_OP WHEN 'INSERT' THEN 2 WHEN 'UPDATE' THEN 3 ELSE 4 END];
  request text;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  IF TG_ARGV[1] = 'public_id' THEN
    request := changed ->> 'public_id';
  ELSIF TG_ARGV[1] <> '' THEN
    SELECT q.public_id INTO request FROM requests q WHERE q.id = (changed ->> TG_ARGV[1])::bigint;
  END IF;
  IF TG_ARGV[1] <> '' AND request IS NULL
     OR NOT balie_says(regexp_split_to_array(actions, '\s+'), (changed ->> nullif(TG_ARGV[0], ''))::bigint, request)
  THEN
    RAISE EXCEPTION 'balie: no event, no change: % of % needs %', lower(TG_OP), TG_TABLE_NAME, actions;
  END IF;
  RETURN NULL;
END
$$;
