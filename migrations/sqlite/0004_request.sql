-- One mail from a requester, with its evidence and verdict. `facts` is what the directory and the
-- policy said at the time, so that the verdict can be followed when they have moved on.
CREATE TABLE requests (
  id             INTEGER PRIMARY KEY,
  public_id      TEXT   NOT NULL UNIQUE,
  received_at    INTEGER NOT NULL,
  received_by    TEXT   NOT NULL,
  verdict        TEXT   NOT NULL CHECK (verdict IN ('verified', 'challenge', 'rejected')),
  rule_version   INTEGER NOT NULL,
  region_id      INTEGER REFERENCES regions (id),
  requester_id   INTEGER REFERENCES requesters (id),
  from_address   TEXT,
  subject        TEXT   NOT NULL,
  message_id     TEXT,
  sent_at        INTEGER,
  body_hash      BLOB   NOT NULL,
  evidence       TEXT   NOT NULL,
  facts          TEXT   NOT NULL,
  because        TEXT,
  expires_at     INTEGER NOT NULL,
  answers_id     INTEGER REFERENCES requests (id),
  confirmed_at   INTEGER,
  rejected_at    INTEGER,
  rejected_by    TEXT,
  rejected_for   TEXT,
  told_at        INTEGER
) STRICT;
CREATE INDEX requests_by_message_id ON requests (message_id);
CREATE INDEX requests_by_body_hash ON requests (body_hash);
CREATE INDEX requests_by_received ON requests (received_at);
CREATE INDEX requests_by_requester ON requests (requester_id);

-- The mail as it came in, byte for byte, compressed (zlib, RFC 1950), until it's past its time.
CREATE TABLE request_messages (
  request_id INTEGER NOT NULL PRIMARY KEY REFERENCES requests (id),
  sha256     BLOB   NOT NULL UNIQUE,
  size       INTEGER NOT NULL,
  zlib       BLOB
) STRICT;

-- The signatures that the mail carried, so that one sent again under another Message-ID is known.
CREATE TABLE request_signatures (
  request_id INTEGER NOT NULL REFERENCES requests (id),
  sha256     BLOB   NOT NULL,
  PRIMARY KEY (request_id, sha256)
) STRICT;
CREATE INDEX request_signatures_by_hash ON request_signatures (sha256);

CREATE TABLE request_checks (
  request_id INTEGER NOT NULL REFERENCES requests (id),
  position   INTEGER NOT NULL,
  name       TEXT   NOT NULL,
  result     TEXT   NOT NULL CHECK (result IN ('pass', 'fail', 'none')),
  detail     TEXT   NOT NULL,
  PRIMARY KEY (request_id, position)
) STRICT;

-- Which accounts a request is for. `used_at` is the guard of rule 1: once for each account.
CREATE TABLE request_accounts (
  request_id INTEGER NOT NULL REFERENCES requests (id),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  covered    INTEGER NOT NULL CHECK (covered IN (0, 1)),
  used_at    INTEGER,
  used_for   TEXT   CHECK (used_for IN ('reset', 'reissue')),
  PRIMARY KEY (request_id, account_id)
) STRICT;
CREATE INDEX request_accounts_by_account ON request_accounts (account_id);
