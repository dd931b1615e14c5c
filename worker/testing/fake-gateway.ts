// A gateway for tests: checks every document against the real schema, and plays the jobs service in memory.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { buildSchema, GraphQLError, graphql } from 'graphql'
import type {
  ClaimRunsInput,
  FinishRunInput,
  GpuHealthInput,
  LeaseStanding,
  NoteIdleInput,
  RegisterWorkerInput,
  RunLeaseInput,
} from '../generated/documents.ts'

const schema = buildSchema(
  readFileSync(fileURLToPath(import.meta.resolve('@constellation/schema/generated/api.graphql')), 'utf8'),
)

export interface FakeJob {
  command: string[]
  shell: boolean
  env: Record<string, string>
  workingDirectory: string | null
  timeoutSeconds: number | null
  maxIdleSeconds: number | null
  gpuCount: number
  secrets: Record<string, string>
  warning: { signal: string; seconds: number } | null
  container: { image: string; mounts: { source: string; target: string; readOnly: boolean }[] } | null
  limits: { memoryMb: number | null; cpus: number | null }
  cancelRequested: boolean
  preempted: boolean
  /** One for each attempt. */
  runs: FakeRun[]
}

export interface FakeRun {
  runId: string
  epoch: number
  gpuUuids: string[]
  started: boolean
  end: FinishRunInput | undefined
  /** How often an end was reported. */
  reports: number
}

const PLAIN_JOB = {
  shell: false,
  env: {},
  workingDirectory: null,
  timeoutSeconds: null,
  maxIdleSeconds: null,
  gpuCount: 0,
  secrets: {},
  warning: null,
  container: null,
  limits: { memoryMb: null, cpus: null },
}

