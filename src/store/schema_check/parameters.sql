-- Who may switch the triggers off. PostgreSQL 15 and later.
SELECT 'grant' AS kind, a.privilege_type || ' on parameter ' || p.parname || ' to '
       || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END AS name
FROM pg_parameter_acl p CROSS JOIN LATERAL aclexplode(p.paracl) a
WHERE p.parname = 'session_replication_role' AND a.grantee <> 10
