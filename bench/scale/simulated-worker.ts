// One worker without processes and GPUs: it speaks to the gateway and NATS by the worker's own code, at its own pace.
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { openApi } from '@constellation/worker/api.ts'
import { openBus } from '@constellation/worker/bus.ts'
import { uptimeMs } from '@constellation/worker/clock.ts'
import { settings } from '@constellation/worker/config.ts'
import { ClaimRunsDocument, RenewLeasesDocument } from '@constellation/worker/generated/documents.ts'
import { simulatedGpus } from '@constellation/worker/gpu/simulated.ts'
import { lookAtHealth, newHealth } from '@constellation/worker/health/health.ts'
import { isUsable } from '@constellation/worker/health/obey-verdict.ts'
import { isMeant } from '@constellation/worker/hear-wake.ts'
import { renewalPeriod } from '@constellation/worker/lease.ts'
import { createPatience } from '@constellation/worker/pace/patience.ts'
import { type Repeating, repeat } from '@constellation/worker/pace/repeat.ts'
import { register } from '@constellation/worker/register.ts'
import { endReporter } from '@constellation/worker/report.ts'
import { sampler } from '@constellation/worker/telemetry/telemetry.ts'
import type { Worker } from '@constellation/worker/worker.ts'
import * as v from 'valibot'
import { live } from './simulated-run.ts'
import { fail, notedApi, type Tally } from './tally.ts'

/** As `worker/loop.ts` has them. */
const CLAIM_MS = 5_000
const SAMPLE_MS = 1_000
const HEALTH_MS = 5_000
const CPU_SLOTS = '4'

export interface Hired {
  id: string
  tokenFile: string
  natsUrl: string
}

interface Terms {
  gatewayUrl: string
  gpus: number
  log: Logger
  tally: () => Tally
}

/** Resolves when it is registered, and goes on until the process ends. */
export async function startSimulatedWorker(hired: Hired, terms: Terms): Promise<Worker> {
  const { tally } = terms
  const worker = assemble(hired, terms)
  await register(worker)
  const claiming = repeat(
    () => claim(worker, tally),
    () => CLAIM_MS,
    ignored,
  )
  worker.wakeClaims = claiming.wake
  worker.bus.onMessage(SUBJECTS.wakeQueue, (text) => isMeant(text) && claiming.wake())
  const renewing: Repeating = repeat(
    () => renew(worker, tally),
    () => renewalPeriod(worker.leaseMs),
    ignored,
  )
  worker.bus.onMessage(SUBJECTS.wakeWorker(worker.id), renewing.wake)
  repeat(sampler(worker), () => SAMPLE_MS, ignored)
  repeat(
    () => lookAtHealth(worker),
    () => HEALTH_MS,
    ignored,
  )
  return worker
}

/** What fails is in the tally, and is done again. */
const ignored = () => undefined

function assemble({ id, tokenFile, natsUrl }: Hired, { gatewayUrl, gpus, log, tally }: Terms): Worker {
  const api = notedApi(openApi(gatewayUrl, tokenFile, log), tally)
  const stopped = new AbortController()
  const given = { GATEWAY_URL: gatewayUrl, TOKEN_FILE: tokenFile, NATS_URL: natsUrl, EXECUTORS: 'process', CPU_SLOTS }
  return {
    id,
    config: { ...v.parse(settings, { ...given, WORKER_HOME: `/nonexistent/${id}` }), inherited: {} },
    log,
    api,
    bus: openBus(() => natsUrl, `worker ${id}`, log),
    gpus: simulatedGpus({ workerId: id, count: gpus, notice: null, home: null }),
    shims: { start: neverStarts, isOwn: () => false, close: async () => undefined },
    users: { areOthers: false, choose: () => undefined },
    scratch: '',
    registered: [],
    gpuNotice: null,
    executors: [],
    runs: new Map(),
    lives: new Set(),
    leaseMs: 45_000,
    finish: endReporter(api, stopped.signal),
    patience: createPatience(),
    wakeClaims: ignored,
    wakeRegistration: ignored,
    wakeRenewals: ignored,
    sampleNow: async () => undefined,
    health: newHealth(api, false),
    lookAtHealth: async () => undefined,
    stopped,
  }
}

function neverStarts(): never {
  throw new Error('A simulated worker starts nothing.')
}

/** As long as it is given something. */
async function claim(worker: Worker, tally: () => Tally): Promise<void> {
  for (;;) {
    const held = new Set([...worker.runs.values()].flatMap(({ spec }) => spec.gpuUuids))
    const free = worker.registered.filter(({ uuid }) => !held.has(uuid) && isUsable(worker.health, uuid))
    const sentAt = uptimeMs()
    const input = { gpuIds: free.map(({ id }) => id), cpuSlots: worker.config.CPU_SLOTS }
    const { runs } = (await worker.api.send(ClaimRunsDocument, { input })).claimRuns
    if (runs.length === 0) return
    tally().claims += 1
    tally().runs += runs.length
    for (const run of runs) live(worker, run, sentAt, tally).catch((error) => fail(tally(), `a run: ${error}`))
  }
}

async function renew(worker: Worker, tally: () => Tally): Promise<void> {
  const leases = [...worker.runs.values()].map(({ spec: { runId, epoch } }) => ({ runId, epoch }))
  if (leases.length === 0) return
  for (const { runId, standing } of (await worker.api.send(RenewLeasesDocument, { leases })).renewLeases) {
    const run = worker.runs.get(runId)
    // The answer may be about a run that has ended meanwhile.
    if (standing !== 'OVER' || !run || !leases.some((lease) => lease.epoch === run.spec.epoch)) continue
    tally().lost += 1
    run.lost.abort()
  }
}
