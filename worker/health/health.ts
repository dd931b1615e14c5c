// How the GPUs are: asks their driver, tells the gpus service what changed, and does what it answers.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Api } from '../api.ts'
import { type GpuHealthInput, ReportGpuHealthDocument, type StrangerInput } from '../generated/documents.ts'
import type { GpuHealthReading, GpuHint } from '../gpu/provider.ts'
import { inBatches } from '../pace/batch.ts'
import { addXid } from '../telemetry/usage.ts'
import type { Run, Worker } from '../worker.ts'
import { type GpuUser, ownersOf } from './gpu-users.ts'
import { holderOf, isUsable, obeyVerdict } from './obey-verdict.ts'
import { type Answer, type Report, reportsOn, type Verdict } from './reports.ts'
import { strangersAmong } from './strangers.ts'
import { addHappening, type Happening } from './unheard.ts'

/** What is known of the GPUs, by their UUIDs. */
export interface Health {
  /** True where the numbers of processes that drivers tell are those that we see. */
  seesMachine: boolean
  readings: Map<string, GpuHealthReading>
  strangers: Map<string, StrangerInput[]>
  /** Who uses the GPUs, as last seen; null where it cannot be known. */
  users: readonly GpuUser[] | null
  /** When a run let go of a GPU: an instant of `uptimeMs`. */
  freedAt: Map<string, number>
  /** What happened and has not been heard. */
  unheard: readonly Happening[]
  happened: number
  verdicts: Map<string, Verdict>
  /** Tells the gpus service; those together that are told together. */
  report(input: GpuHealthInput): Promise<Answer>
}

/** What of a worker matters here. */
type Caring = Pick<Worker, 'gpus' | 'health' | 'runs' | 'registered' | 'log' | 'wakeClaims'>

/** As many as the service takes at a time. */
const MOST_REPORTS = 64
const LARGEST_XID = 1_000

export function newHealth(api: Api, seesMachine: boolean): Health {
  const send = async (inputs: readonly GpuHealthInput[]) => {
    const { reportGpuHealth } = await api.send(ReportGpuHealthDocument, { reports: [...inputs] })
    return reportGpuHealth
  }
  return {
    seesMachine,
    readings: new Map(),
    strangers: new Map(),
    users: null,
    freedAt: new Map(),
    unheard: [],
    happened: 0,
    verdicts: new Map(),
    report: inBatches(send, isRefusal, MOST_REPORTS),
  }
}

/**
 * Looks at the GPUs and tells what is new. Returns when it was heard and what was asked for is under way.
 * @throws ConstellationError when it was not heard: what happened is kept for the next look
 */
export async function lookAtHealth(worker: Caring): Promise<void> {
  const seen = await observe(worker)
  const told = await Promise.allSettled(reportsDue(worker, seen).map((reports) => tellInTurn(worker, reports)))
  for (const result of told) if (result.status === 'rejected') throw result.reason
}

/** The driver has reported an XID: it is kept until it is heard, with the run that holds the GPU. */
export function noteXid({ health, runs, log }: Caring, { uuid, code, at }: Extract<GpuHint, { type: 'xid' }>): void {
  if (!Number.isInteger(code) || code < 0 || code > LARGEST_XID || !Number.isFinite(at)) {
    log.warn({ uuid, code, at }, 'an XID that cannot be is left out')
    return
  }
  const run = holderOf(runs, uuid)
  if (run) run.usage = addXid(run.usage, code)
  happen(health, uuid, run, { xid: code, at })
  log.warn({ uuid, xid: code, runId: run?.spec.runId }, 'a GPU reported an XID')
}

/** Asks the driver. Returns the GPUs that answered. */
async function observe({ gpus, health, runs }: Caring): Promise<ReadonlySet<string>> {
  const [readings, processes] = await Promise.all([gpus.health(), gpus.processes()])
  for (const reading of readings) {
    health.readings.set(reading.uuid, reading)
    if (reading.wasReset) happen(health, reading.uuid, holderOf(runs, reading.uuid), 'reset')
  }
  const holders = [...runs.values()].filter(({ spec }) => spec.gpuUuids.length > 0)
  health.users = processes && (await ownersOf(processes, holders, health.seesMachine))
  for (const { uuid } of readings) {
    const place = { uuid, run: holderOf(runs, uuid), freedAt: health.freedAt.get(uuid) }
    const known = health.strangers.get(uuid) ?? []
    health.strangers.set(uuid, strangersAmong(health.users ?? [], { ...place, known }))
  }
  return new Set(readings.map(({ uuid }) => uuid))
}

/** By GPU, on those that the graph knows and that answered now, or of which there is something to tell. */
function reportsDue({ health, registered, runs }: Caring, seen: ReadonlySet<string>): Report[][] {
  const { readings, strangers, unheard, verdicts } = health
  const waiting = new Set(unheard.map(({ uuid }) => uuid))
  return registered.map(({ uuid, id: gpuId }) => {
    const reading = readings.get(uuid)
    if (!reading || !(seen.has(uuid) || waiting.has(uuid))) return []
    const runId = holderOf(runs, uuid)?.spec.runId ?? null
    const verdict = verdicts.get(uuid)
    const about = verdict?.gpuId === gpuId ? verdict : undefined
    return reportsOn({ gpuId, reading, runId, strangers: strangers.get(uuid) ?? [], verdict: about }, unheard)
  })
}

/** The service takes one report on a GPU at a time. */
async function tellInTurn(worker: Caring, reports: readonly Report[]): Promise<void> {
  for (const report of reports) await tell(worker, report)
}

async function tell(worker: Caring, report: Report): Promise<void> {
  const { uuid, input, levels } = report
  const { health, log } = worker
  const verdict = await health.report(input).catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    // Nobody will want to hear it the next time either. What is known of the GPU stays.
    log.error({ err: error, uuid }, 'a report on the health of a GPU was refused')
    return { gpuId: input.gpuId, usable: isUsable(health, uuid), endRun: false, reason: null }
  })
  health.unheard = health.unheard.filter((one) => one.uuid !== uuid || one.seq > (report.lastSeq ?? 0))
  await obeyVerdict(worker, report, { ...verdict, levels })
}

function happen(health: Health, uuid: string, run: Run | undefined, what: Happening['what']): void {
  health.happened += 1
  const happening = { seq: health.happened, uuid, runId: run?.spec.runId ?? null, what }
  health.unheard = addHappening(health.unheard, happening)
}

function isRefusal(error: unknown): boolean {
  return error instanceof ConstellationError && error.code !== 'UNAVAILABLE' && error.code !== 'UNAUTHENTICATED'
}
