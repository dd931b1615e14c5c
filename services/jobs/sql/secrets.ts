// The statements on secrets.
import { query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Pool, PoolClient } from 'pg'
import { type Place, unseal } from '../secrets/seal.ts'

/** What one job asks for. */
interface Wanted {
  account: string
  names: readonly string[]
}

/** The values for each of these, in their order; or the names of those that are no longer there. */
export async function readSecrets(
  client: Pool | PoolClient,
  key: Buffer,
  wanted: readonly Wanted[],
): Promise<({ values: Record<string, string> } | { missing: string[] })[]> {
  const places = wanted.flatMap(({ account, names }) => names.map((name) => ({ account, name })))
  if (places.length === 0) return wanted.map(() => ({ values: {} }))
  const rows = await query<Place & { sealed: Buffer }>(
    client,
    'read-secrets',
    `SELECT s.account, s.name, s.sealed
     FROM secrets s JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS w (account, name)
       ON (s.account, s.name) = (w.account, w.name)`,
    columnsOf(places),
  )
  const found = new Map(rows.map((row) => [keyOf(row), unseal(key, row, row.sealed)]))
  return wanted.map(({ account, names }) => {
    const pairs = names.map((name) => [name, found.get(keyOf({ account, name }))] as const)
    const missing = pairs.filter(([, value]) => value === undefined).map(([name]) => name)
    if (missing.length > 0) return { missing }
    return {
      values: Object.fromEntries(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    }
  })
}

/** A problem for each secret that is asked for and is not there; paths begin with the position of who asks. */
export async function findUnknownSecrets(
  client: Pool | PoolClient,
  asking: readonly { account: string; spec: { params: { secrets?: string[] } } }[],
): Promise<Problem[]> {
  const places = asking.flatMap(({ account, spec }, i) =>
    (spec.params.secrets ?? []).map((name, n) => ({ account, name, path: `${i}.secrets.${n}` })),
  )
  if (places.length === 0) return []
  const rows = await query<Place>(
    client,
    'known-secrets',
    `SELECT account, name FROM secrets
     WHERE (account, name) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    columnsOf(places),
  )
  const known = new Set(rows.map(keyOf))
  return places
    .filter((place) => !known.has(keyOf(place)))
    .map(({ account, name, path }) => ({ path, message: `${account} has no secret ${name}` }))
}

function columnsOf(places: readonly Place[]): [string[], string[]] {
  return [places.map(({ account }) => account), places.map(({ name }) => name)]
}

function keyOf({ account, name }: Place): string {
  return JSON.stringify([account, name])
}
