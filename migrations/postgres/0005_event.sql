-- The tamper-evident log. `account` is the account's internal id and `request` the public id, both
-- without a foreign key: a line stays when what it is about has gone.
CREATE TABLE events (
  seq               BIGINT NOT NULL PRIMARY KEY,
  at                BIGINT NOT NULL,
  operator          TEXT   NOT NULL,
  action            TEXT   NOT NULL,
  account           BIGINT,
  request           TEXT,
  detail_commitment BYTEA  NOT NULL,
  prev_hash         BYTEA  NOT NULL,
  hash              BYTEA  NOT NULL
);
CREATE INDEX events_by_account ON events (account, seq);
CREATE INDEX events_by_request ON events (request, seq);

-- The details, bound by a salted commitment so that they can be erased and the chain still holds.
CREATE TABLE event_details (
  seq  BIGINT NOT NULL PRIMARY KEY REFERENCES events (seq),
  salt BYTEA  NOT NULL,
  json TEXT   NOT NULL
);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'balie: the log is append-only';
END
$$;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER event_details_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event_details
FOR EACH STATEMENT EXECUTE FUNCTION append_only();
