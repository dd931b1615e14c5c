// One process at a time writes to a lake.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import type { Lake } from './fill.ts'

/** Does `work` unless another process does such work on this lake now; then null. */
export async function withLock<T>(
  { pool, directory, bucket }: Lake,
  work: (client: PoolClient) => Promise<T>,
): Promise<T | null> {
  const name = `lake ${bucket?.url ?? directory}`
  const client = await pool.connect()
  // A connection that breaks while files are written: the lock is gone then, and publishing tells whether it was needed.
  let broken: Error | undefined
  const hear = (error: Error) => {
    broken = error
  }
  client.on('error', hear)
  try {
    const [lock] = await query<{ ours: boolean }>(
      client,
      'lock-lake',
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS ours',
      [name],
    )
    if (!lock?.ours) return null
    try {
      return await work(client)
    } finally {
      const unlock = 'SELECT pg_advisory_unlock(hashtextextended($1, 0))'
      await query(client, 'unlock-lake', unlock, [name]).catch(hear)
    }
  } finally {
    client.off('error', hear)
    client.release(broken)
  }
}
