// Whether a lake is of the ledger that there is. After a restore, after a recovery to a moment, or on a replica that became
// the primary, transactions may count anew and runs be gone: what the lake has would be taken for the present, and what is
// entered now for what it has already. So the ledger keeps how far each lake may be, and a lake is believed no further.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Pool, PoolClient } from 'pg'
import type { Manifest } from './manifest.ts'

type Claim = Pick<Manifest, 'version' | 'ledger'>

/**
 * To be called before a state is published, which says what this returns. Whatever that state was read from is older than
 * this, so wherever this is, all of that is. `ledger` is what the state before it says; without it a new lake begins.
 * @throws Error where the state before it is not of this ledger
 */
export async function announceState(pool: Pool, { version, ledger }: Claim): Promise<string> {
  const [row] =
    ledger === undefined
      ? await query<{ id: string }>(pool, 'new-lake', 'INSERT INTO lakes (version) VALUES ($1) RETURNING id', [version])
      : await query<{ id: string }>(
          pool,
          'lake-goes-on',
          'UPDATE lakes SET version = greatest(version, $2) WHERE id = $1 AND version >= $2 - 1 RETURNING id',
          [ledger, version],
        )
  if (!row) throw new Error(`Version ${version - 1} of the lake is not of this ledger.`)
  return row.id
}

/** A lake of which there is nothing yet is of any. */
export async function isOfLedger(client: Pool | PoolClient, { version, ledger }: Claim): Promise<boolean> {
  if (version === 0) return true
  if (ledger === undefined) return false
  const found = await query(client, 'lake-is-ours', 'SELECT FROM lakes WHERE id = $1 AND version >= $2', [
    ledger,
    version,
  ])
  return found.length > 0
}

/** @throws ConstellationError UNAVAILABLE where a lake is not of this ledger: it is made anew */
export async function mustBeOfLedger(client: Pool | PoolClient, state: Claim): Promise<void> {
  if (await isOfLedger(client, state)) return
  throw new ConstellationError(
    'UNAVAILABLE',
    'Usage is being made ready again, as the database is not the one that it was made from. Ask again in a few minutes.',
    { retryAfterSeconds: 10 },
  )
}
