-- Reminders that an enrollment window closes: each once for each window, which its end names.
CREATE TABLE enrollment_reminders (
  account_id BIGINT  NOT NULL REFERENCES accounts (id),
  enroll_by  BIGINT  NOT NULL,
  reminder   TEXT   NOT NULL CHECK (reminder IN ('halfway', 'last')),
  queued_at  BIGINT  NOT NULL,
  PRIMARY KEY (account_id, enroll_by, reminder)
);

-- Who was reset and when: those who haven't enrolled again, and those who are reset time after time.
CREATE INDEX events_of_resets ON events (account, at, action) WHERE action IN ('reset', 'reset.break_glass');
CREATE INDEX enrollments_by_key ON enrollments (key_id, id) WHERE sealed_secret IS NOT NULL;

-- Whatever runs with keys that it read before one was retired, and portals too. After the foreign key's
-- own check, which waits for whoever is retiring that key.
CREATE FUNCTION refuse_retired_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sealed_secret IS NOT NULL
     AND EXISTS (SELECT 1 FROM sealing_keys k WHERE k.key_id = NEW.key_id AND k.retired_at IS NOT NULL)
  THEN
    RAISE EXCEPTION 'balie: that sealing key is retired';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER under_a_key_in_use AFTER INSERT ON enrollments
FOR EACH ROW EXECUTE FUNCTION refuse_retired_key();
CREATE TRIGGER under_a_key_in_use AFTER INSERT ON outbox
FOR EACH ROW EXECUTE FUNCTION refuse_retired_key();

-- Who got a login of his own because one was shared.
CREATE TABLE personal_accounts (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
  shared_id  BIGINT NOT NULL REFERENCES accounts (id),
  added_at   BIGINT NOT NULL
);
CREATE INDEX personal_accounts_by_shared ON personal_accounts (shared_id);
