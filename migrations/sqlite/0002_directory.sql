CREATE TABLE regions (
  id                  INTEGER PRIMARY KEY,
  code                TEXT   NOT NULL UNIQUE,
  name                TEXT   NOT NULL,
  servicedesk_address TEXT   NOT NULL UNIQUE
) STRICT;

CREATE TABLE organisations (
  id        INTEGER PRIMARY KEY,
  code      TEXT   NOT NULL UNIQUE,
  kind      TEXT   NOT NULL CHECK (kind IN ('consortium', 'board', 'school', 'other')),
  name      TEXT   NOT NULL,
  region_id INTEGER NOT NULL REFERENCES regions (id),
  parent_id INTEGER REFERENCES organisations (id) CHECK (parent_id <> id)
) STRICT;
CREATE INDEX organisations_by_parent ON organisations (parent_id);
CREATE INDEX organisations_by_region ON organisations (region_id);

CREATE TABLE organisation_domains (
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  domain          TEXT   NOT NULL,
  PRIMARY KEY (organisation_id, domain)
) STRICT;
CREATE INDEX organisation_domains_by_domain ON organisation_domains (domain);

-- One person's login. There is no phone column, and there will be none (rule 8). `shared_signs` is what
-- speaks for its being shared, a bit each (see `domain::shared_login`): too much to find out for all at once.
CREATE TABLE accounts (
  id            INTEGER PRIMARY KEY,
  username      TEXT   NOT NULL UNIQUE,
  name          TEXT   NOT NULL,
  work_email    TEXT   NOT NULL,
  status        TEXT   NOT NULL CHECK (status IN ('active', 'blocked')),
  language      TEXT   CHECK (language IN ('nl', 'en')),
  password_hash TEXT,
  session_epoch INTEGER NOT NULL DEFAULT 0,
  enroll_by     INTEGER,
  last_login_at INTEGER,
  added_at      INTEGER NOT NULL,
  shared_signs  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX accounts_by_work_email ON accounts (work_email);
CREATE INDEX accounts_shared ON accounts (id) WHERE shared_signs <> 0;

CREATE TABLE account_roles (
  account_id      INTEGER NOT NULL REFERENCES accounts (id),
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  role            TEXT   NOT NULL,
  PRIMARY KEY (account_id, organisation_id, role)
) STRICT;
CREATE INDEX account_roles_by_organisation ON account_roles (organisation_id);

-- `address_since` is NULL for the baseline: the first import into an empty directory (rule 9).
CREATE TABLE requesters (
  id              INTEGER PRIMARY KEY,
  work_email      TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  capacity        TEXT   NOT NULL CHECK (capacity IN ('director', 'board_member', 'supervisor')),
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  valid_from      INTEGER,
  valid_until     INTEGER,
  address_since   INTEGER,
  ended_at        INTEGER,
  reviewed_at     INTEGER,
  reviewed_by     TEXT,
  UNIQUE (work_email, capacity, organisation_id)
) STRICT;
CREATE INDEX requesters_by_organisation ON requesters (organisation_id);
