-- The queue in a shape of its own: what waits and what lives stands in two small tables, so that claims and ends
-- touch no index of the large ones, and the policy can look at the head of each lane.

-- A lane: the waiting jobs of one account that ask for the same. Lanes are never removed; one that has been empty for
-- a while is not active, and claims pass it by.
CREATE TABLE lanes (
  id                 integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account            text NOT NULL,
  gpu_count          integer NOT NULL,
  gpu_min_memory_mb  integer NOT NULL,
  gpu_model          text NOT NULL,
  -- Major times 100, plus minor; 0 for any.
  gpu_min_capability integer NOT NULL,
  worker_labels      jsonb NOT NULL,
  executor           text NOT NULL CHECK (executor IN ('process', 'docker')),
  active             boolean NOT NULL DEFAULT true,
  UNIQUE (account, gpu_count, gpu_min_memory_mb, gpu_model, gpu_min_capability, worker_labels, executor)
);

ALTER TABLE jobs
  ADD COLUMN lane_id integer,
  ADD COLUMN gpu_min_capability integer NOT NULL DEFAULT 0,
  ADD COLUMN executor text NOT NULL DEFAULT 'process',
  ADD COLUMN preemptible boolean NOT NULL DEFAULT false,
  -- So that lists of failed and cancelled jobs find them; `state` itself is in no index, which keeps its changes cheap.
  ADD COLUMN unsuccessful boolean NOT NULL DEFAULT false;

INSERT INTO lanes (account, gpu_count, gpu_min_memory_mb, gpu_model, gpu_min_capability, worker_labels, executor)
  SELECT DISTINCT account, gpu_count, gpu_min_memory_mb, gpu_model, 0, '{}'::jsonb, 'process' FROM jobs;
UPDATE jobs j SET lane_id = l.id, unsuccessful = j.state IN ('failed', 'cancelled') FROM lanes l
  WHERE (l.account, l.gpu_count, l.gpu_min_memory_mb, l.gpu_model) = (j.account, j.gpu_count, j.gpu_min_memory_mb, j.gpu_model);
ALTER TABLE jobs ALTER COLUMN lane_id SET NOT NULL;

-- A job that waits for a worker. Whoever deletes its row has claimed it.
CREATE TABLE queue (
  job_id          uuid PRIMARY KEY,
  lane_id         integer NOT NULL,
  -- When it entered the queue, less ten minutes for each point of its priority: the earliest goes first.
  place           timestamptz(3) NOT NULL,
  priority        integer NOT NULL,
  timeout_seconds integer,
  -- The jobs that it depends on and that have not ended.
  waiting_on      integer NOT NULL DEFAULT 0,
  -- Its start time, or the end of a retry's pause; null once that has come.
  not_before      timestamptz(3),
  why_not_before  text CHECK (why_not_before IN ('start_time', 'backoff'))
);

INSERT INTO queue (job_id, lane_id, place, priority, timeout_seconds)
  SELECT id, lane_id, place - priority * interval '10 minutes', priority, timeout_seconds
  FROM jobs WHERE state = 'queued' AND current_run_id IS NULL;
CREATE INDEX queue_order ON queue (lane_id, place, job_id) WHERE waiting_on = 0 AND not_before IS NULL;
CREATE INDEX queue_later ON queue (not_before) WHERE not_before IS NOT NULL;

