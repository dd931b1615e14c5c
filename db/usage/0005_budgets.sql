-- What an account may spend in each month of UTC: in a currency, or in GPU-hours.
CREATE TABLE budgets (
  id              uuid PRIMARY KEY DEFAULT uuidv7(),
  account         text NOT NULL,
  -- A currency, or GPU_HOURS.
  unit            text NOT NULL CHECK (unit = 'GPU_HOURS' OR unit ~ '^[A-Z]{3}$'),
  amount          numeric(28, 10) NOT NULL CHECK (amount >= 0),
  -- In percent of the amount, ascending.
  thresholds      integer[] NOT NULL,
  -- Jobs of the account are not started while it is used up.
  stops_new_work  boolean NOT NULL,
  set_by          text NOT NULL,
  set_at          timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (account, unit)
);

-- Which thresholds were crossed, each once in a month: who enters one has also written its event.
CREATE TABLE budget_crossings (
  budget_id  uuid NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
  month      date NOT NULL CHECK (month = date_trunc('month', month)),
  threshold  integer NOT NULL,
  -- What was spent by then, of which amount.
  spent      numeric(28, 10) NOT NULL,
  amount     numeric(28, 10) NOT NULL,
  crossed_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (budget_id, month, threshold)
);

-- The budgets that hold work back now, as whoever starts jobs is told; written by the check alone.
CREATE TABLE budget_holds (
  budget_id uuid PRIMARY KEY,
  account   text NOT NULL,
  unit      text NOT NULL,
  amount    numeric(28, 10) NOT NULL,
  spent     numeric(28, 10) NOT NULL,
  until     timestamptz(0) NOT NULL
);

-- Its one row is locked by whoever checks. Each change of the holds has a version of its own, higher than all before it
-- even where the database was put back: it begins with the clock, in milliseconds.
CREATE TABLE budget_check (
  only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  holds_version bigint NOT NULL DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
  checked_at    timestamptz NOT NULL DEFAULT to_timestamp(0)
);
INSERT INTO budget_check DEFAULT VALUES;

-- Not all events are about a run.
ALTER TABLE events ALTER COLUMN job_id DROP NOT NULL, ALTER COLUMN run_id DROP NOT NULL;
