-- Which lines of the log cover which change. A test goes through the program's commands under these.
DO $$
DECLARE
  guarded record;
BEGIN
  FOR guarded IN
    SELECT * FROM (VALUES
      ('accounts', 'id', '', '',
       'reset reset.undo reset.break_glass account.block account.unblock portal.login pending.reopen enroll.begin enroll.confirm',
       ''),
      ('recovery_codes', 'account_id', '', 'recovery.reissue enroll.confirm',
       'recovery.reissue enroll.confirm portal.login reset reset.undo reset.break_glass enroll.begin', ''),
      ('requests', '', 'public_id', 'request.receive',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan', ''),
      ('request_messages', '', 'request_id', 'request.receive', 'request.receive', ''),
      ('request_signatures', '', 'request_id', 'request.receive request.confirm request.reverify',
       'request.receive request.confirm request.reverify', ''),
      ('request_checks', '', 'request_id',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan'),
      ('request_answers', '', 'request_id', 'request.receive request.confirm request.reverify',
       'request.receive request.confirm request.reverify', ''),
      ('approvals', 'account_id', '', 'request.approve bulk.approve', '', ''),
      ('cases', 'account_id', '', 'case.start', 'case.cancel case.refused reset.break_glass', ''),
      ('mailbox_messages', '', '', 'request.receive request.confirm mailbox.quarantine mailbox.fetch',
       'request.receive request.confirm mailbox.quarantine mailbox.fetch', ''),
      ('operators', '', '', '', 'login login.refused operator.own_password', ''),
      ('operator_enrollments', '', '', 'login', 'login login.refused operator.own_password', ''),
      ('enrollment_reminders', 'account_id', '', 'pending.remind', '', '')
    ) AS g (tab, account, request, inserts, updates, deletes)
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS balie_needs_event ON %I', guarded.tab);
    EXECUTE format('CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT OR UPDATE OR DELETE ON %I
                    DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION balie_needs_event(%L, %L, %L, %L, %L)',
                   guarded.tab, guarded.account, guarded.request, guarded.inserts, guarded.updates,
                   guarded.deletes);
  END LOOP;
END
$$;

-- A session begins and ends, and a token is accepted, under a line that says so; when they were last used needs none.
DROP TRIGGER IF EXISTS balie_needs_event ON operator_sessions;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON operator_sessions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event('', '', 'login', '', '');
DROP TRIGGER IF EXISTS balie_ended_with_event ON operator_sessions;
CREATE CONSTRAINT TRIGGER balie_ended_with_event AFTER UPDATE ON operator_sessions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ended_at IS DISTINCT FROM OLD.ended_at)
EXECUTE FUNCTION balie_needs_event('', '', '', 'login logout operator.own_password', '');
DROP TRIGGER IF EXISTS balie_accepted_with_event ON operator_tokens;
CREATE CONSTRAINT TRIGGER balie_accepted_with_event AFTER UPDATE ON operator_tokens
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.accepted_at IS DISTINCT FROM OLD.accepted_at)
EXECUTE FUNCTION balie_needs_event('', '', '', 'token.accept', '');

-- Accounts are bound to a request, and taken off it, under lines of that request; used under one of both.
DROP TRIGGER IF EXISTS balie_needs_event ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT OR DELETE ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event(
  '', 'request_id', 'request.receive request.assign request.confirm request.reverify request.challenge bulk.plan',
  '', 'request.assign request.challenge bulk.plan');
DROP TRIGGER IF EXISTS balie_needs_event_of_use ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_needs_event_of_use AFTER UPDATE ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.used_at IS DISTINCT FROM OLD.used_at OR NEW.used_for IS DISTINCT FROM OLD.used_for)
EXECUTE FUNCTION balie_needs_event('account_id', 'request_id', '', 'reset recovery.reissue', '');
DROP TRIGGER IF EXISTS balie_needs_event_of_request ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_needs_event_of_request AFTER UPDATE ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.used_at IS NOT DISTINCT FROM OLD.used_at AND NEW.used_for IS NOT DISTINCT FROM OLD.used_for)
EXECUTE FUNCTION balie_needs_event('', 'request_id', '', 'request.assign request.receive request.reverify request.confirm request.challenge bulk.plan', '');

-- An enrollment: a retired secret whose time is over is destroyed by whoever comes first, in nobody's name.
DROP TRIGGER IF EXISTS balie_needs_event ON enrollments;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON enrollments
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION balie_needs_event('account_id', '', 'enroll.begin', '', '');
CREATE OR REPLACE FUNCTION balie_is_due(old enrollments, new enrollments) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(new.sealed_secret IS NULL AND old.retired_at IS NOT NULL
    AND old.destroy_at <= extract(epoch FROM clock_timestamp()) * 1000000
    AND to_jsonb(old) - 'sealed_secret' = to_jsonb(new) - 'sealed_secret', false)
$$;
CREATE OR REPLACE FUNCTION balie_enrollment_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT balie_is_operator() OR balie_is_due(OLD, NEW) AND balie_says('{enrollment.destroy}', NULL, NULL) THEN
    RETURN NULL;
  END IF;
  IF NOT balie_says('{reset, reset.undo, reset.break_glass, portal.login, enroll.begin, enroll.confirm, enroll.refused, totp.unlock}',
                    NEW.account_id, NULL)
  THEN
    RAISE EXCEPTION 'balie: no event, no change: update of enrollments';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_enrollment_changes ON enrollments;
