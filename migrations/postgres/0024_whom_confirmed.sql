-- Which accounts a code confirms, as JSON: what is bound to its request afterwards isn't confirmed.
ALTER TABLE challenges ADD COLUMN accounts TEXT;
SELECT answer_for('challenges', 'id', 'id::text', '{}', '{code_hash}');
