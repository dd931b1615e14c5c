// Months of usage, written past the service: what a place with two kinds of GPUs and four teams would have.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { dataFolderOf } from '@constellation/local/postgres/postgres-cluster.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import pg from 'pg'

/** The lines of postmaster.pid: pid, data folder, time of start, port. */
const PORT_LINE = 3

/** GPUs 0 to 15 are A100, 16 to 23 H100, from so many days ago on. The last two were out of service for a while. */
const GPU = `SELECT g, ('00000000-0000-7000-8000-' || lpad(g::text, 12, '0'))::uuid AS id,
  CASE WHEN g < 16 THEN 'NVIDIA A100-SXM4-80GB' ELSE 'NVIDIA H100 80GB HBM3' END AS model, 'past-' || g / 8 AS worker
  FROM generate_series(0, 23) g`

const FACTS = `INSERT INTO gpu_facts (gpu_id, event, at, model, worker_id, present, usable)
  SELECT id, -1000 + n, now() - d * interval '1 day', model, worker, true, usable
  FROM (${GPU}) gpu, (VALUES (1, $1::integer, true), (2, 40, false), (3, 31, true)) f (n, d, usable)
  WHERE f.n = 1 OR (g >= 22 AND f.d < $1)`

/** Each GPU has up to three runs a day, one after the other: fewer at weekends, and more of late. */
const RUNS = `WITH gpu AS (${GPU}), slot AS (
    SELECT gpu.*, d, s, abs(hashint8(g * 100000 + d * 10 + s)) AS chance,
      date_trunc('hour', now()) - d * interval '1 day' - (2 - s) * interval '8 hours' - interval '8 hours' AS at
    FROM gpu, generate_series(0, $1::integer - 2) d, generate_series(0, 2) s
    WHERE NOT (g >= 22 AND d BETWEEN 30 AND 41)
  ), run AS (
    SELECT *, gen_random_uuid() AS run_id, (chance / 64 % 240 + 60) * interval '90 s' AS length
    FROM slot WHERE chance % 100 < (CASE WHEN extract(isodow FROM at) > 5 THEN 35 ELSE 80 END) - d / 6
  ), made AS (
    INSERT INTO runs (run_id, job_id, attempt, account, submitted_by, queued_at, started_at, finished_at, outcome,
      utilisation, energy_joules)
    SELECT run_id, gen_random_uuid(), 1,
      (ARRAY['vision', 'language', 'language', 'robotics', 'language', 'vision', 'chemistry'])[1 + chance / 7 % 7],
      (ARRAY['mira', 'lars', 'ines', 'tomo', 'ada', 'bo', 'cleo', 'dan', 'eve', 'finn'])[1 + chance / 11 % 10],
      at - chance % 900 * interval '1 s', at, at + length,
      CASE WHEN chance % 13 = 0 THEN 'failed' WHEN chance % 29 = 0 THEN 'cancelled' WHEN chance % 97 = 0 THEN 'preempted'
        ELSE 'completed' END,
      CASE WHEN chance % 5 > 0 THEN 0.35 + chance % 60 / 100.0 END, extract(epoch FROM length) * (220 + chance % 150)
    FROM run
  )
  INSERT INTO run_gpus (run_id, gpu_id, model, simulated) SELECT run_id, id, model, true FROM run`

const SLICES = `INSERT INTO slices (run_id, gpu_id, hour, from_at, to_at, starts, model, per_gpu_hour, currency, utilised_us,
    energy_mj)
  SELECT run_id, gpu_id, hour, from_at, to_at, starts, model, per_gpu_hour, currency, utilised_us, energy_mj
  FROM due_slices WHERE NOT provisional ON CONFLICT DO NOTHING`

/** Writes so many days of it into the database of the stack in this home; at the prices that are set by then. */
export async function makePastUsage(home: string, days: number): Promise<void> {
  const { databaseRoles } = await loadSecrets(home)
  const lines = (await readFile(path.join((await dataFolderOf(home)) ?? '', 'postmaster.pid'), 'utf8')).split('\n')
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(lines[PORT_LINE]),
    database: 'constellation',
    user: 'constellation_usage',
    password: databaseRoles.usage,
  })
  await client.connect()
  try {
    await client.query(FACTS, [days])
    await client.query(RUNS, [days])
    await client.query(SLICES)
  } finally {
    await client.end()
  }
}
