-- What a submission may ask for beside a command: arrays, dependencies, a time, a schedule, secrets, and a key by
-- which it can be sent again.

ALTER TABLE jobs
  ADD COLUMN array_id     uuid,
  ADD COLUMN array_index  integer,
  ADD COLUMN array_size   integer,
  ADD COLUMN start_at     timestamptz(3),
  -- The name of the schedule that submitted it.
  ADD COLUMN schedule     text,
  -- How many rows of `dependencies` it has: most have none, and are not looked up.
  ADD COLUMN dependencies integer NOT NULL DEFAULT 0;
CREATE INDEX jobs_of_array ON jobs (array_id, array_index) WHERE array_id IS NOT NULL;

ALTER TABLE templates ADD COLUMN gpu_min_capability integer NOT NULL DEFAULT 0;

-- What a job waits for. Rows stay when they are met: they are part of what was asked for.
CREATE TABLE dependencies (
  job_id    uuid NOT NULL,
  on_job_id uuid NOT NULL,
  -- It must have completed, or ended in whatever way.
  rule      text NOT NULL CHECK (rule IN ('completed', 'ended')),
  PRIMARY KEY (job_id, on_job_id)
);
CREATE INDEX dependencies_on ON dependencies (on_job_id);

-- Submissions that may be sent again.
CREATE TABLE idempotency_keys (
  submitted_by text NOT NULL,
  key          text NOT NULL,
  -- SHA-256 of the input.
  digest       bytea NOT NULL,
  job_ids      uuid[] NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (submitted_by, key)
);
CREATE INDEX idempotency_keys_oldest ON idempotency_keys (created_at);

CREATE TABLE schedules (
  account            text NOT NULL,
  name               text NOT NULL,
  submitted_by       text NOT NULL,
  cron               text NOT NULL,
  time_zone          text NOT NULL,
  enabled            boolean NOT NULL,
  skip_while_running boolean NOT NULL,
  -- The submission as it is sent each time.
  input              jsonb NOT NULL,
  next_at            timestamptz(3),
  -- Of the last submission, the first.
  last_job_id        uuid,
  last_problem       text,
  PRIMARY KEY (account, name)
);
CREATE INDEX schedules_next ON schedules (next_at) WHERE enabled AND next_at IS NOT NULL;

CREATE TABLE secrets (
  account    text NOT NULL,
  name       text NOT NULL,
  -- Nonce, encrypted value and tag.
  sealed     bytea NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  PRIMARY KEY (account, name)
);
