-- What an operator is asked for besides the role: today, whose machine can open what is sealed.
ALTER TABLE operators ADD COLUMN duty TEXT CHECK (duty IN ('totp'));
SELECT answer_for('operators', 'id', 'id::text', '{}', '{password_hash}');
