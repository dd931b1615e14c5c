-- What the owner of a webhook may do, as they were last seen, and the API token that it was made with, where it was: a
-- webhook ends with the right to hear what it hears. Of those from before nothing is known until their owners are seen.
ALTER TABLE webhooks
  ADD owner_role     text,
  ADD owner_accounts text[],
  ADD token_id       uuid;

-- No reference: tokens are revoked and stay, and an end of one is an end of the webhook however it came about.
CREATE INDEX webhooks_of_token ON webhooks (token_id) WHERE token_id IS NOT NULL;
