-- Whether a secret is still there, for whoever may not read it.
ALTER TABLE enrollments
ADD COLUMN is_sealed BIGINT GENERATED ALWAYS AS (CASE WHEN sealed_secret IS NULL THEN 0 ELSE 1 END) STORED;
DROP INDEX enrollments_to_destroy;
CREATE INDEX enrollments_to_destroy ON enrollments (destroy_at) WHERE is_sealed = 1 AND destroy_at IS NOT NULL;
DROP INDEX enrollments_by_key;
CREATE INDEX enrollments_by_key ON enrollments (key_id, id) WHERE is_sealed = 1;

-- Nobody reads an account's sealed secret but who may read the column (the owner, a portal), and who is asked to open
-- them: an operator with the duty `totp`, of accounts within reach.
CREATE FUNCTION may_read_secrets() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT has_column_privilege(session_user, 'enrollments', 'sealed_secret', 'SELECT')
      OR EXISTS (SELECT 1 FROM operators o
                 WHERE o.login = session_user AND o.disabled_at IS NULL AND o.duty = 'totp')
$$;
CREATE FUNCTION sealed_secret_of(enrollment bigint) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT e.sealed_secret FROM enrollments e
  WHERE e.id = enrollment
    AND (has_column_privilege(session_user, 'enrollments', 'sealed_secret', 'SELECT')
         OR EXISTS (
           SELECT 1 FROM operators w
           JOIN account_roles r ON r.account_id = e.account_id
           JOIN organisations o ON o.id = r.organisation_id
           WHERE w.login = session_user AND w.disabled_at IS NULL AND w.duty = 'totp'
             AND (w.role NOT IN ('operator', 'senior')
                  OR EXISTS (SELECT 1 FROM region_scopes s
                             WHERE s.holder = 'operator:' || w.login AND s.region_id = o.region_id))))
$$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['may_read_secrets()', 'sealed_secret_of(bigint)']
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', name, current_schema());
  END LOOP;
END
$$;
