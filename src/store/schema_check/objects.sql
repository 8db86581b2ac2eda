-- What is in the schema $1, and who may do what with it. Names are as they're seen from that schema, which comes first in
-- the search path; whoever owns it is called so, whatever the name. A function is kept as it was written: it may name
-- the schema itself. $2 is what a login that's neither the owner's nor an operator's may write (the portal contract).
WITH RECURSIVE place AS (
  SELECT n.oid FROM pg_namespace n WHERE n.nspname = $1::text
),
owner AS (
  SELECT c.relowner AS oid FROM pg_class c JOIN place ON c.relnamespace = place.oid WHERE c.relname = 'desk'
),
own AS (
  SELECT c.* FROM pg_class c JOIN place ON c.relnamespace = place.oid
),
functions AS (
  SELECT p.*, l.lanname, p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name
  FROM pg_proc p JOIN place ON p.pronamespace = place.oid JOIN pg_language l ON l.oid = p.prolang
  -- An extension's are written in C. Whoever has another added to one doesn't hide it.
  WHERE p.prosecdef OR l.lanname NOT IN ('c', 'internal')
    OR NOT EXISTS (SELECT 1 FROM pg_depend d
                   WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
),
operators AS (
  SELECT r.oid FROM pg_roles r WHERE r.rolname = 'balie_operator'
  UNION
  SELECT m.member FROM pg_auth_members m JOIN operators o ON o.oid = m.roleid
),
-- On a view, which may show the desk's tables, whoever made it; on a sequence of one of the tables.
grants (relation, what, acl, owner) AS (
  SELECT CASE WHEN o.relkind IN ('v', 'm') THEN '' ELSE o.relname END, o.relname,
         coalesce(o.relacl, acldefault('r', o.relowner)), o.relowner
  FROM own o WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL
  SELECT t.relname, o.relname, coalesce(o.relacl, acldefault('s', o.relowner)), o.relowner
  FROM own o JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = o.oid AND d.deptype IN ('a', 'i')
  JOIN own t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid
  WHERE o.relkind = 'S'
  UNION ALL
  SELECT CASE WHEN o.relkind IN ('v', 'm') THEN '' ELSE o.relname END, o.relname || '.' || a.attname, a.attacl, o.relowner
  FROM own o JOIN pg_attribute a ON a.attrelid = o.oid AND NOT a.attisdropped
  WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attacl IS NOT NULL
  UNION ALL
  SELECT f.name, f.name, coalesce(f.proacl, acldefault('f', f.proowner)), f.proowner FROM functions f
),
objects (kind, name, relation, definition) AS (
  SELECT 'table', o.relname, o.relname,
         concat_ws(' ', o.relkind, o.relpersistence, (SELECT relowner = oid FROM owner),
                   (SELECT string_agg(i.inhparent::regclass::text, ' ' ORDER BY i.inhseqno)
                    FROM pg_inherits i WHERE i.inhrelid = o.oid),
                   (SELECT string_agg(i.inhrelid::regclass::text, ' ' ORDER BY i.inhrelid)
                    FROM pg_inherits i WHERE i.inhparent = o.oid))
  FROM own o WHERE o.relkind IN ('r', 'p', 'f')
  UNION ALL
  SELECT 'row security', o.relname, o.relname, concat_ws(' ', o.relrowsecurity, o.relforcerowsecurity)
  FROM own o WHERE o.relkind IN ('r', 'p')
  UNION ALL
  SELECT 'policy', o.relname || '.' || p.polname, o.relname,
         concat_ws(' ', p.polpermissive, p.polcmd,
                   (SELECT string_agg(CASE to_whom WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(to_whom) END, ' ')
                    FROM unnest(p.polroles) AS to_whom),
                   'USING', pg_get_expr(p.polqual, p.polrelid), 'CHECK', pg_get_expr(p.polwithcheck, p.polrelid))
  FROM own o JOIN pg_policy p ON p.polrelid = o.oid
  UNION ALL
  SELECT 'column', o.relname || '.' || a.attname, o.relname,
         concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                   (SELECT c.collname FROM pg_collation c WHERE c.oid = a.attcollation),
                   pg_get_expr(d.adbin, d.adrelid))
  FROM own o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE o.relkind = 'r'
  UNION ALL
  SELECT 'constraint', o.relname || '.' || c.conname, o.relname,
         concat_ws(' ', pg_get_constraintdef(c.oid), c.convalidated,
                   -- What holds a foreign key.
                   (SELECT bool_and(t.tgenabled = 'O') FROM pg_trigger t
                    WHERE t.tgconstraint = c.oid AND t.tgisinternal))
  FROM own o JOIN pg_constraint c ON c.conrelid = o.oid AND c.contype IN ('p', 'u', 'f', 'c', 'x')
  UNION ALL
  SELECT 'index', o.relname, t.relname, concat_ws(' ', pg_get_indexdef(o.oid), i.indisvalid, i.indisready, i.indislive)
  FROM own o JOIN pg_index i ON i.indexrelid = o.oid JOIN own t ON t.oid = i.indrelid
  UNION ALL
  SELECT 'trigger', o.relname || '.' || t.tgname, o.relname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
  FROM own o JOIN pg_trigger t ON t.tgrelid = o.oid AND NOT t.tgisinternal
  UNION ALL
  SELECT 'rule', o.relname || '.' || r.rulename, o.relname, concat_ws(' ', pg_get_ruledef(r.oid), r.ev_enabled)
  FROM own o JOIN pg_rewrite r ON r.ev_class = o.oid WHERE o.relkind <> 'v' OR r.rulename <> '_RETURN'
  UNION ALL
  SELECT 'view', o.relname, o.relname,
         concat_ws(' ', (SELECT relowner = oid FROM owner), array_to_string(o.reloptions, ' '), pg_get_viewdef(o.oid),
                   (SELECT r.ev_enabled FROM pg_rewrite r WHERE r.ev_class = o.oid AND r.rulename = '_RETURN'))
  FROM own o WHERE o.relkind = 'v'
  UNION ALL
  SELECT 'function', f.name, '',
         -- Marked where it may stand in for another, or do more than whoever calls it.
         concat_ws(' ', CASE WHEN f.prosecdef OR EXISTS (
                               SELECT 1 FROM pg_proc p
                               WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = f.proname)
                             THEN '!' END, f.lanname, f.prokind, f.provolatile, f.proisstrict, f.proleakproof, f.prosecdef, f.prosupport,
                   array_to_string(f.proconfig, ' '), (SELECT f.proowner = oid FROM owner), pg_get_function_result(f.oid),
                   pg_get_function_arguments(f.oid), f.probin, f.prosrc)
  FROM functions f
  UNION ALL
  SELECT 'operator', o.oprname || ' (' || format_type(o.oprleft, NULL) || ', ' || format_type(o.oprright, NULL) || ')',
         '', o.oprcode::text
  FROM pg_operator o JOIN place ON o.oprnamespace = place.oid
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend d
                    WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
  UNION ALL
  -- What goes beyond the owner. Who reads besides, of logins that aren't operators', is the owner's to say.
  SELECT 'grant', a.privilege_type || ' on ' || g.what || ' to '
                  || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END,
         g.relation, a.is_grantable::text
  FROM grants g CROSS JOIN LATERAL aclexplode(g.acl) a
  WHERE a.grantee <> g.owner
    AND (a.grantee = 0 OR a.grantee IN (SELECT o.oid FROM operators o)
         OR a.privilege_type NOT IN ('SELECT', 'USAGE')
            AND a.privilege_type || ' on ' || g.what <> ALL ($2::text[])
            AND NOT pg_has_role(a.grantee, (SELECT owner.oid FROM owner), 'MEMBER'))
)
SELECT kind, name::text, relation::text,
       CASE WHEN kind = 'function' THEN definition ELSE replace(definition, quote_ident($1::text) || '.', '') END
FROM objects
