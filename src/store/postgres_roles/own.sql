-- The own password, authenticator, sessions and tokens. A password is replaced, not forgotten; a second factor that is
-- in use is an admin's to end; and what has ended doesn't go on.
CREATE OR REPLACE FUNCTION balie_own_row_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
  of_password text[] := '{password_hash, password_until, password_failures, login_waits_until}';
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  changed := balie_changed(to_jsonb(OLD), to_jsonb(NEW));
  IF changed = '{password_failures}' AND NEW.password_failures = OLD.password_failures + 1
     AND balie_says('{login.refused, operator.own_password}', NULL, NULL)
  OR changed = '{login_waits_until}' AND NEW.login_waits_until > coalesce(OLD.login_waits_until, 0)
     AND balie_says('{login.refused, operator.own_password}', NULL, NULL)
  -- Who waits has waited, by a clock that may be some minutes ahead.
  OR changed <@ '{password_failures, login_waits_until}' AND NEW.password_failures = 0 AND NEW.login_waits_until IS NULL
     AND coalesce(OLD.login_waits_until, 0) <= balie_now() + 300000000 AND balie_says('{login}', NULL, NULL)
  OR changed <@ of_password AND NEW.password_hash IS NOT NULL AND NEW.password_until IS NULL
     AND (balie_says('{operator.own_password}', NULL, NULL)
          OR OLD.password_until IS NOT NULL AND balie_says('{login, login.refused}', NULL, NULL))
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the operator (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON operators;
DROP TRIGGER IF EXISTS balie_own_row_changes ON operators;
CREATE CONSTRAINT TRIGGER balie_own_row_changes AFTER UPDATE ON operators
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_own_row_changes();

CREATE OR REPLACE FUNCTION balie_own_factor_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
  is_kept boolean := OLD.sealed_secret IS NOT DISTINCT FROM NEW.sealed_secret;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  changed := balie_changed(to_jsonb(OLD), to_jsonb(NEW));
  IF OLD.retired_at IS NULL AND (
    changed <@ '{retired_at, sealed_secret}' AND OLD.enrolled_at IS NULL AND balie_is_now(NEW.retired_at)
       AND NEW.sealed_secret IS NULL AND balie_says('{login, login.refused}', NULL, NULL)
    OR changed <@ '{last_accepted_step, failed_attempts, last_used_at, enrolled_at}' AND is_kept
       AND OLD.locked_at IS NULL AND NEW.last_accepted_step > coalesce(OLD.last_accepted_step, -1)
       AND NEW.enrolled_at = coalesce(OLD.enrolled_at, NEW.last_used_at) AND balie_is_now(NEW.last_used_at)
       AND balie_says('{login, login.refused}', NULL, NULL)
    OR changed <@ '{failed_attempts, locked_at}' AND NEW.failed_attempts > OLD.failed_attempts
       AND (OLD.locked_at IS NULL OR NEW.locked_at IS NOT NULL) AND balie_says('{login.refused}', NULL, NULL))
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the authenticator (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON operator_enrollments;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON operator_enrollments
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event('', '', 'login', '', '');
DROP TRIGGER IF EXISTS balie_own_factor_changes ON operator_enrollments;
CREATE CONSTRAINT TRIGGER balie_own_factor_changes AFTER UPDATE ON operator_enrollments
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_own_factor_changes();

-- A session begins now and ends once; when it was last used needs no line, and is never to come.
CREATE OR REPLACE FUNCTION balie_session_is_of_now() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (
    NEW.last_seen_at <= balie_now() + 300000000
    AND CASE TG_OP WHEN 'INSERT' THEN balie_is_now(NEW.started_at) AND NEW.ended_at IS NULL
                   ELSE OLD.ended_at IS NULL END)
  THEN
    RAISE EXCEPTION 'balie: a session is of now, and what has ended does not go on';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_session_is_of_now ON operator_sessions;
CREATE TRIGGER balie_session_is_of_now BEFORE INSERT OR UPDATE ON operator_sessions
FOR EACH ROW EXECUTE FUNCTION balie_session_is_of_now();
DROP TRIGGER IF EXISTS balie_needs_event ON operator_sessions;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON operator_sessions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event('', '', 'login', '', '');
DROP TRIGGER IF EXISTS balie_ended_with_event ON operator_sessions;
CREATE CONSTRAINT TRIGGER balie_ended_with_event AFTER UPDATE ON operator_sessions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ended_at IS DISTINCT FROM OLD.ended_at)
EXECUTE FUNCTION balie_needs_event('', '', '', 'login logout operator.own_password', '');

-- A token is accepted once and revoked once.
CREATE OR REPLACE FUNCTION balie_token_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND (
    OLD.revoked_at IS NOT NULL AND (NEW.revoked_at, NEW.accepted_at) IS DISTINCT FROM (OLD.revoked_at, OLD.accepted_at)
    OR OLD.accepted_at IS NOT NULL AND NEW.accepted_at IS DISTINCT FROM OLD.accepted_at)
  THEN
    RAISE EXCEPTION 'balie: no event, no change: what a token is stands';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_token_stands ON operator_tokens;
CREATE TRIGGER balie_token_stands BEFORE UPDATE ON operator_tokens
FOR EACH ROW EXECUTE FUNCTION balie_token_stands();
DROP TRIGGER IF EXISTS balie_accepted_with_event ON operator_tokens;
CREATE CONSTRAINT TRIGGER balie_accepted_with_event AFTER UPDATE ON operator_tokens
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.accepted_at IS DISTINCT FROM OLD.accepted_at)
EXECUTE FUNCTION balie_needs_event('', '', '', 'token.accept', '');
DROP TRIGGER IF EXISTS balie_revoked_with_event ON operator_tokens;
CREATE CONSTRAINT TRIGGER balie_revoked_with_event AFTER UPDATE ON operator_tokens
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
EXECUTE FUNCTION balie_needs_event('', '', '', 'token.revoke', '');
