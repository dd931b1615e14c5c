// Tokens that people make for their scripts: made, listed and revoked by their owners.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { Principal, Scope } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { CreateApiTokenInput } from '../generated/resolvers.ts'
import { endWebhooks } from '../sql/webhook-rights.ts'
import { problemsOf } from '../submission/spec.ts'
import { makeToken, newTokenSchema } from './new-token.ts'

export type Created = { token: TokenRow; secret: string } | { problems: Problem[] }

interface NewToken {
  name: string
  scopes: readonly Scope[]
  expiresAt: string
  accounts: readonly string[]
}

/** What may be known of a token. */
export interface TokenRow {
  id: string
  name: string
  owner: string
  scopes: Scope[]
  accounts: string[]
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

const COLUMNS = `id, name, owner, scopes, accounts, created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`
/** The most tokens of one person that hold. */
const MOST = 100
/** The most that are listed: administrators see everybody's. */
const MOST_LISTED = 1_000

/**
 * Makes a token, whose secret is not kept.
 * @throws ConstellationError FORBIDDEN for workers and for tokens: a token that made others would outlive its end
 */
export async function createApiToken({ who, pool }: Context, input: CreateApiTokenInput): Promise<Created> {
  requirePerson(who)
  const checked = v.safeParse(newTokenSchema(who, Date.now()), input)
  if (!checked.success) return { problems: problemsOf(checked.issues) }
  return await storeToken(pool, who, checked.output)
}

/** Stores a new token of this owner. */
export async function storeToken(
  pool: Pool,
  owner: Principal,
  { name, scopes, expiresAt, accounts }: NewToken,
): Promise<Created> {
  const { id, secret, hash } = makeToken()
  const [token] = await query<TokenRow>(
    pool,
    'create-token',
    `INSERT INTO api_tokens (id, hash, name, owner, role, accounts, scopes, expires_at, owner_role, owner_accounts)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $5, $10
     WHERE (SELECT count(*) FROM api_tokens WHERE owner = $4 AND revoked_at IS NULL AND expires_at > now()) < $9
     RETURNING ${COLUMNS}`,
    [id, hash, name, owner.id, owner.role, accounts, scopes, expiresAt, MOST, owner.accounts],
  )
  if (token) return { token, secret }
  return { problems: [{ path: '', message: `${owner.id} has ${MOST} tokens already: revoke one first.` }] }
}

/** The principal's tokens, or everybody's for administrators, newest first. */
export async function listApiTokens({ who, pool }: Context): Promise<TokenRow[]> {
  return query<TokenRow>(
    pool,
    'list-tokens',
    `SELECT ${COLUMNS} FROM api_tokens WHERE ($1::text IS NULL OR (owner = $1 AND role <> 'worker')) ORDER BY created_at DESC, id LIMIT $2`,
    [ownerFor(who), MOST_LISTED],
  )
}

/**
 * Ends a token, now. Null where there is none that the principal may end.
 * @throws ConstellationError FORBIDDEN for workers and for tokens
 */
export async function revokeApiToken({ who, pool, announce }: Context, id: string): Promise<TokenRow | null> {
  requirePerson(who)
  if (!v.is(v.pipe(v.string(), v.uuid()), id)) return null
  const [token] = await query<TokenRow>(
    pool,
    'revoke-token',
    `UPDATE api_tokens SET revoked_at = coalesce(revoked_at, now())
     WHERE id = $1 AND ($2::text IS NULL OR (owner = $2 AND role <> 'worker')) RETURNING ${COLUMNS}`,
    [id, ownerFor(who)],
  )
  if (!token) return null
  announce.tokenRevoked(token.id)
  await endWebhooks(pool)
  return token
}

/** Whose tokens the principal has to do with; null for everybody's, and for those of workers. */
function ownerFor(who: Principal): string | null {
  return who.role === 'admin' ? null : who.id
}

export function requirePerson({ role, scopes }: Principal): void {
  if (role === 'worker') throw new ConstellationError('FORBIDDEN', 'Workers have no API tokens.')
  if (scopes) throw new ConstellationError('FORBIDDEN', 'An API token makes and ends no tokens: sign in yourself.')
}
