// Which ledger a lake is of. One that was restored, or brought back to a moment, counts its transactions anew: what the lake
// has of the one before would be taken for the present, and what is entered now for what it has already.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Pool, PoolClient } from 'pg'
import type { Manifest } from './manifest.ts'

/**
 * Tells one ledger from another: the server, the database, the table, which a restore makes anew, and the history of the
 * log, which goes another way after a recovery.
 */
export async function ledgerOf(client: Pool | PoolClient): Promise<string> {
  const [found] = await query<{ ledger: string }>(
    client,
    'which-ledger',
    `SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
       (SELECT oid FROM pg_database WHERE datname = current_database()), 'slices'::regclass::oid,
       left(pg_walfile_name(pg_current_wal_lsn()), 8)) AS ledger`,
  )
  if (!found) throw new Error('PostgreSQL knows which database it is.')
  return found.ledger
}

/** A lake of which there is nothing yet is of any. @throws ConstellationError UNAVAILABLE where it is of another ledger */
export async function mustBeOfLedger(
  client: Pool | PoolClient,
  { version, ledger }: Pick<Manifest, 'version' | 'ledger'>,
): Promise<void> {
  if (version === 0 || ledger === (await ledgerOf(client))) return
  throw new ConstellationError(
    'UNAVAILABLE',
    'Usage is made ready from the beginning, as the database was restored. Ask again in a few minutes.',
    { retryAfterSeconds: 10 },
  )
}
