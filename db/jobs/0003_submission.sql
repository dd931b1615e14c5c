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

-- Events tell of the array, as whoever watches its jobs asks for it.
CREATE OR REPLACE VIEW event_messages AS
SELECT e.id, e.type, e.ts, e.published_at, e.job_id, e.run_id, 'events.jobs.' || e.job_id AS subject,
  jsonb_build_object(
    'job', jsonb_build_object('id', j.id, 'name', j.name, 'state', e.job_state, 'version', e.version, 'priority', j.priority,
      'account', j.account, 'submittedBy', j.submitted_by, 'createdAt', as_instant(j.created_at),
      'startedAt', as_instant(e.started_at), 'finishedAt', as_instant(e.finished_at), 'reason', e.reason,
      'cancelRequested', e.cancel_requested, 'arrayId', j.array_id),
    'run', CASE WHEN e.run_id IS NOT NULL THEN jsonb_build_object('id', e.run_id, 'attempt', e.attempt, 'state', e.run_state,
      'epoch', e.attempt, 'workerId', e.worker_id, 'startedAt', as_instant(e.run_started_at),
      'finishedAt', as_instant(e.run_finished_at),
      'gpus', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.gpu_id, 'uuid', g.gpu_uuid, 'model', g.model,
                 'simulated', g.simulated) ORDER BY g.position), '[]')
               FROM run_gpus g WHERE g.run_id = e.run_id)) END
  ) AS payload
FROM events e JOIN jobs j ON j.id = e.job_id;
