-- Where a line of the log is all that a change needs. A test goes through the program's commands under these.
DO $$
DECLARE
  guarded record;
BEGIN
  FOR guarded IN
    SELECT * FROM (VALUES
      ('request_messages', '', 'request_id', 'request.receive', 'request.receive', ''),
      ('request_signatures', '', 'request_id', 'request.receive request.confirm request.reverify request.assign request.challenge bulk.plan',
       'request.receive request.confirm request.reverify request.assign request.challenge bulk.plan', ''),
      ('request_checks', '', 'request_id',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan',
       'request.receive request.assign request.confirm request.reject request.reverify request.challenge bulk.plan'),
      ('request_answers', '', 'request_id', 'request.receive request.confirm request.reverify',
       'request.receive request.confirm request.reverify', ''),
      ('mailbox_messages', '', '', 'request.receive request.confirm mailbox.quarantine mailbox.fetch',
       'request.receive request.confirm mailbox.quarantine mailbox.fetch', ''),
      ('enrollment_reminders', 'account_id', '', 'pending.remind', '', '')
    ) AS g (tab, account, request, inserts, updates, deletes)
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS balie_needs_event ON %I', guarded.tab);
    EXECUTE format('CREATE CONSTRAINT TRIGGER balie_needs_event AFTER INSERT OR UPDATE OR DELETE ON %I
                    DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION balie_needs_event(%L, %L, %L, %L, %L)',
                   guarded.tab, guarded.account, guarded.request, guarded.inserts, guarded.updates,
                   guarded.deletes);
  END LOOP;
END
$$;
