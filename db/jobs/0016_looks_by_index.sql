-- What was looked for through all of a table: the waiting jobs of an account that has a quota, and the lanes that are in
-- use among those that once were. Neither index has anything of a job that is ready, so that they cost a submission and a
-- claim nothing, and both are made in a moment, for which the queue waits.
CREATE INDEX queue_not_ready ON queue (lane_id) WHERE NOT (waiting_on = 0 AND not_before IS NULL);
CREATE INDEX lanes_active ON lanes (id) WHERE active;
