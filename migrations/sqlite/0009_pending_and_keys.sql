-- Reminders that an enrollment window closes: each once for each window, which its end names.
CREATE TABLE enrollment_reminders (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  enroll_by  INTEGER NOT NULL,
  reminder   TEXT   NOT NULL CHECK (reminder IN ('halfway', 'last')),
  queued_at  INTEGER NOT NULL,
  PRIMARY KEY (account_id, enroll_by, reminder)
) STRICT;

-- Who was reset and when: those who haven't enrolled again, and those who are reset time after time.
CREATE INDEX events_of_resets ON events (account, at, action) WHERE action IN ('reset', 'reset.break_glass');
CREATE INDEX enrollments_by_key ON enrollments (key_id, id) WHERE sealed_secret IS NOT NULL;

-- Whatever runs with keys that it read before one was retired, and portals too.
CREATE TRIGGER enrollments_under_a_key_in_use BEFORE INSERT ON enrollments
WHEN NEW.sealed_secret IS NOT NULL
     AND EXISTS (SELECT 1 FROM sealing_keys k WHERE k.key_id = NEW.key_id AND k.retired_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'balie: that sealing key is retired'); END;
CREATE TRIGGER outbox_under_a_key_in_use BEFORE INSERT ON outbox
WHEN NEW.sealed_secret IS NOT NULL
     AND EXISTS (SELECT 1 FROM sealing_keys k WHERE k.key_id = NEW.key_id AND k.retired_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'balie: that sealing key is retired'); END;

-- Who got a login of his own because one was shared.
CREATE TABLE personal_accounts (
  account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
  shared_id  INTEGER NOT NULL REFERENCES accounts (id),
  added_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX personal_accounts_by_shared ON personal_accounts (shared_id);
