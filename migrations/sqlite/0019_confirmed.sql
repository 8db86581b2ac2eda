-- Whether a holder was told is asked by address. What else this version adds is PostgreSQL's alone, where operators
-- have logins of their own.
CREATE INDEX outbox_by_recipient ON outbox (recipient);
