// Three small services with the contracts of the real ones and their data in memory.
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { startSubgraph } from '@constellation/platform/subgraph/subgraph.ts'

export interface TestJob {
  id: string
  name: string
  state: string
  version: number
  priority: number
  account: string
  submittedBy: string
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  reason: string | null
  cancelRequested: boolean
  arrayId?: string
}

export interface TestChunk {
  runId: string
  seq: number
  at: string
  stream: string
  text: string
  firstLine: number
  end: boolean
}

/** What the services know. */
export interface World {
  jobs: Map<string, TestJob>
  /** Runs by id, with the job and the GPUs of each. */
  runs: Map<string, { id: string; jobId: string; gpuIds: string[] }>
  /** Where jobs stand in the queue. */
  places: Map<string, { position: number | null; reason: string; message: string; eta: string | null }>
  logs: Map<string, TestChunk[] | 'expired'>
  gpuNames: Map<string, string>
  /** The ids of its GPUs, by worker. */
  gpusOfWorker: Map<string, string[]>
  /** GPU-seconds by job. */
  gpuSeconds: Map<string, number>
  workerStates: string[]
}

type Name = 'jobs' | 'gpus' | 'usage'

interface Context {
  who: Principal
}

type Id = { id: string }

/** Runs with each question to a service, before it is answered. */
type Before = (service: string, field: string) => Promise<void> | void

export type TestServices = Awaited<ReturnType<typeof startTestServices>>

export async function startTestServices(secret: string, log: Logger) {
  const world: World = {
    jobs: new Map(),
    runs: new Map(),
    logs: new Map(),
    places: new Map(),
    gpuNames: new Map(),
    gpusOfWorker: new Map(),
    gpuSeconds: new Map(),
    workerStates: ['ONLINE'],
  }
  const hooks: { before: Before } = { before: () => {} }
  const start = async (name: Name, resolvers: Parameters<typeof startSubgraph<Context>>[0]['resolvers']) => {
    const startAt = (port: number) =>
      startSubgraph<Context>({
        name,
        resolvers,
        rules: undefined,
        context: (who) => ({ who }),
        checks: { memory: async () => hooks.before(name, 'health') },
        config: { HOST: '127.0.0.1', PORT: port, GATEWAY_SECRET: secret },
        log,
      })
    let running = await startAt(0)
    const { url } = running
    const stop = () => running.stop()
    const startAgain = async () => {
      running = await startAt(Number(new URL(url).port))
    }
    return { url, stop, startAgain }
  }
  const [jobs, gpus, usage] = await Promise.all([
    start('jobs', jobsResolvers(world, hooks)),
    start('gpus', gpusResolvers(world, hooks)),
    start('usage', usageResolvers(world, hooks)),
  ])
  return {
    world,
    hooks,
    jobs,
    gpus,
    usage,
    urls: { jobs: jobs.url, gpus: gpus.url, usage: usage.url },
    async stop() {
      await Promise.all([jobs.stop(), gpus.stop(), usage.stop()])
    },
  }
}

function jobsResolvers({ jobs, runs, logs, places }: World, hooks: { before: Before }) {
  const visible = (id: string, who: Principal) => {
    const job = jobs.get(id)
    return job && maySeeJob(who, job) ? job : null
  }
  const visibleRun = (id: string, who: Principal) => {
    const run = runs.get(id)
    return run && visible(run.jobId, who) ? run : null
  }
  return {
    Query: {
      async job(_: unknown, { id }: Id, { who }: Context) {
        await hooks.before('jobs', 'job')
        return visible(id, who)
      },
      async run(_: unknown, { id }: Id, { who }: Context) {
        await hooks.before('jobs', 'run')
        return visibleRun(id, who)
      },
      async templates() {
        await hooks.before('jobs', 'templates')
        return []
      },
    },
    Mutation: {
      cancelJob: (_: unknown, { id }: Id, { who }: Context) => ({ job: visible(id, who), problems: [] }),
    },
    Job: {
      __resolveReference: ({ id }: Id, { who }: Context) => visible(id, who),
      async queue({ id }: Id) {
        await hooks.before('jobs', 'queue')
        return places.get(id) ?? null
      },
      runs: ({ id }: Id) => [...runs.values()].filter((run) => run.jobId === id),
    },
    GpuFault: {
      run: ({ runId }: { runId: string }, _: unknown, { who }: Context) => visibleRun(runId, who),
    },
    Run: {
      __resolveReference: ({ id }: Id, { who }: Context) => visibleRun(id, who),
      attempt: () => 1,
      state: () => 'RUNNING',
      gpus: ({ gpuIds }: { gpuIds: string[] }) => gpuIds.map((id) => ({ id })),
      log({ id }: Id, { after, fromLine, first }: { after: number; fromLine: number | null; first: number }) {
        const log = logs.get(id)
        if (log === 'expired') return { chunks: [], ended: true, expired: true }
        const start = log?.findLast(({ firstLine }) => firstLine < (fromLine ?? 0))?.seq ?? -1
        const chunks = (log ?? []).filter(({ seq }) => seq > after && seq >= start).slice(0, first)
        return { chunks, ended: log?.at(-1)?.end ?? false, expired: false }
      },
    },
  }
}

const NOON = '2026-01-31T12:00:00.000Z'

function gpusResolvers(world: World, hooks: { before: Before }) {
  const find = (id: string) =>
    world.gpuNames.has(id) ? { id, name: world.gpuNames.get(id), uuid: `GPU-${id}`, simulated: true } : null
  return {
    Query: {
      async gpu(_: unknown, { id }: Id) {
        await hooks.before('gpus', 'gpu')
        return find(id)
      },
      gpus(_: unknown, { filter }: { filter: { workerId: string } }) {
        const ids = world.gpusOfWorker.get(filter.workerId) ?? []
        return { nodes: ids.map((id) => ({ id })), pageInfo: { hasNextPage: false } }
      },
      workers: () => ({
        nodes: world.workerStates.map((state, i) => ({ id: `w${i}`, state })),
        pageInfo: { hasNextPage: false },
      }),
    },
    Gpu: {
      async __resolveReference({ id }: Id) {
        await hooks.before('gpus', 'gpu')
        return find(id)
      },
      faults: ({ id }: Id) =>
        [...world.runs.values()]
          .filter(({ gpuIds }) => gpuIds.includes(id))
          .map(({ id }) => ({ id, runId: id, message: id })),
    },
    Run: {
      telemetry: ({ gpus }: { gpus: Id[] }, { points }: { points: number }) =>
        gpus.map(({ id }) => ({ gpu: find(id), rollups: [{ at: NOON, seconds: points, throttledSeconds: 0 }] })),
    },
  }
}

function usageResolvers({ gpuSeconds }: World, hooks: { before: Before }) {
  return {
    Account: {
      __resolveReference: ({ id }: Id) => ({ id }),
      async usage({ id }: Id) {
        await hooks.before('usage', 'usage')
        return { gpuSeconds: gpuSeconds.get(id) ?? 0, runs: 1, provisional: true, asOf: NOON }
      },
    },
    Budget: { __resolveReference: ({ id }: Id) => ({ id, spent: '1.00' }) },
    Job: {
      __resolveReference: ({ id }: Id) => ({ id }),
      async usage({ id }: Id) {
        await hooks.before('usage', 'usage')
        return { gpuSeconds: gpuSeconds.get(id) ?? 0, runs: 1, provisional: false, asOf: new Date().toISOString() }
      },
    },
  }
}
