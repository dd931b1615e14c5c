// pg-boss, in bursts and at its best.
import { setTimeout as delay } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import type { Contender } from '../contender.ts'
import type { Probe } from '../latency.ts'
import { countBy, runSql, type Server, settle } from '../server.ts'

const QUEUE = 'noop'
const CONCURRENCY = 10
const CONNECTIONS = 12
/** The least that it takes, in seconds. */
const LOWEST_POLLING = 0.5
/** How long its count of ready jobs may be behind, in milliseconds: it bursts by that count. */
const COUNT_MS = 2_500
const INSERT_AT_ONCE = 5_000

/** Workers that take one job after the other without a pause, for as long as there are some. */
export function pgBossBurst(server: Server): Promise<Contender> {
  return contender(server, 'pgboss_burst', `burst, ${CONCURRENCY} at once`, async (boss, jobs) => {
    const all = Promise.withResolvers<void>()
    let seen = 0
    const options = { localConcurrency: CONCURRENCY, pollingIntervalSeconds: LOWEST_POLLING, burstWhenReadyExceeds: 1 }
    await boss.work(QUEUE, options, async (batch) => {
      seen += batch.length
      if (seen === jobs) all.resolve()
    })
    await all.promise
    // Resolves when the workers have written the ends of what they have.
    await boss.offWork(QUEUE)
  })
}

/** Its own fetch and complete, many jobs at a time, in a loop. */
export function pgBossBatches(server: Server, batch: number): Promise<Contender> {
  const name = `batches of ${batch}, ${CONCURRENCY} loops`
  return contender(server, `pgboss_batch_${batch}`, name, async (boss) => {
    const loop = async () => {
      for (;;) {
        const jobs = await boss.fetch(QUEUE, { batchSize: batch })
        if (jobs.length === 0) return
        const ids = jobs.map((job) => job.id)
        await boss.complete(QUEUE, ids)
      }
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, loop))
  })
}

async function contender(
  server: Server,
  database: string,
  name: string,
  work: (boss: PgBoss, jobs: number) => Promise<void>,
): Promise<Contender> {
  const own = await server.empty(database)
  // Between its rounds it would go on with its maintenance, at the cost of the others.
  let boss: PgBoss | undefined
  return {
    name: `pg-boss 12.38.0, ${name}`,
    writes: 'the job stays, completed',
    async fill(jobs) {
      boss = await startBoss(own.adminUrl, false)
      await runSql(own.adminUrl, 'TRUNCATE pgboss.job')
      for (let done = 0; done < jobs; done += INSERT_AT_ONCE) {
        const size = Math.min(INSERT_AT_ONCE, jobs - done)
        await boss.insert(
          QUEUE,
          Array.from({ length: size }, () => ({})),
        )
      }
      await delay(COUNT_MS)
      await settle(own.adminUrl)
    },
    async work(jobs, watch) {
      if (!boss) throw new Error('Nothing was filled in.')
      watch.start()
      await work(boss, jobs)
      watch.stop()
      await boss.stop({ graceful: false })
    },
    left: () => countBy(own.adminUrl, `SELECT count(*) FROM pgboss.job WHERE state <> 'completed'`),
    async close() {
      await boss?.stop({ graceful: false })
      await own.drop()
    },
  }
}

/** A worker that waits for one job at a time, woken by LISTEN or by its shortest polling. */
export async function pgBossProbe(server: Server, wake: 'listen' | 'polling'): Promise<Probe> {
  const own = await server.empty(`pgboss_${wake}`)
  const boss = await startBoss(own.adminUrl, wake === 'listen')
  let started = (_at: number) => {}
  await boss.work(QUEUE, { pollingIntervalSeconds: LOWEST_POLLING }, async () => started(performance.now()))
  return {
    name: `pg-boss 12.38.0, ${wake === 'listen' ? 'LISTEN' : `polling every ${LOWEST_POLLING} s`}`,
    onStart(listener) {
      started = listener
    },
    submit: () => boss.send(QUEUE, {}),
    async close() {
      await boss.stop({ graceful: false })
      await own.drop()
    },
  }
}

async function startBoss(connectionString: string, notify: boolean): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString,
    max: CONNECTIONS,
    schedule: false,
    useListenNotify: notify,
    monitorIntervalSeconds: 1,
    superviseIntervalSeconds: 1,
    queueCacheIntervalSeconds: 1,
  })
  // What matters is found by counting what is left.
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue(QUEUE, { notify })
  return boss
}
