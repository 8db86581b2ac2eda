-- A challenge is confirmed by the database, in the step in which it looks whether the code fits: nobody else has to be
-- believed. The moment is the caller's, as everywhere; whose login may say it is held against the database's clock.
CREATE FUNCTION confirm_challenge(challenge bigint, hash text, moment bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  UPDATE challenges c SET confirmed_at = moment
  WHERE c.id = challenge AND c.confirmed_at IS NULL AND c.voided_at IS NULL AND c.expires_at > moment
    AND sha256(convert_to(c.code_hash, 'UTF8')) = sha256(convert_to(hash, 'UTF8'));
  RETURN FOUND;
END
$$;

-- Whatever runs with the owner's rights looks in these places, in this order, and names each of them.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['challenge_salt(bigint)', 'challenge_fits(bigint, text)',
    'confirm_challenge(bigint, text, bigint)', 'operator_password_hash(bigint)', 'operator_has_password(bigint)',
    'detail_commitment(bigint)', 'sees_all_rows()', 'refuse_retired_key()', 'rows_before_event()', 'prune_with_event()',
    'old_details_only()', 'note_touched()', 'append_only()']
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', name, current_schema());
  END LOOP;
END
$$;

-- Whether a holder was told is asked by address.
CREATE INDEX outbox_by_recipient ON outbox (recipient);
