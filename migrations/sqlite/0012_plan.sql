-- A bulk plan: the list that is meant, checked when it was made, and how far it was carried out.
-- `claimed_by` is the run that works on it: each batch renews it, so that no two ever do. `recipient` is
-- whom recovery codes are encrypted to.
CREATE TABLE plans (
  id           INTEGER PRIMARY KEY,
  public_id    TEXT   NOT NULL UNIQUE,
  action       TEXT   NOT NULL CHECK (action IN ('reset', 'reissue')),
  delivery     TEXT   CHECK (delivery IN ('mail', 'letter', 'sealed')),
  recipient    TEXT,
  request_id   INTEGER NOT NULL REFERENCES requests (id),
  made_at      INTEGER NOT NULL,
  made_by      TEXT   NOT NULL,
  hash         BLOB   NOT NULL,
  total        INTEGER NOT NULL,
  ready        INTEGER NOT NULL,
  sensitive    INTEGER NOT NULL DEFAULT 0,
  done         INTEGER NOT NULL DEFAULT 0,
  not_done     INTEGER NOT NULL DEFAULT 0,
  begun_at     INTEGER,
  finished_at  INTEGER,
  cancelled_at INTEGER,
  claimed_by   TEXT,
  claim_until  INTEGER,
  CHECK ((action = 'reissue') = (delivery IS NOT NULL)),
  CHECK ((recipient IS NOT NULL) = (COALESCE(delivery, '') = 'sealed'))
) STRICT;
CREATE INDEX plans_by_request ON plans (request_id);

-- A row keeps what was planned (account and fingerprint, or why not) and what became of it.
CREATE TABLE plan_rows (
  plan_id     INTEGER NOT NULL REFERENCES plans (id),
  position    INTEGER NOT NULL,
  username    TEXT   NOT NULL,
  account_id  INTEGER REFERENCES accounts (id),
  fingerprint BLOB,
  state       TEXT   NOT NULL CHECK (state IN ('ready', 'done', 'refused', 'conflict')),
  code        TEXT,
  event       INTEGER,
  PRIMARY KEY (plan_id, position),
  UNIQUE (plan_id, username),
  CHECK ((account_id IS NULL) = (fingerprint IS NULL)),
  CHECK (account_id IS NOT NULL OR state IN ('refused', 'conflict'))
) STRICT;
