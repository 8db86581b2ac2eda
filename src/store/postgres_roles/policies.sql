-- Row-level security: the owner is not bound by it. Requests themselves can be read everywhere: whether
-- a mail came in before, at whatever desk, is seen by looking at all of them. So can what was taken from
-- mailboxes, which belong to no region. The mails themselves, answers, plans and the outbox are of a region.
ALTER TABLE requests ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON requests;
CREATE POLICY balie_read ON requests FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_add ON requests;
CREATE POLICY balie_add ON requests FOR INSERT TO balie_operator WITH CHECK (received_by = session_user);
DROP POLICY IF EXISTS balie_change ON requests;
CREATE POLICY balie_change ON requests FOR UPDATE TO balie_operator
  USING (received_by = session_user OR balie_reaches_request(id));
ALTER TABLE challenges ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON challenges;
CREATE POLICY balie ON challenges TO balie_operator USING (balie_reaches_request(request_id));
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON cases;
DROP POLICY IF EXISTS balie_read ON cases;
CREATE POLICY balie_read ON cases FOR SELECT TO balie_operator USING (balie_reaches_account(account_id));
DROP POLICY IF EXISTS balie_start ON cases;
CREATE POLICY balie_start ON cases FOR INSERT TO balie_operator
  WITH CHECK (balie_reaches_account(account_id) AND started_by = session_user);
-- Whoever completes a case does it under the own name, and isn't who started it.
DROP POLICY IF EXISTS balie_end ON cases;
CREATE POLICY balie_end ON cases FOR UPDATE TO balie_operator
  USING (balie_reaches_account(account_id))
  WITH CHECK (completed_by IS NULL OR completed_by = session_user AND started_by <> session_user);
-- A lease is taken under the own name, also from a colleague, by whoever may change what it's of, and let go by whose it
-- is.
ALTER TABLE leases ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON leases;
CREATE POLICY balie_read ON leases FOR SELECT TO balie_operator USING (
  CASE what WHEN 'account' THEN balie_reaches_account(subject) ELSE balie_reaches_request(subject) END);
DROP POLICY IF EXISTS balie_take ON leases;
CREATE POLICY balie_take ON leases FOR INSERT TO balie_operator WITH CHECK (operator = session_user
  AND balie_may(balie_own_role(), 'lease.take_over') AND
  CASE what WHEN 'account' THEN balie_reaches_account(subject) ELSE balie_reaches_request(subject) END);
DROP POLICY IF EXISTS balie_take_over ON leases;
CREATE POLICY balie_take_over ON leases FOR UPDATE TO balie_operator USING (balie_may(balie_own_role(), 'lease.take_over')
  AND CASE what WHEN 'account' THEN balie_reaches_account(subject) ELSE balie_reaches_request(subject) END)
  WITH CHECK (operator = session_user);
DROP POLICY IF EXISTS balie_let_go ON leases;
CREATE POLICY balie_let_go ON leases FOR DELETE TO balie_operator USING (operator = session_user);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON accounts;
CREATE POLICY balie ON accounts TO balie_operator USING (balie_reaches_account(id));
ALTER TABLE operators ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON operators;
CREATE POLICY balie_read ON operators FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_own ON operators;
CREATE POLICY balie_own ON operators FOR UPDATE TO balie_operator USING (login = session_user);
ALTER TABLE operator_tokens ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON operator_tokens;
CREATE POLICY balie_read ON operator_tokens FOR SELECT TO balie_operator USING (operator_id = balie_own_id());
DROP POLICY IF EXISTS balie_own ON operator_tokens;
CREATE POLICY balie_own ON operator_tokens FOR UPDATE TO balie_operator USING (operator_id = balie_own_id());
ALTER TABLE approvals ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON approvals;
CREATE POLICY balie_read ON approvals FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_own ON approvals;
CREATE POLICY balie_own ON approvals FOR INSERT TO balie_operator WITH CHECK (
  approved_by = session_user AND balie_own_role() = 'senior'
  AND (account_id IS NULL OR balie_reaches_account(account_id)));
-- Plans and mails by the desk that they're of.
ALTER TABLE plans ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON plans;
CREATE POLICY balie_read ON plans FOR SELECT TO balie_operator USING (balie_reaches_request(request_id));
DROP POLICY IF EXISTS balie_make ON plans;
CREATE POLICY balie_make ON plans FOR INSERT TO balie_operator
  WITH CHECK (made_by = session_user AND balie_reaches_request(request_id));
DROP POLICY IF EXISTS balie_work ON plans;
CREATE POLICY balie_work ON plans FOR UPDATE TO balie_operator USING (balie_reaches_request(request_id));
ALTER TABLE plan_rows ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON plan_rows;
CREATE POLICY balie ON plan_rows TO balie_operator USING (plan_id IN (SELECT p.id FROM plans p));
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON outbox;
CREATE POLICY balie ON outbox TO balie_operator
  USING (region_id IS NULL OR balie_reaches_region(region_id)) WITH CHECK (true);
-- Whoever may not send mails doesn't hold them back either, nor the mailbox that they come from.
DROP POLICY IF EXISTS balie_sends ON outbox;
CREATE POLICY balie_sends ON outbox AS RESTRICTIVE FOR UPDATE TO balie_operator
  USING ((SELECT balie_may(balie_own_role(), 'outbox.send')));
ALTER TABLE mailboxes ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON mailboxes;
CREATE POLICY balie_read ON mailboxes FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_fetches ON mailboxes;
CREATE POLICY balie_fetches ON mailboxes FOR INSERT TO balie_operator
  WITH CHECK (balie_may(balie_own_role(), 'mailbox.fetch'));
