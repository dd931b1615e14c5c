-- Tokens that people make for their scripts. The secret is not kept, only what it is known by: the SHA-256 of the
-- whole token. Slow hashes with salt guard passwords, which can be guessed; 256 random bits cannot, and a quick hash
-- lets a token be found by it.
CREATE TABLE api_tokens (
  id             uuid PRIMARY KEY DEFAULT uuidv7(),
  hash           bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  name           text NOT NULL,
  owner          text NOT NULL,
  -- What it was given, and what its owner was last seen to be: it may do what both allow.
  role           text NOT NULL,
  accounts       text[] NOT NULL,
  owner_role     text NOT NULL,
  owner_accounts text[] NOT NULL,
  scopes         text[] NOT NULL CHECK (scopes <@ '{READ,SUBMIT,OPERATE}' AND scopes <> '{}'),
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  expires_at     timestamptz(3) NOT NULL,
  last_used_at   timestamptz(3),
  revoked_at     timestamptz(3)
);

CREATE INDEX api_tokens_of_owner ON api_tokens (owner, id);
