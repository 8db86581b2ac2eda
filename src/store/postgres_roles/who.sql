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

-- Roles belong to the whole cluster: another desk in it may make this one at the same moment.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'balie_operator') THEN
    CREATE ROLE balie_operator NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
-- A temporary table could stand in for one of the desk's own.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
-- So could a function or an operator that somebody makes beside them (PostgreSQL 14 and older grant it to everybody).
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Who is who. These run with the owner's rights, so that they see past the policies below.
-- In PL/pgSQL, whose plans are kept: a bulk run asks for each row.
CREATE OR REPLACE FUNCTION balie_is_operator() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN pg_has_role(session_user, 'balie_operator', 'MEMBER')
     AND NOT (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = session_user)
     AND session_user <> (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = 'public.desk'::regclass);
END
$$;

-- Whether the login is that of an operator who still is one. Whoever was disabled stays in the group until the script
-- is run again, and sees and writes nothing meanwhile (see policies.sql).
CREATE OR REPLACE FUNCTION balie_is_enabled() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM operators o WHERE o.login = session_user AND o.disabled_at IS NULL);
END
$$;

CREATE OR REPLACE FUNCTION balie_own_id() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT id FROM operators WHERE login = session_user AND disabled_at IS NULL
$$;

CREATE OR REPLACE FUNCTION balie_reaches_region(region bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM operators o
    WHERE o.login = session_user AND o.disabled_at IS NULL
      AND (o.role NOT IN ('operator', 'senior')
           OR EXISTS (SELECT 1 FROM region_scopes s
                      WHERE s.holder = 'operator:' || o.login AND s.region_id = region)));
END
$$;

CREATE OR REPLACE FUNCTION balie_reaches_account(account bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM operators w, account_roles r JOIN organisations o ON o.id = r.organisation_id
    WHERE w.login = session_user AND w.disabled_at IS NULL AND r.account_id = account
      AND (w.role NOT IN ('operator', 'senior')
           OR EXISTS (SELECT 1 FROM region_scopes s
                      WHERE s.holder = 'operator:' || w.login AND s.region_id = o.region_id)));
END
$$;

CREATE OR REPLACE FUNCTION balie_reaches_request(request bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM requests q WHERE q.id = request
      AND CASE WHEN q.region_id IS NOT NULL THEN balie_reaches_region(q.region_id)
               ELSE NOT EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = q.id)
                 OR EXISTS (SELECT 1 FROM request_accounts b
                            WHERE b.request_id = q.id AND balie_reaches_account(b.account_id)) END);
END
$$;

CREATE OR REPLACE FUNCTION balie_own_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce('service:' || job, role) FROM operators WHERE login = session_user AND disabled_at IS NULL
$$;

-- Whether an account is the operator's own: nobody works on that (rule 2).
CREATE OR REPLACE FUNCTION balie_is_own_account(account bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM accounts a, operators w
    WHERE a.id = account AND w.login = session_user AND (a.username = w.login OR a.work_email = w.work_email));
END
$$;

-- Microseconds since 1970, by the database's own clock.
CREATE OR REPLACE FUNCTION balie_now() RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

-- Whether a moment is now: a workstation's clock may be five minutes ahead, and a command reads the clock once and may
-- then ask for a yes, or take in a long mailbox, for an hour.
CREATE OR REPLACE FUNCTION balie_is_now(moment bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(moment BETWEEN balie_now() - 3600000000 AND balie_now() + 300000000, false);
END
$$;

-- Which columns differ between two versions of a row.
CREATE OR REPLACE FUNCTION balie_changed(before jsonb, after jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT n.key FROM jsonb_each(after) n WHERE n.value IS DISTINCT FROM before -> n.key);
END
$$;