CREATE CONSTRAINT TRIGGER balie_enrollment_changes AFTER UPDATE ON enrollments
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_enrollment_changes();

-- A request becomes verified with a code that was given back, by being judged anew, or as it comes in.
DROP TRIGGER IF EXISTS balie_verified_with_event ON requests;
CREATE CONSTRAINT TRIGGER balie_verified_with_event AFTER UPDATE ON requests
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.verdict = 'verified' AND OLD.verdict <> 'verified'
      OR NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL)
EXECUTE FUNCTION balie_needs_event('', 'public_id', '', 'request.confirm request.assign request.reverify request.receive', '');

-- A code is given back under a line that says so, of that very request; sent and voided under others.
DROP TRIGGER IF EXISTS balie_needs_event ON challenges;
DROP TRIGGER IF EXISTS balie_confirmed_with_event ON challenges;
DROP FUNCTION IF EXISTS balie_confirmed_with_event();
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT OR UPDATE ON challenges
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event(
  '', 'request_id', 'request.challenge',
  'request.challenge request.confirm request.assign request.reject request.receive request.reverify bulk.plan', '');
CREATE CONSTRAINT TRIGGER balie_confirmed_with_event AFTER UPDATE ON challenges
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at OR NEW.tries IS DISTINCT FROM OLD.tries)
EXECUTE FUNCTION balie_needs_event('', 'request_id', '', 'request.confirm', '');

-- A mail is queued by what it tells of; one that is queued changes as it's sent. A claim needs no line.
DROP TRIGGER IF EXISTS balie_needs_event ON outbox;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event(
  '', '', 'request.receive request.assign request.challenge request.confirm request.reject request.reverify
   request.approve reset reset.refused reset.undo reset.undo_refused reset.break_glass recovery.reissue recovery.reissue_refused
   enroll.confirm enroll.refused portal.login totp.unlock account.block account.unblock pending.remind pending.reopen
   bulk.apply case.start case.refused case.cancel', '', '');
DROP TRIGGER IF EXISTS balie_sent_with_event ON outbox;
CREATE CONSTRAINT TRIGGER balie_sent_with_event AFTER UPDATE ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((NEW.sealed_secret, NEW.due_at, NEW.attempts, NEW.sent_at, NEW.failed_at, NEW.last_error) IS DISTINCT FROM
      (OLD.sealed_secret, OLD.due_at, OLD.attempts, OLD.sent_at, OLD.failed_at, OLD.last_error))
EXECUTE FUNCTION balie_needs_event('', '', '', 'outbox.send', '');

-- Four eyes. A plan is made in one go, and from then on is what it was: how long it is and how much of it needs a second
-- pair of eyes is nobody's to change. Its rows come with it, and each is settled under its own account's line.
CREATE OR REPLACE FUNCTION balie_plan_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (OLD.total = 0 AND OLD.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'balie: a plan that was made stays as it is';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_plan_stands ON plans;
CREATE TRIGGER balie_plan_stands BEFORE UPDATE OF hash, total, ready, sensitive ON plans
FOR EACH ROW EXECUTE FUNCTION balie_plan_stands();
DROP TRIGGER IF EXISTS balie_needs_event ON plans;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event('', 'request_id', 'bulk.plan', '', '');
DROP TRIGGER IF EXISTS balie_made_with_event ON plans;
CREATE CONSTRAINT TRIGGER balie_made_with_event AFTER UPDATE ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((NEW.hash, NEW.total, NEW.ready, NEW.sensitive) IS DISTINCT FROM (OLD.hash, OLD.total, OLD.ready, OLD.sensitive))
EXECUTE FUNCTION balie_needs_event('', 'request_id', '', 'bulk.plan', '');
DROP TRIGGER IF EXISTS balie_worked_with_event ON plans;
CREATE CONSTRAINT TRIGGER balie_worked_with_event AFTER UPDATE ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((NEW.done, NEW.not_done, NEW.begun_at, NEW.finished_at) IS DISTINCT FROM
      (OLD.done, OLD.not_done, OLD.begun_at, OLD.finished_at))
EXECUTE FUNCTION balie_needs_event('', 'request_id', '',
  'reset reset.refused recovery.reissue recovery.reissue_refused', '');
DROP TRIGGER IF EXISTS balie_cancelled_with_event ON plans;
CREATE CONSTRAINT TRIGGER balie_cancelled_with_event AFTER UPDATE ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at)
EXECUTE FUNCTION balie_needs_event('', 'request_id', '', 'bulk.cancel', '');
CREATE OR REPLACE FUNCTION balie_rows_come_with_their_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT EXISTS (
    SELECT 1 FROM plans p WHERE p.id = NEW.plan_id AND p.total = 0 AND p.made_by = session_user
      AND p.xmin = pg_current_xact_id()::xid)
  THEN
    RAISE EXCEPTION 'balie: a plan that was made stays as it is';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_rows_come_with_their_plan ON plan_rows;
CREATE TRIGGER balie_rows_come_with_their_plan BEFORE INSERT ON plan_rows
FOR EACH ROW EXECUTE FUNCTION balie_rows_come_with_their_plan();
DROP TRIGGER IF EXISTS balie_needs_event ON plan_rows;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER UPDATE ON plan_rows
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event(
  'account_id', '', '', 'reset reset.refused recovery.reissue recovery.reissue_refused', '');
