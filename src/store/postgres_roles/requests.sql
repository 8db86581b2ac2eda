-- Requests, the accounts that they're for, and the codes that confirm them.

-- A request is judged under its own line, and nobody takes a no back. What makes it confirmed is a challenge that was
-- confirmed in this very transaction; a copy of a mail that came in before counts no more, whichever came first.
CREATE OR REPLACE FUNCTION balie_request_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
  judged text[] := '{verdict, because, evidence, facts, rule_version, challenge_open}';
  mail text[] := '{region_id, subject, message_id, sent_at, body_hash, aligned}';
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  changed := balie_changed(to_jsonb(OLD), to_jsonb(NEW));
  IF balie_own_role() <> 'service:fetch' AND balie_is_of_the_service(NEW.facts)
     AND NOT (balie_is_of_the_service(OLD.facts) AND OLD.evidence = NEW.evidence
              AND NEW.facts::jsonb #> '{facts, naming, named}' IS NOT DISTINCT FROM OLD.facts::jsonb #> '{facts, naming, named}')
  OR NEW.rule_version NOT IN (OLD.rule_version, balie_rule_version())
  THEN
    RAISE EXCEPTION 'balie: no event, no change: who gathered it, and by which rules it was judged, is not so';
  END IF;
  IF changed = '{}'
  OR changed <@ '{verdict, rejected_at, rejected_by, rejected_for}' AND OLD.rejected_at IS NULL
     AND NEW.verdict = 'rejected' AND NEW.rejected_by = session_user AND balie_is_now(NEW.rejected_at)
     AND balie_says('{request.reject}', NULL, NEW.public_id)
  OR changed <@ '{verdict, rejected_at, rejected_by, rejected_for, closed_at}' AND OLD.rejected_at IS NULL
     AND NEW.verdict = 'rejected' AND NEW.rejected_by = session_user AND balie_is_now(NEW.rejected_at)
     AND NEW.closed_at = NEW.rejected_at AND balie_says('{request.close}', NULL, NEW.public_id)
  OR changed <@ '{verdict, confirmed_at}' AND OLD.rejected_at IS NULL AND OLD.challenge_open = 1
     AND NEW.verdict = 'verified' AND balie_says('{request.confirm}', NULL, NEW.public_id)
     AND EXISTS (SELECT 1 FROM challenges c
                 WHERE c.request_id = NEW.id AND c.confirmed_at = NEW.confirmed_at
                   AND c.xmin = pg_current_xact_id()::xid)
  OR changed = '{confirmed_at}' AND NEW.confirmed_at IS NULL AND balie_says('{request.assign}', NULL, NEW.public_id)
  OR changed <@ judged AND OLD.rejected_at IS NULL AND NEW.verdict <> 'verified'
     AND balie_says('{request.receive, request.assign, request.reverify, request.challenge, bulk.plan}',
                    NULL, NEW.public_id)
  OR changed <@ judged AND OLD.rejected_at IS NULL
     AND balie_is_believed(NEW.verdict, OLD.evidence = NEW.evidence AND balie_is_of_the_service(OLD.facts)
                                        AND balie_is_of_the_service(NEW.facts))
     AND balie_says('{request.receive, request.assign, request.reverify}', NULL, NEW.public_id)
  -- A worse copy of a mail counts no more beside the better one of the same sender, which was written just now.
  OR changed <@ judged AND NEW.verdict = 'rejected' AND OLD.rejected_at IS NULL
     AND EXISTS (SELECT 1 FROM requests better
                 WHERE better.public_id = NEW.facts::jsonb #>> '{facts, seen_as}' AND better.id <> NEW.id
                   AND better.from_address = NEW.from_address AND better.xmin = pg_current_xact_id()::xid
                   AND balie_says('{request.receive, request.reverify}', NULL, better.public_id))
  OR changed <@ mail AND balie_says('{request.receive}', NULL, NEW.public_id)
  OR changed = '{told_at}' AND balie_is_now(NEW.told_at)
     AND balie_says('{request.receive, request.reverify, request.confirm}', NULL, NEW.public_id)
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the request (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON requests;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT ON requests
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION balie_needs_event('', 'public_id', 'request.receive', '', '');

-- Whether the verdict may come from this login's machine: one that needs no code may not, where the desk's settings say
-- so, for then only a service of the desk's is believed, or nobody.
-- What a service gathered stands whoever judges it anew, as long as it's that.
CREATE OR REPLACE FUNCTION balie_is_believed(verdict text, is_as_the_service_gathered boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN verdict <> 'verified' OR CASE balie_setting('policy.challenge') #>> '{}'
    WHEN 'unless_proven' THEN true
    WHEN 'unless_fetched' THEN balie_own_role() = 'service:fetch' OR is_as_the_service_gathered
    ELSE false END;
END
$$;

-- Whether a record says that a service of the desk's gathered what is in it. Only that service writes so, and whoever writes
-- other evidence takes it back.
CREATE OR REPLACE FUNCTION balie_is_of_the_service(facts text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(facts::jsonb #>> '{facts, by_service}' = 'true', false);
END
$$;

-- A request comes in now, and can be used for as long as the desk's settings say.
CREATE OR REPLACE FUNCTION balie_request_is_of_now() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (balie_is_now(NEW.received_at) AND balie_is_believed(NEW.verdict, false)
    AND (balie_own_role() = 'service:fetch' OR NOT balie_is_of_the_service(NEW.facts))
    AND NEW.rule_version = balie_rule_version() AND NEW.public_id ~ '^R-[0-9A-HJKMNP-TV-Z]{5}$'
    AND json_typeof(NEW.evidence::json -> 'sha256') = 'string' AND json_typeof(NEW.facts::json -> 'facts') = 'object'
    AND json_typeof(NEW.facts::json -> 'policy') = 'object'
    AND (NEW.requester_id IS NULL OR EXISTS (
      SELECT 1 FROM requesters r WHERE r.id = NEW.requester_id AND r.work_email = NEW.from_address))
    AND coalesce(NEW.sent_at BETWEEN 0 AND 253402300799000000, true) AND NEW.expires_at >= NEW.received_at
    AND NEW.expires_at <= NEW.received_at + balie_setting('policy.request_ttl_hours')::bigint * 3600000000)
  THEN
    RAISE EXCEPTION 'balie: a request comes in now, ends in time, and is as the settings let it be';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_request_is_of_now ON requests;
CREATE TRIGGER balie_request_is_of_now BEFORE INSERT ON requests
FOR EACH ROW EXECUTE FUNCTION balie_request_is_of_now();
DROP TRIGGER IF EXISTS balie_verified_with_event ON requests;
DROP TRIGGER IF EXISTS balie_request_changes ON requests;
CREATE CONSTRAINT TRIGGER balie_request_changes AFTER UPDATE ON requests
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_request_changes();

-- Whether whoever asks may ask for that account at that moment, in a capacity that has been on file since before `since`
-- (where that's given): one at an organisation of one of its roles, or, but for a supervisor, above it (rule 2).
DROP FUNCTION IF EXISTS balie_has_authority(bigint, bigint);
CREATE OR REPLACE FUNCTION balie_has_authority(request bigint, account bigint, moment bigint, since bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    WITH RECURSIVE above (id, is_below) AS (
      SELECT r.organisation_id, false FROM account_roles r WHERE r.account_id = account
      UNION
      SELECT o.parent_id, true FROM above u JOIN organisations o ON o.id = u.id WHERE o.parent_id IS NOT NULL)
    SELECT 1 FROM requests q
    JOIN requesters r ON r.work_email = q.from_address OR r.id = q.requester_id
    JOIN above u ON u.id = r.organisation_id AND (NOT u.is_below OR r.capacity <> 'supervisor')
    WHERE q.id = request AND r.ended_at IS NULL AND coalesce(r.valid_from <= moment, true)
      AND coalesce(moment < r.valid_until, true) AND coalesce(r.address_since <= since, true));
END
$$;

-- A use stands: it's made once, under a line of that account and that request, and is nobody's to take back. Rows that
-- were used aren't even written again as they are: whoever looks at what this transaction used would take them for it.
CREATE OR REPLACE FUNCTION balie_use_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT balie_is_operator() THEN RETURN NEW; END IF;
  IF OLD.used_at IS NOT NULL AND NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
  IF OLD.used_at IS NOT NULL OR NEW.used_at IS NOT NULL AND NOT (balie_is_now(NEW.used_at) AND NEW.used_for IS NOT NULL)
     OR NEW.used_at IS NULL AND NEW.used_for IS NOT NULL
  THEN
    RAISE EXCEPTION 'balie: a request is used once: no event, no change';
  END IF;
  RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS balie_use_stands ON request_accounts;
CREATE TRIGGER balie_use_stands BEFORE UPDATE ON request_accounts
FOR EACH ROW EXECUTE FUNCTION balie_use_stands();
CREATE OR REPLACE FUNCTION balie_is_bound() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT balie_has_authority(NEW.request_id, NEW.account_id, balie_now(), NULL) THEN
    RAISE EXCEPTION 'balie: the requester has no authority over that account';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_is_bound ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_is_bound AFTER INSERT OR UPDATE OF covered ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.covered = 1) EXECUTE FUNCTION balie_is_bound();

-- Accounts are bound to a request, and taken off it, under lines of that request; used under one of both.
DROP TRIGGER IF EXISTS balie_needs_event ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT OR DELETE ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_needs_event(
  '', 'request_id', 'request.receive request.assign request.confirm request.reverify request.challenge bulk.plan',
  '', 'request.assign request.challenge bulk.plan');
DROP TRIGGER IF EXISTS balie_needs_event_of_use ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_needs_event_of_use AFTER UPDATE ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.used_at IS DISTINCT FROM OLD.used_at OR NEW.used_for IS DISTINCT FROM OLD.used_for)
EXECUTE FUNCTION balie_needs_event('account_id', 'request_id', '', 'reset recovery.reissue', '');
DROP TRIGGER IF EXISTS balie_needs_event_of_request ON request_accounts;
CREATE CONSTRAINT TRIGGER balie_needs_event_of_request AFTER UPDATE ON request_accounts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.used_at IS NOT DISTINCT FROM OLD.used_at AND NEW.used_for IS NOT DISTINCT FROM OLD.used_for)
EXECUTE FUNCTION balie_needs_event('', 'request_id', '',
  'request.assign request.receive request.reverify request.confirm request.challenge bulk.plan', '');

-- Whether every account that a code will confirm is one that the requester may ask for (see balie_is_bound), and stands in
-- the mail: in full, or in the list whose mark the mail bears.
CREATE OR REPLACE FUNCTION balie_challenge_names_all(of_request bigint, accounts text, words text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  said text := coalesce(words, '');
BEGIN
  RETURN coalesce(json_typeof(accounts::json) = 'array' AND json_array_length(accounts::json) > 0, false) AND NOT EXISTS (
    SELECT 1 FROM json_array_elements_text(accounts::json) AS named (username)
    LEFT JOIN accounts a ON a.username = named.username
    LEFT JOIN request_accounts b ON b.account_id = a.id AND b.request_id = of_request
    WHERE b.covered IS DISTINCT FROM 1
       OR strpos(said, '(' || named.username || ')') = 0
          AND b.used_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM plans p JOIN plan_rows r ON r.plan_id = p.id
                          WHERE p.request_id = of_request AND r.account_id = a.id AND length(p.hash) = 32
                            AND said ~ format('^(een lijst met|a list of) %s account\(s\), (kenmerk|mark) %s(;|$)',
                                              json_array_length(accounts::json), left(encode(p.hash, 'hex'), 8))));
END
$$;

-- A code goes to the address on file of whoever asked, in a mail of this very transaction.
CREATE OR REPLACE FUNCTION balie_challenge_is_sent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT (
    balie_is_now(NEW.sent_at) AND NEW.expires_at <= NEW.sent_at + 24 * 3600000000
    AND EXISTS (SELECT 1 FROM requests q JOIN requesters r ON r.id = q.requester_id OR r.work_email = q.from_address
                WHERE q.id = NEW.request_id AND r.work_email = NEW.sent_to AND q.rejected_at IS NULL
                  AND r.ended_at IS NULL AND coalesce(r.valid_from <= NEW.sent_at, true)
                  AND coalesce(NEW.sent_at < r.valid_until, true)
                  AND balie_says('{request.challenge}', NULL, q.public_id))
    AND EXISTS (SELECT 1 FROM outbox m
                WHERE m.message_id = NEW.message_id AND m.recipient = NEW.sent_to AND m.sealed_secret IS NOT NULL
                  AND m.xmin = pg_current_xact_id()::xid AND m.notice::jsonb ->> 'kind' = 'challenge'
                  AND EXISTS (SELECT 1 FROM requests q
                              WHERE q.id = NEW.request_id AND q.public_id = m.notice::jsonb ->> 'request')
                  AND balie_challenge_names_all(NEW.request_id, NEW.accounts, m.notice::jsonb ->> 'accounts')))
  THEN
    RAISE EXCEPTION 'balie: no event, no change: insert of challenges';
  END IF;
  RETURN NULL;
END
$$;
-- A try counts, a code that fits confirms (only the function confirm_challenge writes that), and what is over stays so.
CREATE OR REPLACE FUNCTION balie_challenge_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
  asked text;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  changed := balie_changed(to_jsonb(OLD), to_jsonb(NEW));
  SELECT q.public_id INTO asked FROM requests q
  WHERE q.id = NEW.request_id AND (balie_reaches_request(q.id) OR q.received_by = session_user);
  IF asked IS NOT NULL AND OLD.confirmed_at IS NULL AND OLD.voided_at IS NULL AND (
    changed = '{tries}' AND NEW.tries = OLD.tries + 1 AND balie_says('{request.confirm}', NULL, asked)
    OR changed = '{confirmed_at}' AND balie_is_now(NEW.confirmed_at) AND OLD.expires_at > NEW.confirmed_at
       AND OLD.tries BETWEEN 1 AND 5 AND balie_says('{request.confirm}', NULL, asked)
    OR changed = '{voided_at}' AND balie_is_now(NEW.voided_at)
       AND balie_says('{request.challenge, request.assign, request.reject, request.close, request.reverify, bulk.plan}', NULL, asked)
    OR changed = '{voided_at}' AND balie_is_now(NEW.voided_at)
       AND EXISTS (SELECT 1 FROM requests q WHERE q.id = NEW.request_id AND q.verdict = 'rejected'
                                              AND q.xmin = pg_current_xact_id()::xid))
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the challenge (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON challenges;
DROP TRIGGER IF EXISTS balie_confirmed_with_event ON challenges;
DROP FUNCTION IF EXISTS balie_confirmed_with_event();
DROP TRIGGER IF EXISTS balie_challenge_is_sent ON challenges;
CREATE CONSTRAINT TRIGGER balie_challenge_is_sent AFTER INSERT ON challenges
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_challenge_is_sent();
DROP TRIGGER IF EXISTS balie_challenge_changes ON challenges;
CREATE CONSTRAINT TRIGGER balie_challenge_changes AFTER UPDATE ON challenges
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_challenge_changes();

-- A code is given back by whoever got it: not before the mail that bears it is out.
CREATE OR REPLACE FUNCTION balie_code_was_mailed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND NOT EXISTS (
    SELECT 1 FROM outbox m WHERE m.message_id = NEW.message_id AND m.recipient = NEW.sent_to AND m.sent_at IS NOT NULL)
  THEN
    RAISE EXCEPTION 'balie: nobody has this code yet: its mail is not out';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_code_was_mailed ON challenges;
CREATE CONSTRAINT TRIGGER balie_code_was_mailed AFTER UPDATE ON challenges
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL)
EXECUTE FUNCTION balie_code_was_mailed();

-- The mail behind a request that was used stays what it was used for.
CREATE OR REPLACE FUNCTION balie_used_mail_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF balie_is_operator() AND EXISTS (
    SELECT 1 FROM request_accounts b WHERE b.request_id = OLD.request_id AND b.used_at IS NOT NULL)
  THEN
    RAISE EXCEPTION 'balie: the mail of a request that was used stays';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_used_mail_stays ON request_messages;
CREATE CONSTRAINT TRIGGER balie_used_mail_stays AFTER UPDATE ON request_messages
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_used_mail_stays();
