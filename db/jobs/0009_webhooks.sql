-- Addresses that are told of what happens to jobs, and what is on its way to them.
CREATE TABLE webhooks (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  owner        text NOT NULL,
  account      text,
  url          text NOT NULL,
  secret       bytea NOT NULL,
  event_types  text[] NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  disabled_at  timestamptz(3),
  why_disabled text
);

CREATE TABLE webhook_deliveries (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  webhook_id   uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id     text NOT NULL,
  event_type   text NOT NULL,
  payload      jsonb NOT NULL,
  attempts     integer NOT NULL DEFAULT 0,
  next_at      timestamptz(3) DEFAULT now(),
  delivered_at timestamptz(3),
  last_status  integer,
  last_error   text,
  UNIQUE (webhook_id, event_id)
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE next_at IS NOT NULL;
