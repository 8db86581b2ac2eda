-- Whether a secret is still there, for whoever may not read it.
ALTER TABLE enrollments ADD COLUMN is_sealed INTEGER GENERATED ALWAYS AS (CASE WHEN sealed_secret IS NULL THEN 0 ELSE 1 END) VIRTUAL;
DROP INDEX enrollments_to_destroy;
CREATE INDEX enrollments_to_destroy ON enrollments (destroy_at) WHERE is_sealed = 1 AND destroy_at IS NOT NULL;
DROP INDEX enrollments_by_key;
CREATE INDEX enrollments_by_key ON enrollments (key_id, id) WHERE is_sealed = 1;
