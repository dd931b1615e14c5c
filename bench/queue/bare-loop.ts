// The floor: the fewest statements that claim, record and end a batch, written by hand. On our own tables, and on
// copies of them that have a primary key, the index of the claim, and no check, foreign key or other index.
import { Pool, type PoolClient } from 'pg'
import type { Contender } from './contender.ts'
import { fillQueue } from './fill-queue.ts'
import { countBy, runSql, type Server, settle } from './server.ts'

const SCHEMAS = { ours: 'jobs', lean: 'lean' } as const

const CLAIM = `
  WITH head AS MATERIALIZED (
    SELECT id FROM jobs WHERE state = 'queued' AND current_run_id IS NULL AND gpu_count = 0
    ORDER BY priority DESC, place, id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
  ), run AS (
    INSERT INTO runs (job_id, attempt, worker_id, queued_at, lease_epoch, lease_until)
    SELECT j.id, j.attempts + 1, 'worker-bare', j.queued_at, j.attempts + 1, now() + interval '45 s'
    FROM head JOIN jobs j USING (id) RETURNING id, job_id, attempt
  ), bound AS (
    UPDATE jobs j SET current_run_id = run.id, attempts = run.attempt, version = j.version + 1
    FROM run WHERE j.id = run.job_id RETURNING j.id, run.id AS run_id, j.version, j.account
  ), told AS (
    INSERT INTO events (type, job_id, run_id, payload, subject)
    SELECT 'job.claimed', id, run_id, jsonb_build_object('job', id, 'run', run_id, 'version', version, 'account', account),
      'events.jobs.' || id FROM bound
  )
  SELECT run_id FROM bound`

const FINISH = `
  WITH ended AS (
    UPDATE runs SET state = 'completed', exit_code = 0, started_at = claimed_at, finished_at = now(), log_chunks = 1
    WHERE id = ANY ($1) AND state = 'claimed' RETURNING id, job_id, started_at, finished_at
  ), done AS (
    UPDATE jobs j SET state = 'completed', current_run_id = NULL, version = j.version + 1,
      started_at = ended.started_at, finished_at = ended.finished_at
    FROM ended WHERE j.id = ended.job_id RETURNING j.id, ended.id AS run_id, j.version, j.account
  )
  INSERT INTO events (type, job_id, run_id, payload, subject)
  SELECT 'job.completed', id, run_id, jsonb_build_object('job', id, 'run', run_id, 'version', version, 'account', account),
    'events.jobs.' || id FROM done`

export async function bareLoop(
  server: Server,
  tables: keyof typeof SCHEMAS,
  batch: number,
  loops: number,
): Promise<Contender> {
  const schema = SCHEMAS[tables]
  const database = await server.migrated(`bare_${tables}_${batch}_${loops}`)
  if (tables === 'lean') await makeLeanTables(database.adminUrl)
  const pool = new Pool({
    connectionString: database.adminUrl,
    max: loops,
    options: `-c search_path=${schema}`,
  })
  return {
    name: `bare SQL on ${tables === 'ours' ? 'our tables' : 'lean copies of them'}, batches of ${batch}, ${loops} loops`,
    writes: 'job, run, 2 short events',
    async fill(jobs) {
      await fillQueue(database.adminUrl, jobs)
      if (tables === 'lean') {
        await runSql(
          database.adminUrl,
          'TRUNCATE lean.jobs, lean.runs, lean.events',
          'INSERT INTO lean.jobs SELECT * FROM jobs.jobs',
        )
      }
      await settle(database.adminUrl)
    },
    async work(_jobs, watch) {
      const clients = await Promise.all(Array.from({ length: loops }, () => pool.connect()))
      watch.start()
      await Promise.all(clients.map((client) => loop(client, batch)))
      watch.stop()
      for (const client of clients) client.release()
    },
    left: () => countBy(database.adminUrl, `SELECT count(*) FROM ${schema}.jobs WHERE state <> 'completed'`),
    async close() {
      await pool.end()
      await database.drop()
    },
  }
}

async function makeLeanTables(adminUrl: string): Promise<void> {
  await runSql(
    adminUrl,
    'CREATE SCHEMA lean',
    ...['jobs', 'runs', 'events'].flatMap((table) => [
      `CREATE TABLE lean.${table} (LIKE jobs.${table} INCLUDING DEFAULTS INCLUDING IDENTITY)`,
      `ALTER TABLE lean.${table} ADD PRIMARY KEY (id)`,
    ]),
    `CREATE INDEX ON lean.jobs (priority DESC, place, id)
       WHERE state = 'queued' AND current_run_id IS NULL AND gpu_count = 0`,
  )
}

async function loop(client: PoolClient, batch: number): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ run_id: string }>({ name: 'claim', text: CLAIM, values: [batch] })
    if (rows.length === 0) return
    await client.query({ name: 'finish', text: FINISH, values: [rows.map((row) => row.run_id)] })
  }
}
