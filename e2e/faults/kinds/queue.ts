// Faults of the queue and its database: two at it, and another shape of it.
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@constellation/local/free-port.ts'
import { environmentGiven } from '../config.ts'
import type { Fault, Scene } from '../fault.ts'
import { SECOND_WORKER, twinOf } from '../second-worker.ts'
import { until } from '../until.ts'

export const twoSchedulers: Fault = {
  name: 'two-schedulers',
  about: 'two jobs services on one database answer in turn, and one of them is killed',
  shape: { jobs: 14, spanMs: 2_500, mostBeats: 10 },
  cutsViews: false,
  prepare: startSecondService,
  async strike({ rig, chance, untilRunning, size }) {
    for (let left = size === 'long' ? 4 : 1; left > 0; left--) {
      await untilRunning()
      await delay(chance.between(0, 1_000))
      const pid = rig.pid('jobs-two') ?? 0
      process.kill(pid, 'SIGKILL')
      await rig.restarted('jobs-two', pid)
    }
  },
}

/** From then on the gateway's connections lead to either of two jobs services in turn. */
async function startSecondService({ rig, onEnd }: Scene): Promise<void> {
  const port = await freePort()
  const second = await rig.start('jobs-two', 'jobs', { PORT: String(port), LEASE_MS: String(rig.leaseMs) })
  onEnd(() => second.stop())
  await until(
    'the second jobs service answers',
    async () => (await fetch(`http://127.0.0.1:${port}/ready`)).status < 600,
  )
  const serve = (hosts: readonly string[] | null) => {
    rig.serve('jobs', hosts)
    // Those that are open lead to where they led.
    rig.lines.jobs.drop()
  }
  serve([`127.0.0.1:${environmentGiven(rig.home, 'jobs').PORT}`, `127.0.0.1:${port}`])
  onEnd(async () => serve(null))
}

export const twinWorker: Fault = {
  name: 'twin-worker',
  about: 'two workers with one name offer the same GPUs to two jobs services: each GPU is bound to one run',
  shape: { jobs: 40, spanMs: 3_000, mostBeats: 3 },
  cutsViews: false,
  async prepare(scene) {
    await startSecondService(scene)
    const { rig, onEnd } = scene
    const twin = await rig.start('worker-twin', 'worker', twinOf(rig.home, environmentGiven(rig.home, SECOND_WORKER)))
    onEnd(() => twin.stop())
  },
  strike: async ({ untilRunning }) => void (await untilRunning()),
}

const TABLES = ['jobs', 'runs', 'events', 'queue', 'leases']

export const migrationUnderLoad: Fault = {
  name: 'migration-under-load',
  about: 'columns come and go while jobs flow, each lock given up quickly and tried again',
  shape: { jobs: 12, spanMs: 2_500, mostBeats: 8 },
  cutsViews: false,
  async strike(scene) {
    const { rig, chance, size } = scene
    for (let left = size === 'long' ? 20 : 3; left > 0; left--) {
      for (const table of TABLES) {
        await alter(scene, `ALTER TABLE ${table} ADD COLUMN of_a_later_release integer DEFAULT ${chance.between(1, 9)}`)
      }
      await delay(chance.between(100, 500))
      for (const table of TABLES.toReversed()) {
        await alter(scene, `ALTER TABLE ${table} DROP COLUMN of_a_later_release`)
      }
    }
    await until('the gateway is well', async () => (await rig.rest('/health')).ok)
  },
}

/** As a migration does it: rather later than in everybody's way. */
async function alter({ rig }: Scene, statement: string): Promise<void> {
  await until(statement, async () => {
    const client = await rig.jobs.connect()
    try {
      await client.query(`SET lock_timeout = '200ms'`)
      await client.query(statement)
      return true
    } finally {
      await client.query('RESET lock_timeout').finally(() => client.release())
    }
  })
}
