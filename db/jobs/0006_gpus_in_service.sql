-- Which GPUs and workers take runs, as the gpus service says, and which runs leave their GPUs idle.
ALTER TABLE known_gpus
  ADD COLUMN in_service boolean NOT NULL DEFAULT true,
  -- In a sentence, why it is not.
  ADD COLUMN why_not    text;

ALTER TABLE known_workers
  ADD COLUMN in_service boolean NOT NULL DEFAULT true,
  ADD COLUMN why_not    text;

ALTER TABLE runs ADD COLUMN idle_since timestamptz(3);

-- The runs of a GPU, the newest first: ids are in the order of time.
DROP INDEX run_gpus_history;
CREATE INDEX run_gpus_history ON run_gpus (gpu_id, run_id);
