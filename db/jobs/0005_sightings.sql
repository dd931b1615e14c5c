-- When each worker last asked for runs, and how many without a GPU it takes at a time: what a claim tells in passing.
-- Written every few seconds at most. A worker that has all in use only renews its leases, which tells as much.
CREATE TABLE sightings (
  worker_id text PRIMARY KEY,
  seen_at   timestamptz NOT NULL DEFAULT now(),
  -- Those in use included.
  slots     integer NOT NULL
) WITH (fillfactor = 50);
