// What is refused although its input is right, as no worker could run it and none that comes is likely to.
import { query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Pool, PoolClient } from 'pg'

/**
 * What is wrong with jobs of these inputs, by the position of each: a container, where no worker is known that runs
 * any. A job for GPUs that nobody has is not refused: it waits, and says why.
 */
export async function refuseWhatNobodyRuns(
  client: Pool | PoolClient,
  inputs: readonly { container?: unknown }[],
): Promise<Problem[]> {
  const wanted = inputs.flatMap(({ container }, i) => (container ? [i] : []))
  if (wanted.length === 0) return []
  const able = await query(
    client,
    'known-to-run-containers',
    `SELECT FROM known_workers WHERE 'docker' = ANY (executors) LIMIT 1`,
  )
  if (able.length > 0) return []
  return wanted.map((i) => ({ path: `${i}.container`, message: 'cannot be had: no worker has Docker' }))
}
