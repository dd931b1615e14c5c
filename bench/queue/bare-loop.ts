// The floor: the fewest statements that claim, record and end a batch, written by hand, on tables that have nothing but
// a primary key and the index of the claim.
import { Pool, type PoolClient } from 'pg'
import type { Contender } from './contender.ts'
import { countBy, runSql, type Server, settle } from './server.ts'

const TABLES = `
  CREATE TABLE jobs (id uuid PRIMARY KEY DEFAULT uuidv7(), name text NOT NULL, params jsonb NOT NULL, account text NOT NULL,
    state text NOT NULL DEFAULT 'queued', place timestamptz NOT NULL DEFAULT now(), attempts integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1, current_run_id uuid, started_at timestamptz, finished_at timestamptz);
  CREATE INDEX ON jobs (place, id) WHERE state = 'queued' AND current_run_id IS NULL;
  CREATE TABLE runs (id uuid PRIMARY KEY DEFAULT uuidv7(), job_id uuid NOT NULL, attempt integer NOT NULL, worker_id text NOT NULL,
    state text NOT NULL DEFAULT 'claimed', exit_code integer, claimed_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz, finished_at timestamptz, lease_until timestamptz NOT NULL);
  CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type text NOT NULL, job_id uuid NOT NULL,
    run_id uuid, payload jsonb NOT NULL, ts timestamptz NOT NULL DEFAULT now(), subject text NOT NULL)`

const CLAIM = `
  WITH head AS MATERIALIZED (
    SELECT id FROM jobs WHERE state = 'queued' AND current_run_id IS NULL ORDER BY place, id LIMIT $1
    FOR NO KEY UPDATE SKIP LOCKED
  ), run AS (
    INSERT INTO runs (job_id, attempt, worker_id, lease_until)
    SELECT j.id, j.attempts + 1, 'worker-bare', now() + interval '45 s'
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
    UPDATE runs SET state = 'completed', exit_code = 0, started_at = claimed_at, finished_at = now()
    WHERE id = ANY ($1) AND state = 'claimed' RETURNING id, job_id, started_at, finished_at
  ), done AS (
    UPDATE jobs j SET state = 'completed', current_run_id = NULL, version = j.version + 1,
      started_at = ended.started_at, finished_at = ended.finished_at
    FROM ended WHERE j.id = ended.job_id RETURNING j.id, ended.id AS run_id, j.version, j.account
  )
  INSERT INTO events (type, job_id, run_id, payload, subject)
  SELECT 'job.completed', id, run_id, jsonb_build_object('job', id, 'run', run_id, 'version', version, 'account', account),
    'events.jobs.' || id FROM done`

export async function bareLoop(server: Server, batch: number, loops: number): Promise<Contender> {
  const database = await server.migrated(`bare_${batch}_${loops}`)
  await runSql(database.adminUrl, 'CREATE SCHEMA bare', 'SET search_path = bare', TABLES)
  const pool = new Pool({ connectionString: database.adminUrl, max: loops, options: '-c search_path=bare' })
  return {
    name: `bare SQL without policy, batches of ${batch}, ${loops} loops`,
    writes: 'job, run, 2 short events',
    async fill(jobs) {
      await runSql(
        database.adminUrl,
        'SET search_path = bare',
        'TRUNCATE jobs, runs, events',
        `INSERT INTO jobs (name, params, account) SELECT 'bench', '{"command": ["true"]}', 'default' FROM generate_series(1, ${jobs})`,
      )
      await settle(database.adminUrl)
    },
    async work(_jobs, watch) {
      const clients = await Promise.all(Array.from({ length: loops }, () => pool.connect()))
      watch.start()
      await Promise.all(clients.map((client) => loop(client, batch)))
      watch.stop()
      for (const client of clients) client.release()
    },
    left: () => countBy(database.adminUrl, `SELECT count(*) FROM bare.jobs WHERE state <> 'completed'`),
    async close() {
      await pool.end()
      await database.drop()
    },
  }
}

async function loop(client: PoolClient, batch: number): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ run_id: string }>({ name: 'claim', text: CLAIM, values: [batch] })
    if (rows.length === 0) return
    await client.query({ name: 'finish', text: FINISH, values: [rows.map((row) => row.run_id)] })
  }
}
