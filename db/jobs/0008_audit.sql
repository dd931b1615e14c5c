-- Who changed what, and what was refused. It only grows.
CREATE TABLE audit_log (
  id         uuid PRIMARY KEY,
  at         timestamptz(3) NOT NULL,
  who        text,
  role       text,
  -- Where they came from; known of those alone who were not let in.
  address    text,
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
CREATE INDEX audit_log_by_person ON audit_log (who, at, id);

CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log();
