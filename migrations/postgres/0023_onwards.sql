-- What a portal counts goes on and never back: a lower epoch would bring ended sessions to life, a lower step would take a
-- code twice.
CREATE FUNCTION never_falls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'balie: % never falls', TG_ARGV[0];
END
$$;
CREATE TRIGGER accounts_epoch_rises BEFORE UPDATE OF session_epoch ON accounts
FOR EACH ROW WHEN (NEW.session_epoch < OLD.session_epoch) EXECUTE FUNCTION never_falls('a session epoch');
CREATE TRIGGER enrollments_step_rises BEFORE UPDATE OF last_accepted_step ON enrollments
FOR EACH ROW WHEN (OLD.last_accepted_step IS NOT NULL
                   AND (NEW.last_accepted_step IS NULL OR NEW.last_accepted_step < OLD.last_accepted_step))
EXECUTE FUNCTION never_falls('an accepted step');
