-- Four eyes: cases, plans and their claims.

-- A case is completed or called off once, and never again.
CREATE OR REPLACE FUNCTION balie_case_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    -- It waits for an hour (desk/break_glass.rs), and is about somebody else.
    IF balie_is_now(NEW.started_at) AND NEW.expires_at BETWEEN NEW.started_at AND NEW.started_at + 3600000000
       AND NEW.public_id ~ '^B-[0-9A-HJKMNP-TV-Z]{5}$'
       AND NOT balie_is_own_account(NEW.account_id) AND balie_says('{case.start}', NEW.account_id, NULL)
    THEN
      RETURN NULL;
    END IF;
  ELSIF OLD.completed_at IS NULL AND OLD.cancelled_at IS NULL AND (
    NEW.cancelled_at IS NULL AND balie_is_now(NEW.completed_at) AND NEW.expires_at > NEW.completed_at
      AND balie_says('{reset.break_glass}', NEW.account_id, NULL)
    OR NEW.completed_at IS NULL AND NEW.completed_by IS NULL AND balie_is_now(NEW.cancelled_at)
      AND balie_says('{case.cancel}', NEW.account_id, NULL))
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the case';
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON cases;
DROP TRIGGER IF EXISTS balie_case_stands ON cases;
CREATE CONSTRAINT TRIGGER balie_case_stands AFTER INSERT OR UPDATE ON cases
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_case_stands();

-- A yes is said under a line of what it's about, and about what is within reach.
CREATE OR REPLACE FUNCTION balie_yes_is_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked text;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  SELECT q.public_id INTO asked FROM requests q
  WHERE balie_reaches_request(q.id)
    AND CASE NEW.subject_kind WHEN 'request' THEN q.public_id = NEW.subject
             ELSE q.id = (SELECT p.request_id FROM plans p WHERE p.public_id = NEW.subject) END;
  IF asked IS NULL OR NOT balie_is_now(NEW.approved_at) OR NOT balie_says(
    ARRAY[CASE NEW.subject_kind WHEN 'request' THEN 'request.approve' ELSE 'bulk.approve' END], NEW.account_id, asked)
  THEN
    RAISE EXCEPTION 'balie: no event, no change: no line says that yes';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON approvals;
DROP TRIGGER IF EXISTS balie_yes_is_said ON approvals;
CREATE CONSTRAINT TRIGGER balie_yes_is_said AFTER INSERT ON approvals
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_yes_is_said();

-- Who works on a plan, or has an account open, has it for some minutes: a claim that never ends would keep everybody
-- out.
CREATE OR REPLACE FUNCTION balie_claim_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND (to_jsonb(NEW) ->> TG_ARGV[0])::bigint > balie_now() + 30 * 60000000 THEN
    RAISE EXCEPTION 'balie: a claim ends within minutes';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_claim_ends ON plans;
CREATE TRIGGER balie_claim_ends BEFORE INSERT OR UPDATE OF claim_until ON plans
FOR EACH ROW EXECUTE FUNCTION balie_claim_ends('claim_until');
DROP TRIGGER IF EXISTS balie_claim_ends ON leases;
CREATE TRIGGER balie_claim_ends BEFORE INSERT OR UPDATE ON leases
FOR EACH ROW EXECUTE FUNCTION balie_claim_ends('expires_at');

-- A plan is made in one go, and from then on is what it was: how long it is and how much of it needs a second
-- pair of eyes is nobody's to change. Its rows come with it, and each is settled under its own account's line.
CREATE OR REPLACE FUNCTION balie_plan_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
-- Its id is one that people can type: a page that shows it would fail otherwise, for everybody.
CREATE OR REPLACE FUNCTION balie_plan_has_an_id() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (NEW.public_id ~ '^P-[0-9A-HJKMNP-TV-Z]{6}$' AND balie_is_now(NEW.made_at)) THEN
    RAISE EXCEPTION 'balie: a plan has an id such as P-4K7Q2M, and is made now';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_plan_has_an_id ON plans;
CREATE TRIGGER balie_plan_has_an_id BEFORE INSERT ON plans
FOR EACH ROW EXECUTE FUNCTION balie_plan_has_an_id();
DROP TRIGGER IF EXISTS balie_needs_event ON plans;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event('', 'request_id', 'bulk.plan', '', '');
DROP TRIGGER IF EXISTS balie_made_with_event ON plans;
CREATE CONSTRAINT TRIGGER balie_made_with_event AFTER UPDATE ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((NEW.hash, NEW.total, NEW.ready, NEW.sensitive) IS DISTINCT FROM (OLD.hash, OLD.total, OLD.ready, OLD.sensitive))
EXECUTE FUNCTION balie_needs_event('', 'request_id', '', 'bulk.plan', '');
-- How far it is follows from its rows, and a row from what was done to its account: it's settled once.
CREATE OR REPLACE FUNCTION balie_plan_is_worked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked text := (SELECT q.public_id FROM requests q WHERE q.id = NEW.request_id);
  is_over boolean := NEW.done + NEW.not_done = NEW.ready;
BEGIN
  IF balie_is_operator() AND NOT (
    balie_says('{reset, reset.refused, recovery.reissue, recovery.reissue_refused}', NULL, asked)
    AND (NEW.done, NEW.ready - NEW.done - NEW.not_done) = (
      SELECT count(*) FILTER (WHERE r.state = 'done'), count(*) FILTER (WHERE r.state = 'ready')
      FROM plan_rows r WHERE r.plan_id = NEW.id)
    AND (OLD.begun_at IS NULL AND balie_is_now(NEW.begun_at) OR NEW.begun_at IS NOT DISTINCT FROM OLD.begun_at)
    AND CASE WHEN is_over THEN balie_is_now(NEW.finished_at) ELSE NEW.finished_at IS NULL END)
  THEN
    RAISE EXCEPTION 'balie: no event, no change: no line says this of the plan';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_worked_with_event ON plans;
DROP TRIGGER IF EXISTS balie_plan_is_worked ON plans;
CREATE CONSTRAINT TRIGGER balie_plan_is_worked AFTER UPDATE ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((NEW.done, NEW.not_done, NEW.begun_at, NEW.finished_at) IS DISTINCT FROM
      (OLD.done, OLD.not_done, OLD.begun_at, OLD.finished_at))
EXECUTE FUNCTION balie_plan_is_worked();
CREATE OR REPLACE FUNCTION balie_row_is_settled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (
    OLD.state = 'ready' AND NEW.state <> 'ready'
    AND balie_says(CASE NEW.state WHEN 'done' THEN '{reset, recovery.reissue}'::text[]
                                  ELSE '{reset.refused, recovery.reissue_refused}' END, NEW.account_id, NULL))
  THEN
    RAISE EXCEPTION 'balie: no event, no change: no line says this of the row';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON plan_rows;
DROP TRIGGER IF EXISTS balie_row_is_settled ON plan_rows;
CREATE CONSTRAINT TRIGGER balie_row_is_settled AFTER UPDATE ON plan_rows
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_row_is_settled();
DROP TRIGGER IF EXISTS balie_cancelled_with_event ON plans;
CREATE CONSTRAINT TRIGGER balie_cancelled_with_event AFTER UPDATE ON plans
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at)
EXECUTE FUNCTION balie_needs_event('', 'request_id', '', 'bulk.cancel', '');
CREATE OR REPLACE FUNCTION balie_rows_come_with_their_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
