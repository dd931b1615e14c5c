// Look-ups by key, batched over one request so that a list of n jobs costs no n questions.

import type { Database } from '@constellation/platform/database/database.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { EntityManager } from '@mikro-orm/postgresql'
import DataLoader from 'dataloader'
import { dependencyLoaders } from './dependencies/dependency-loaders.ts'
import { type Job, JobEntity, type Run, RunEntity, type RunGpu, RunGpuEntity } from './entities.ts'
import { explainJobs } from './explain/explain.ts'
import { gpusFreeAt } from './explain/gpus-free-at.ts'
import { sharedViews } from './explain/queue-views.ts'
import { type GpuRunLoaders, gpuRunLoaders } from './gpu-runs/gpu-run-loaders.ts'
import { type HistoryLoader, historyLoader } from './listing/history.ts'
import type { Explanation } from './policy/explain.ts'
import { findAwaited } from './sql/awaited.ts'
import { type DeliveryLoaders, deliveryLoaders } from './webhooks/deliveries.ts'

export interface Loaders extends GpuRunLoaders, DeliveryLoaders {
  /** A job by id; null where there is none that the principal may see. */
  job: DataLoader<string, Job | null>
  /** A run by id; null likewise. */
  run: DataLoader<string, Run | null>
  /** The attempts of a job, oldest first. */
  runsOfJob: DataLoader<string, Run[]>
  gpusOfRun: DataLoader<string, RunGpu[]>
  /** What happened to a job. */
  events: HistoryLoader
  /** Why a job waits; null where it does not. */
  queuePlace: DataLoader<string, Explanation | null>
  /** When a GPU that is held is expected to be free; null where it is not held, or nobody can tell. */
  gpuFreeAt: DataLoader<string, Date | null>
  /** What binds a GPU to the live run that holds it, whoever's. */
  holderOfGpu: DataLoader<string, RunGpu | null>
  /** The live run that holds a GPU. */
  runOnGpu: DataLoader<string, Run | null>
  /** The jobs that a job waits for, or did: that must complete, and that must end. Those that may be seen. */
  dependsOn: DataLoader<string, Job[]>
  after: DataLoader<string, Job[]>
  /** The jobs that wait for a job, or did; the first thousand. */
  dependents: DataLoader<string, Job[]>
}

export function createLoaders(
  { em, pool, read }: Pick<Database, 'pool' | 'read'> & { em: EntityManager },
  leaseMs: number,
  who: Principal,
): Loaders {
  const job = new DataLoader<string, Job | null>(async (ids) => {
    const rows = await em.find(JobEntity, { id: { $in: ids.filter(isUuid) } })
    return byKey(
      ids,
      rows.filter((row) => maySeeJob(who, row)),
      (row) => row.id,
    )
  })
  /** Keeps the runs whose job the principal may see: the rule of a run is that of its job. */
  const visible = async (runs: Run[]): Promise<Run[]> => {
    const jobs = await job.loadMany(runs.map((run) => run.jobId))
    return runs.filter((_, i) => jobs[i] !== null && !(jobs[i] instanceof Error))
  }
  const run = new DataLoader<string, Run | null>(async (ids) => {
    const rows = await em.find(RunEntity, { id: { $in: ids.filter(isUuid) } })
    return byKey(ids, await visible(rows), (row) => row.id)
  })
  const runsOfJob = new DataLoader<string, Run[]>(async (ids) => {
    const rows = await em.find(RunEntity, { jobId: { $in: [...ids] } }, { orderBy: { attempt: 'asc' } })
    return grouped(ids, rows, (row) => row.jobId)
  })
  const gpusOfRun = new DataLoader<string, RunGpu[]>(async (ids) => {
    const rows = await em.find(RunGpuEntity, { runId: { $in: [...ids] } }, { orderBy: { position: 'asc' } })
    return grouped(ids, rows, (row) => row.runId)
  })
  const queuePlace = new DataLoader<string, Explanation | null>((ids) =>
    explainJobs(pool, sharedViews(pool, leaseMs), (waiting) => findAwaited(pool, who, waiting), ids),
  )
  const gpuFreeAt = new DataLoader<string, Date | null>((ids) => gpusFreeAt(sharedViews(pool, leaseMs), ids))
  const holderOfGpu = new DataLoader<string, RunGpu | null>(async (ids) => {
    const held = await em.find(RunGpuEntity, { gpuId: { $in: ids.filter(isUuid) }, held: true })
    return byKey(ids, held, (row) => row.gpuId)
  })
  const runOnGpu = new DataLoader<string, Run | null>((ids) =>
    Promise.all(
      ids.map(async (id) => {
        const holder = await holderOfGpu.load(id)
        return holder && run.load(holder.runId)
      }),
    ),
  )
  return {
    job,
    run,
    runsOfJob,
    gpusOfRun,
    events: historyLoader(read),
    queuePlace,
    gpuFreeAt,
    holderOfGpu,
    runOnGpu,
    ...dependencyLoaders(pool, job),
    ...gpuRunLoaders(read, who, run),
    ...deliveryLoaders(pool),
  }
}

/** The row of each key, in the keys' order. Keys may be written in any case, as UUIDs are. */
function byKey<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): (Row | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.map((key) => found.get(key.toLowerCase()) ?? null)
}

function grouped<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = Map.groupBy(rows, keyOf)
  return keys.map((key) => groups.get(key) ?? [])
}
