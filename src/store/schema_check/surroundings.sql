-- What beside the schema $1 gets round what is in it. None of it is there on a desk as Balie makes it.
WITH RECURSIVE place AS (
  SELECT n.oid, n.nspacl, n.nspowner FROM pg_namespace n WHERE n.nspname = $1::text
),
owner AS (
  SELECT c.relowner AS oid FROM pg_class c JOIN place ON c.relnamespace = place.oid WHERE c.relname = 'desk'
),
grouped AS (
  SELECT r.oid FROM pg_roles r WHERE r.rolname = 'balie_operator'
  UNION
  SELECT m.member FROM pg_auth_members m JOIN grouped g ON g.oid = m.roleid
),
operators AS (
  SELECT g.oid FROM grouped g WHERE g.oid <> (SELECT owner.oid FROM owner)
),
named (oid, name) AS (
  SELECT r.oid, r.rolname::text FROM pg_roles r UNION ALL SELECT 0, 'PUBLIC'
),
everybody AS (SELECT 0 AS oid UNION ALL SELECT o.oid FROM operators o),
-- A login that nothing holds: PostgreSQL's own rules aren't for it, or it's the owner, or reads and writes everything.
unbound AS (
  SELECT r.rolname FROM pg_roles r JOIN operators o ON o.oid = r.oid
  WHERE r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication
     OR pg_has_role(r.oid, (SELECT owner.oid FROM owner), 'MEMBER')
     OR EXISTS (SELECT 1 FROM pg_roles p
                WHERE p.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program',
                                    'pg_read_server_files', 'pg_write_server_files')
                  AND pg_has_role(r.oid, p.oid, 'MEMBER'))
),
-- Views of the desk's tables from other schemas, and functions that run there with the owner's rights.
elsewhere (what, acl) AS (
  SELECT DISTINCT c.oid::regclass::text, coalesce(c.relacl, acldefault('r', c.relowner))
  FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
  JOIN pg_class t ON t.oid = d.refobjid JOIN place ON t.relnamespace = place.oid
  WHERE c.relkind IN ('v', 'm') AND c.relnamespace <> place.oid
  UNION ALL
  SELECT p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prosecdef AND p.proowner = (SELECT owner.oid FROM owner) AND n.nspname <> $1::text
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d
                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
)
SELECT 'role' AS kind, rolname::text AS name FROM unbound
UNION ALL
SELECT 'grant', a.privilege_type || ' on schema ' || $1::text || ' to ' || n.name
FROM place CROSS JOIN LATERAL aclexplode(place.nspacl) a JOIN named n ON n.oid = a.grantee
WHERE a.privilege_type = 'CREATE' AND a.grantee IN (SELECT oid FROM everybody)
  -- Before the roles' script PostgreSQL 14 and older let everybody.
  AND (a.grantee <> 0 OR $2::boolean)
UNION ALL
SELECT 'grant', a.privilege_type || ' on database to ' || n.name
FROM pg_database d CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
JOIN named n ON n.oid = a.grantee
WHERE d.datname = current_database() AND a.privilege_type <> 'CONNECT' AND a.grantee IN (SELECT oid FROM everybody)
  AND (a.grantee <> 0 OR $2::boolean)
UNION ALL
SELECT 'grant', a.privilege_type || ' on ' || e.what || ' to ' || n.name
FROM elsewhere e CROSS JOIN LATERAL aclexplode(e.acl) a JOIN named n ON n.oid = a.grantee
WHERE a.grantee IN (SELECT oid FROM everybody)
UNION ALL
SELECT 'default privilege',
       a.privilege_type || ' on ' || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
         WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' ELSE 'schemas' END || ' to ' || n.name
FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) a JOIN named n ON n.oid = a.grantee
WHERE d.defaclrole = (SELECT owner.oid FROM owner) AND a.grantee <> d.defaclrole
  AND (d.defaclnamespace = 0 OR d.defaclnamespace = (SELECT place.oid FROM place))
  -- Everybody has these two anyway.
  AND NOT (a.grantee = 0 AND d.defaclobjtype IN ('f', 'T') AND a.privilege_type IN ('EXECUTE', 'USAGE'))
  AND (a.grantee IN (SELECT oid FROM everybody) OR a.privilege_type NOT IN ('SELECT', 'USAGE'))
UNION ALL
SELECT 'event trigger', e.evtname::text FROM pg_event_trigger e
WHERE NOT EXISTS (SELECT 1 FROM pg_depend d
                  WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e')
UNION ALL
-- Under which no trigger runs.
SELECT 'setting', set.ting || coalesce(' of ' || pg_get_userbyid(nullif(s.setrole, 0)), '')
FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS set (ting)
WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
  AND set.ting LIKE 'session\_replication\_role=%' AND set.ting <> 'session_replication_role=origin'
