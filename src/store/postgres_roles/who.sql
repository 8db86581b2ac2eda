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
-- A temporary table could stand in for one of the desk's own.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;

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

CREATE OR REPLACE FUNCTION balie_own_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce('service:' || job, role) FROM operators WHERE login = session_user AND disabled_at IS NULL
$$;
