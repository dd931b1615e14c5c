-- The queue: jobs, their runs, the GPUs that runs hold, their output, and the history of it all.
-- Instants are kept to the millisecond, which is what every client sees: sums of what is shown are exact.

CREATE TABLE jobs (
  id               uuid PRIMARY KEY DEFAULT uuidv7(),
  name             text NOT NULL,
  -- The specification as it was submitted: command, shell, env, working directory.
  params           jsonb NOT NULL,
  priority         integer NOT NULL DEFAULT 0,
  state            text NOT NULL DEFAULT 'queued'
                   CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  submitted_by     text NOT NULL,
  account          text NOT NULL,
  template         text,
  -- What the claim looks at stands in columns of its own.
  gpu_count        integer NOT NULL DEFAULT 0 CHECK (gpu_count >= 0),
  gpu_min_memory_mb integer NOT NULL DEFAULT 0,
  gpu_model        text NOT NULL DEFAULT '',
  timeout_seconds  integer,
  max_retries      integer NOT NULL DEFAULT 0,
  -- Attempts that failed by themselves; those that were lost do not count.
  failures         integer NOT NULL DEFAULT 0,
  -- How many runs there were; the epoch of each is its number.
  attempts         integer NOT NULL DEFAULT 0,
  -- Counts the changes that the outside can see.
  version          integer NOT NULL DEFAULT 1,
  -- The run that is claimed or running.
  current_run_id   uuid,
  -- Its place among the jobs of its priority; a job that was lost with its worker keeps it.
  place            timestamptz(3) NOT NULL DEFAULT now(),
  queued_at        timestamptz(3) NOT NULL DEFAULT now(),
  started_at       timestamptz(3),
  finished_at      timestamptz(3),
  reason           text,
  cancel_requested boolean NOT NULL DEFAULT false,
  CHECK ((state IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);

-- The claim: jobs that ask for the same GPUs stand together, in the order in which they are to be served, so that
-- neither a long queue nor jobs that nobody can serve cost a claim any time.
CREATE INDEX jobs_claim_gpu ON jobs (gpu_model, gpu_min_memory_mb, gpu_count, priority DESC, place, id)
  WHERE state = 'queued' AND current_run_id IS NULL AND gpu_count > 0;
CREATE INDEX jobs_claim_cpu ON jobs (priority DESC, place, id)
  WHERE state = 'queued' AND current_run_id IS NULL AND gpu_count = 0;
CREATE INDEX jobs_newest ON jobs (created_at DESC, id DESC);
CREATE INDEX jobs_newest_by_state ON jobs (state, created_at DESC, id DESC);
CREATE INDEX jobs_newest_by_submitter ON jobs (submitted_by, created_at DESC, id DESC);
CREATE INDEX jobs_newest_by_account ON jobs (account, created_at DESC, id DESC);

CREATE TABLE runs (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  job_id       uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  -- The first of its GPUs, as in the documented table; all of them are in run_gpus.
  gpu_id       uuid,
  started_at   timestamptz(3),
  finished_at  timestamptz(3),
  state        text NOT NULL DEFAULT 'claimed'
               CHECK (state IN ('claimed', 'running', 'completed', 'failed', 'cancelled', 'lost')),
  exit_code    integer,
  metrics      jsonb,
  attempt      integer NOT NULL,
  signal       text,
  reason       text,
  worker_id    text NOT NULL,
  claimed_at   timestamptz(3) NOT NULL DEFAULT now(),
  -- When the attempt began to wait: the wait is claimed_at - queued_at.
  queued_at    timestamptz(3) NOT NULL,
  -- The fencing token: a write that does not carry it is refused.
  lease_epoch  integer NOT NULL,
  lease_until  timestamptz(3) NOT NULL,
  -- How many chunks the log has, its end included; known once the run has ended.
  log_chunks   integer,
  UNIQUE (job_id, attempt),
  CHECK ((state IN ('claimed', 'running')) = (finished_at IS NULL))
);

CREATE INDEX runs_of_gpu ON runs (gpu_id, claimed_at DESC);
CREATE INDEX runs_leases ON runs (lease_until) WHERE state IN ('claimed', 'running');
-- Never two live runs of one job.
CREATE UNIQUE INDEX runs_one_live ON runs (job_id) WHERE state IN ('claimed', 'running');

-- The GPUs that there are, as the events of the gpus service tell: what a claim may bind. `heard` is the number of
-- the event, so that an older one that comes again changes nothing.
CREATE TABLE known_gpus (
  gpu_id    uuid PRIMARY KEY,
  gpu_uuid  text NOT NULL,
  model     text NOT NULL,
  memory_mb integer NOT NULL,
  simulated boolean NOT NULL,
  worker_id text NOT NULL,
  present   boolean NOT NULL,
  heard     bigint NOT NULL
);

CREATE INDEX known_gpus_of_worker ON known_gpus (worker_id);

-- The GPUs of a run. They belong to another service: ids and what a run's history must keep of them.
CREATE TABLE run_gpus (
  run_id    uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position  integer NOT NULL,
  gpu_id    uuid NOT NULL,
  gpu_uuid  text NOT NULL,
  model     text NOT NULL,
  simulated boolean NOT NULL,
  held      boolean NOT NULL DEFAULT true,
  PRIMARY KEY (run_id, position)
);

-- A GPU is bound to one live run.
CREATE UNIQUE INDEX run_gpus_held ON run_gpus (gpu_id) WHERE held;
CREATE INDEX run_gpus_history ON run_gpus (gpu_id);

CREATE TABLE log_chunks (
  run_id     uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  seq        integer NOT NULL,
  at         timestamptz(3) NOT NULL,
  stream     text NOT NULL CHECK (stream IN ('stdout', 'stderr', 'system')),
  text       text NOT NULL,
  first_line integer NOT NULL,
  is_end     boolean NOT NULL,
  PRIMARY KEY (run_id, seq)
);

-- The history of every job, and the outbox that the relay publishes from.
CREATE TABLE events (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type         text NOT NULL,
  job_id       uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  run_id       uuid,
  payload      jsonb NOT NULL,
  ts           timestamptz(3) NOT NULL DEFAULT now(),
  subject      text NOT NULL,
  published_at timestamptz(3)
);

CREATE INDEX events_of_job ON events (job_id, id);
CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL;

CREATE TABLE templates (
  name        text PRIMARY KEY,
  description text NOT NULL DEFAULT '',
  parameters  jsonb NOT NULL DEFAULT '[]',
  command     jsonb NOT NULL,
  gpu_count   integer NOT NULL DEFAULT 0,
  gpu_min_memory_mb integer NOT NULL DEFAULT 0,
  gpu_model   text NOT NULL DEFAULT ''
);
