-- A request that is none (a thank-you, junk, a duplicate) is closed: it's as good as rejected, and nobody is told.
ALTER TABLE requests ADD COLUMN closed_at BIGINT CHECK (closed_at IS NULL OR closed_at = rejected_at);
SELECT answer_for('requests', 'id', 'id::text', '{}', '{}');
-- What can still come to something, of all that ever came in: the queue.
CREATE INDEX requests_live ON requests (expires_at) WHERE verdict <> 'rejected';
-- Mails that were given up, and windows that close, of all that ever were.
CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX accounts_by_enroll_by ON accounts (enroll_by) WHERE enroll_by IS NOT NULL;
