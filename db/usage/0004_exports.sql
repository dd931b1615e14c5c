-- Files of the ledger that were asked for: a queue, and what became of each. The files themselves are in the lake's
-- directory, named by id and claim.
CREATE TABLE exports (
  id            uuid PRIMARY KEY,
  requested_by  text NOT NULL,
  format        text NOT NULL CHECK (format IN ('PARQUET', 'CSV', 'ARROW', 'FOCUS', 'FOCUS_PARQUET')),
  -- The range, the filter, and whose runs whoever asked might see then.
  question      jsonb NOT NULL,
  state         text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'WRITING', 'DONE', 'FAILED', 'CANCELLED')),
  progress      real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  attempts      smallint NOT NULL DEFAULT 0,
  -- Of the attempt that writes it, or has written it. Whoever holds another has nothing to say about it any more.
  claim         uuid,
  -- After this, whoever wrote it is taken for dead.
  claimed_until timestamptz(3),
  rows          bigint,
  bytes         bigint,
  sha256        text,
  -- Why it failed, for whoever asked.
  problem       text,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  finished_at   timestamptz(3),
  -- Then the file and this row are removed.
  expires_at    timestamptz(3),
  CHECK ((finished_at IS NULL) = (state IN ('QUEUED', 'WRITING'))),
  CHECK ((expires_at IS NULL) = (finished_at IS NULL))
);
CREATE INDEX exports_to_do ON exports (created_at) WHERE state IN ('QUEUED', 'WRITING');
CREATE INDEX exports_of_person ON exports (requested_by, created_at);
CREATE INDEX exports_by_expiry ON exports (expires_at);

-- What came late of closed months, by when it came: it is billed then.
CREATE INDEX slices_late ON slices (entered_at) WHERE late;