/** Starts it on a free port. `leaseMs` is how long its leases last. */
export async function startFakeGateway(token: string, leaseMs = 45_000) {
  const state = {
    jobs: [] as FakeJob[],
    registrations: [] as RegisterWorkerInput[],
    healthReports: [] as GpuHealthInput[],
    /** Why GPUs have failed, by their ids. */
    failed: new Map<string, string>(),
    /** What reports on health are answered after. */
    judging: Promise.resolve(),
    /** Reports on this one are refused. */
    foreignGpu: undefined as string | undefined,
    idleNotes: [] as NoteIdleInput[],
    claims: [] as ClaimRunsInput[],
    renewals: 0,
    /** Requests in flight that claim; more than one would be a fault of the worker's. */
    claiming: 0,
    mostClaiming: 0,
    /** How often a GPU was offered that a run still held, which would be another one. */
    heldOffers: 0,
    /** The most ends that came in one report. */
    /** While true, connections are cut. */
    down: false,
    token,
  }
  let changed = Promise.withResolvers<void>()
  const tell = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const root = resolvers(state, leaseMs)
  const server = createServer(async (request, response) => {
    if (state.down) return request.socket.destroy()
    const answer = await handle(state, root, request)
    if (state.down) return request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    tell()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    state,
    url: `http://127.0.0.1:${port}`,
    /** Puts a job in the queue; the caller wakes the workers. */
    queue(job: Partial<FakeJob> & { command: string[] }): FakeJob {
      const queued: FakeJob = { ...PLAIN_JOB, cancelRequested: false, preempted: false, runs: [], ...job }
      state.jobs.push(queued)
      return queued
    },
    /** Waits until `find` finds something. It is asked again after each request. */
    async until<T>(find: () => T | undefined | false): Promise<T> {
      for (;;) {
        const found = find()
        if (found) return found
        await changed.promise
      }
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

type FakeGateway = Awaited<ReturnType<typeof startFakeGateway>>
type State = FakeGateway['state']

async function handle(state: State, rootValue: object, request: IncomingMessage) {
  const body = await text(request)
  if (request.headers.authorization !== `Bearer ${state.token}`)
    return { status: 401, body: { errors: [{ message: 'no' }] } }
  const { query, variables } = JSON.parse(body)
  const result = await graphql({ schema, source: query, rootValue, variableValues: variables })
  return { status: result.data === undefined ? 400 : 200, body: result }
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } })
}

/** graphql-js calls these for the fields of the mutation type. */
function resolvers(state: State, leaseMs: number) {
  const liveRun = ({ runId, epoch }: RunLeaseInput) => {
    for (const job of state.jobs) {
      const run = job.runs.find((r) => r.runId === runId)
      if (run && run.epoch === epoch && run === job.runs.at(-1) && !run.end) return { job, run }
    }
    return undefined
  }
  const standing = (lease: RunLeaseInput): { runId: string; standing: LeaseStanding; leaseMs: number } => {
    const live = liveRun(lease)
    if (!live) return { runId: lease.runId, standing: 'OVER', leaseMs: 0 }
    const { cancelRequested, preempted } = live.job
    return { runId: lease.runId, standing: cancelRequested ? 'CANCEL' : preempted ? 'PREEMPT' : 'HELD', leaseMs }
  }
  const finish = (input: FinishRunInput) => {
    const live = liveRun(input)
    for (const job of state.jobs) for (const run of job.runs) if (run.runId === input.runId) run.reports += 1
    if (live) live.run.end = input
    return standing(input)
  }
  return {
    registerWorker: ({ input }: { input: RegisterWorkerInput }) => {
      state.registrations.push(input)
      const gpus = input.gpus.map(({ uuid }) => ({ id: `id-of-${uuid}`, uuid }))
      return { worker: { id: 'worker', gpus } }
    },
    reportGpuHealth: async ({ reports }: { reports: GpuHealthInput[] }) => {
      await state.judging
      const gpuIds = reports.map(({ gpuId }) => gpuId)
      if (gpuIds.some((id) => id === state.foreignGpu)) throw refusal('The GPU is another worker’s.')
      if (new Set(gpuIds).size < gpuIds.length) throw new Error('A GPU was told of twice in one report.')
      state.healthReports.push(...reports)
      return reports.map(({ gpuId, xids, wasReset }) => {
        if (wasReset) state.failed.delete(gpuId)
        if (xids.some(({ code }) => code === 79)) state.failed.set(gpuId, 'XID 79: it has fallen off the bus.')
        const reason = state.failed.get(gpuId)
        return { gpuId, usable: reason === undefined, endRun: reason !== undefined, reason }
      })
    },
    noteIdle: ({ input }: { input: NoteIdleInput }) => {
      state.idleNotes.push(input)
      return standing(input)
    },
    claimRuns: async ({ input }: { input: ClaimRunsInput }) => {
      state.claims.push(input)
      state.claiming += 1
      state.mostClaiming = Math.max(state.mostClaiming, state.claiming)
      await new Promise((resolve) => setImmediate(resolve))
      state.claiming -= 1
      return { runs: take(state, input).map((claimed) => ({ ...claimed, leaseMs })) }
    },
    startRun: ({ input }: { input: RunLeaseInput }) => {
      const live = liveRun(input)
      if (live) live.run.started = true
      return standing(input)
    },
    renewLeases: ({ leases }: { leases: RunLeaseInput[] }) => {
      state.renewals += 1
      return leases.map(standing)
    },
    finishRun: ({ input }: { input: FinishRunInput }) => finish(input),
    finishRuns: ({ inputs }: { inputs: FinishRunInput[] }) => inputs.map(finish),
  }
}

/** The queued jobs that fit the offer, each as a new run. */
function take(state: State, input: ClaimRunsInput) {
  const free = input.gpuIds.map((id) => id.replace(/^id-of-/, ''))
  const held = state.jobs.flatMap(({ runs }) => runs.filter(({ end }) => !end).flatMap(({ gpuUuids }) => gpuUuids))
  if (free.some((uuid) => held.includes(uuid))) state.heldOffers += 1
  const claimed = []
  let { cpuSlots } = input
  for (const job of state.jobs) {
    const last = job.runs.at(-1)
    const queued = !last || last.end?.outcome === 'RELEASED' || last.end?.outcome === 'GPU_FAILED'
    if (!queued || free.length < job.gpuCount || (job.gpuCount === 0 && cpuSlots-- <= 0)) continue
    const { command, shell, env, workingDirectory, timeoutSeconds, maxIdleSeconds } = job
    const { secrets, warning, container, limits } = job
    const attempt = job.runs.length + 1
    const run = {
      runId: randomUUID(),
      epoch: attempt,
      gpuUuids: free.splice(0, job.gpuCount),
      started: false,
      end: undefined,
      reports: 0,
    }
    job.runs.push(run)
    const { runId, epoch, gpuUuids } = run
    claimed.push({
      runId,
      jobId: randomUUID(),
      attempt,
      epoch,
      gpuUuids,
      command,
      shell,
      env,
      workingDirectory,
      timeoutSeconds,
      maxIdleSeconds,
      secrets,
      warning,
      container,
      limits,
    })
  }
  return claimed
}
