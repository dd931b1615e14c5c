-- The ledger: what each attempt held, and from when to when. Everything in it comes from events of the
-- jobs service, so that it can be made again from them.

CREATE TABLE runs (
  run_id      uuid PRIMARY KEY,
  job_id      uuid NOT NULL,
  attempt     integer NOT NULL,
  account     text NOT NULL,
  submitted_by text NOT NULL,
  -- [started_at, finished_at), to the millisecond, as the jobs service keeps them; open while the run goes on.
  started_at  timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  outcome     text,
  CHECK (finished_at >= started_at)
);

CREATE INDEX runs_of_job ON runs (job_id);
CREATE INDEX runs_by_start ON runs (started_at) INCLUDE (account, submitted_by, finished_at);
CREATE INDEX runs_of_account ON runs (account, started_at);
CREATE INDEX runs_of_submitter ON runs (submitted_by, started_at);

-- One row for each GPU of a run: its GPU time is the run's interval.
CREATE TABLE run_gpus (
  run_id    uuid NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  gpu_id    uuid NOT NULL,
  model     text NOT NULL,
  simulated boolean NOT NULL,
  PRIMARY KEY (run_id, gpu_id)
);

CREATE TABLE events (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type         text NOT NULL,
  job_id       uuid NOT NULL,
  run_id       uuid NOT NULL UNIQUE,
  payload      jsonb NOT NULL,
  ts           timestamptz(3) NOT NULL DEFAULT now(),
  subject      text NOT NULL,
  published_at timestamptz(3)
);

CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL;
