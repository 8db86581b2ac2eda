-- Mails out and in. A mail is queued by what it tells of, to be sent at once, and to an address that is on file: of a
-- holder whom a line of this transaction names, or of somebody who may ask (rule 9).

-- Which lines a kind of mail tells of; none where no operator's login sends it (see domain/notice.rs).
CREATE OR REPLACE FUNCTION balie_told_of(kind text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE kind
    WHEN 'break_glass_holder' THEN '{reset.break_glass}'::text[]
    WHEN 'break_glass_requester' THEN '{reset.break_glass}'
    WHEN 'challenge' THEN '{request.challenge}'
    WHEN 'request_rejected' THEN '{request.reject}'
    WHEN 'request_refused' THEN '{request.receive}'
    WHEN 'answer_requester' THEN '{request.answer}'
    WHEN 'answer_holder' THEN '{answer.mail}'
    WHEN 'reset_holder' THEN '{reset}'
    WHEN 'reset_holder_wrong_phone' THEN '{reset}'
    WHEN 'reset_requester' THEN '{reset}'
    WHEN 'refused_holder' THEN '{reset.refused}'
    WHEN 'refused_requester' THEN '{reset.refused}'
    WHEN 'undone_holder' THEN '{reset.undo}'
    WHEN 'undone_requester' THEN '{reset.undo}'
    WHEN 'recovery_code_holder' THEN '{recovery.reissue}'
    WHEN 'reissued_holder' THEN '{recovery.reissue}'
    WHEN 'reissued_requester' THEN '{recovery.reissue}'
    WHEN 'reissue_refused_holder' THEN '{recovery.reissue_refused}'
    WHEN 'reissue_refused_requester' THEN '{recovery.reissue_refused}'
    WHEN 'enrolled_holder' THEN '{enroll.confirm}'
    WHEN 'unlocked_holder' THEN '{totp.unlock}'
    WHEN 'account_blocked' THEN '{account.block}'
    WHEN 'account_unblocked' THEN '{account.unblock}'
    WHEN 'window_reminder' THEN '{pending.remind}'
    WHEN 'window_reopened' THEN '{pending.reopen}'
    WHEN 'bulk_begun_requester' THEN '{reset, reset.refused, bulk.apply}'
    WHEN 'bulk_done_requester' THEN '{reset, reset.refused, bulk.apply}'
    WHEN 'bulk_reissue_begun_requester' THEN '{recovery.reissue, recovery.reissue_refused, bulk.apply}'
    WHEN 'bulk_reissue_done_requester' THEN '{recovery.reissue, recovery.reissue_refused, bulk.apply}'
    ELSE '{}' END;
END
$$;

-- What a mail of each kind says beside its reader's name and the desk (a test holds it against domain/notice): one that
-- lacks something could never be written, and nobody would be told.
CREATE OR REPLACE FUNCTION balie_said_by(kind text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE kind
    WHEN 'break_glass_holder' THEN '{username, case, at, enroll_by}'::text[]
    WHEN 'break_glass_requester' THEN '{holder, case, reason, at}'
    WHEN 'challenge' THEN '{request, accounts, at, until}'
    WHEN 'request_rejected' THEN '{request, reason, at}'
    WHEN 'request_refused' THEN '{request, advice, at}'
    WHEN 'answer_requester' THEN '{request, topic, at}'
    WHEN 'answer_holder' THEN '{username, topic, at}'
    WHEN 'reset_holder' THEN '{username, requester, request, at, enroll_by}'
    WHEN 'reset_holder_wrong_phone' THEN '{username, requester, request, at, enroll_by}'
    WHEN 'reset_requester' THEN '{holder, request, at}'
    WHEN 'refused_holder' THEN '{username, at}'
    WHEN 'refused_requester' THEN '{holder, request, at}'
    WHEN 'undone_holder' THEN '{username, request, reset_at, at}'
    WHEN 'undone_requester' THEN '{holder, request, reset_at, at}'
    WHEN 'recovery_code_holder' THEN '{username, requester, request, at, expires_at}'
    WHEN 'reissued_holder' THEN '{username, requester, request, by, at, expires_at}'
    WHEN 'reissued_requester' THEN '{holder, request, at}'
    WHEN 'reissue_refused_holder' THEN '{username, at}'
    WHEN 'reissue_refused_requester' THEN '{holder, request, at}'
    WHEN 'enrolled_holder' THEN '{username, at}'
    WHEN 'unlocked_holder' THEN '{username, at}'
    WHEN 'account_blocked' THEN '{username, at}'
    WHEN 'account_unblocked' THEN '{username, at}'
    WHEN 'window_reminder' THEN '{username, enroll_by}'
    WHEN 'window_reopened' THEN '{username, at, enroll_by}'
    WHEN 'bulk_begun_requester' THEN '{rows, request, at}'
    WHEN 'bulk_done_requester' THEN '{done, not_done, request, at}'
    WHEN 'bulk_reissue_begun_requester' THEN '{rows, request, at}'
    WHEN 'bulk_reissue_done_requester' THEN '{done, not_done, request, at}'
    ELSE '{}' END;
END
$$;

-- What it may say beside that.
CREATE OR REPLACE FUNCTION balie_may_be_said_by(kind text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE kind
    WHEN 'challenge' THEN '{others, first_line}'::text[]
    ELSE '{}' END;
END
$$;

-- A number that no reader takes keeps the whole mail from being written.
CREATE OR REPLACE FUNCTION balie_mail_says_no_more(said jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  more text[] := balie_may_be_said_by(said ->> 'kind');
BEGIN
  RETURN said - (balie_said_by(said ->> 'kind') || more || '{kind, name, desk}'::text[]) = '{}'::jsonb
    AND NOT EXISTS (SELECT 1 FROM unnest(more) AS part WHERE said ? part AND jsonb_typeof(said -> part) <> 'string');
END
$$;

-- Whether it says all of that, each as it has to be. A moment that isn't one is refused by the cast.
CREATE OR REPLACE FUNCTION balie_mail_is_whole(said jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moment text := '^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$';
BEGIN
  RETURN coalesce((
    SELECT bool_and(coalesce(CASE
      WHEN part IN ('rows', 'done', 'not_done') THEN
        jsonb_typeof(said -> part) = 'number' AND said ->> part ~ '^\d{1,9}$'
      WHEN jsonb_typeof(said -> part) <> 'string' THEN false
      WHEN part IN ('at', 'until', 'enroll_by', 'expires_at', 'reset_at') THEN
        -- One of another age couldn't be written in a mail.
        said ->> part ~ moment AND (said ->> part)::timestamptz BETWEEN now() - interval '400 days' AND now() + interval '400 days'
      WHEN part = 'by' THEN said ->> part IN ('mail', 'letter', 'sealed', 'screen')
      ELSE said ? part END, false))
    FROM unnest(balie_said_by(said ->> 'kind') || '{name, desk}'::text[]) AS part), false);
END
$$;

-- Whether a mail names who is on file: its reader, the account and whoever asked, at the desk that it's kept under. What
-- an operator writes to people stands in no name.
CREATE OR REPLACE FUNCTION balie_mail_names_who_is_on_file(
  said jsonb, of_recipient text, of_region bigint, is_holder boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
BEGIN
  RETURN coalesce(said ->> 'desk', '') = coalesce((SELECT r.servicedesk_address FROM regions r WHERE r.id = of_region), '')
    AND CASE WHEN is_holder THEN EXISTS (
      SELECT 1 FROM accounts a
      WHERE a.work_email = of_recipient AND a.name = said ->> 'name' AND a.username = said ->> 'username'
        AND EXISTS (SELECT 1 FROM events e WHERE e.account = a.id AND e.xmin = own))
    ELSE NOT said ? 'username' AND EXISTS (
      SELECT 1 FROM requesters r WHERE r.work_email = of_recipient AND r.name = said ->> 'name') END
    AND (NOT said ? 'holder' OR EXISTS (
      SELECT 1 FROM accounts a JOIN events e ON e.account = a.id AND e.xmin = own
      WHERE a.name = said ->> 'holder'
        AND e.seq > (SELECT max(l.seq) - 2000 FROM events l)))
    AND (NOT said ? 'requester' OR EXISTS (SELECT 1 FROM requesters r WHERE r.name = said ->> 'requester'))
    AND (NOT said ? 'request' OR EXISTS (SELECT 1 FROM requests q WHERE q.public_id = said ->> 'request')
                              OR EXISTS (SELECT 1 FROM cases c WHERE c.public_id = said ->> 'request'));
END
$$;

-- Whether an answer is one of the FAQ's, to whoever sent that request, and no more than that: which one is all that it
-- says, so that nobody words a mail. The address was on file before the request came in (rule 9).
CREATE OR REPLACE FUNCTION balie_answer_is_the_faqs(said jsonb, of_recipient text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT (balie_is_topic(said ->> 'topic')
          AND said - '{kind, name, username, request, topic, at, desk}'::text[] = '{}'::jsonb)
  THEN
    RETURN false;
  ELSIF said ->> 'kind' = 'answer_holder' THEN
    RETURN NOT said ? 'request' AND EXISTS (
      SELECT 1 FROM accounts a
      WHERE a.username = said ->> 'username' AND a.work_email = of_recipient AND balie_says('{answer.mail}', a.id, NULL));
  END IF;
  RETURN balie_says('{request.answer}', NULL, said ->> 'request') AND EXISTS (
    SELECT 1 FROM requests q JOIN requesters r ON r.id = q.requester_id OR r.work_email = q.from_address
    WHERE q.public_id = said ->> 'request' AND r.work_email = of_recipient
      AND (r.address_since IS NULL OR r.address_since <= q.received_at));
END
$$;

CREATE OR REPLACE FUNCTION balie_mail_is_queued() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
  said jsonb;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  IF NOT balie_says(regexp_split_to_array(TG_ARGV[0], '\s+'), NULL, NULL) THEN
    RAISE EXCEPTION 'balie: no event, no change: insert of outbox';
  END IF;
  -- What is written behind a savepoint bears another number, and isn't counted below.
  IF NOT EXISTS (SELECT 1 FROM outbox m WHERE m.id = NEW.id AND m.xmin = own) THEN
    RAISE EXCEPTION 'balie: a mail is queued beside its line';
  END IF;
  IF NOT (balie_is_now(NEW.queued_at) AND NEW.due_at = NEW.queued_at) THEN
    RAISE EXCEPTION 'balie: a mail is due as it is queued';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM accounts a
                 WHERE a.work_email = NEW.recipient
                   AND EXISTS (SELECT 1 FROM events e WHERE e.account = a.id AND e.xmin = own))
     AND NOT EXISTS (SELECT 1 FROM requesters r WHERE r.work_email = NEW.recipient)
  THEN
    RAISE EXCEPTION 'balie: a mail goes to an address on file';
  END IF;
  -- Its id stands in the mail's own header.
  IF NEW.message_id !~ '^[0-9a-f]{32}@[^\s<>@]{1,255}$' THEN
    RAISE EXCEPTION 'balie: a mail has an id of its own';
  END IF;
  said := NEW.notice::jsonb;
  IF NOT balie_says(balie_told_of(said ->> 'kind'), NULL, NULL) THEN
    RAISE EXCEPTION 'balie: a mail tells of a line beside it';
  END IF;
  IF NOT balie_mail_is_whole(said) THEN
    RAISE EXCEPTION 'balie: a mail says all that its kind says';
  END IF;
  IF NOT balie_mail_names_who_is_on_file(said, NEW.recipient, NEW.region_id, said ? 'username') THEN
    RAISE EXCEPTION 'balie: a mail names who is on file, and the desk that it is of';
  END IF;
  IF said ->> 'kind' LIKE 'answer%' AND NOT balie_answer_is_the_faqs(said, NEW.recipient) THEN
    RAISE EXCEPTION 'balie: an answer is one of the FAQ, to who asked';
  END IF;
  IF NOT balie_mail_says_no_more(said) THEN
    RAISE EXCEPTION 'balie: a mail says what its kind says, and nothing else';
  END IF;
  -- A code is in the mails that are for one, sealed.
  IF (NEW.sealed_secret IS NOT NULL) <> (said ->> 'kind' IN ('challenge', 'recovery_code_holder'))
     OR length(NEW.sealed_secret) NOT BETWEEN 16 AND 4096
  THEN
    RAISE EXCEPTION 'balie: a mail that carries a code is one that is for a code';
  END IF;
  -- Who asked for many accounts hears that it begins and that it's through, beside what each line tells.
  IF (SELECT count(*) FROM outbox m WHERE m.recipient = NEW.recipient AND m.xmin = own)
     > 1 + (SELECT count(*) FROM events e WHERE e.xmin = own AND e.seq > (SELECT max(l.seq) - 2000 FROM events l))
  THEN
    RAISE EXCEPTION 'balie: a mail tells of a line beside it, and each of its own';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON outbox;
DROP TRIGGER IF EXISTS balie_mail_is_queued ON outbox;
CREATE CONSTRAINT TRIGGER balie_mail_is_queued AFTER INSERT ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_mail_is_queued(
  'request.receive request.challenge request.reject reset reset.refused reset.undo reset.break_glass recovery.reissue
   recovery.reissue_refused enroll.confirm totp.unlock account.block account.unblock pending.remind pending.reopen
   bulk.apply request.answer answer.mail');

-- It's claimed for a few minutes, which needs no line; then it's sent, or due again, and what was sent stays so; what was
-- given up until somebody has it tried again. A claim or a next try that never ends would hold it back for ever: the longest wait is a day (domain/backoff.rs).
CREATE OR REPLACE FUNCTION balie_mail_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed text[];
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  changed := balie_changed(to_jsonb(OLD), to_jsonb(NEW));
  IF NEW.claim_until IS DISTINCT FROM OLD.claim_until AND NEW.claim_until > balie_now() + 15 * 60000000 THEN
    RAISE EXCEPTION 'balie: a mail is claimed for some minutes';
  END IF;
  IF changed <@ '{claimed_by, claim_until}' THEN RETURN NULL; END IF;
  IF OLD.sent_at IS NULL AND OLD.failed_at IS NULL AND NEW.attempts = OLD.attempts + 1
     AND (NEW.sealed_secret IS NULL OR NEW.sealed_secret IS NOT DISTINCT FROM OLD.sealed_secret)
     AND (NEW.sent_at IS NULL OR balie_is_now(NEW.sent_at)) AND (NEW.failed_at IS NULL OR balie_is_now(NEW.failed_at))
     AND NEW.due_at <= greatest(OLD.due_at, balie_now() + 25 * 3600000000) AND balie_says('{outbox.send}', NULL, NULL)
  THEN
    RETURN NULL;
  END IF;
  -- It's tried again, as one that never was.
  IF OLD.sent_at IS NULL AND NEW.sent_at IS NULL AND NEW.failed_at IS NULL AND NEW.attempts = 0 AND balie_is_now(NEW.due_at)
     AND NOT changed && '{sealed_secret, last_error}' AND balie_says('{outbox.retry}', NULL, NULL)
  THEN
    RETURN NULL;
  END IF;
  -- It's called off.
  IF OLD.sent_at IS NULL AND NEW.sent_at IS NULL AND balie_is_now(NEW.failed_at) AND NEW.last_error = 'cancelled'
     AND NEW.sealed_secret IS NULL AND NEW.attempts = OLD.attempts AND NEW.due_at = OLD.due_at
     AND balie_says('{outbox.cancel}', NULL, NULL)
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the mail (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_sent_with_event ON outbox;
DROP TRIGGER IF EXISTS balie_mail_changes ON outbox;
CREATE CONSTRAINT TRIGGER balie_mail_changes AFTER UPDATE ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_mail_changes();
