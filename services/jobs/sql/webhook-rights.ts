// Whether webhooks may still hear what they hear: their owners may do less than when they made them.
import { query } from '@constellation/platform/database/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'

/** Why the webhook `w` may hear nothing more, or null where it may. What is not known, of older ones, takes nothing away. */
export const WHY_ENDED = `CASE
  WHEN w.scope = 'all' AND w.owner_role <> 'admin' THEN 'Its owner is no administrator any more.'
  WHEN w.scope = 'account' AND w.owner_role <> 'admin'
    AND (w.owner_role <> 'account-manager' OR w.account <> ALL (w.owner_accounts))
    THEN 'Its owner does not manage the account any more.'
  WHEN w.token_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM api_tokens t WHERE t.id = w.token_id AND t.revoked_at IS NULL AND t.expires_at > now()
  ) THEN 'The token that it was made with holds no more.'
END`

/** Notes what an owner may do now, for all of their webhooks. */
export async function noteWebhookOwner(pool: Pool, { id, role, accounts }: Principal): Promise<void> {
  await query(
    pool,
    'note-webhook-owner',
    `UPDATE webhooks SET owner_role = $2, owner_accounts = $3
     WHERE owner = $1 AND (owner_role, owner_accounts) IS DISTINCT FROM ($2, $3::text[])`,
    [id, role, accounts],
  )
}

/** Disables the webhooks that may hear nothing more, and gives up what was to be sent to them. Returns how many. */
export async function endWebhooks(pool: Pool): Promise<number> {
  const rows = await query(
    pool,
    'end-webhooks',
    `WITH ended AS (
       UPDATE webhooks w SET disabled_at = now(), why_disabled = ${WHY_ENDED}
       WHERE w.disabled_at IS NULL AND ${WHY_ENDED} IS NOT NULL RETURNING w.id
     ), given_up AS (
       UPDATE webhook_deliveries d SET next_at = NULL FROM ended w WHERE d.webhook_id = w.id AND d.next_at IS NOT NULL
     )
     SELECT 1 FROM ended`,
    [],
  )
  return rows.length
}
