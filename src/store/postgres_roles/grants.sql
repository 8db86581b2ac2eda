-- Who may read and write which column. Nothing is granted by default: a table or a column that comes later is out of
-- reach until it's named here, and a test names every one of them with the reason.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM balie_operator;
GRANT USAGE ON SCHEMA public TO balie_operator;

-- Read by everybody, written by the owner: what the desk is, who sits where, who may ask, how the log stands.
GRANT SELECT ON _sqlx_migrations, desk, sealing_keys, settings, regions, organisations, organisation_domains,
  requesters, region_scopes, account_roles, account_search, log_prunes, personal_accounts TO balie_operator;
-- What runs with the owner's rights is for operators' logins, and nobody else's: to be in the group is what holds whoever
-- calls it to the rules.
REVOKE ALL ON FUNCTION challenge_salt(bigint), challenge_fits(bigint, text), confirm_challenge(bigint, text, bigint),
  operator_password_hash(bigint), operator_has_password(bigint), detail_commitment(bigint), may_read_secrets(),
  sealed_secret_of(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION challenge_salt(bigint), challenge_fits(bigint, text), confirm_challenge(bigint, text, bigint),
  operator_password_hash(bigint), operator_has_password(bigint), detail_commitment(bigint), may_read_secrets(),
  sealed_secret_of(bigint) TO balie_operator;
-- The rows for the log's sake (see migration 0016): secrets are hidden there, and others' rows.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'state\_%' LOOP
    EXECUTE format('GRANT SELECT ON %I TO balie_operator', name);
  END LOOP;
END
$$;

-- The log grows, and that's all.
GRANT SELECT, INSERT ON events, event_details, event_rows TO balie_operator;

-- Nobody's password: neither an account's nor a colleague's. The own one is asked for with own_password_hash().
GRANT SELECT (id, username, name, work_email, status, language, session_epoch, enroll_by, last_login_at, added_at,
              shared_signs),
      UPDATE (session_epoch, enroll_by, status) ON accounts TO balie_operator;
GRANT SELECT (id, login, role, work_email, password_until, password_failures, login_waits_until, added_at,
              disabled_at, job, duty),
      UPDATE (password_hash, password_until, password_failures, login_waits_until) ON operators TO balie_operator;
GRANT SELECT, INSERT (operator_id, token_hash, started_at, last_seen_at) ON operator_sessions TO balie_operator;
GRANT SELECT, INSERT (operator_id, uid, sealed_secret, key_id, begun_at) ON operator_enrollments TO balie_operator;
GRANT UPDATE (last_seen_at, ended_at) ON operator_sessions TO balie_operator;
GRANT UPDATE (sealed_secret, enrolled_at, last_used_at, last_accepted_step, failed_attempts, locked_at, retired_at)
  ON operator_enrollments TO balie_operator;
GRANT SELECT, UPDATE (last_used_at, accepted_at, revoked_at) ON operator_tokens TO balie_operator;

-- Second factors: begun, used, retired; never another secret in the place of one that is there. The sealed secret is asked
-- for with sealed_secret_of(), by who is to open it.
GRANT SELECT (id, account_id, uid, key_id, algorithm, digits, period, secret_bits, begun_at, enrolled_at, last_used_at,
              last_accepted_step, failed_attempts, locked_at, retired_at, destroy_at, is_sealed),
      INSERT (account_id, uid, sealed_secret, key_id, algorithm, digits, period, secret_bits, begun_at, enrolled_at),
      UPDATE (sealed_secret, enrolled_at, last_used_at, last_accepted_step, failed_attempts, locked_at, retired_at,
              destroy_at) ON enrollments TO balie_operator;
GRANT SELECT, INSERT (account_id, hash, issued_at, expires_at),
      UPDATE (revoked_at) ON recovery_codes TO balie_operator;
GRANT SELECT, INSERT ON enrollment_reminders TO balie_operator;

-- Requests. A request is judged anew, and an account that it wasn't used for is taken off it.
GRANT SELECT, INSERT (public_id, received_at, received_by, verdict, rule_version, region_id, requester_id, from_address,
  subject, message_id, sent_at, body_hash, evidence, facts, because, expires_at, challenge_open, aligned),
  UPDATE (verdict, because, evidence, facts, rule_version, challenge_open, region_id, subject,
  message_id, sent_at, body_hash, aligned, confirmed_at, rejected_at, rejected_by, rejected_for, closed_at, told_at)
  ON requests TO balie_operator;
GRANT SELECT, INSERT, UPDATE (sha256, size, zlib) ON request_messages TO balie_operator;
GRANT SELECT, INSERT ON request_signatures TO balie_operator;
GRANT SELECT, INSERT, DELETE ON request_checks TO balie_operator;
GRANT SELECT, INSERT (request_id, account_id, covered), DELETE, UPDATE (covered, used_at, used_for)
  ON request_accounts TO balie_operator;
GRANT SELECT, INSERT, UPDATE (evidence, proven, undecided, confirms) ON request_answers TO balie_operator;
-- No challenge is born confirmed, and none is for another code, address or request than it was. Nobody reads a code's
-- hash, or writes that one is confirmed: whoever gives a code back asks the database (challenge_fits,
-- confirm_challenge).
GRANT SELECT (id, request_id, uid, sent_to, sent_at, expires_at, tries, confirmed_at, voided_at, message_id, accounts),
      INSERT (request_id, uid, code_hash, sent_to, sent_at, expires_at, message_id, accounts),
      UPDATE (tries, voided_at) ON challenges TO balie_operator;

-- Four eyes: a yes stands as it was given, a case is completed or called off, a plan's rows are settled.
GRANT SELECT, INSERT ON approvals TO balie_operator;
GRANT SELECT, INSERT (public_id, account_id, reason, shown, started_by, started_at, expires_at),
      UPDATE (completed_by, completed_at, cancelled_at) ON cases TO balie_operator;
GRANT SELECT, INSERT (public_id, action, request_id, made_at, made_by, hash, total, ready, delivery, recipient),
      UPDATE (hash, total, ready, sensitive, done, not_done, begun_at, finished_at, cancelled_at, claimed_by, claim_until)
  ON plans TO balie_operator;
GRANT SELECT, INSERT (plan_id, position, username, account_id, fingerprint, state, code),
      UPDATE (state, code, event) ON plan_rows TO balie_operator;

-- A mail that is queued goes where it was to go. None is born sent, or given up.
GRANT SELECT, INSERT (message_id, recipient, language, notice, key_id, sealed_secret, region_id, queued_at, due_at),
  UPDATE (sealed_secret, due_at, attempts, claimed_by, claim_until, sent_at, failed_at, last_error)
  ON outbox TO balie_operator;
GRANT SELECT, INSERT ON mailbox_messages TO balie_operator;
GRANT SELECT, INSERT, UPDATE (uid_validity, last_uid, fetched_at) ON mailboxes TO balie_operator;
GRANT SELECT, INSERT, DELETE, UPDATE ON leases TO balie_operator;
