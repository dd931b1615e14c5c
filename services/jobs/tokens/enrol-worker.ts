// The token by which a worker on a machine elsewhere gets its own: long, and good for nothing else.
import { requireRole } from '@constellation/platform/identity.ts'
import type { Context } from '../context.ts'
import { type Created, requirePerson, storeToken } from './api-tokens.ts'

const YEAR_MS = 366 * 86_400_000
/** A name that can be a token of a NATS subject. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/

/** @throws ConstellationError FORBIDDEN for whoever is no administrator, or asks with a token of theirs */
export async function enrolWorker({ who, pool }: Context, name: string): Promise<Created> {
  requireRole(who, 'admin')
  requirePerson(who)
  if (!NAME.test(name)) return { problems: [{ path: 'name', message: 'must be 1 to 64 letters, digits, _ or -' }] }
  const expiresAt = new Date(Date.now() + YEAR_MS).toISOString()
  // Its scopes are never looked at: it is no principal, only what one is made from.
  const token = { name: `worker ${name}`, scopes: ['OPERATE'] as const, expiresAt, accounts: [] }
  return await storeToken(pool, { id: name, role: 'worker', accounts: [] }, token)
}
