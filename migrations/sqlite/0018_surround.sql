-- Whose desk a mail is from: who may read it is asked of this column, never of the mail's words.
ALTER TABLE outbox ADD COLUMN region_id INTEGER REFERENCES regions (id);
UPDATE outbox SET region_id = (SELECT r.id FROM regions r WHERE r.servicedesk_address = notice ->> '$.desk');
CREATE INDEX outbox_by_region ON outbox (region_id, id);

-- Nothing is looked up by it, and on PostgreSQL a Message-ID may be longer than an index takes.
DROP INDEX requests_by_message_id;

-- Letters that are folded since, in what `find` looks in.
UPDATE account_search
SET words = replace(replace(replace(replace(words, 'œ', 'oe'), 'þ', 'th'), 'ð', 'd'), 'ħ', 'h')
WHERE words LIKE '%œ%' OR words LIKE '%þ%' OR words LIKE '%ð%' OR words LIKE '%ħ%';
