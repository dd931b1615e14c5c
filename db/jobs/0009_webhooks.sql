-- Addresses that are told of what happens to jobs, and what is on its way to them.
CREATE TABLE webhooks (
  id            uuid PRIMARY KEY DEFAULT uuidv7(),
  owner         text NOT NULL,
  -- Whose jobs it hears of: those of its owner, of an account, or all.
  scope         text NOT NULL CHECK (scope IN ('own', 'account', 'all')),
  account       text,
  url           text NOT NULL,
  -- What it is signed with, encrypted.
  secret        bytea NOT NULL,
  -- None stands for all.
  event_types   text[] NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  -- Attempts that failed since the last one that did not, and when that began.
  failures      integer NOT NULL DEFAULT 0,
  failing_since timestamptz(3),
  disabled_at   timestamptz(3),
  why_disabled  text,
  CHECK ((scope = 'account') = (account IS NOT NULL)),
  CHECK ((disabled_at IS NULL) = (why_disabled IS NULL))
);

CREATE INDEX webhooks_of_owner ON webhooks (owner, id);

CREATE TABLE webhook_deliveries (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  webhook_id   uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id     text NOT NULL,
  event_type   text NOT NULL,
  -- The body, as it is sent each time.
  payload      text NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  attempts     integer NOT NULL DEFAULT 0,
  -- When it is tried next, or, while it is being tried, when another process may take it for lost; null at its end.
  -- Not rounded, as half of all would be due only later.
  next_at      timestamptz(3) DEFAULT date_trunc('milliseconds', now()),
  last_at      timestamptz(3),
  delivered_at timestamptz(3),
  last_status  integer,
  last_error   text,
  UNIQUE (webhook_id, event_id)
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, id DESC);
CREATE INDEX webhook_deliveries_over ON webhook_deliveries (created_at) WHERE next_at IS NULL;
