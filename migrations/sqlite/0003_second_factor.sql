-- The TOTP authenticator bound to an account. `uid` is bound into the seal, so that a sealed secret
-- opens in its own row only. `secret_bits` is how long a secret is that was taken over from elsewhere.
CREATE TABLE enrollments (
  id                 INTEGER PRIMARY KEY,
  account_id         INTEGER NOT NULL REFERENCES accounts (id),
  uid                BLOB   NOT NULL UNIQUE,
  sealed_secret      BLOB,
  key_id             TEXT   NOT NULL REFERENCES sealing_keys (key_id),
  algorithm          TEXT   NOT NULL CHECK (algorithm IN ('SHA1', 'SHA256', 'SHA512')),
  digits             INTEGER NOT NULL CHECK (digits BETWEEN 6 AND 8),
  period             INTEGER NOT NULL CHECK (period BETWEEN 15 AND 120),
  secret_bits        INTEGER,
  begun_at           INTEGER NOT NULL,
  enrolled_at        INTEGER,
  last_used_at       INTEGER,
  last_accepted_step INTEGER,
  failed_attempts    INTEGER NOT NULL DEFAULT 0,
  locked_at          INTEGER,
  retired_at         INTEGER,
  destroy_at         INTEGER
) STRICT;
CREATE UNIQUE INDEX enrollments_live ON enrollments (account_id) WHERE retired_at IS NULL;
CREATE INDEX enrollments_by_account ON enrollments (account_id);
CREATE INDEX enrollments_to_destroy ON enrollments (destroy_at) WHERE sealed_secret IS NOT NULL AND destroy_at IS NOT NULL;

CREATE TABLE recovery_codes (
  id              INTEGER PRIMARY KEY,
  account_id      INTEGER NOT NULL REFERENCES accounts (id),
  hash            TEXT   NOT NULL,
  issued_at       INTEGER NOT NULL,
  expires_at      INTEGER,
  used_at         INTEGER,
  revoked_at      INTEGER,
  failed_attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX recovery_codes_live ON recovery_codes (account_id) WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);
