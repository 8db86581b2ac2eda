-- Nobody is locked out by strangers (rule 20): from the fifth wrong login in a row the next one waits,
-- until then. Whoever was locked out isn't any more.
DROP VIEW state_operators;
ALTER TABLE operators RENAME COLUMN password_locked_at TO login_waits_until;
UPDATE operators SET login_waits_until = NULL WHERE login_waits_until IS NOT NULL;
SELECT answer_for('operators', 'id', 'id::text', '{}', '{password_hash}');

-- A token that somebody else made sleeps until its operator accepts it.
ALTER TABLE operator_tokens ADD COLUMN accepted_at BIGINT;
UPDATE operator_tokens SET accepted_at = added_at
WHERE added_by = (SELECT o.login FROM operators o WHERE o.id = operator_tokens.operator_id);
SELECT answer_for('operator_tokens', 'id', 'id::text', '{last_used_at}', '{token_hash}');

-- A challenge's code is an Argon2id hash, which nobody reads: whoever gives one back is told the salt, and then
-- whether it's that hash. What was open goes: a keyed hash can't be made into one.
-- A code was good for a day anyway, and another one can be sent.
DROP VIEW state_challenges;
UPDATE challenges SET voided_at = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
WHERE confirmed_at IS NULL AND voided_at IS NULL;
ALTER TABLE challenges DROP COLUMN code_hash;
ALTER TABLE challenges DROP COLUMN key_id;
ALTER TABLE challenges ADD COLUMN code_hash TEXT;
SELECT answer_for('challenges', 'id', 'id::text', '{}', '{code_hash}');

CREATE FUNCTION challenge_salt(challenge bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT substring(c.code_hash FROM '^(.*)[$]') FROM challenges c WHERE c.id = challenge
$$;
CREATE FUNCTION challenge_fits(challenge bigint, hash text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT sha256(convert_to(c.code_hash, 'UTF8')) = sha256(convert_to(hash, 'UTF8'))
  FROM challenges c WHERE c.id = challenge
$$;

-- Nobody reads a colleague's password hash. The own one is asked for, and whether somebody has a password at all; whoever
-- may read the column gets what is in it.
CREATE FUNCTION operator_password_hash(operator bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT o.password_hash FROM operators o
  WHERE o.id = operator
    AND (o.login = session_user OR has_column_privilege(session_user, 'operators', 'password_hash', 'SELECT'))
$$;
CREATE FUNCTION operator_has_password(operator bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT o.password_hash IS NOT NULL FROM operators o WHERE o.id = operator
$$;

-- What a detail commits to (see domain/chain.rs), for who verifies the log and may not read that detail.
CREATE FUNCTION detail_commitment(event bigint) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT sha256('balie.detail/1'::bytea || int8send(length(d.salt)) || d.salt || convert_to(d.json, 'UTF8'))
  FROM event_details d WHERE d.seq = event
$$;

-- What checks looks at the desk's own tables, whoever has a temporary one of the same name.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['challenge_salt(bigint)', 'challenge_fits(bigint, text)', 'operator_password_hash(bigint)',
    'operator_has_password(bigint)', 'detail_commitment(bigint)', 'sees_all_rows()',
    'refuse_retired_key()', 'rows_before_event()', 'prune_with_event()', 'old_details_only()']
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', name, current_schema());
  END LOOP;
END
$$;
