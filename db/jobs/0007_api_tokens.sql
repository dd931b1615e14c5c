-- Tokens that people make for their scripts. The secret is not kept, only what it is known by.
CREATE TABLE api_tokens (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  hash         bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  name         text NOT NULL,
  owner        text NOT NULL,
  role         text NOT NULL,
  accounts     text[] NOT NULL,
  scopes       text[] NOT NULL CHECK (scopes <@ '{read,submit,operate}'),
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3)
);

CREATE INDEX api_tokens_of_owner ON api_tokens (owner, id);
