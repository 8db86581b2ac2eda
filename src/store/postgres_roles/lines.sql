-- A line is bound to its detail and its record, as the program binds them (see domain/chain.rs, domain/row/record.rs):
-- one that isn't could never be mended, and would end every verification for good.

-- Whether a page of a record can be read to its end, and names only rows that this transaction wrote, or took away.
CREATE OR REPLACE FUNCTION balie_page_is_of_here(page bytea) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
  sees_all boolean := sees_all_rows();
  size int := length(page);
  place int := 0;
  tab int;
  flags int;
  key_size int;
  row_key text;
BEGIN
  WHILE place < size LOOP
    IF place + 4 > size THEN RETURN false; END IF;
    tab := get_byte(page, place);
    flags := get_byte(page, place + 1);
    key_size := get_byte(page, place + 2) * 256 + get_byte(page, place + 3);
    row_key := convert_from(substring(page FROM place + 5 FOR key_size), 'UTF8');
    place := place + 4 + key_size;
    -- A row that is there has one digest or two, and a mark for each column.
    IF flags <> 1 THEN
      place := place + CASE flags WHEN 2 THEN 32 ELSE 16 END;
      IF place >= size THEN RETURN false; END IF;
      place := place + 1 + 2 * get_byte(page, place);
    END IF;
    IF flags > 2 OR place > size OR NOT (
      CASE WHEN flags = 1 THEN balie_row_is_gone(tab, row_key, own)
           ELSE balie_row_is_of_here(tab, row_key, own, sees_all) END)
    THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END
$$;

-- Operators' logins delete rows in two of the tables that the log answers for (see grants.sql). One that was put in again
-- is gone first, and there after that.
CREATE OR REPLACE FUNCTION balie_row_is_gone(tab int, row_key text, own xid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  first bigint;
  second bigint;
BEGIN
  IF tab NOT IN (15, 16) THEN RETURN false; END IF;
  first := split_part(row_key, chr(31), 1)::bigint;
  second := split_part(row_key, chr(31), 2)::bigint;
  RETURN CASE tab
    WHEN 15 THEN NOT EXISTS (SELECT 1 FROM request_checks c
                             WHERE c.request_id = first AND c.position = second AND c.xmin <> own)
    ELSE NOT EXISTS (SELECT 1 FROM request_accounts b
                     WHERE b.account_id = first AND b.request_id = second AND b.xmin <> own) END;
END
$$;

CREATE OR REPLACE FUNCTION balie_line_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  detail record;
  page record;
  bound bytea;
  roots bytea := 'balie.rows/1';
  pages bigint := 0;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  SELECT d.salt, d.json INTO detail FROM event_details d WHERE d.seq = NEW.seq;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'balie: a line comes with its detail';
  END IF;
  IF length(detail.salt) <> 32 OR json_typeof(detail.json::json) <> 'object' THEN
    RAISE EXCEPTION 'balie: a detail is an object, salted';
  END IF;
  bound := sha256('balie.detail/1'::bytea || int8send(32) || detail.salt || convert_to(detail.json, 'UTF8'));
  -- Put together anew, a page is in memory, and isn't fetched once more for each of its entries.
  FOR page IN SELECT r.page AS number, r.rows || ''::bytea AS rows FROM event_rows r WHERE r.seq = NEW.seq ORDER BY r.page LOOP
    IF page.number <> pages OR NOT balie_page_is_of_here(page.rows) THEN
      RAISE EXCEPTION 'balie: a record is of the rows that its own transaction wrote';
    END IF;
    roots := roots || sha256(page.rows);
    pages := pages + 1;
  END LOOP;
  IF NEW.state IS NULL AND pages > 0 OR NEW.state IS NOT NULL AND (pages = 0 OR NEW.state <>
    int8send(coalesce((SELECT max(e.seq) FROM events e WHERE e.state IS NOT NULL AND e.seq < NEW.seq), 0))
    || bound || sha256(roots))
  THEN
    RAISE EXCEPTION 'balie: a record is that of its line';
  END IF;
  IF NEW.state IS NOT NULL THEN
    bound := sha256('balie.record/1'::bytea || NEW.state);
  END IF;
  IF NEW.detail_commitment <> bound THEN
    RAISE EXCEPTION 'balie: a line is bound to its detail and its record';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_line_stands ON events;
CREATE CONSTRAINT TRIGGER balie_line_stands AFTER INSERT ON events
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_line_stands();
