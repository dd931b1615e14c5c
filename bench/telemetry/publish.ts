// All workers in one process: each publishes what it has measured of its GPUs once a second, at a moment of its own.
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Telemetry } from '@constellation/platform/events/telemetry.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import type { NatsConnection } from '@nats-io/transport-node'
import * as v from 'valibot'
import { takeOrders } from './orders.ts'

const PERIOD_MS = 1_000
const TICK_MS = 5

const inventory = v.array(v.object({ workerId: v.string(), gpuIds: v.array(v.string()) }))
export type Inventory = v.InferOutput<typeof inventory>

const order = v.variant('kind', [
  v.object({ kind: v.literal('connect'), natsUrl: v.string(), inventory }),
  /** So many of the workers publish from now on. */
  v.object({ kind: v.literal('publish'), workers: v.number() }),
  /** How many samples were published so far, in full seconds or not. */
  v.object({ kind: v.literal('count') }),
])

let nats: NatsConnection | undefined
let workers: Inventory = []
let busy = 0
let published = 0
/** In rounds of PERIOD_MS: how many of a round's workers have published, and when it began. */
let round = { began: performance.now(), done: 0 }

takeOrders(order, async (given) => {
  if (given.kind === 'connect') {
    nats = await connectNats(given.natsUrl, 'bench workers')
    workers = given.inventory
    setInterval(tick, TICK_MS)
  }
  if (given.kind === 'publish') {
    busy = given.workers
    round = { began: performance.now(), done: 0 }
    await nats?.flush()
  }
  return published
})

/** Publishes for those whose moment has come. */
function tick(): void {
  const passed = performance.now() - round.began
  const due = Math.min(busy, Math.ceil((passed / PERIOD_MS) * busy))
  for (; round.done < due; round.done++) {
    const worker = workers[round.done]
    if (worker) publish(worker)
  }
  if (passed >= PERIOD_MS) round = { began: round.began + PERIOD_MS, done: 0 }
}

function publish({ workerId, gpuIds }: Inventory[number]): void {
  const at = new Date().toISOString()
  const message: Telemetry = { workerId, at, samples: gpuIds.map((gpuId) => sampleOf(gpuId, at)), processes: [] }
  nats?.publish(SUBJECTS.telemetry(workerId), JSON.stringify(message))
  published += gpuIds.length
}

/** A GPU with all metrics, held by a run. */
function sampleOf(gpuId: string, at: string): Telemetry['samples'][number] {
  const load = Math.random()
  return {
    gpuId,
    at,
    // One for each GPU will do.
    runId: gpuId,
    utilisationPercent: Math.round(load * 100),
    memoryUtilisationPercent: Math.round(load * 60),
    memoryUsedMb: 61_234.5,
    powerWatts: 60 + load * 340,
    powerLimitWatts: 400,
    temperatureC: 40 + Math.round(load * 40),
    memoryTemperatureC: 50 + Math.round(load * 40),
    smClockMhz: 1_410,
    memoryClockMhz: 1_593,
    fanPercent: null,
    energyJoules: Math.round(performance.now() * 250) / 1_000,
    throttleReasons: load > 0.9 ? ['POWER_CAP'] : [],
  }
}
