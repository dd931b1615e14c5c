// The fleet as it is at a scrape: the inventory from PostgreSQL, and what its GPUs do from what workers said last.
import { query } from '@constellation/platform/database/database.ts'
import { atScrape } from '@constellation/platform/metrics/serve-metrics.ts'
import type { Pool } from 'pg'
import type { Health } from '../entities.ts'
import type { Severity } from '../state.ts'
import { isOnline } from '../state.ts'
import type { LastSeen } from '../telemetry/telemetry.ts'
import { faultsStanding, gpusInState, powerWatts, utilisation, workersInState } from './metrics.ts'

const FLEET_STATES = ['held', 'idle', 'out_of_service', 'unreachable', 'missing'] as const
type FleetState = (typeof FLEET_STATES)[number]
const SEVERITIES: readonly Severity[] = ['note', 'drain', 'fatal']

/** A GPU as far as it matters here. */
export interface FleetGpu {
  id: string
  workerId: string
  model: string
  present: boolean
  health: Health
  /** True where an operator has said something about it or its worker. */
  cordoned: boolean
  lastSeenAt: Date
}

/** Tells of the fleet until it is stopped. */
export function tellFleet(pool: Pool, lastSeen: Pick<LastSeen, 'sample'>): () => void {
  const gauges = [gpusInState, utilisation, powerWatts, faultsStanding, workersInState]
  return atScrape<string>(gauges, async () => {
    const [gpus, workers, faults] = await Promise.all([readGpus(pool), readWorkers(pool), readFaults(pool)])
    setGpus(gpus, lastSeen)
    const online = workers.filter(isOnline).length
    workersInState.set({ state: 'online' }, online)
    workersInState.set({ state: 'silent' }, workers.length - online)
    const standing = new Map(faults.map(({ severity, faults: count }) => [severity, count]))
    for (const severity of SEVERITIES) faultsStanding.set({ severity }, standing.get(severity) ?? 0)
  })
}

/** What a GPU counts as; `isHeld` as far as telemetry tells. */
export function fleetState(gpu: Omit<FleetGpu, 'id' | 'workerId' | 'model'>, isHeld: boolean): FleetState {
  if (!gpu.present) return 'missing'
  if (!isOnline(gpu)) return 'unreachable'
  if (isHeld) return 'held'
  return gpu.health !== 'healthy' || gpu.cordoned ? 'out_of_service' : 'idle'
}

function setGpus(gpus: readonly FleetGpu[], lastSeen: Pick<LastSeen, 'sample'>): void {
  for (const gauge of [gpusInState, utilisation, powerWatts]) gauge.reset()
  for (const [model, ofModel] of Map.groupBy(gpus, (gpu) => gpu.model)) {
    for (const state of FLEET_STATES) gpusInState.set({ state, model }, 0)
    let watts = 0
    const percents: number[] = []
    for (const gpu of ofModel) {
      const sample = lastSeen.sample(gpu.workerId, gpu.id)
      const isHeld = sample?.runId != null
      gpusInState.inc({ state: fleetState(gpu, isHeld), model })
      watts += sample?.powerWatts ?? 0
      if (isHeld && sample.utilisationPercent !== null) percents.push(sample.utilisationPercent)
    }
    powerWatts.set({ model }, watts)
    if (percents.length > 0) utilisation.set({ model }, percents.reduce((a, b) => a + b) / percents.length / 100)
  }
}

function readGpus(pool: Pool): Promise<FleetGpu[]> {
  return query<FleetGpu>(
    pool,
    'metrics-gpus',
    `SELECT g.id, g.worker_id AS "workerId", g.name AS model, g.present, g.health,
       g.cordon IS NOT NULL OR w.cordon IS NOT NULL AS cordoned, w.last_seen_at AS "lastSeenAt"
     FROM gpus g JOIN workers w ON w.id = g.worker_id`,
  )
}

function readWorkers(pool: Pool): Promise<{ lastSeenAt: Date }[]> {
  return query(pool, 'metrics-workers', 'SELECT last_seen_at AS "lastSeenAt" FROM workers')
}

function readFaults(pool: Pool): Promise<{ severity: Severity; faults: number }[]> {
  return query(
    pool,
    'metrics-faults',
    'SELECT severity, count(*)::integer AS faults FROM gpu_faults WHERE cleared_at IS NULL GROUP BY severity',
  )
}
