-- The desk's own rules and servers (rule 17): a closed desk is judged by these, whatever a caller brings along.
-- `value` is JSON. A key that isn't here has its default.
CREATE TABLE settings (
  key        TEXT   NOT NULL PRIMARY KEY,
  value      TEXT   NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT   NOT NULL
);

-- A service is an account for a timer: it has no password, and its token does this job and nothing else.
ALTER TABLE operators ADD COLUMN job TEXT;
