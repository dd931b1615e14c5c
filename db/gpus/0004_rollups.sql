-- What GPUs did: for each GPU, the run that held it, and 15 seconds of wall time, what its samples add up to. Several
-- processes add to the same row. Partitions of a day (UTC) each are made ahead, and dropped, by the service itself.
CREATE TABLE gpu_rollups (
  -- The beginning of the 15 seconds.
  bucket            timestamptz(0) NOT NULL,
  gpu_id            uuid NOT NULL,
  -- Another service's: no key. Null while no run held the GPU.
  run_id            uuid,
  -- Of how many samples, and of how many that had the metric, since a card may lack it.
  samples           integer NOT NULL,
  utilisation_count integer NOT NULL,
  utilisation_sum   real NOT NULL,
  utilisation_max   real,
  memory_count      integer NOT NULL,
  -- Memory in MiB.
  memory_sum        real NOT NULL,
  memory_max        real,
  power_count       integer NOT NULL,
  -- Power in watts.
  power_sum         real NOT NULL,
  power_max         real,
  clock_count       integer NOT NULL,
  -- The SM clock in MHz.
  clock_sum         real NOT NULL,
  -- In degrees Celsius.
  temperature_max   real,
  -- Null where they are not known.
  joules            real,
  throttled_seconds real NOT NULL,
  -- A bit for each reason, in the order of THROTTLE_REASONS of platform/events.ts.
  throttle_reasons  integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (gpu_id, bucket, run_id)
) PARTITION BY RANGE (bucket);

CREATE INDEX gpu_rollups_of_run ON gpu_rollups (run_id, bucket) WHERE run_id IS NOT NULL;
