// All simulated workers, in one process of their own.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createLogger } from '@constellation/platform/log.ts'
import type { Worker } from '@constellation/worker/worker.ts'
import * as v from 'valibot'
import { takeOrders } from '../telemetry/orders.ts'
import { type Hired, startSimulatedWorker } from './simulated-worker.ts'
import { emptyTally, fail } from './tally.ts'

/** So many register at a time. */
const AT_ONCE = 16
const RESOLUTION_MS = 10

const order = v.variant('kind', [
  v.object({
    kind: v.literal('hire'),
    gatewayUrl: v.string(),
    gpus: v.number(),
    hired: v.array(v.object({ id: v.string(), tokenFile: v.string(), natsUrl: v.string() })),
  }),
  v.object({ kind: v.literal('count') }),
  /** What was noted since the last report. */
  v.object({ kind: v.literal('report') }),
])

export const counted = v.object({ workers: v.number(), runs: v.number(), ended: v.number() })

const workers: Worker[] = []
const log = createLogger('scale', 'silent')
let tally = emptyTally()
let endedBefore = 0
const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
loop.enable()

takeOrders(order, async (given) => {
  if (given.kind === 'hire') {
    const waiting = [...given.hired]
    for (let i = 0; i < AT_ONCE; i++) void hireNext(waiting, { ...given, log, tally: () => tally })
    return null
  }
  if (given.kind === 'count') {
    const runs = workers.reduce((sum, worker) => sum + worker.runs.size, 0)
    return { workers: workers.length, runs, ended: endedBefore + tally.ended }
  }
  const reported = { ...tally, lateMs: Math.max(0, loop.percentile(99) / 1e6 - RESOLUTION_MS) }
  loop.reset()
  endedBefore += tally.ended
  tally = emptyTally()
  return reported
})

async function hireNext(waiting: Hired[], terms: Parameters<typeof startSimulatedWorker>[1]): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    try {
      workers.push(await startSimulatedWorker(next, terms))
    } catch (error) {
      fail(tally, `registering: ${error}`)
    }
  }
}
