-- Accounts, enrollments and recovery codes: what each line of the log does to a row, and nothing beside it. Whatever no
-- branch names is refused, a change of nothing included: a row that was written again would look like one just used.

CREATE OR REPLACE FUNCTION balie_account_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
  rises boolean := NEW.session_epoch = OLD.session_epoch + 1;
  -- The window that the settings give, by a clock that may be five minutes ahead.
  opens boolean := NEW.enroll_by BETWEEN balie_now()
    AND balie_now() + balie_setting('policy.enrollment_window_hours')::bigint * 3600000000 + 300000000;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  changed := balie_changed(to_jsonb(OLD), to_jsonb(NEW));
  -- A reset ends the sessions and opens a window; undoing it, or a confirmed enrollment, closes that window.
  IF changed <@ '{session_epoch, enroll_by}' AND rises AND opens
     AND balie_says('{reset, reset.break_glass}', NEW.id, NULL)
  OR changed <@ '{session_epoch, enroll_by}' AND rises AND NEW.enroll_by IS NULL
     AND balie_says('{reset.undo}', NEW.id, NULL)
  OR changed <@ '{enroll_by}' AND NEW.enroll_by IS NULL AND balie_says('{enroll.confirm}', NEW.id, NULL)
  OR changed = '{enroll_by}' AND opens AND balie_says('{pending.reopen}', NEW.id, NULL)
     AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.account_id = NEW.id AND e.retired_at IS NULL
                                                   AND e.enrolled_at IS NOT NULL)
  OR changed = '{status, session_epoch}' AND rises
     AND balie_says(ARRAY[CASE NEW.status WHEN 'blocked' THEN 'account.block' ELSE 'account.unblock' END], NEW.id, NULL)
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the account (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON accounts;
DROP TRIGGER IF EXISTS balie_account_changes ON accounts;
CREATE CONSTRAINT TRIGGER balie_account_changes AFTER UPDATE ON accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_account_changes();

-- Somebody enrolls who isn't enrolled, and whose window is open: never in the place of what is in use.
CREATE OR REPLACE FUNCTION balie_enrollment_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (
    balie_says('{enroll.begin}', NEW.account_id, NULL) AND balie_is_now(NEW.begun_at) AND NEW.sealed_secret IS NOT NULL
    AND EXISTS (SELECT 1 FROM accounts a
                WHERE a.id = NEW.account_id AND a.status = 'active' AND a.enroll_by > NEW.begun_at))
  THEN
    RAISE EXCEPTION 'balie: no event, no change: insert of enrollments';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON enrollments;
DROP TRIGGER IF EXISTS balie_enrollment_begins ON enrollments;
CREATE CONSTRAINT TRIGGER balie_enrollment_begins AFTER INSERT ON enrollments
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_enrollment_begins();

-- A retired secret whose time is over is destroyed by whoever comes first, in nobody's name.
DROP FUNCTION IF EXISTS balie_is_due(enrollments, enrollments);
CREATE OR REPLACE FUNCTION balie_enrollment_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
  is_pending boolean := OLD.retired_at IS NULL AND OLD.enrolled_at IS NULL;
  is_in_use boolean := OLD.retired_at IS NULL AND OLD.enrolled_at IS NOT NULL;
  -- Nobody's secret is another one than it was, at most it's gone.
  is_destroyed boolean := OLD.sealed_secret IS NOT NULL AND NEW.sealed_secret IS NULL;
  is_kept boolean := OLD.sealed_secret IS NOT DISTINCT FROM NEW.sealed_secret;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  -- Whether it's there follows from the secret.
  changed := balie_changed(to_jsonb(OLD) - 'is_sealed', to_jsonb(NEW) - 'is_sealed');
  IF changed = '{sealed_secret}' AND is_destroyed AND OLD.retired_at IS NOT NULL AND OLD.destroy_at <= balie_now()
     AND balie_says('{enrollment.destroy}', NULL, NULL)
  -- What was begun is dropped: for a new start, after too many wrong codes, or because the old one comes back.
  OR changed <@ '{sealed_secret, retired_at, destroy_at}' AND is_pending AND is_destroyed
     AND balie_is_now(NEW.retired_at) AND balie_says('{enroll.begin, enroll.refused, reset.undo}', NEW.account_id, NULL)
  OR changed = '{failed_attempts}' AND is_pending AND NEW.failed_attempts = OLD.failed_attempts + 1
     AND balie_says('{enroll.refused}', NEW.account_id, NULL)
  OR changed <@ '{enrolled_at, last_used_at, last_accepted_step, failed_attempts}' AND is_pending
     AND balie_is_now(NEW.enrolled_at) AND NEW.last_accepted_step IS NOT NULL AND NEW.failed_attempts = 0
     AND balie_says('{enroll.confirm}', NEW.account_id, NULL)
  -- A reset retires what is in use, or begun, and keeps it for as long as it can be undone.
  OR changed <@ '{retired_at, destroy_at}' AND OLD.retired_at IS NULL AND balie_is_now(NEW.retired_at)
     AND NEW.destroy_at BETWEEN NEW.retired_at
       AND NEW.retired_at + balie_setting('policy.undo_hours')::bigint * 3600000000
     AND balie_says('{reset, reset.break_glass}', NEW.account_id, NULL)
  -- Only what the newest reset retired comes back, while it's there.
  OR changed <@ '{retired_at, destroy_at}' AND OLD.enrolled_at IS NOT NULL AND OLD.sealed_secret IS NOT NULL
     AND OLD.destroy_at > balie_now() AND NEW.retired_at IS NULL AND NEW.destroy_at IS NULL
     AND balie_says('{reset.undo}', NEW.account_id, NULL)
     AND OLD.retired_at = (SELECT e.at FROM events e
                           WHERE e.account = NEW.account_id AND e.action IN ('reset', 'reset.break_glass')
                           ORDER BY e.seq DESC LIMIT 1)
  OR changed <@ '{locked_at, failed_attempts}' AND is_in_use AND is_kept AND OLD.locked_at IS NOT NULL
     AND NEW.locked_at IS NULL AND NEW.failed_attempts = 0 AND balie_says('{totp.unlock}', NEW.account_id, NULL)
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the enrollment (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_enrollment_changes ON enrollments;
CREATE CONSTRAINT TRIGGER balie_enrollment_changes AFTER UPDATE ON enrollments
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_enrollment_changes();

-- A recovery code comes with a reissue, or with an enrollment that this very transaction confirmed. It's used by its
-- holder, at the portal; an operator can only make it void.
CREATE OR REPLACE FUNCTION balie_recovery_code_is_issued() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (balie_is_now(NEW.issued_at) AND (
    balie_says('{recovery.reissue}', NEW.account_id, NULL)
    OR balie_says('{enroll.confirm}', NEW.account_id, NULL)
       AND EXISTS (SELECT 1 FROM enrollments e
                   WHERE e.account_id = NEW.account_id AND e.retired_at IS NULL AND e.enrolled_at = NEW.issued_at
                     AND e.xmin = pg_current_xact_id()::xid)))
  THEN
    RAISE EXCEPTION 'balie: no event, no change: insert of recovery_codes';
  END IF;
  RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION balie_recovery_code_is_voided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (
    OLD.revoked_at IS NULL AND OLD.used_at IS NULL AND balie_is_now(NEW.revoked_at)
    AND balie_says('{recovery.reissue, enroll.confirm, reset, reset.break_glass}', NEW.account_id, NULL))
  THEN
    RAISE EXCEPTION 'balie: no event, no change: update of recovery_codes';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON recovery_codes;
DROP TRIGGER IF EXISTS balie_recovery_code_is_issued ON recovery_codes;
CREATE CONSTRAINT TRIGGER balie_recovery_code_is_issued AFTER INSERT ON recovery_codes
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_recovery_code_is_issued();
DROP TRIGGER IF EXISTS balie_recovery_code_is_voided ON recovery_codes;
CREATE CONSTRAINT TRIGGER balie_recovery_code_is_voided AFTER UPDATE ON recovery_codes
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_recovery_code_is_voided();
