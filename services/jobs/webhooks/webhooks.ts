// Webhooks: who has them, what they hear of, and where they lead.
import { randomUUID } from 'node:crypto'
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Context } from '../context.ts'
import type { SaveWebhookInput } from '../generated/resolvers.ts'
import { seal } from '../secrets/seal.ts'
import { readInput, type Scope, type Wanted } from './read-input.ts'
import { sealPlace } from './seal-place.ts'
import { makeSecret } from './signature.ts'

/** `Webhook` in `schema/jobs.graphql` says what each is. */
export interface WebhookRow {
  id: string
  owner: string
  scope: Scope
  account: string | null
  url: string
  eventTypes: string[]
  createdAt: Date
  failures: number
  failingSince: Date | null
  disabledAt: Date | null
  whyDisabled: string | null
}

const COLUMNS = `id, owner, scope, account, url, event_types AS "eventTypes", created_at AS "createdAt", failures,
  failing_since AS "failingSince", disabled_at AS "disabledAt", why_disabled AS "whyDisabled"`
/** The most webhooks of one owner. */
const MOST = 20

type Saved = { webhook: WebhookRow; secret: string | null } | { problems: Problem[] }

/**
 * Adds a webhook, or replaces the one of this id and lets it begin anew. The secret is told where it was made here.
 * @throws ConstellationError FORBIDDEN, or NOT_FOUND where there is no such webhook of theirs
 */
export async function saveWebhook(context: Context, input: SaveWebhookInput): Promise<Saved> {
  const { who, pool } = context
  requireHookable(who)
  const read = readInput(who, input, context.webhooksMayBePrivate)
  if ('problems' in read) return read
  if (input.id != null) return { webhook: await replaceWebhook(context, input.id, read.wanted), secret: null }
  const made = read.wanted.secret === null ? makeSecret() : null
  const id = randomUUID()
  const sealed = seal(context.secretsKey, sealPlace({ webhookId: id, owner: who.id }), read.wanted.secret ?? made ?? '')
  const { url, scope, account, eventTypes } = read.wanted
  const [webhook] = await query<WebhookRow>(
    pool,
    'add-webhook',
    `INSERT INTO webhooks (id, owner, scope, account, url, secret, event_types, owner_role, owner_accounts, token_id)
     SELECT $1, $2, $3, $4, $5, $6, $7, $9, $10, $11
     WHERE (SELECT count(*) FROM webhooks WHERE owner = $2) < $8 RETURNING ${COLUMNS}`,
    [id, who.id, scope, account, url, sealed, eventTypes, MOST, who.role, who.accounts, who.tokenId],
  )
  if (webhook) return { webhook, secret: made }
  return { problems: [{ path: '', message: `is one too many: a person has at most ${MOST} webhooks` }] }
}

/** What failed before counts no longer; the secret stays unless another is given. */
async function replaceWebhook({ who, pool, secretsKey }: Context, id: string, wanted: Wanted): Promise<WebhookRow> {
  const place = sealPlace({ webhookId: id, owner: who.id })
  const sealed = wanted.secret === null ? null : seal(secretsKey, place, wanted.secret)
  const [webhook] = isUuid(id)
    ? await query<WebhookRow>(
        pool,
        'replace-webhook',
        `UPDATE webhooks SET scope = $3, account = $4, url = $5, event_types = $6, secret = coalesce($7, secret),
           failures = 0, failing_since = NULL, disabled_at = NULL, why_disabled = NULL,
           owner_role = $8, owner_accounts = $9, token_id = $10
         WHERE id = $1 AND owner = $2 RETURNING ${COLUMNS}`,
        [
          id,
          who.id,
          wanted.scope,
          wanted.account,
          wanted.url,
          wanted.eventTypes,
          sealed,
          who.role,
          who.accounts,
          who.tokenId,
        ],
      )
    : []
  if (!webhook) throw new ConstellationError('NOT_FOUND', `There is no webhook ${id}.`)
  return webhook
}

/** True where there was one that they may delete. */
export async function deleteWebhook({ who, pool }: Context, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const text = 'DELETE FROM webhooks WHERE id = $1 AND ($2::text IS NULL OR owner = $2) RETURNING 1'
  return (await query(pool, 'delete-webhook', text, [id, ownerSeenBy(who)])).length > 0
}

/** Their own, oldest first; of an administrator everybody's. */
export function listWebhooks({ who, pool }: Context): Promise<WebhookRow[]> {
  const text = `SELECT ${COLUMNS} FROM webhooks WHERE $1::text IS NULL OR owner = $1 ORDER BY created_at, id LIMIT 1000`
  return query<WebhookRow>(pool, 'list-webhooks', text, [ownerSeenBy(who)])
}

/** Null where there is none that they may see. */
export async function findWebhook({ who, pool }: Context, id: string): Promise<WebhookRow | null> {
  if (!isUuid(id)) return null
  const text = `SELECT ${COLUMNS} FROM webhooks WHERE id = $1 AND ($2::text IS NULL OR owner = $2)`
  const [webhook] = await query<WebhookRow>(pool, 'find-webhook', text, [id, ownerSeenBy(who)])
  return webhook ?? null
}

/** Whose webhooks the principal sees; null for everybody's. */
function ownerSeenBy({ role, id }: Principal): string | null {
  return role === 'admin' ? null : id
}

function requireHookable({ role }: Principal): void {
  if (role === 'worker') throw new ConstellationError('FORBIDDEN', 'The role worker has no webhooks.')
}
