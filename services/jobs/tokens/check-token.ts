// Who a token stands for: what the gateway asks when one is used.
import { query } from '@constellation/platform/database/database.ts'
import type { Role, Scope } from '@constellation/platform/identity.ts'
import type { Context } from '../context.ts'
import { lowerRole } from './owners.ts'

export interface CheckedToken {
  id: string
  owner: string
  role: Role
  accounts: string[]
  scopes: Scope[]
  expiresAt: Date
}

type Found = CheckedToken & { ownerRole: Role; noteUse: boolean }

/**
 * The token with this SHA-256, in hexadecimal digits, while it holds. That it was used is written at most once a
 * minute, as a script may ask a hundred times a second.
 */
export async function checkApiToken({ pool }: Context, hash: string): Promise<CheckedToken | null> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return null
  const [found] = await query<Found>(
    pool,
    'check-token',
    `SELECT id, owner, role, owner_role AS "ownerRole", scopes, expires_at AS "expiresAt",
       ARRAY(SELECT a FROM unnest(accounts) WITH ORDINALITY AS granted (a, n)
             WHERE a = ANY (owner_accounts) ORDER BY n) AS accounts,
       coalesce(last_used_at < now() - interval '1 minute', true) AS "noteUse"
     FROM api_tokens WHERE hash = decode($1, 'hex') AND revoked_at IS NULL AND expires_at > now()`,
    [hash],
  )
  if (!found) return null
  const { noteUse, ownerRole, ...token } = found
  if (noteUse) await query(pool, 'use-token', 'UPDATE api_tokens SET last_used_at = now() WHERE id = $1', [token.id])
  return { ...token, role: lowerRole(token.role, ownerRole) }
}
