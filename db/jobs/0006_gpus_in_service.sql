-- Which GPUs and workers take runs, as the gpus service says, and which runs leave their GPUs idle.
ALTER TABLE known_gpus
  ADD COLUMN in_service boolean NOT NULL DEFAULT true,
  -- In a sentence, why it is not.
  ADD COLUMN why_not    text;

ALTER TABLE known_workers
  ADD COLUMN in_service boolean NOT NULL DEFAULT true,
  ADD COLUMN why_not    text;

ALTER TABLE runs ADD COLUMN idle_since timestamptz(3);

-- How the run ended that held the GPU: the state of the run, or `gpu_failed` where that is why it was lost. Null while it
-- lives. What a GPU does to its runs is counted from here alone, as `runs` is wide.
ALTER TABLE run_gpus ADD COLUMN ended text
  CHECK (ended IN ('completed', 'failed', 'cancelled', 'lost', 'preempted', 'gpu_failed'));
DROP INDEX run_gpus_history;
UPDATE run_gpus g SET ended = CASE WHEN r.outcome = 'GPU_FAILED' THEN 'gpu_failed' ELSE r.state END
  FROM runs r WHERE r.id = g.run_id AND NOT g.held AND r.finished_at IS NOT NULL;

-- The runs of a GPU, the newest first: ids are in the order of time.
CREATE INDEX run_gpus_history ON run_gpus (gpu_id, run_id) INCLUDE (ended);
