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
