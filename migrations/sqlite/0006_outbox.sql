-- Mails to be sent. What to say is kept, not the text: it is written when it is sent. A code that a
-- mail carries stands sealed beside it, and is erased once the mail is out or given up.
CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  message_id    TEXT   NOT NULL UNIQUE,
  recipient     TEXT   NOT NULL,
  language      TEXT   NOT NULL CHECK (language IN ('nl', 'en')),
  notice        TEXT   NOT NULL,
  sealed_secret BLOB,
  key_id        TEXT   REFERENCES sealing_keys (key_id),
  queued_at     INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  attempts      INTEGER NOT NULL DEFAULT 0,
  claimed_by    TEXT,
  claim_until   INTEGER,
  sent_at       INTEGER,
  failed_at     INTEGER,
  last_error    TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND failed_at IS NULL;
