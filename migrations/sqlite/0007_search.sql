-- What `find` looks in: an account's names, address and schools, folded (see `directory::search_key`).
CREATE TABLE account_search (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  words      TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE account_trigrams USING fts5 (words, content = 'account_search', content_rowid = 'account_id', tokenize = 'trigram', detail = 'none', columnsize = 0);
CREATE TRIGGER account_search_insert AFTER INSERT ON account_search
BEGIN INSERT INTO account_trigrams (rowid, words) VALUES (new.account_id, new.words); END;
CREATE TRIGGER account_search_update AFTER UPDATE ON account_search
BEGIN
  INSERT INTO account_trigrams (account_trigrams, rowid, words) VALUES ('delete', old.account_id, old.words);
  INSERT INTO account_trigrams (rowid, words) VALUES (new.account_id, new.words);
END;
CREATE TRIGGER account_search_delete AFTER DELETE ON account_search
BEGIN INSERT INTO account_trigrams (account_trigrams, rowid, words) VALUES ('delete', old.account_id, old.words); END;
