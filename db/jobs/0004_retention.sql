-- Logs are kept for a time, and then their run says that they are gone.
ALTER TABLE runs ADD COLUMN log_expired_at timestamptz(3);

-- Output repeats itself: it takes a third of its room compressed, as PostgreSQL does with all that is long. lz4 costs
-- less time than the usual pglz, where the server was built with it.
DO $$
BEGIN
  ALTER TABLE log_chunks ALTER COLUMN text SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  NULL;
END $$;

-- Old chunks go by the ten thousand: their room is for the next ones, soon.
ALTER TABLE log_chunks SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000);
