-- The desk itself: one row. `public_key` is the Ed25519 key that its receipts are signed with.
-- `closed_at` is when the first operator got a password: from then on nobody works without login.
CREATE TABLE desk (
  id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  uid        TEXT   NOT NULL,
  sign_key   TEXT   NOT NULL,
  public_key BLOB   NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at  INTEGER
) STRICT;

-- Which sealing keys this database knows. `check_value` tells a wrong key file at once. A retired key's
-- row stays: destroyed enrollments still name it.
CREATE TABLE sealing_keys (
  key_id      TEXT   NOT NULL PRIMARY KEY,
  check_value BLOB   NOT NULL,
  created_at  INTEGER NOT NULL,
  retired_at  INTEGER
) STRICT;

-- Who may work with Balie. `password_until` is the end of a password that was handed out, to be
-- replaced at the first login; nothing for one that the operator chose.
CREATE TABLE operators (
  id                 INTEGER PRIMARY KEY,
  login              TEXT   NOT NULL UNIQUE,
  role               TEXT   NOT NULL CHECK (role IN ('founder', 'operator', 'senior', 'auditor', 'admin')),
  work_email         TEXT,
  password_hash      TEXT,
  password_until     INTEGER,
  password_failures  INTEGER NOT NULL DEFAULT 0,
  password_locked_at INTEGER,
  added_at           INTEGER NOT NULL,
  disabled_at        INTEGER
) STRICT;
