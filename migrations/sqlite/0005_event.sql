-- The tamper-evident log. `account` is the account's internal id and `request` the public id, both
-- without a foreign key: a line stays when what it is about has gone.
CREATE TABLE events (
  seq               INTEGER NOT NULL PRIMARY KEY,
  at                INTEGER NOT NULL,
  operator          TEXT   NOT NULL,
  action            TEXT   NOT NULL,
  account           INTEGER,
  request           TEXT,
  detail_commitment BLOB   NOT NULL,
  prev_hash         BLOB   NOT NULL,
  hash              BLOB   NOT NULL
) STRICT;
CREATE INDEX events_by_account ON events (account, seq);
CREATE INDEX events_by_request ON events (request, seq);

-- The details, bound by a salted commitment so that they can be erased and the chain still holds.
CREATE TABLE event_details (
  seq  INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
  salt BLOB   NOT NULL,
  json TEXT   NOT NULL
) STRICT;

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER event_details_no_update BEFORE UPDATE ON event_details
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
CREATE TRIGGER event_details_no_delete BEFORE DELETE ON event_details
BEGIN SELECT RAISE(ABORT, 'balie: the log is append-only'); END;
