-- What there is to hold: each GPU and each worker as their events tell, so that what nobody held can be told apart from
-- what nobody could hold. Facts are only added; in whatever order events come, and however often, they are the same.
CREATE TABLE gpu_facts (
  gpu_id    uuid NOT NULL,
  -- The number of the event: of two at one instant the later.
  event     bigint NOT NULL,
  at        timestamptz(3) NOT NULL,
  model     text NOT NULL,
  worker_id text NOT NULL,
  -- Whether its worker finds it, and whether it may be given runs.
  present   boolean NOT NULL,
  usable    boolean NOT NULL,
  PRIMARY KEY (gpu_id, event)
);

CREATE TABLE worker_facts (
  worker_id text NOT NULL,
  event     bigint NOT NULL,
  at        timestamptz(3) NOT NULL,
  -- False while it is not heard of, or is kept out of service.
  usable    boolean NOT NULL,
  PRIMARY KEY (worker_id, event)
);
