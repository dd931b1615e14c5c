// GPUs in a database of their own, and samples of them, for tests.
import { cloneDatabase } from '@constellation/local/testing.ts'
import { openDatabase, query } from '@constellation/platform/database/database.ts'
import { type GpuSample, NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import { createLogger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { GpuEntity, WorkerEntity } from '../entities.ts'
import type { Reading } from './roll-up.ts'

export const log = createLogger('test', 'silent')

export async function openGpus() {
  const own = await cloneDatabase()
  const database = await openDatabase(own.urls.gpus, { schema: 'gpus', entities: [WorkerEntity, GpuEntity], log })
  const { pool } = database
  return {
    pool,
    database,
    async close() {
      await database.orm.close(true)
      await own.drop()
    },
  }
}

/** A worker with this many GPUs in the inventory; returns their ids. */
export async function addGpus(pool: Pool, workerId: string, count: number): Promise<string[]> {
  await query(pool, null, 'INSERT INTO workers (id, hostname, version) VALUES ($1, $1, $1)', [workerId])
  const rows = await query<{ id: string }>(
    pool,
    null,
    `INSERT INTO gpus (uuid, name, total_mem_mb, simulated, worker_id, index)
     SELECT $1 || '-' || i, 'A100', 81920, true, $1, i FROM generate_series(0, $2::integer - 1) AS i RETURNING id`,
    [workerId, count],
  )
  return rows.map(({ id }) => id)
}

/** A sample that says no more than these metrics. */
export function sampleOf(gpuId: string, time: number, metrics: Partial<GpuSample> = {}): GpuSample {
  return { gpuId, at: new Date(time).toISOString(), ...NO_METRICS, ...metrics }
}

export function reading(gpuId: string, time: number, metrics: Partial<GpuSample> = {}): Reading {
  return { sample: sampleOf(gpuId, time, metrics), time }
}

/** All that is stored, by time. */
export function storedRollups(pool: Pool) {
  return query<Record<string, unknown>>(pool, null, 'SELECT * FROM gpu_rollups ORDER BY bucket, gpu_id, run_id')
}
