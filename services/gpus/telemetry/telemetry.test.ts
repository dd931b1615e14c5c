import { randomUUID } from 'node:crypto'
import { startTestNats } from '@constellation/local/testing.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startRollups } from '../rollups/keep.ts'
import { addGpus, log, openGpus, sampleOf, storedRollups } from '../rollups/testing.ts'
import { watchTelemetry } from './telemetry.ts'

const lifecycle = new Lifecycle(log)
let pool: Pool
let gpuIds: string[]
let worker: NatsLink
let processes: ReturnType<typeof startProcess>[]

beforeAll(async () => {
  const gpus = await openGpus()
  lifecycle.onStop('the database', () => gpus.close())
  pool = gpus.pool
  gpuIds = await addGpus(pool, 'w1', 2)
  const server = await startTestNats()
  lifecycle.onStop('nats', () => server.stop())
  const connect = async () => {
    const nats = linkNats(server.servicesUrl, 'test', log)
    await nats.connection
    lifecycle.onStop('a connection', () => nats.close())
    return nats
  }
  processes = [startProcess(await connect()), startProcess(await connect()), startProcess(await connect())]
  worker = await connect()
  await Promise.all(processes.map(({ nats }) => nats.check()))
})
afterAll(() => lifecycle.stop())

/** What one process of the service does with telemetry. */
function startProcess(nats: NatsLink) {
  const rollups = startRollups({ pool, log })
  const counted: string[] = []
  const counting = {
    count(...args: Parameters<typeof rollups.count>) {
      counted.push(args[0])
      rollups.count(...args)
    },
  }
  const watch = watchTelemetry({ nats, pool, rollups: counting, log })
  return { nats, rollups, watch, counted }
}

test('processes share the work, nothing is counted twice, and joules are those of every second', async () => {
  const runId = randomUUID()
  const began = Math.floor(Date.now() / 15_000) * 15_000
  const MESSAGES = 300
  const say = (i: number) => {
    const time = began + i * 50
    const samples = gpuIds.map((gpuId) =>
      sampleOf(gpuId, time, { runId, energyJoules: 1_000 + 20 * i, powerWatts: 1, utilisationPercent: 50 }),
    )
    const users = i === 0 ? [{ gpuId: gpuIds[1], pid: 7, name: 'a', memoryMb: null }] : null
    const message = { workerId: 'w1', at: samples[0]?.at, samples, processes: users }
    worker.publish(SUBJECTS.telemetry('w1'), JSON.stringify(message))
  }
  for (let i = 0; i < MESSAGES; i++) {
    say(i)
    if (i % 100 === 50) worker.publish(SUBJECTS.telemetry('w1'), 'no telemetry')
  }
  const counted = () => processes.reduce((sum, process) => sum + process.counted.length, 0)
  await vi.waitFor(() => expect(counted()).toBe(MESSAGES))
  for (const process of processes) expect(process.counted.length).toBeGreaterThan(0)
  for (const { watch } of processes) {
    expect(watch.sample('w1', gpuIds[1] ?? '')).toMatchObject({ energyJoules: 1_000 + 20 * (MESSAGES - 1) })
    // The first message alone told of them.
    expect(watch.processes('w1', gpuIds[1] ?? '')).toEqual([{ gpuId: gpuIds[1], pid: 7, name: 'a', memoryMb: null }])
    expect(watch.processes('w1', gpuIds[0] ?? '')).toEqual([])
    expect(watch.processes('w2', gpuIds[0] ?? '')).toBeNull()
  }
  await Promise.all(processes.map(({ watch }) => watch.stop()))
  await Promise.all(processes.map(({ rollups }) => rollups.stop()))
  const stored = await storedRollups(pool)
  expect(stored.map((row) => row.gpu_id)).toEqual(gpuIds)
  for (const row of stored) {
    // The first message has none before it.
    expect(row).toMatchObject({ run_id: runId, samples: MESSAGES, utilisation_max: 50, joules: 20 * (MESSAGES - 1) })
  }
})