DROP POLICY IF EXISTS balie_goes_on ON mailboxes;
CREATE POLICY balie_goes_on ON mailboxes FOR UPDATE TO balie_operator
  USING (balie_may(balie_own_role(), 'mailbox.fetch'));
-- What was taken from a mailbox isn't taken again: only who fetches says so, or a mail would be passed over.
ALTER TABLE mailbox_messages ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON mailbox_messages;
CREATE POLICY balie_read ON mailbox_messages FOR SELECT TO balie_operator USING (true);
DROP POLICY IF EXISTS balie_fetches ON mailbox_messages;
CREATE POLICY balie_fetches ON mailbox_messages FOR INSERT TO balie_operator
  WITH CHECK (balie_may(balie_own_role(), 'mailbox.fetch'));

DO $$
DECLARE
  name text;
BEGIN
  -- Everything that hangs on an account or an operator.
  FOREACH name IN ARRAY ARRAY['account_roles', 'account_search', 'enrollments', 'recovery_codes',
                             'enrollment_reminders', 'personal_accounts']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie ON %I', name);
    EXECUTE format('CREATE POLICY balie ON %I TO balie_operator
                    USING (balie_reaches_account(account_id))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['request_messages', 'request_accounts', 'request_answers']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie ON %I', name);
    EXECUTE format('CREATE POLICY balie ON %I TO balie_operator
                    USING (balie_reaches_request(request_id)) WITH CHECK (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['operator_sessions', 'operator_enrollments']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie ON %I', name);
    EXECUTE format('CREATE POLICY balie ON %I TO balie_operator
                    USING (operator_id = balie_own_id())', name);
  END LOOP;
END
$$;
-- Whoever took a mail in for another desk tells its requester what is wrong with it.
ALTER TABLE request_checks ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie ON request_checks;
CREATE POLICY balie ON request_checks TO balie_operator USING (
  balie_reaches_request(request_id)
  OR EXISTS (SELECT 1 FROM requests q WHERE q.id = request_id AND q.received_by = session_user));
-- Nobody puts somebody else's accounts on a request.
DROP POLICY IF EXISTS balie_within_reach ON request_accounts;
CREATE POLICY balie_within_reach ON request_accounts AS RESTRICTIVE FOR INSERT TO balie_operator
  WITH CHECK (balie_reaches_account(account_id));
DROP POLICY IF EXISTS balie_unused ON request_accounts;
CREATE POLICY balie_unused ON request_accounts AS RESTRICTIVE FOR DELETE TO balie_operator
  USING (used_at IS NULL);
-- An enrollment is born to be confirmed, and a recovery code to be used once.
DROP POLICY IF EXISTS balie_begun ON enrollments;
CREATE POLICY balie_begun ON enrollments AS RESTRICTIVE FOR INSERT TO balie_operator WITH CHECK (enrolled_at IS NULL);
-- A detail comes with its line, and never after it.
-- The details of the own lines, of accounts and of requests within reach; of those that are about neither, for who
-- reads all.
ALTER TABLE event_details ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS balie_read ON event_details;
CREATE POLICY balie_read ON event_details FOR SELECT TO balie_operator USING (
  EXISTS (SELECT 1 FROM events e WHERE e.seq = event_details.seq AND
    CASE WHEN e.account IS NOT NULL THEN balie_reaches_account(e.account)
         WHEN e.operator = session_user THEN true
         WHEN e.request IS NOT NULL THEN EXISTS (
           SELECT 1 FROM requests q WHERE q.public_id = e.request AND balie_reaches_request(q.id))
         ELSE e.action IN ('desk.init', 'audit.prune') OR balie_own_role() IN ('auditor', 'admin') END));
DROP POLICY IF EXISTS balie_add ON event_details;
CREATE POLICY balie_add ON event_details FOR INSERT TO balie_operator WITH CHECK (
  EXISTS (SELECT 1 FROM events e WHERE e.seq = event_details.seq AND e.xmin = pg_current_xact_id()::xid));
-- Whoever was disabled reads and writes nothing from then on, but what the program tells them so by: which desk it is,
-- and the own row. And is out of the group once this is run again.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('_sqlx_migrations', 'desk')
      AND has_any_column_privilege('balie_operator', c.oid, 'SELECT, INSERT, UPDATE')
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS balie_whole ON %I', name);
    IF NOT EXISTS (SELECT 1 FROM pg_policies p
                   WHERE p.schemaname = 'public' AND p.tablename = name AND p.permissive = 'PERMISSIVE') THEN
      EXECUTE format('CREATE POLICY balie_whole ON %I TO balie_operator USING (true)', name);
    END IF;
    EXECUTE format('DROP POLICY IF EXISTS balie_enabled ON %I', name);
    EXECUTE format('CREATE POLICY balie_enabled ON %I AS RESTRICTIVE TO balie_operator USING (%s(SELECT balie_is_enabled()))',
                   name, CASE name WHEN 'operators' THEN 'login = session_user OR ' ELSE '' END);
  END LOOP;
  FOR name IN
    SELECT m.rolname FROM pg_auth_members g
    JOIN pg_roles r ON r.oid = g.roleid AND r.rolname = 'balie_operator'
    JOIN pg_roles m ON m.oid = g.member
    JOIN operators o ON o.login = m.rolname
    WHERE o.disabled_at IS NOT NULL
  LOOP
    EXECUTE format('REVOKE balie_operator FROM %I', name);
  END LOOP;
END
$$;
COMMIT;
