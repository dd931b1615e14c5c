import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cloneDatabase, emptyDatabase, type TestDatabase } from '@constellation/local/testing.ts'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { withClient } from '../database.ts'
import type { ServiceUrls } from '../migrate.ts'
import { SERVICES } from '../services.ts'
import { backUp } from './back-up.ts'
import type { Manifest } from './manifest.ts'
import { type RestoreOptions, restore } from './restore.ts'

// The roles are the server's, and other test files use them at the same time: their passwords stay.
const { passwords } = inject('postgres')
const KEY = 'a1'.repeat(32)

/** Of every kind of row that is more than itself: generated columns, transactions, triggers, keys, partitions, first rows. */
const THINGS = `
  INSERT INTO jobs.jobs (name, params, submitted_by, account, lane_id, traceparent)
    SELECT E'tab\\t line\\n \\\\N ü', '{"command": ["a", "\\\\."]}', 'ada', 'lab', 1, NULL FROM generate_series(1, 20);
  INSERT INTO jobs.events (type, job_id, version, job_state, cancel_requested, published_at, ts)
    SELECT 'job.submitted', id, 1, 'queued', false, now() - interval '2 hours', now() - interval '2 hours' FROM jobs.jobs;
  INSERT INTO jobs.events (type, job_id, version, job_state, cancel_requested, published_at)
    SELECT 'job.changed', id, 2, 'queued', false, now() FROM jobs.jobs LIMIT 3;
  INSERT INTO jobs.secrets (account, name, sealed, updated_by) VALUES ('lab', 'token', '\\x00ff0a', 'ada');
  INSERT INTO jobs.webhooks (owner, scope, url, secret, event_types) VALUES ('ada', 'own', 'https://a.example', '\\x01', '{}');
  INSERT INTO jobs.webhook_deliveries (webhook_id, event_id, event_type, payload) SELECT id, 'jobs-1', 'job.changed', '{}' FROM jobs.webhooks;
  INSERT INTO jobs.audit_log (id, at, via, action, outcome, request_id) VALUES (uuidv7(), now(), 'http', 'submitJob', 'done', 'r');
  SET ROLE constellation_gpus;
  CREATE TABLE gpus.gpu_rollups_20260102 (LIKE gpus.gpu_rollups INCLUDING ALL) WITH (fillfactor = 80);
  ALTER TABLE gpus.gpu_rollups ATTACH PARTITION gpus.gpu_rollups_20260102
    FOR VALUES FROM ('2026-01-02T00:00:00Z') TO ('2026-01-03T00:00:00Z');
  RESET ROLE;
  INSERT INTO gpus.gpu_rollups SELECT '2026-01-02T10:00:00Z', uuidv7(), NULL, 1, 1, 0.1, 0.1, 0, 0, NULL, 0, 0, NULL, 0, 0, NULL, NULL, 0, 0;
  INSERT INTO usage.runs (run_id, job_id, attempt, account, submitted_by, started_at)
    VALUES ('00000000-0000-0000-0000-000000000001', uuidv7(), 1, 'lab', 'ada', '2026-01-02T10:00:00Z');
  INSERT INTO usage.slices (run_id, gpu_id, hour, from_at, to_at, starts, model)
    SELECT run_id, uuidv7(), started_at, started_at, started_at + interval '1 minute', 1, 'A100' FROM usage.runs, generate_series(1, 60000);
  INSERT INTO usage.hourly VALUES ('2026-01-02T10:00:00Z', 'lab', 'ada', 'A100', '', 1, 60000000, 0, 0, 0, 0, 0);
  INSERT INTO usage.exports (id, requested_by, format, question, state, progress, attempts, claim, rows, bytes, finished_at, expires_at)
    VALUES (uuidv7(), 'ada', 'CSV', '{}', 'DONE', 1, 1, uuidv7(), 5, 5, now(), now() + interval '1 day');
  INSERT INTO usage.lakes (version) VALUES (7);
`

let folder: string
let source: TestDatabase
let manifest: Manifest
const told: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'backup-'))
  source = await cloneDatabase()
  await withClient(source.adminUrl, (client) => client.query(THINGS))
  manifest = await backUp({
    adminUrl: source.adminUrl,
    folder: path.join(folder, 'whole'),
    secretsKey: KEY,
    tell: (line) => told.push(line),
  })
})
afterAll(async () => {
  await source.drop()
  await rm(folder, { recursive: true })
})

