// Whether a connection to PostgreSQL is encrypted, and whom it trusts: as its URL says, with libpq's names.
import type { PoolConfig } from 'pg'
import { parse } from 'pg-connection-string'

/**
 * What `sslmode` and `sslrootcert` of the URL come to, for a driver that is given them apart: MikroORM takes host, user and
 * password of a URL, and leaves out the rest. Undefined where the URL says nothing.
 * @throws Error where the file of `sslrootcert` cannot be read
 */
export function tlsOf(url: string): PoolConfig['ssl'] {
  if (!new URL(url).searchParams.has('sslmode')) return undefined
  const { ssl } = parse(url)
  if (typeof ssl === 'string') throw new Error(`ssl=${ssl} of the URL of the database says nothing; use sslmode.`)
  if (typeof ssl !== 'object') return ssl
  const { cert, ...rest } = ssl
  return { ...rest, ...(typeof cert === 'string' && { cert }) }
}
