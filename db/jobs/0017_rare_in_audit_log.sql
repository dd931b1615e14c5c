-- What is rare in the audit log is found without going through all of it. By itself, as it may take a while: meanwhile
-- records wait in the stream, and nobody for them.
CREATE INDEX audit_log_by_action ON audit_log (action, at, id);
CREATE INDEX audit_log_unusual ON audit_log (outcome, at, id) WHERE outcome <> 'done';
