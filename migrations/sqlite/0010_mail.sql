-- A code mailed to the requester's address on file (NIST SP 800-63B-4 §4.2.1.2). The code itself is
-- nowhere: `code_hash` is keyed, and covers the request and its accounts.
CREATE TABLE challenges (
  id           INTEGER PRIMARY KEY,
  request_id   INTEGER NOT NULL REFERENCES requests (id),
  uid          BLOB NOT NULL UNIQUE,
  key_id       TEXT NOT NULL REFERENCES sealing_keys (key_id),
  code_hash    BLOB NOT NULL,
  sent_to      TEXT NOT NULL,
  sent_at      INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  tries        INTEGER NOT NULL DEFAULT 0,
  confirmed_at INTEGER,
  voided_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX challenges_live ON challenges (request_id) WHERE confirmed_at IS NULL AND voided_at IS NULL;
CREATE INDEX challenges_by_request ON challenges (request_id);

-- How far a mailbox was read. `place` is its address: `imap://user@host/INBOX`, `maildir:DIR`, `mbox:FILE`.
CREATE TABLE mailboxes (
  place        TEXT NOT NULL PRIMARY KEY,
  uid_validity INTEGER,
  last_uid     INTEGER,
  fetched_at   INTEGER NOT NULL
) STRICT;

-- Every message that was taken from a mailbox: a request, or quarantined with a reason.
CREATE TABLE mailbox_messages (
  id         INTEGER PRIMARY KEY,
  place      TEXT NOT NULL REFERENCES mailboxes (place),
  item       TEXT NOT NULL,
  taken_at   INTEGER NOT NULL,
  request_id INTEGER REFERENCES requests (id),
  reason     TEXT,
  size       INTEGER NOT NULL,
  zlib       BLOB,
  UNIQUE (place, item)
) STRICT;
CREATE INDEX mailbox_messages_quarantined ON mailbox_messages (taken_at) WHERE reason IS NOT NULL;
