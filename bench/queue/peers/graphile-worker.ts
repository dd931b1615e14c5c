// graphile-worker, as it comes and at its best.
import './quiet.ts'
import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, run, runOnce, type WorkerEvents } from 'graphile-worker'
import type { Contender } from '../contender.ts'
import type { Probe } from '../latency.ts'
import { countBy, runSql, type Server, settle } from '../server.ts'

const silent = new Logger(() => () => {})
const CONCURRENCY = 10
/** What its documentation advises beside the concurrency. */
const SPARE_CONNECTIONS = 2

const PRESETS = {
  default: {},
  // As its own performance tests have it: a queue in the worker, and ends that are written together.
  best: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
} as const

export async function graphileWorker(server: Server, preset: keyof typeof PRESETS): Promise<Contender> {
  const database = await server.empty(`graphile_${preset}`)
  const connection = { connectionString: database.adminUrl, logger: silent }
  const utils = await makeWorkerUtils(connection)
  await utils.migrate()
  await utils.release()
  return {
    name: `graphile-worker 0.18.0, ${preset === 'best' ? 'local queue 500, batched ends' : 'default'}, ${CONCURRENCY} at once`,
    writes: 'nothing: the job is deleted',
    async fill(jobs) {
      await runSql(
        database.adminUrl,
        'TRUNCATE graphile_worker._private_jobs',
        `SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
           SELECT ('noop', '{}'::json, NULL, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec FROM generate_series(1, ${jobs})))`,
      )
      await settle(database.adminUrl)
    },
    async work(_jobs, watch) {
      const events: WorkerEvents = new EventEmitter()
      events.on('pool:create', () => watch.start())
      events.on('pool:release', () => watch.stop())
      await runOnce({
        ...connection,
        concurrency: CONCURRENCY,
        noHandleSignals: true,
        events,
        taskList: { noop: () => {} },
        preset: { worker: { ...PRESETS[preset], maxPoolSize: CONCURRENCY + SPARE_CONNECTIONS } },
      })
    },
    left: () => countBy(database.adminUrl, 'SELECT count(*) FROM graphile_worker._private_jobs'),
    close: database.drop,
  }
}

/** A worker that waits for one job at a time, woken by LISTEN. */
export async function graphileWorkerProbe(server: Server): Promise<Probe> {
  const database = await server.empty('graphile_latency')
  let started = (_at: number) => {}
  const runner = await run({
    connectionString: database.adminUrl,
    logger: silent,
    concurrency: 1,
    noHandleSignals: true,
    taskList: { noop: () => started(performance.now()) },
  })
  return {
    name: 'graphile-worker 0.18.0, LISTEN',
    onStart(listener) {
      started = listener
    },
    submit: () => runner.addJob('noop', {}),
    async close() {
      await runner.stop()
      await database.drop()
    },
  }
}
