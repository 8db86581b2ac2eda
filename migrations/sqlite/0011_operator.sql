-- The regions that an operator (`operator:LOGIN`) or a script's token (`token:ID`) is bound to.
CREATE TABLE region_scopes (
  holder    TEXT   NOT NULL,
  region_id INTEGER NOT NULL REFERENCES regions (id),
  PRIMARY KEY (holder, region_id)
) STRICT;

-- An operator's own authenticator, under the same rules as those of accounts.
CREATE TABLE operator_enrollments (
  id                 INTEGER PRIMARY KEY,
  operator_id        INTEGER NOT NULL REFERENCES operators (id),
  uid                BLOB   NOT NULL UNIQUE,
  sealed_secret      BLOB,
  key_id             TEXT   NOT NULL REFERENCES sealing_keys (key_id),
  begun_at           INTEGER NOT NULL,
  enrolled_at        INTEGER,
  last_used_at       INTEGER,
  last_accepted_step INTEGER,
  failed_attempts    INTEGER NOT NULL DEFAULT 0,
  locked_at          INTEGER,
  retired_at         INTEGER
) STRICT;
CREATE UNIQUE INDEX operator_enrollments_live ON operator_enrollments (operator_id) WHERE retired_at IS NULL;

-- Who is logged in. The token itself is with the operator; here is its SHA-256.
CREATE TABLE operator_sessions (
  id           INTEGER PRIMARY KEY,
  operator_id  INTEGER NOT NULL REFERENCES operators (id),
  token_hash   BLOB   NOT NULL UNIQUE,
  started_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  ended_at     INTEGER
) STRICT;
CREATE INDEX operator_sessions_by_operator ON operator_sessions (operator_id);

-- A script's token: what it may do is the smaller of its scopes and its operator's role.
CREATE TABLE operator_tokens (
  id           INTEGER PRIMARY KEY,
  public_id    TEXT   NOT NULL UNIQUE,
  operator_id  INTEGER NOT NULL REFERENCES operators (id),
  token_hash   BLOB   NOT NULL UNIQUE,
  scopes       TEXT   NOT NULL,
  added_by     TEXT   NOT NULL,
  added_at     INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT;
CREATE INDEX operator_tokens_by_operator ON operator_tokens (operator_id);

-- A second pair of eyes: `hash` is over exactly what was shown (see domain/approval.rs).
CREATE TABLE approvals (
  id           INTEGER PRIMARY KEY,
  subject_kind TEXT   NOT NULL CHECK (subject_kind IN ('request', 'plan', 'case')),
  subject      TEXT   NOT NULL,
  account_id   INTEGER REFERENCES accounts (id),
  action       TEXT   NOT NULL,
  hash         BLOB   NOT NULL,
  approved_by  TEXT   NOT NULL,
  approved_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX approvals_by_subject ON approvals (subject_kind, subject);

-- Break-glass: a reset without a request, started by one operator and completed by a senior.
CREATE TABLE cases (
  id           INTEGER PRIMARY KEY,
  public_id    TEXT   NOT NULL UNIQUE,
  account_id   INTEGER NOT NULL REFERENCES accounts (id),
  reason       TEXT   NOT NULL,
  shown        BLOB   NOT NULL,
  started_by   TEXT   NOT NULL,
  started_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  completed_by TEXT,
  completed_at INTEGER,
  cancelled_at INTEGER
) STRICT;
CREATE INDEX cases_by_account ON cases (account_id);

-- Who has an account or a request open in a changing step; others see it, and can't act meanwhile.
CREATE TABLE leases (
  what       TEXT   NOT NULL CHECK (what IN ('account', 'request')),
  subject    INTEGER NOT NULL,
  operator   TEXT   NOT NULL,
  since      INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (what, subject)
) STRICT;

CREATE INDEX events_by_operator ON events (operator, at);