-- A live run's lease. One row a job: there are never two live runs of one.
CREATE TABLE leases (
  job_id       uuid PRIMARY KEY,
  run_id       uuid NOT NULL,
  worker_id    text NOT NULL,
  -- The fencing token: a write that does not carry it is refused.
  epoch        integer NOT NULL,
  until        timestamptz(3) NOT NULL,
  lane_id      integer NOT NULL,
  -- As it was in the queue: a job that is lost with its worker goes back to it.
  place        timestamptz(3) NOT NULL,
  priority     integer NOT NULL,
  preemptible  boolean NOT NULL,
  -- The job that it has to make room for.
  preempted_by uuid,
  -- When its time limit ends it, if it has one; counted from the claim.
  limit_at     timestamptz(3),
  claimed_at   timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

INSERT INTO leases (job_id, run_id, worker_id, epoch, until, lane_id, place, priority, preemptible, limit_at, claimed_at)
  SELECT j.id, r.id, r.worker_id, r.lease_epoch, r.lease_until, j.lane_id, j.place - j.priority * interval '10 minutes', j.priority, false,
    r.claimed_at + j.timeout_seconds * interval '1 s', r.claimed_at
  FROM runs r JOIN jobs j ON j.id = r.job_id WHERE r.state IN ('claimed', 'running');

DROP INDEX jobs_claim_gpu, jobs_claim_cpu, jobs_newest_by_state, runs_leases, runs_one_live, runs_of_gpu;
ALTER TABLE jobs DROP COLUMN current_run_id, DROP COLUMN place;
ALTER TABLE runs DROP COLUMN lease_until,
  -- What kind of end it was; null where its worker went away.
  ADD COLUMN outcome text,
  DROP CONSTRAINT runs_state_check,
  ADD CONSTRAINT runs_state_check
    CHECK (state IN ('claimed', 'running', 'completed', 'failed', 'cancelled', 'lost', 'preempted'));
CREATE INDEX jobs_unsuccessful ON jobs (created_at DESC, id DESC) WHERE unsuccessful;
CREATE INDEX runs_of_gpu ON runs (gpu_id, claimed_at DESC) WHERE gpu_id IS NOT NULL;

-- A row that is written twice keeps its place, without a word to the indexes.
ALTER TABLE jobs SET (fillfactor = 45);
ALTER TABLE runs SET (fillfactor = 45);
-- Rows come and go all the time.
ALTER TABLE queue SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
ALTER TABLE leases SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

-- The checks of these keys cost more than the rows; no code deletes a job and leaves its runs.
ALTER TABLE runs DROP CONSTRAINT runs_job_id_fkey;
ALTER TABLE events DROP CONSTRAINT events_job_id_fkey;
ALTER TABLE run_gpus DROP CONSTRAINT run_gpus_run_id_fkey;

-- The history of a job is read by the job, the outbox by what is unpublished: no third index.
ALTER TABLE events DROP CONSTRAINT events_pkey;
DROP INDEX events_of_job, events_unpublished;
ALTER TABLE events ADD PRIMARY KEY (job_id, id);
CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL;

-- What has changed stands in columns; the message is made of them when it is published, as JSON costs more to write
-- than all the rest of an event.
ALTER TABLE events
  ADD COLUMN version integer,
  ADD COLUMN job_state text,
  ADD COLUMN reason text,
  ADD COLUMN cancel_requested boolean,
  ADD COLUMN started_at timestamptz(3),
  ADD COLUMN finished_at timestamptz(3),
  ADD COLUMN attempt integer,
  ADD COLUMN run_state text,
  ADD COLUMN worker_id text,
  ADD COLUMN run_started_at timestamptz(3),
  ADD COLUMN run_finished_at timestamptz(3);
UPDATE events SET version = (payload -> 'job' ->> 'version')::integer, job_state = payload -> 'job' ->> 'state',
  reason = payload -> 'job' ->> 'reason', cancel_requested = (payload -> 'job' ->> 'cancelRequested')::boolean,
  started_at = (payload -> 'job' ->> 'startedAt')::timestamptz, finished_at = (payload -> 'job' ->> 'finishedAt')::timestamptz,
  attempt = (payload -> 'run' ->> 'attempt')::integer, run_state = payload -> 'run' ->> 'state',
  worker_id = payload -> 'run' ->> 'workerId', run_started_at = (payload -> 'run' ->> 'startedAt')::timestamptz,
  run_finished_at = (payload -> 'run' ->> 'finishedAt')::timestamptz;
ALTER TABLE events
  DROP COLUMN payload,
  DROP COLUMN subject,
  ALTER COLUMN version SET NOT NULL,
  ALTER COLUMN job_state SET NOT NULL,
  ALTER COLUMN cancel_requested SET NOT NULL;

CREATE FUNCTION as_instant(timestamptz) RETURNS text LANGUAGE sql STABLE
  RETURN to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Events as they are published: `JobEvent` in platform/events.ts. Name and priority are those of today; what else of
-- the job is not in the event never changes.
CREATE VIEW event_messages AS
SELECT e.id, e.type, e.ts, e.published_at, e.job_id, e.run_id, 'events.jobs.' || e.job_id AS subject,
  jsonb_build_object(
    'job', jsonb_build_object('id', j.id, 'name', j.name, 'state', e.job_state, 'version', e.version, 'priority', j.priority,
      'account', j.account, 'submittedBy', j.submitted_by, 'createdAt', as_instant(j.created_at),
      'startedAt', as_instant(e.started_at), 'finishedAt', as_instant(e.finished_at), 'reason', e.reason,
      'cancelRequested', e.cancel_requested),
    'run', CASE WHEN e.run_id IS NOT NULL THEN jsonb_build_object('id', e.run_id, 'attempt', e.attempt, 'state', e.run_state,
      'epoch', e.attempt, 'workerId', e.worker_id, 'startedAt', as_instant(e.run_started_at),
      'finishedAt', as_instant(e.run_finished_at),
      'gpus', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.gpu_id, 'uuid', g.gpu_uuid, 'model', g.model,
                 'simulated', g.simulated) ORDER BY g.position), '[]')
               FROM run_gpus g WHERE g.run_id = e.run_id)) END
  ) AS payload
FROM events e JOIN jobs j ON j.id = e.job_id;

-- What operators have said of an account; one that is not here has a weight of 1 and no limits.
CREATE TABLE accounts (
  account         text PRIMARY KEY,
  weight          double precision NOT NULL DEFAULT 1 CHECK (weight > 0),
  max_gpus        integer,
  max_runs        integer,
  max_queued_jobs integer
);

-- What each account had of late, in GPU-seconds and in seconds of runs without a GPU, of which half is forgotten in a
-- day. Written by the tally alone.
CREATE TABLE account_use (
  account     text PRIMARY KEY,
  gpu_seconds double precision NOT NULL,
  run_seconds double precision NOT NULL
);
CREATE TABLE tally (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Runs are counted up to here.
  counted_to timestamptz NOT NULL DEFAULT now()
);
INSERT INTO tally DEFAULT VALUES;

ALTER TABLE run_gpus ADD COLUMN account text;
UPDATE run_gpus g SET account = j.account FROM runs r JOIN jobs j ON j.id = r.job_id WHERE r.id = g.run_id;
ALTER TABLE run_gpus ALTER COLUMN account SET NOT NULL;
CREATE INDEX run_gpus_held_by ON run_gpus (account) WHERE held;

-- The GPUs of a worker that are kept for a job until it has enough of them. Forgotten when it is not renewed.
CREATE TABLE reservations (
  job_id     uuid PRIMARY KEY,
  worker_id  text NOT NULL UNIQUE,
  -- When there will be enough, as far as time limits tell; null where they do not.
  ready_at   timestamptz(3),
  renewed_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE known_gpus ADD COLUMN compute_capability integer NOT NULL DEFAULT 0;
-- What the events of the gpus service tell of workers.
CREATE TABLE known_workers (
  worker_id text PRIMARY KEY,
  labels    jsonb NOT NULL,
  executors text[] NOT NULL,
  heard     bigint NOT NULL
);
