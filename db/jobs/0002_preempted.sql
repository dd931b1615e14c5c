ALTER TABLE runs
  DROP CONSTRAINT runs_state_check,
  ADD CONSTRAINT runs_state_check
    CHECK (state IN ('claimed', 'running', 'completed', 'failed', 'cancelled', 'lost', 'preempted')),
  -- What kind of end it was; null where its worker went away.
  ADD COLUMN outcome text;
