-- Nobody is locked out by strangers (rule 20): from the fifth wrong login in a row the next one waits,
-- until then. Whoever was locked out isn't any more.
ALTER TABLE operators RENAME COLUMN password_locked_at TO login_waits_until;
UPDATE operators SET login_waits_until = NULL WHERE login_waits_until IS NOT NULL;

-- A token that somebody else made sleeps until its operator accepts it.
ALTER TABLE operator_tokens ADD COLUMN accepted_at INTEGER;
UPDATE operator_tokens SET accepted_at = added_at
WHERE added_by = (SELECT o.login FROM operators o WHERE o.id = operator_tokens.operator_id);

-- A challenge's code is an Argon2id hash, read only to hold a code against it that is given back. What was open
-- goes: a keyed hash can't be made into one. A code was good for a day anyway, and another one can be sent.
UPDATE challenges SET voided_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000000
WHERE confirmed_at IS NULL AND voided_at IS NULL;
ALTER TABLE challenges DROP COLUMN code_hash;
ALTER TABLE challenges DROP COLUMN key_id;
ALTER TABLE challenges ADD COLUMN code_hash TEXT;
