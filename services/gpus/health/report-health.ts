// A worker tells what has happened to its GPUs and how they are now: faults are opened, counted and cleared, health
// follows from those that stand, and the worker hears what follows for it.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import type { Context } from '../context.ts'
import type { GpuHealthInput, GpuVerdict } from '../generated/resolvers.ts'
import { type FaultRow, findFatalOfRuns, findStanding } from '../sql/faults.ts'
import { sentencesOf } from '../state.ts'
import { checked } from '../words.ts'
import { type Assessed, applyChanges } from './apply-changes.ts'
import { assess, changesAnything, type Xid } from './assess.ts'
import { type GpuReport, healthReports } from './health-input.ts'

/** What follows from each report, in their order. Of GPUs that are not the worker's own nothing is believed. */
export async function reportGpuHealth(
  { who, pool, changed }: Context,
  reports: readonly GpuHealthInput[],
): Promise<GpuVerdict[]> {
  requireRole(who, 'worker')
  const { reports: all } = checked(healthReports, { reports })
  const { verdicts, hasNews } = await inTransaction(pool, (client) => takeReports(client, who.id, all))
  if (hasNews) changed()
  return verdicts
}

async function takeReports(client: PoolClient, workerId: string, reports: readonly GpuReport[]) {
  const gpus = await lockGpus(client, workerId, reports)
  const standing = await standingByGpu(client, [...gpus.keys()])
  const now = new Date()
  const assessed = reports.flatMap((report): Assessed[] => {
    const gpu = gpus.get(report.gpuId)
    if (!gpu) return []
    const changes = assess(report, standing.get(gpu.id) ?? [], gpu.heardXids, now)
    return changesAnything(changes) ? [{ ...report, changes }] : []
  })
  const hasNews = assessed.length > 0 && (await applyChanges(client, assessed))
  return { verdicts: await judge(client, reports, gpus), hasNews }
}

interface LockedGpu {
  id: string
  heardXids: Xid[]
}

/** The worker's own of these GPUs. Two reports of the same GPU come one after the other, in one order everywhere. */
async function lockGpus(
  client: PoolClient,
  workerId: string,
  reports: readonly GpuReport[],
): Promise<Map<string, LockedGpu>> {
  const rows = await query<LockedGpu>(
    client,
    'lock-own-gpus',
    `SELECT id, heard_xids AS "heardXids" FROM gpus WHERE id = ANY ($1) AND worker_id = $2
     ORDER BY uuid FOR NO KEY UPDATE`,
    [reports.map(({ gpuId }) => gpuId), workerId],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

async function standingByGpu(client: PoolClient, gpuIds: readonly string[]): Promise<Map<string, FaultRow[]>> {
  return Map.groupBy(await findStanding(client, gpuIds), ({ gpuId }) => gpuId)
}

async function judge(
  client: PoolClient,
  reports: readonly GpuReport[],
  gpus: ReadonlyMap<string, LockedGpu>,
): Promise<GpuVerdict[]> {
  const standing = await standingByGpu(client, [...gpus.keys()])
  const ofRuns = await findFatalOfRuns(client, reports)
  return reports.map(({ gpuId, runId }) => {
    if (!gpus.has(gpuId)) return { gpuId, usable: false, endRun: false, reason: 'It is not registered as yours.' }
    const known = standing.get(gpuId) ?? []
    const ofRun = ofRuns.filter((fault) => fault.gpuId === gpuId && fault.runId === runId)
    return verdictOf(gpuId, known, ofRun)
  })
}

/**
 * What follows for a worker. A run that a fatal fault has hit has to be ended although the fault was cleared by now: a
 * reset takes all that ran away.
 */
function verdictOf(gpuId: string, standing: readonly FaultRow[], fatalOfRun: readonly FaultRow[]): GpuVerdict {
  const fatal = standing.filter(({ severity }) => severity === 'fatal')
  const ending = fatal.length > 0 ? fatal : fatalOfRun
  const told = ending.length > 0 ? ending : standing
  return {
    gpuId,
    usable: standing.length === 0,
    endRun: ending.length > 0,
    reason: told.length > 0 ? sentencesOf(told) : null,
  }
}
