-- What `find` looks in: an account's names, address and schools, folded (see `directory::search_key`).
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE account_search (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
  words      TEXT   NOT NULL
);
CREATE INDEX account_search_trigrams ON account_search USING gin (words gin_trgm_ops);
