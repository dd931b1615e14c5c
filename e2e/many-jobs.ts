// So many jobs of the past that a table of them has thousands of pages, written past the service.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { dataFolderOf } from '@constellation/local/postgres/postgres-cluster.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import pg from 'pg'

/** The lines of postmaster.pid: pid, data folder, time of start, port. */
const PORT_LINE = 3

/** Jobs of many people over the last weeks, most of them completed; the newest ended ten minutes ago. */
const INSERT = `INSERT INTO jobs (id, name, params, priority, state, created_at, queued_at, submitted_by, account, template,
    gpu_count, gpu_model, lane_id, started_at, finished_at, unsuccessful, attempts, reason)
  SELECT uuidv7(at - now()),
    (ARRAY['train', 'eval', 'sweep', 'finetune', 'preprocess'])[1 + i % 5] || '-' ||
      (ARRAY['resnet50', 'llama-7b', 'bert', 'vit', 'gpt2', 'whisper'])[1 + i / 5 % 6] || '-' || i,
    jsonb_build_object('command', jsonb_build_array('python3', (ARRAY['train.py', 'eval.py', 'sweep.py', 'tune.py', 'prep.py'])[1 + i % 5],
      '--lr=0.0' || i % 97, '--seed=' || i), 'shell', false, 'env', '{}'::jsonb, 'workingDirectory', null),
    i % 7 - 3, state, at, at, 'user-' || i * 7919 % 41, 'team-' || i * 7919 % 41 % 6, CASE WHEN i % 50 = 0 THEN 'nightly' END,
    (ARRAY[0, 1, 1, 2, 8])[1 + i % 5], CASE WHEN i % 4 = 0 THEN 'A100' WHEN i % 9 = 0 THEN 'H100' ELSE '' END, lane.id,
    at + i % 300 * interval '1 s', at + (i % 300 + 5 + i * 31 % 7200) * interval '1 s', state <> 'completed', 1,
    CASE state WHEN 'failed' THEN 'The command ended with exit code 1.' WHEN 'cancelled' THEN 'Cancelled by user-' || i * 7919 % 41 || '.' END
  FROM (SELECT i, now() - interval '3 hours' - ($1 - i) * interval '25 s' AS at,
      CASE WHEN i % 17 = 0 THEN 'failed' WHEN i % 43 = 0 THEN 'cancelled' ELSE 'completed' END AS state
    FROM generate_series(1, $1::integer) i) n, lane`

const LANE = `INSERT INTO lanes (account, gpu_count, gpu_min_memory_mb, gpu_model, gpu_min_capability, worker_labels, executor)
  VALUES ('team-0', 1, 0, 'of the past', 0, '{}', 'process') ON CONFLICT DO NOTHING RETURNING id`

/** Writes them into the database of the stack in this home. */
export async function makeManyJobs(home: string, count: number): Promise<void> {
  const { databaseRoles } = await loadSecrets(home)
  const lines = (await readFile(path.join((await dataFolderOf(home)) ?? '', 'postmaster.pid'), 'utf8')).split('\n')
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(lines[PORT_LINE]),
    database: 'constellation',
    user: 'constellation_jobs',
    password: databaseRoles.jobs,
  })
  await client.connect()
  try {
    await client.query(`WITH lane AS (${LANE}) ${INSERT}`, [count])
    await client.query('VACUUM ANALYZE jobs')
  } finally {
    await client.end()
  }
}
