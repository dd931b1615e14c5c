-- Who changed a job, and the priority that it was given: of `job.changed` alone.
ALTER TABLE events ADD COLUMN changed_by text, ADD COLUMN new_priority integer;
