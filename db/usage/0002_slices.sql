-- The ledger proper: each GPU of a run, hour by hour of UTC, at the price of that hour. Its rows are never changed
-- but in a month that is open; after that whatever comes late, or is corrected, is a row of its own.

ALTER TABLE runs
  -- When the attempt began to wait. Unknown of runs that an earlier release has entered.
  ADD COLUMN queued_at timestamptz(3),
  -- What its GPUs did over its life, from 0 to 1; unknown until its end, and where nobody has measured it.
  ADD COLUMN utilisation double precision CHECK (utilisation BETWEEN 0 AND 1),
  -- Of all of its GPUs.
  ADD COLUMN energy_joules double precision CHECK (energy_joules >= 0);

CREATE INDEX runs_open ON runs (started_at) WHERE finished_at IS NULL;

-- What an hour of a GPU costs from a time on, until the model's next price. The model '*' is every one that has none of
-- its own. A price begins with an hour of UTC, so that no slice has two.
CREATE TABLE prices (
  model        text NOT NULL,
  valid_from   timestamptz(0) NOT NULL CHECK (valid_from = date_trunc('hour', valid_from, 'UTC')),
  per_gpu_hour numeric(18, 8) NOT NULL CHECK (per_gpu_hour >= 0),
  currency     text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  set_by       text NOT NULL,
  set_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (model, valid_from)
);

-- Months of UTC that were closed. What is entered later of such a month is marked as late.
CREATE TABLE closed_periods (
  month     date PRIMARY KEY CHECK (month = date_trunc('month', month)),
  closed_at timestamptz(3) NOT NULL DEFAULT now(),
  closed_by text NOT NULL
);

CREATE TABLE slices (
  run_id       uuid NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  -- The nil UUID for a run without GPUs, which has a slice of no time where it starts.
  gpu_id       uuid NOT NULL,
  hour         timestamptz(0) NOT NULL CHECK (hour = date_trunc('hour', hour, 'UTC')),
  -- 0 when it is first entered; in a closed month a correction takes an entry back (sign -1) and makes another.
  entry        smallint NOT NULL DEFAULT 0,
  sign         smallint NOT NULL DEFAULT 1 CHECK (sign IN (1, -1)),
  -- [from_at, to_at): the run's interval within the hour.
  from_at      timestamptz(3) NOT NULL,
  to_at        timestamptz(3) NOT NULL,
  held_us      bigint GENERATED ALWAYS AS (sign * (extract(epoch FROM to_at - from_at) * 1000000)::bigint) STORED,
  -- 1, or -1, in the one slice of a run that counts the run: that of its first GPU where it starts.
  starts       smallint NOT NULL,
  model        text NOT NULL,
  -- The price of the hour, copied; null where there was none.
  per_gpu_hour numeric(18, 8),
  currency     text,
  -- To ten places, so that it adds up to the same whoever adds it.
  cost         numeric(28, 10) GENERATED ALWAYS AS
                 (round(sign * extract(epoch FROM to_at - from_at) * per_gpu_hour / 3600, 10)) STORED,
  -- The part of held_us in which the GPU worked; null where nobody has measured it.
  utilised_us  bigint,
  energy_mj    bigint,
  late         boolean NOT NULL DEFAULT false,
  entered_at   timestamptz(3) NOT NULL DEFAULT now(),
  -- The transaction that wrote it: what began earlier may commit later, so this is what the lake goes by.
  changed      xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (run_id, gpu_id, hour, entry),
  CHECK (from_at >= hour AND to_at <= hour + interval '1 hour' AND to_at >= from_at),
  CHECK ((per_gpu_hour IS NULL) = (currency IS NULL))
);
CREATE INDEX slices_changed ON slices (changed);
CREATE INDEX slices_by_hour ON slices (hour);
CREATE INDEX slices_of_gpu ON slices (gpu_id, hour);

-- Days of which a slice was replaced or taken away: files made of them are stale.
CREATE TABLE stale_days (
  day     date PRIMARY KEY,
  changed xid8 NOT NULL DEFAULT pg_current_xact_id()
);

