// Puts jobs into the tables of the jobs service by SQL, as many as no client would submit for a benchmark.
import { runSql } from './server.ts'

const TABLES = 'jobs, runs, run_gpus, events, queue, leases, lanes, reservations, log_chunks'

/** Nothing but so many waiting jobs without a GPU. */
export async function fillQueue(adminUrl: string, jobs: number): Promise<void> {
  await runSql(
    adminUrl,
    'SET search_path = jobs',
    `TRUNCATE ${TABLES}`,
    lanesFor(`VALUES ('default', 0, 0, '')`),
    `INSERT INTO jobs (name, params, submitted_by, account, lane_id)
     SELECT 'bench', ${PARAMS}, 'bench', 'default', id FROM lanes, generate_series(1, ${jobs})`,
    ENQUEUE,
  )
}

/** `shapes` are rows of account, GPUs, memory and model. */
const lanesFor = (shapes: string) =>
  `INSERT INTO lanes (account, gpu_count, gpu_min_memory_mb, gpu_model, gpu_min_capability, worker_labels, executor)
   SELECT account, count, memory, model, 0, '{}', 'process' FROM (${shapes}) s (account, count, memory, model)`

const ENQUEUE = `INSERT INTO queue (job_id, lane_id, place, priority)
  SELECT id, lane_id, queued_at - priority * interval '10 minutes', priority FROM jobs WHERE state = 'queued'`

const PARAMS = `'{"command": ["true"], "shell": false, "env": {}, "workingDirectory": null}'::jsonb`

/** How a deep queue is made up. */
export interface Depth {
  /** Half of them ask for GPUs, in 20 kinds of request. */
  queued: number
  /** With a run each. */
  finished: number
  accounts: number
}

/** A queue of this depth, and this much behind it. */
export async function fillDeepQueue(adminUrl: string, { queued, finished, accounts }: Depth): Promise<void> {
  await runSql(
    adminUrl,
    // Neither foreign keys nor triggers are checked row by row.
    'SET session_replication_role = replica',
    'SET search_path = jobs',
    `TRUNCATE ${TABLES}`,
    // Five models by two amounts of memory by two counts. An A100 is all of them but the H100.
    lanesFor(
      `SELECT DISTINCT account, gpu_count, gpu_min_memory_mb, gpu_model FROM (${SHAPES(accounts)} FROM generate_series(0, ${40 * accounts}) i) s`,
    ),
    `INSERT INTO jobs (name, params, submitted_by, account, priority, queued_at, created_at,
                       gpu_count, gpu_min_memory_mb, gpu_model, lane_id)
     SELECT 'bench', ${PARAMS}, account, account, i % 3, at, at, gpu_count, gpu_min_memory_mb, gpu_model, l.id
     FROM (${SHAPES(accounts)}, i, now() - (${queued} - i) * interval '1 ms' AS at FROM generate_series(1, ${queued}) i) s
     JOIN lanes l USING (account, gpu_count, gpu_min_memory_mb, gpu_model)`,
    `INSERT INTO jobs (name, params, submitted_by, account, priority, queued_at, created_at, started_at,
                       finished_at, state, attempts, version, lane_id)
     SELECT 'bench', ${PARAMS}, 'account-' || i % ${accounts}, 'account-' || i % ${accounts}, i % 3, at, at, at, at,
       'completed', 1, 4, 1
     FROM (SELECT i, now() - interval '1 day' - i * interval '1 ms' AS at FROM generate_series(1, ${finished}) i) s`,
    ENQUEUE,
    `INSERT INTO runs (job_id, attempt, worker_id, queued_at, claimed_at, started_at, finished_at, lease_epoch,
                       state, exit_code, log_chunks)
     SELECT id, 1, 'worker-' || 1 + abs(hashtext(id::text)) % 20, at, at, at, at, 1, 'completed', 0, 1
     FROM (SELECT id, queued_at AS at FROM jobs WHERE state = 'completed') j`,
  )
}

/** Half of the jobs ask for GPUs, in 20 kinds of request; the same for the same `i`. */
const SHAPES = (accounts: number) => `SELECT 'account-' || i % ${accounts} AS account,
  CASE WHEN i % 2 = 0 THEN 0 ELSE 1 + i / 2 % 2 END AS gpu_count,
  CASE WHEN i % 2 = 0 THEN 0 ELSE 16000 * (i / 4 % 2) END AS gpu_min_memory_mb,
  CASE WHEN i % 2 = 0 THEN '' ELSE (ARRAY['', 'A100', 'H100', 'NVIDIA', '80GB'])[1 + i / 8 % 5] END AS gpu_model`
