-- Checks of codes that callers read aloud, to keep them few.
CREATE INDEX events_of_code_checks ON events (at) WHERE action IN ('totp.check', 'totp.whose_code');
