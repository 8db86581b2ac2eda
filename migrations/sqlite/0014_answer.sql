-- An answer to a challenge that came by mail is linked to its request, whether it proves or not.
-- `confirms` tells what came of it; `undecided` that DNS had left it open.
CREATE TABLE request_answers (
  id           INTEGER PRIMARY KEY,
  request_id   INTEGER NOT NULL REFERENCES requests (id),
  challenge_id INTEGER NOT NULL REFERENCES challenges (id),
  received_at  INTEGER NOT NULL,
  received_by  TEXT    NOT NULL,
  from_address TEXT    NOT NULL,
  sha256       BLOB    NOT NULL UNIQUE,
  size         INTEGER NOT NULL,
  zlib         BLOB,
  evidence     TEXT    NOT NULL,
  proven       INTEGER NOT NULL CHECK (proven IN (0, 1)),
  undecided    INTEGER NOT NULL CHECK (undecided IN (0, 1)),
  confirms     INTEGER NOT NULL CHECK (confirms IN (0, 1))
) STRICT;
CREATE INDEX request_answers_by_request ON request_answers (request_id);
CREATE INDEX request_answers_by_challenge ON request_answers (challenge_id);

-- The challenge's mail, so that an answer that names it is known.
ALTER TABLE challenges ADD COLUMN message_id TEXT;
CREATE INDEX challenges_by_address ON challenges (sent_to);

-- A challenge can still prove it; and a signature that holds is aligned with the sender, so that what a
-- forger sends doesn't use up what its real sender is told.
ALTER TABLE requests ADD COLUMN challenge_open INTEGER NOT NULL DEFAULT 0 CHECK (challenge_open IN (0, 1));
ALTER TABLE requests ADD COLUMN aligned INTEGER NOT NULL DEFAULT 0 CHECK (aligned IN (0, 1));
UPDATE requests SET challenge_open = 1 WHERE verdict = 'challenge';

-- How the sender's domain signs, so that a new way is told. Only signatures that hold are kept: anybody can
-- put somebody's signature on another mail.
ALTER TABLE request_signatures ADD COLUMN domain TEXT;
ALTER TABLE request_signatures ADD COLUMN selector TEXT;
ALTER TABLE request_signatures ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1));
ALTER TABLE request_signatures ADD COLUMN as_answer INTEGER NOT NULL DEFAULT 0 CHECK (as_answer IN (0, 1));
CREATE INDEX request_signatures_by_domain ON request_signatures (domain);
