-- Mails out and in. A mail is queued by what it tells of, to be sent at once, and to an address that is on file: of a
-- holder whom a line of this transaction names, or of somebody who may ask (rule 9).
CREATE OR REPLACE FUNCTION balie_mail_is_queued() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own xid := pg_current_xact_id()::xid;
BEGIN
  IF NOT balie_is_operator() THEN RETURN NULL; END IF;
  IF NOT balie_says(regexp_split_to_array(TG_ARGV[0], '\s+'), NULL, NULL) THEN
    RAISE EXCEPTION 'balie: no event, no change: insert of outbox';
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
  RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balie_needs_event ON outbox;
DROP TRIGGER IF EXISTS balie_mail_is_queued ON outbox;
CREATE CONSTRAINT TRIGGER balie_mail_is_queued AFTER INSERT ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_mail_is_queued(
  'request.receive request.assign request.challenge request.confirm request.reject request.reverify
   request.approve reset reset.refused reset.undo reset.undo_refused reset.break_glass recovery.reissue
   recovery.reissue_refused enroll.confirm enroll.refused totp.unlock account.block account.unblock pending.remind
   pending.reopen bulk.apply case.start case.refused case.cancel');

-- It's claimed for a few minutes, which needs no line; then it's sent, or due again, and what was sent or given up
-- stays so. A claim or a next try that never ends would hold it back for ever: the longest wait is a day (domain/backoff.rs).
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
  RAISE EXCEPTION 'balie: no event, no change: no line says this of the mail (%)', changed;
END
$$;
DROP TRIGGER IF EXISTS balie_sent_with_event ON outbox;
DROP TRIGGER IF EXISTS balie_mail_changes ON outbox;
CREATE CONSTRAINT TRIGGER balie_mail_changes AFTER UPDATE ON outbox
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balie_mail_changes();
