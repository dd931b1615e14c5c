// What a worker does all the time: claim, renew, sample, and look at its GPUs. Each goes on by itself, so that a driver
// that takes its time holds up nothing else.
import { setTimeout as delay } from 'node:timers/promises'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { claimRuns } from './claim.ts'
import { noteXid } from './health/health.ts'
import { isMeant } from './hear-wake.ts'
import { renewalPeriod } from './lease.ts'
import { workFailed } from './metrics.ts'
import { type Repeating, repeat } from './pace/repeat.ts'
import { register, registerChanges } from './register.ts'
import { renewLeases } from './renew.ts'
import { orderEnd } from './runs/order.ts'
import { watchIdle } from './telemetry/idle.ts'
import type { Worker } from './worker.ts'

const CLAIM_MS = 5_000
const SAMPLE_MS = 1_000
const HEALTH_MS = 5_000
const IDLE_MS = 1_000
const GPUS_MS = 30_000
/** A stop in parts, in milliseconds; together below the limit of `platform/lifecycle.ts`. */
const STOP = { claim: 1_000, grace: 6_000, report: 8_500, logs: 1_000, rest: 1_000 }

/**
 * Starts everything that is done again and again. Claiming begins when the worker is registered;
 * adopted runs keep their leases before that.
 */
export function startLoop(worker: Worker): { stop(): Promise<void> } {
  const fault = (what: string) => {
    workFailed.inc({ work: what }, 0)
    return (error: unknown) => {
      workFailed.inc({ work: what })
      worker.log.warn({ err: error }, `could not ${what}`)
    }
  }
  const sampling = repeat(worker.sampleNow, () => SAMPLE_MS, fault('sample the GPUs'))
  const renewing = repeat(
    () => renewLeases(worker),
    () => renewalPeriod(worker.leaseMs),
    fault('renew the leases'),
  )
  const looking = repeat(worker.lookAtHealth, () => HEALTH_MS, fault('tell of the health of the GPUs'))
  const idling = repeat(
    () => watchIdle(worker),
    () => IDLE_MS,
    fault('tell which runs idle'),
  )
  const repeated: Repeating[] = [sampling, renewing, looking, idling]
  worker.wakeRenewals = renewing.wake
  worker.bus.onMessage(SUBJECTS.wakeWorker(worker.id), renewing.wake)

  let claiming: Repeating | undefined
  const keepRegistered = async () => {
    if (claiming) {
      if (await registerChanges(worker)) looking.wake()
      return
    }
    await register(worker)
    looking.wake()
    worker.log.info({ gpus: worker.registered.length, notice: worker.gpus.notice() }, 'registered')
    claiming = repeat(
      () => claimRuns(worker),
      () => worker.patience.waitMs() || CLAIM_MS,
      fault('claim runs'),
    )
    worker.wakeClaims = claiming.wake
    const { wake } = claiming
    worker.bus.onMessage(SUBJECTS.wakeQueue, (text) => isMeant(text) && wake())
  }
  const registering = repeat(keepRegistered, () => GPUS_MS, fault('register'))
  worker.wakeRegistration = registering.wake
  repeated.push(registering)
  const unheed = worker.gpus.onEvent((hint) => {
    if (hint.type === 'xid') noteXid(worker, hint)
    else registering.wake()
    looking.wake()
  })

  return {
    stop: async () => {
      unheed()
      await Promise.race([claiming?.stop(), delay(STOP.claim)])
      await releaseRuns(worker)
      worker.stopped.abort()
      await Promise.race([Promise.all(repeated.map((work) => work.stop())), delay(STOP.rest)])
    },
  }
}

/** Ends every run and gives it back, so that it is queued again. What cannot be told now is told at the next start. */
async function releaseRuns(worker: Worker): Promise<void> {
  const graceMs = Math.min(STOP.grace, worker.config.TERMINATION_GRACE_SECONDS * 1_000)
  const runs = [...worker.runs.values()]
  await Promise.all(runs.map((run) => orderEnd(run, { why: 'release', graceMs })))
  await Promise.race([Promise.all(runs.map((run) => run.reported.promise)), delay(STOP.report)])
  await Promise.race([Promise.all([...worker.lives]), delay(STOP.logs)])
}
