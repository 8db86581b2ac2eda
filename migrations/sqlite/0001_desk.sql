-- The desk itself: one row. `public_key` is the Ed25519 key that its receipts are signed with.
CREATE TABLE desk (
  id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  uid        TEXT   NOT NULL,
  sign_key   TEXT   NOT NULL,
  public_key BLOB   NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Which sealing keys this database knows. `check_value` tells a wrong key file at once.
CREATE TABLE sealing_keys (
  key_id      TEXT   NOT NULL PRIMARY KEY,
  check_value BLOB   NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE operators (
  id          INTEGER PRIMARY KEY,
  login       TEXT   NOT NULL UNIQUE,
  role        TEXT   NOT NULL CHECK (role IN ('operator', 'senior', 'auditor')),
  work_email  TEXT,
  added_at    INTEGER NOT NULL,
  disabled_at INTEGER
) STRICT;
