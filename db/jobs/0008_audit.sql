-- Who changed what, and what was refused. It only grows.
CREATE TABLE audit_log (
  id         uuid PRIMARY KEY,
  at         timestamptz(3) NOT NULL,
  who        text,
  role       text,
  -- The way in: page and scripts by GraphQL over HTTP or a socket, or REST.
  via        text NOT NULL CHECK (via IN ('http', 'socket', 'rest')),
  action     text NOT NULL,
  targets    text[] NOT NULL DEFAULT '{}',
  arguments  jsonb NOT NULL DEFAULT '{}',
  outcome    text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  error      text,
  request_id text NOT NULL,
  -- How often, where the same was refused again and again.
  count      integer NOT NULL DEFAULT 1
);

CREATE INDEX audit_log_by_time ON audit_log (at, id);
