// The statement that adds roll-ups to those that are stored.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import type { Rollup } from './roll-up.ts'

/** A roll-up with the worker who said so. */
export type Said = Rollup & { workerId: string }

/**
 * Adds these to what is stored, each GPU, run and bucket once in a call. What is said of a GPU that is not the
 * worker's own by the inventory is left out.
 */
export async function storeRollups(pool: Pool, rollups: readonly Said[]): Promise<void> {
  const rows = rollups.map((rollup) => ({ ...rollup, bucket: new Date(rollup.bucket).toISOString() }))
  await query(pool, 'store-rollups', STORE, [JSON.stringify(rows)])
}

// In the order of the key, so that two processes that add to the same rows do not wait for each other in a circle.
const STORE = `
INSERT INTO gpu_rollups AS stored (
  bucket, gpu_id, run_id, samples,
  utilisation_count, utilisation_sum, utilisation_max, memory_count, memory_sum, memory_max,
  power_count, power_sum, power_max, clock_count, clock_sum,
  temperature_max, joules, throttled_seconds, throttle_reasons)
SELECT r.bucket, gpus.id, r."runId", samples,
  "utilisationCount", "utilisationSum", "utilisationMax", "memoryCount", "memorySum", "memoryMax",
  "powerCount", "powerSum", "powerMax", "clockCount", "clockSum",
  "temperatureMax", joules, "throttledSeconds", "throttleReasons"
FROM json_to_recordset($1) AS r (
  "workerId" text, "gpuId" text, "runId" uuid, bucket timestamptz, samples integer,
  "utilisationCount" integer, "utilisationSum" real, "utilisationMax" real,
  "memoryCount" integer, "memorySum" real, "memoryMax" real,
  "powerCount" integer, "powerSum" real, "powerMax" real, "clockCount" integer, "clockSum" real,
  "temperatureMax" real, joules real, "throttledSeconds" real, "throttleReasons" integer)
JOIN gpus ON gpus.worker_id = r."workerId" AND gpus.id::text = r."gpuId"
ORDER BY gpus.id, r.bucket, r."runId"
ON CONFLICT (gpu_id, bucket, run_id) DO UPDATE SET
  samples = stored.samples + excluded.samples,
  utilisation_count = stored.utilisation_count + excluded.utilisation_count,
  utilisation_sum = stored.utilisation_sum + excluded.utilisation_sum,
  utilisation_max = greatest(stored.utilisation_max, excluded.utilisation_max),
  memory_count = stored.memory_count + excluded.memory_count,
  memory_sum = stored.memory_sum + excluded.memory_sum,
  memory_max = greatest(stored.memory_max, excluded.memory_max),
  power_count = stored.power_count + excluded.power_count,
  power_sum = stored.power_sum + excluded.power_sum,
  power_max = greatest(stored.power_max, excluded.power_max),
  clock_count = stored.clock_count + excluded.clock_count,
  clock_sum = stored.clock_sum + excluded.clock_sum,
  temperature_max = greatest(stored.temperature_max, excluded.temperature_max),
  joules = coalesce(stored.joules + excluded.joules, stored.joules, excluded.joules),
  throttled_seconds = stored.throttled_seconds + excluded.throttled_seconds,
  throttle_reasons = stored.throttle_reasons | excluded.throttle_reasons`
