-- Jobs are found by their words, and listed in other orders than that of their creation. Nothing here is written when a
-- job changes its state: starts and ends stay in place (HOT), as BRIN indexes do not hinder that.

-- What a search looks at, with a space before each word; the rest of a long command is not looked at.
CREATE FUNCTION job_text(name text, params jsonb, submitted_by text, account text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(left(' ' || name || ' ' || submitted_by || ' ' || account || ' ' || (params ->> 'command'), 600));

-- pg_trgm is made by whoever migrates, as its making needs a right on the whole database.
CREATE INDEX jobs_text ON jobs USING gin (job_text(name, params, submitted_by, account) gin_trgm_ops);
-- Whether a word is rare decides between this index and the newest jobs first: a finer histogram tells.
ALTER INDEX jobs_text ALTER COLUMN 1 SET STATISTICS 500;

CREATE INDEX jobs_by_name ON jobs (name, id);
CREATE INDEX jobs_by_priority ON jobs (priority, id);
CREATE INDEX jobs_newest_by_template ON jobs (template, created_at DESC, id DESC) WHERE template IS NOT NULL;
CREATE INDEX jobs_newest_by_model ON jobs (lower(gpu_model), created_at DESC, id DESC) WHERE gpu_model <> '';
-- Lists by start and by end go through time in steps, and read of each the pages that have something of it.
CREATE INDEX jobs_by_start ON jobs USING brin (started_at) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX jobs_by_end ON jobs USING brin (finished_at) WITH (pages_per_range = 32, autosummarize = on);
