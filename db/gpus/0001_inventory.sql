-- The inventory: workers, and the GPUs that they have registered.

CREATE TABLE workers (
  id            text PRIMARY KEY,
  hostname      text NOT NULL,
  version       text NOT NULL,
  gpu_notice    text,
  registered_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE gpus (
  id                 uuid PRIMARY KEY DEFAULT uuidv7(),
  -- NVML's name of the card: what it is known by wherever it is moved.
  uuid               text NOT NULL UNIQUE,
  name               text NOT NULL,
  total_mem_mb       integer NOT NULL,
  compute_capability text,
  driver_version     text,
  simulated          boolean NOT NULL,
  worker_id          text NOT NULL REFERENCES workers (id),
  index              integer NOT NULL,
  -- False once its worker no longer finds it.
  present            boolean NOT NULL DEFAULT true,
  registered_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX gpus_of_worker ON gpus (worker_id, index);

-- The outbox and the history of the inventory.
CREATE TABLE events (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type         text NOT NULL,
  gpu_id       uuid,
  payload      jsonb NOT NULL,
  ts           timestamptz NOT NULL DEFAULT now(),
  subject      text NOT NULL,
  published_at timestamptz
);

CREATE INDEX events_of_gpu ON events (gpu_id, id);
CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL;
