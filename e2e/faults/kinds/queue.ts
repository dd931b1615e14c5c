// Faults of the queue and its database: too much of it, two at it, another shape of it, the same thing twice.
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@constellation/local/free-port.ts'
import * as v from 'valibot'
import { environmentGiven } from '../config.ts'
import type { Fault, Scene } from '../fault.ts'
import type { Submit } from '../history.ts'
import type { Rig } from '../rig.ts'
import { SECOND_WORKER, twinOf } from '../second-worker.ts'
import { hasKeys, submitOnce } from '../submitting.ts'
import { until } from '../until.ts'

export const deepQueue: Fault = {
  name: 'deep-queue',
  about: 'very many jobs of less worth wait, put there at once: what is worth more is claimed before all of them',
  shape: { jobs: 10, spanMs: 2_000, mostBeats: 6 },
  cutsViews: false,
  async prepare(scene) {
    const { rig, size, plan } = scene
    const depth = size === 'long' ? 100_000 : 10_000
    const name = `${plan[0]?.name}-deep`
    const pattern = await submitPattern(scene, name)
    scene.onEnd(() => emptyQueue(rig, name))
    await rig.jobs.query(
      `WITH more AS (
         INSERT INTO jobs
         SELECT (jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'state', 'queued', 'attempts', 0,
           'started_at', NULL, 'finished_at', NULL, 'version', 1))).*
         FROM jobs p, generate_series(1, $2) WHERE p.id = $1 RETURNING id, lane_id, priority)
       INSERT INTO queue (job_id, lane_id, place, priority)
       SELECT id, lane_id, now() - priority * interval '10 minutes', priority FROM more`,
      [pattern, depth],
    )
    await rig.jobs.query('UPDATE lanes SET active = true')
    scene.note(`${depth} jobs wait beside`)
  },
  async strike(scene) {
    const names = scene.plan.map(({ name }) => name)
    scene.onEnd(async () => {
      const { rows } = await scene.rig.jobs.query<{ median: number; most: number }>(
        `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median, max(ms) AS most FROM (
           SELECT extract(epoch FROM min(r.claimed_at) - j.created_at) * 1000 AS ms
           FROM jobs j JOIN runs r ON r.job_id = j.id WHERE j.name = ANY ($1) GROUP BY j.id) waits`,
        [names],
      )
      scene.note(
        `from submit to claim: median ${Math.round(rows[0]?.median ?? 0)} ms, most ${Math.round(rows[0]?.most ?? 0)} ms`,
      )
    })
  },
}

/** Submits a job of low priority that any worker can run, and returns its id. */
async function submitPattern({ rig }: Scene, name: string): Promise<string> {
  const answer = await rig.rest('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, priority: -10, params: { command: ['sleep', '1'], gpus: 1 } }),
  })
  if (answer.status !== 201) throw new Error(`not accepted: ${answer.status} ${await answer.text()}`)
  return v.parse(v.object({ id: v.string() }), await answer.json()).id
}

/** Takes what still waits out of the queue, and lets what runs come to its end. */
async function emptyQueue(rig: Rig, name: string): Promise<void> {
  await rig.jobs.query(
    `WITH gone AS (DELETE FROM queue q USING jobs j WHERE j.id = q.job_id AND j.name = $1 RETURNING q.job_id)
     DELETE FROM jobs USING gone WHERE id = gone.job_id`,
    [name],
  )
  const LIVE = `SELECT count(*)::integer AS n FROM jobs WHERE name = $1 AND state IN ('queued', 'running')`
  await until('the others have ended too', async () => (await rig.jobs.query(LIVE, [name])).rows[0].n === 0)
}

export const idempotency: Fault = {
  name: 'idempotency',
  about: 'a hundred submissions at once under one key are one job; another body under it is refused',
  shape: { jobs: 3, spanMs: 200, mostBeats: 3 },
  cutsViews: false,
  missing: () => (hasKeys() ? undefined : 'schema/openapi.yaml has no header Idempotency-Key'),
  async strike(scene) {
    for (let left = scene.size === 'long' ? 10 : 1; left > 0; left--) await submitHundred(scene)
  },
}

async function submitHundred(scene: Scene): Promise<void> {
  const [first] = scene.plan
  if (!first) return
  const key = `key-${scene.chance.next()}`
  const job = {
    ...first,
    name: `${first.name}-${key}`,
    act: { ...first.act, exitCode: 0 },
    expects: ['completed'] as const,
  }
  const answers = await Promise.all(Array.from({ length: 100 }, () => submitOnce(scene.rig, job, key)))
  const ids = new Set(answers.flatMap(({ jobId }) => jobId ?? []))
  const [{ n }] = (await scene.rig.jobs.query('SELECT count(*)::integer AS n FROM jobs WHERE name = $1', [job.name]))
    .rows
  if (ids.size !== 1 || n !== 1 || !answers.every(isAcknowledged)) {
    const statuses = [...new Set(answers.map(({ status }) => status))].join(', ')
    scene.found({
      invariant: 'I1',
      what: `key ${key} was answered by ${statuses} with ${ids.size} jobs, and ${n} are stored`,
    })
  }
  const other = await submitOnce(scene.rig, { ...job, act: { ...job.act, beats: job.act.beats + 1 } }, key)
  if (other.status !== 422) {
    scene.found({ invariant: 'I1', what: `another body under key ${key} was answered by ${other.status} and not 422` })
  }
}

function isAcknowledged({ outcome }: Submit): boolean {
  return outcome === 'acknowledged'
}

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
  rig.serveJobsBy([`127.0.0.1:${environmentGiven(rig.home, 'jobs').PORT}`, `127.0.0.1:${port}`])
  onEnd(async () => rig.serveJobsBy(null))
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
