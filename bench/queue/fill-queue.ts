// Puts jobs into the tables of the jobs service by SQL, as many as no client would submit for a benchmark.
import { runSql } from './server.ts'

/** Nothing but so many waiting jobs without a GPU. */
export async function fillQueue(adminUrl: string, jobs: number): Promise<void> {
  await runSql(
    adminUrl,
    'TRUNCATE jobs.jobs CASCADE',
    `INSERT INTO jobs.jobs (name, params, submitted_by, account)
     SELECT 'bench', ${PARAMS}, 'bench', 'default' FROM generate_series(1, ${jobs})`,
  )
}

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
    'TRUNCATE jobs CASCADE',
    // Five models by two amounts of memory by two counts. An A100 is all of them but the H100.
    `INSERT INTO jobs (name, params, submitted_by, account, priority, place, queued_at, created_at,
                       gpu_count, gpu_min_memory_mb, gpu_model)
     SELECT 'bench', ${PARAMS}, 'user-' || i % ${accounts}, 'account-' || i % ${accounts}, i % 3, at, at, at,
       CASE WHEN i % 2 = 0 THEN 0 ELSE 1 + i / 2 % 2 END,
       CASE WHEN i % 2 = 0 THEN 0 ELSE 16000 * (i / 4 % 2) END,
       CASE WHEN i % 2 = 0 THEN '' ELSE (ARRAY['', 'A100', 'H100', 'NVIDIA', '80GB'])[1 + i / 8 % 5] END
     FROM (SELECT i, now() - (${queued} - i) * interval '1 ms' AS at FROM generate_series(1, ${queued}) i) s`,
    `INSERT INTO jobs (name, params, submitted_by, account, priority, place, queued_at, created_at, started_at,
                       finished_at, state, attempts, version)
     SELECT 'bench', ${PARAMS}, 'user-' || i % ${accounts}, 'account-' || i % ${accounts}, i % 3, at, at, at, at, at,
       'completed', 1, 4
     FROM (SELECT i, now() - interval '1 day' - i * interval '1 ms' AS at FROM generate_series(1, ${finished}) i) s`,
    `INSERT INTO runs (job_id, attempt, worker_id, queued_at, claimed_at, started_at, finished_at, lease_epoch,
                       lease_until, state, exit_code, log_chunks)
     SELECT id, 1, 'worker-' || 1 + abs(hashtext(id::text)) % 20, at, at, at, at, 1, at, 'completed', 0, 1
     FROM (SELECT id, queued_at AS at FROM jobs WHERE state = 'completed') j`,
  )
}
