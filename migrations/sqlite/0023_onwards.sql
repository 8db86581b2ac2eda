-- What a portal counts goes on and never back: a lower epoch would bring ended sessions to life, a lower step would take a
-- code twice.
CREATE TRIGGER accounts_epoch_rises BEFORE UPDATE OF session_epoch ON accounts
WHEN NEW.session_epoch < OLD.session_epoch
BEGIN SELECT RAISE(ABORT, 'balie: a session epoch never falls'); END;
CREATE TRIGGER enrollments_step_rises BEFORE UPDATE OF last_accepted_step ON enrollments
WHEN OLD.last_accepted_step IS NOT NULL
 AND (NEW.last_accepted_step IS NULL OR NEW.last_accepted_step < OLD.last_accepted_step)
BEGIN SELECT RAISE(ABORT, 'balie: an accepted step never falls'); END;
