// What every operation of one request works with.
import type { Database } from '@constellation/platform/database/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { EntityManager } from '@mikro-orm/postgresql'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { type Gpu, GpuEntity, type Worker, WorkerEntity } from './entities.ts'
import type { GpuRollup } from './generated/resolvers.ts'
import { type FaultLoaders, faultLoaders } from './health/fault-loaders.ts'
import { gpuHistories, type HistoryQuestion } from './rollups/history.ts'
import { type GpuOfRun, type RunQuestion, runTelemetries } from './rollups/of-run.ts'
import type { LastSeen } from './telemetry/telemetry.ts'

export interface Context {
  who: Principal
  em: EntityManager
  pool: Pool
  /** To be called after a commit that wrote events. */
  changed: () => void
  lastSeen: LastSeen
  loaders: FaultLoaders & {
    gpu: DataLoader<string, Gpu | null>
    /** By NVML's name of it. */
    gpuByUuid: DataLoader<string, Gpu | null>
    worker: DataLoader<string, Worker | null>
    gpusOfWorker: DataLoader<string, Gpu[]>
    history: DataLoader<HistoryQuestion, GpuRollup[]>
    runTelemetry: DataLoader<RunQuestion, GpuOfRun[]>
  }
}

/** A context for one request; its loaders batch what the request's fields look up. */
export function createContext(
  { orm, pool, read }: Database,
  shared: Pick<Context, 'changed' | 'lastSeen'>,
  who: Principal,
): Context {
  const em = orm.em.fork()
  return { who, em, pool, ...shared, loaders: createLoaders({ em, pool, read }) }
}

function createLoaders({ em, pool, read }: Pick<Database, 'pool' | 'read'> & Pick<Context, 'em'>): Context['loaders'] {
  return {
    ...faultLoaders(pool),
    gpu: new DataLoader(async (ids: readonly string[]) => {
      const rows = await em.find(GpuEntity, { id: { $in: ids.filter(isUuid) } })
      const found = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => found.get(id.toLowerCase()) ?? null)
    }),
    gpuByUuid: new DataLoader(async (uuids: readonly string[]) => {
      const rows = await em.find(GpuEntity, { uuid: { $in: [...uuids] } })
      const found = new Map(rows.map((row) => [row.uuid, row]))
      return uuids.map((uuid) => found.get(uuid) ?? null)
    }),
    worker: new DataLoader(async (ids: readonly string[]) => {
      const rows = await em.find(WorkerEntity, { id: { $in: ids.filter((id) => !id.includes('\0')) } })
      const found = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => found.get(id) ?? null)
    }),
    gpusOfWorker: new DataLoader(async (ids: readonly string[]) => {
      const rows = await em.find(GpuEntity, { workerId: { $in: [...ids] } }, { orderBy: { index: 'asc' } })
      const groups = Map.groupBy(rows, (row) => row.workerId)
      return ids.map((id) => groups.get(id) ?? [])
    }),
    history: new DataLoader((questions) => read((client) => gpuHistories(client, questions, Date.now()))),
    runTelemetry: new DataLoader((questions) => read((client) => runTelemetries(client, questions))),
  }
}