-- Sums of slices for what a page shows at once. Kept by the transactions that write slices.
CREATE TABLE hourly (
  hour         timestamptz(0) NOT NULL,
  account      text NOT NULL,
  submitted_by text NOT NULL,
  model        text NOT NULL,
  -- Empty where there was no price.
  currency     text NOT NULL,
  runs         integer NOT NULL,
  held_us      bigint NOT NULL,
  wasted_us    bigint NOT NULL,
  utilised_us  bigint NOT NULL,
  -- Of held_us, what utilised_us speaks of.
  measured_us  bigint NOT NULL,
  energy_mj    bigint NOT NULL,
  cost         numeric(28, 10) NOT NULL,
  PRIMARY KEY (account, hour, submitted_by, model, currency)
);
CREATE INDEX hourly_of_submitter ON hourly (submitted_by, hour);
CREATE INDEX hourly_by_hour ON hourly (hour);

-- The slices that each run should have by now; of one that goes on up to now, without what is known only at its end.
CREATE VIEW due_slices AS
SELECT r.run_id, g.gpu_id, h.hour, i.from_at, i.to_at,
  (h.hour <= r.started_at AND g.is_first)::integer::smallint AS starts,
  g.model, p.per_gpu_hour, p.currency,
  round(extract(epoch FROM i.to_at - i.from_at) * 1000000 * r.utilisation::numeric)::bigint AS utilised_us,
  -- By the time held, as nobody measures hours apart.
  round(r.energy_joules::numeric * 1000 / nullif(g.gpus, 0) * extract(epoch FROM i.to_at - i.from_at)
        / nullif(extract(epoch FROM e.finished_at - r.started_at), 0))::bigint AS energy_mj,
  r.finished_at IS NULL AS provisional
FROM runs r
CROSS JOIN LATERAL (SELECT coalesce(r.finished_at, greatest(now(), r.started_at))::timestamptz(3) AS finished_at) e
CROSS JOIN LATERAL (
  SELECT gpu_id, model, count(*) OVER () AS gpus, row_number() OVER (ORDER BY gpu_id) = 1 AS is_first
  FROM run_gpus WHERE run_id = r.run_id
  UNION ALL
  SELECT '00000000-0000-0000-0000-000000000000', '', 0, true
  WHERE NOT EXISTS (SELECT FROM run_gpus WHERE run_id = r.run_id)
) g
-- A run without GPUs holds nothing for no time.
CROSS JOIN LATERAL (SELECT CASE WHEN g.gpus = 0 THEN r.started_at ELSE e.finished_at END AS until_at) u
CROSS JOIN LATERAL generate_series(date_trunc('hour', r.started_at, 'UTC'),
  greatest(u.until_at - interval '1 microsecond', r.started_at), interval '1 hour') h (hour)
CROSS JOIN LATERAL (
  SELECT greatest(r.started_at, h.hour) AS from_at, least(u.until_at, h.hour + interval '1 hour') AS to_at
) i
LEFT JOIN LATERAL (
  SELECT per_gpu_hour, currency FROM prices
  WHERE model IN (g.model, '*') AND valid_from <= h.hour AND g.gpus > 0
  ORDER BY model = '*', valid_from DESC LIMIT 1
) p ON true;

-- Runs that have ended before there were slices.
INSERT INTO slices (run_id, gpu_id, hour, from_at, to_at, starts, model)
SELECT run_id, gpu_id, hour, from_at, to_at, starts, model FROM due_slices WHERE NOT provisional;
INSERT INTO hourly
SELECT s.hour, r.account, r.submitted_by, s.model, '', sum(s.starts), sum(s.held_us),
  coalesce(sum(s.held_us) FILTER (WHERE r.outcome <> 'completed'), 0), 0, 0, 0, 0
FROM slices s JOIN runs r USING (run_id) GROUP BY 1, 2, 3, 4;

-- Ends that an administrator has corrected, since the event told them wrong.
CREATE TABLE run_corrections (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id      uuid NOT NULL,
  was_at      timestamptz(3) NOT NULL,
  finished_at timestamptz(3) NOT NULL,
  reason      text NOT NULL,
  by_whom     text NOT NULL,
  at          timestamptz(3) NOT NULL DEFAULT now()
);

-- Prices that were set for hours that have slices: work that is left to do, up to which run it is done.
CREATE TABLE repricings (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model     text NOT NULL,
  from_hour timestamptz(0) NOT NULL,
  done_to   uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);
