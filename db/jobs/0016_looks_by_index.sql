-- What was looked for through all of a table: the waiting jobs of an account that has a quota, the lanes that are in use
-- among those that once were, and what is rare in the audit log. The indexes on the queue and the lanes have nothing of
-- the jobs that are ready, and so cost a submission and a claim nothing.
CREATE INDEX queue_not_ready ON queue (lane_id) WHERE NOT (waiting_on = 0 AND not_before IS NULL);
CREATE INDEX lanes_active ON lanes (id) WHERE active;
CREATE INDEX audit_log_by_action ON audit_log (action, at, id);
CREATE INDEX audit_log_unusual ON audit_log (outcome, at, id) WHERE outcome <> 'done';