let target: Awaited<ReturnType<typeof emptyDatabase>>
beforeAll(async () => {
  target = await emptyDatabase()
})
afterAll(() => target?.drop())

const restoreHere = (options: Partial<RestoreOptions> = {}) =>
  restore({ adminUrl: target.adminUrl, passwords, folder: path.join(folder, 'whole'), secretsKey: KEY, ...options })

async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows)
}

/** Each table's rows, but for what names transactions of a server, and what is told anew. */
async function contents(url: string): Promise<Record<string, string>> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', relnamespace::regnamespace, relname) AS name FROM pg_class
       WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text = ANY ($1) AND relname !~ '^migration' ORDER BY 1`,
      [[...SERVICES]],
    )
    const all: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows: sums } = await client.query(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(row, E'\\n' ORDER BY row)), '') AS sum
         FROM (SELECT (to_jsonb(t) - 'changed' - 'published_at')::text AS row FROM ${name} t) r`,
      )
      all[name] = sums[0].sum
    }
    return all
  })
}

describe('a backup that is not as it was written', () => {
  const damaged = () => path.join(folder, 'damaged')
  const restoreDamaged = () => restoreHere({ folder: damaged() })
  beforeAll(() => backUp({ adminUrl: source.adminUrl, folder: damaged(), compression: 'none' }))
  afterEach(async () => {
    expect(await rows(target.adminUrl, `SELECT FROM pg_namespace WHERE nspname = 'jobs'`)).toEqual([])
  })

  it('leaves nothing of itself where a table takes other rows than it says', async () => {
    const file = path.join(damaged(), 'manifest.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/("name": "jobs",[^}]*"rows": )20/, '$119'))
    await expect(restoreDamaged()).rejects.toThrow("jobs.jobs has 20 rows of the backup's 19")
    await writeFile(file, text)
  })

  it('is refused before anything is changed', async () => {
    await appendFile(path.join(damaged(), 'jobs/jobs.copy'), '\\N')
    await expect(restoreDamaged()).rejects.toThrow(/jobs.copy is damaged/)
    await rm(path.join(damaged(), 'jobs/jobs.copy'))
    await expect(restoreDamaged()).rejects.toThrow(/jobs.copy cannot be read/)
  })

  it('is refused where its manifest is of a later release, or says what is no name', async () => {
    const file = path.join(damaged(), 'manifest.json')
    const good: Manifest = JSON.parse(await readFile(file, 'utf8'))
    const { jobs } = good.services
    const later = [...jobs.migrations, { name: '9999_later', sha256: 'a'.repeat(64) }]
    await writeFile(
      file,
      JSON.stringify({ ...good, services: { ...good.services, jobs: { ...jobs, migrations: later } } }),
    )
    await expect(restoreDamaged()).rejects.toThrow(/does not fit this one: 9999_later.sql .* newer version/)
    const tables = [{ ...jobs.tables[0], name: '../../etc' }]
    await writeFile(file, JSON.stringify({ ...good, services: { ...good.services, jobs: { ...jobs, tables } } }))
    await expect(restoreDamaged()).rejects.toThrow(/services.jobs.tables.0.name/)
    await rm(file)
    await expect(restoreDamaged()).rejects.toThrow(/is no backup/)
  })
})

// A restore takes its time: all but the last look at one.
describe('a restore', () => {
  let urls: ServiceUrls
  beforeAll(async () => {
    urls = (await restoreHere()).urls
  })

  it('has every row of every table, and a column of each constraint, index, trigger and partition', async () => {
    const { 'usage.exports': exported, 'usage.lakes': lakes, ...others } = await contents(target.adminUrl)
    expect(exported).toMatch(/^1 /)
    // Lakes are of another past: none of them is known any more.
    expect(lakes).toMatch(/^0 /)
    const { 'usage.exports': _, 'usage.lakes': known, ...then } = await contents(source.adminUrl)
    expect(known).toMatch(/^1 /)
    expect(others).toEqual(then)
    const shape = `SELECT conrelid::regclass::text AS of, conname AS name, pg_get_constraintdef(oid) AS what FROM pg_constraint
        WHERE connamespace::regnamespace::text IN ('jobs', 'gpus', 'usage')
      UNION ALL SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid::regclass::text ~ '^(jobs|gpus|usage)\\.'
      UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT tableowner, tablename, schemaname FROM pg_tables WHERE schemaname IN ('jobs', 'gpus', 'usage')
      ORDER BY 1, 2, 3`
    expect(await rows(target.adminUrl, shape)).toEqual(await rows(source.adminUrl, shape))
  })

  it('announces again what was announced in its last hour, and gives no number of an event twice', async () => {
    expect(
      await rows(urls.jobs, 'SELECT type, count(*)::integer FROM events WHERE published_at IS NULL GROUP BY 1'),
    ).toEqual([{ type: 'job.changed', count: 3 }])
    const [next] = await rows(
      urls.jobs,
      `INSERT INTO events (type, job_id, version, job_state, cancel_requested)
       SELECT type, job_id, 3, job_state, false FROM events LIMIT 1 RETURNING id`,
    )
    expect(Number(next?.id)).toBeGreaterThan(1_000_000_000)
  })

  it('spreads the slices of the ledger over transactions that are over, and has exports written again', async () => {
    expect(
      await rows(
        urls.usage,
        `SELECT changed < pg_snapshot_xmin(pg_current_snapshot()) AS over, count(*)::integer FROM slices GROUP BY changed, over ORDER BY changed`,
      ),
    ).toEqual([
      { over: true, count: 50_000 },
      { over: true, count: 10_000 },
    ])
    expect(await rows(urls.usage, 'SELECT state, progress, rows, expires_at FROM exports')).toEqual([
      { state: 'QUEUED', progress: 0, rows: null, expires_at: null },
    ])
  })

  it('is refused where the database has something, unless that is to be replaced', async () => {
    await rows(
      target.adminUrl,
      "INSERT INTO jobs.secrets (account, name, sealed, updated_by) VALUES ('new', 'new', '', 'ada')",
    )
    await expect(restoreHere()).rejects.toThrow(/not empty: it has tables in gpus, jobs, usage.*--replace/)
    expect(await rows(target.adminUrl, 'SELECT name FROM jobs.secrets ORDER BY 1')).toHaveLength(2)
    await restoreHere({ replace: true })
    expect(await rows(urls.jobs, 'SELECT name FROM secrets')).toEqual([{ name: 'token' }])
  })

  it('is refused while a service is connected', async () => {
    const service = new Client({ connectionString: urls.gpus })
    await service.connect()
    try {
      await expect(restoreHere({ replace: true })).rejects.toThrow(/connected to the database \(constellation_gpus\)/)
    } finally {
      await service.end()
    }
  })

  it('needs the key that secrets were encrypted with, or leaves them out', async () => {
    const other = { secretsKey: 'b2'.repeat(32) }
    await expect(restoreHere(other)).rejects.toThrow(/another SECRETS_KEY/)
    await restoreHere({ ...other, replace: true, withoutSecrets: true })
    expect(
      await rows(
        urls.jobs,
        'SELECT (SELECT count(*)::integer FROM secrets) + (SELECT count(*)::integer FROM webhooks) AS n',
      ),
    ).toEqual([{ n: 0 }])
  })
})

describe('a backup', () => {
  it('says what it has, and nothing of the key', async () => {
    expect(manifest.services.jobs.tables.find(({ name }) => name === 'jobs')?.rows).toBe(20)
    expect(told).toEqual([
      expect.stringMatching(/^jobs: \d+ rows/),
      expect.stringMatching(/^gpus/),
      expect.stringMatching(/^usage/),
    ])
    expect(await readFile(path.join(folder, 'whole/manifest.json'), 'utf8')).not.toContain(KEY)
  })

  it('is written into an empty folder alone', async () => {
    await expect(backUp({ adminUrl: source.adminUrl, folder })).rejects.toThrow(/is not empty/)
  })

  it('is of one moment, whatever is written meanwhile', async () => {
    const name = `INSERT INTO gpus.workers (id, hostname, version) SELECT 'late', 'h', '1' WHERE NOT EXISTS (SELECT FROM gpus.workers)`
    const made = await backUp({
      adminUrl: source.adminUrl,
      folder: path.join(folder, 'meanwhile'),
      compression: 'none',
      // After the first service, before the others.
      tell: () => rows(source.adminUrl, name),
    })
    expect(made.services.gpus.tables.find((table) => table.name === 'workers')?.rows).toBe(0)
    expect(await rows(source.adminUrl, 'SELECT id FROM gpus.workers')).toEqual([{ id: 'late' }])
  })
})
