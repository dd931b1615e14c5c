import { writeCursor } from '@constellation/platform/pages.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JobFilter, JobOrder, JobOrderField, JobSearch } from '../generated/resolvers.ts'
import { type alice, analyst, type Bench, bob, openBench, operator } from '../testing.ts'
import { countJobs, listJobs } from './list.ts'

/** Enough for the planner to prefer an index where there is one. */
const JOBS = 20_000

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
  const { pool } = bench.database
  await pool.query(
    `INSERT INTO lanes (account, gpu_count, gpu_min_memory_mb, gpu_model, gpu_min_capability, worker_labels, executor)
     VALUES ('team-a', 1, 0, '', 0, '{}', 'process')`,
  )
  // One in ten has ended badly, the newest hundred wait, and the fifty before these run.
  await pool.query(
    `WITH n AS (
       SELECT i, now() - ($1 - i) * interval '10 s' AS at, i > $1 - 100 AS waits, i > $1 - 150 AS open
       FROM generate_series(1, $1::integer) i
     ), job AS (
       INSERT INTO jobs (id, name, params, priority, state, created_at, submitted_by, account, template, gpu_count,
         gpu_model, lane_id, started_at, finished_at, unsuccessful)
       SELECT uuidv7(at - now()), 'train-' || i,
         jsonb_build_object('command', jsonb_build_array('python3', 'fit.py', '--seed=' || i), 'shell', false, 'env', '{}'::jsonb),
         i % 7, CASE WHEN waits THEN 'queued' WHEN open THEN 'running' WHEN i % 10 = 0 THEN 'failed' ELSE 'completed' END,
         at, CASE WHEN i % 100 = 0 THEN 'bob' ELSE 'alice' END, CASE WHEN i % 100 = 0 THEN 'team-b' ELSE 'team-a' END,
         CASE WHEN i % 1000 = 0 THEN 'nightly' END, 1, CASE WHEN i % 500 = 0 THEN 'H200' ELSE '' END,
         (SELECT id FROM lanes), CASE WHEN NOT waits THEN at + i % 7 * interval '7 s' END,
         CASE WHEN NOT open THEN at + i % 11 * interval '60 s' + interval '60 s' END, NOT open AND i % 10 = 0
       FROM n RETURNING *
     ), entry AS (
       INSERT INTO queue (job_id, lane_id, place, priority) SELECT id, lane_id, created_at, priority FROM job WHERE state = 'queued'
     )
     INSERT INTO leases (job_id, run_id, worker_id, epoch, until, lane_id, place, priority, preemptible)
     SELECT id, id, 'worker-1', 1, now() + interval '1 hour', lane_id, created_at, priority, false FROM job WHERE state = 'running'`,
    [JOBS],
  )
  await pool.query('ANALYZE jobs')
})
afterAll(() => bench.close())

async function names(wanted: { filter?: JobFilter; search?: JobSearch; orderBy?: JobOrder }, who = operator) {
  const { nodes } = await listJobs(bench.as(who), wanted, 5, null)
  return nodes.map(({ name }) => name)
}

describe('a search', () => {
  test('finds by parts of name and command, by user and account, and by the beginning of an id', async () => {
    expect(await names({ search: { text: 'TRAIN-1234 fit' } })).toEqual([
      'train-12349',
      'train-12348',
      'train-12347',
      'train-12346',
      'train-12345',
    ])
    expect(await names({ search: { text: 'seed=777 bob' } })).toEqual([])
    expect(await names({ search: { text: 'seed=7700 bob team-b' } })).toEqual(['train-7700'])
    expect(await names({ search: { text: 'seed=7700 team-a' } })).toEqual([])
    const { nodes } = await listJobs(bench.as(operator), { filter: { name: 'train-4321' } }, 1, null)
    expect(await names({ search: { text: nodes[0]?.id.slice(0, 18) ?? '' } })).toContain('train-4321')
  })

  test('finds nothing for what nobody could have written, and refuses what is too long', async () => {
    expect(await names({ search: { text: 'train\0' } })).toEqual([])
    expect(await names({ search: { text: '%' } })).toHaveLength(5)
    await expect(names({ search: { text: 'a'.repeat(1001) } })).rejects.toMatchObject({
      problems: [{ path: 'search.text' }],
    })
  })

  test('is by model, template and time of creation too', async () => {
    expect(await names({ search: { gpuModel: 'h200', template: 'nightly' } })).toEqual([
      'train-20000',
      'train-19000',
      'train-18000',
      'train-17000',
      'train-16000',
    ])
    const { nodes } = await listJobs(bench.as(operator), { search: { text: 'train-5002' } }, 1, null)
    const at = nodes[0]?.createdAt.toISOString() ?? ''
    expect(await names({ search: { createdBefore: at } })).toContain('train-5001')
    expect(await names({ search: { createdFrom: at }, orderBy: { by: 'CREATED', direction: 'ASCENDING' } })).toContain(
      'train-5002',
    )
    expect(await names({ search: { createdFrom: at, createdBefore: at } })).toEqual([])
    await expect(names({ search: { createdFrom: 'today' } })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  test('shows nobody what is not his', async () => {
    expect(await names({ search: { text: 'alice' } }, bob)).toEqual([])
    expect(await names({ search: { text: 'train-7700' } }, bob)).toEqual(['train-7700'])
  })
})

describe('an order', () => {
  const FIELDS: JobOrderField[] = ['CREATED', 'STARTED', 'FINISHED', 'NAME', 'PRIORITY']
  const COLUMNS = {
    CREATED: 'created_at',
    STARTED: 'started_at',
    FINISHED: 'finished_at',
    NAME: 'name',
    PRIORITY: 'priority',
  }

  test.each(FIELDS.flatMap((by) => (['ASCENDING', 'DESCENDING'] as const).map((direction) => ({ by, direction }))))(
    '$by $direction: pages hold each job once, in the order of a sort of them all, those without a value last',
    async (orderBy) => {
      const seen: string[] = []
      let after: string | null = null
      for (let page = 0; page < 12; page++) {
        const list = await listJobs(bench.as(bob), { orderBy }, 17, after)
        seen.push(...list.nodes.map(({ name }) => name))
        after = list.pageInfo.endCursor
        if (!list.pageInfo.hasNextPage) break
      }
      const direction = orderBy.direction === 'ASCENDING' ? 'ASC' : 'DESC'
      const { rows } = await bench.database.pool.query<{ name: string }>(
        `SELECT name FROM jobs WHERE submitted_by = 'bob' ORDER BY ${COLUMNS[orderBy.by]} ${direction} NULLS LAST, id ${direction}`,
      )
      expect(seen).toEqual(rows.map(({ name }) => name))
    },
  )

  test.each([
    ['the newest', {}, 'jobs_newest'],
    ['the newest of a user', { filter: { submittedBy: 'bob' } }, 'jobs_newest_by_submitter'],
    ['by name', { orderBy: { by: 'NAME', direction: 'ASCENDING' } }, 'jobs_by_name'],
    ['by priority', { orderBy: { by: 'PRIORITY', direction: 'DESCENDING' } }, 'jobs_by_priority'],
    ['by start', { orderBy: { by: 'STARTED', direction: 'DESCENDING' } }, 'jobs_by_start'],
    ['by end', { orderBy: { by: 'FINISHED', direction: 'DESCENDING' } }, 'jobs_by_end'],
    ['of a template', { search: { template: 'nightly' } }, 'jobs_newest_by_template'],
    ['of a model', { search: { gpuModel: 'H200' } }, 'jobs_newest_by_model'],
    ['with a rare word', { search: { text: 'train-12345' } }, 'jobs_text'],
    ['with an id', { search: { text: '0199a1b2-0000-7000' } }, 'jobs_text'],
  ] as const)('%s is read from its index, and never all jobs', async (_, wanted, index) => {
    const asked: { text: string; values: unknown[] }[] = []
    const context = bench.as(operator)
    const query = context.pool.query.bind(context.pool)
    const pool = Object.assign(Object.create(context.pool), {
      query: (statement: { text: string; values: unknown[] }) => {
        asked.push(statement)
        return query(statement)
      },
    })
    await listJobs({ ...context, read: (work) => work(pool) }, wanted, 20, null)
    const plans: string[] = []
    for (const { text, values } of asked) {
      const { rows } = await query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    }
    expect(plans.join('\n')).toMatch(new RegExp(`\\b${index}\\b`))
    expect(plans.join('\n')).not.toContain('Seq Scan on jobs')
  })

  test('a job that changes while it is leafed through does not move the others', async () => {
    const orderBy = { by: 'PRIORITY', direction: 'DESCENDING' } as const
    const filter = { submittedBy: 'bob' }
    const first = await listJobs(bench.as(operator), { orderBy, filter }, 10, null)
    await bench.database.pool.query('UPDATE jobs SET priority = 999 WHERE id = $1', [first.nodes.at(-1)?.id])
    const next = await listJobs(bench.as(operator), { orderBy, filter }, 10, first.pageInfo.endCursor)
    const both = [...first.nodes, ...next.nodes].map(({ id }) => id)
    const { rows } = await bench.database.pool.query<{ id: string }>(
      `SELECT id FROM jobs WHERE submitted_by = 'bob' ORDER BY priority DESC, id DESC LIMIT 20`,
    )
    expect(new Set(both)).toEqual(new Set(rows.map(({ id }) => id)))
  })

  test('takes no cursor of another order', async () => {
    const { pageInfo } = await listJobs(
      bench.as(operator),
      { orderBy: { by: 'NAME', direction: 'ASCENDING' } },
      1,
      null,
    )
    const list = (by: JobOrderField) =>
      listJobs(bench.as(operator), { orderBy: { by, direction: 'DESCENDING' } }, 1, pageInfo.endCursor)
    await expect(list('CREATED')).rejects.toMatchObject({ problems: [{ path: 'after' }] })
    await expect(list('STARTED')).rejects.toMatchObject({ problems: [{ path: 'after' }] })
  })

  test.each([
    ['PRIORITY', 2 ** 40],
    ['CREATED', '2026-02-31T00:00:00Z'],
  ] as const)('takes no cursor by %s that holds what no job can have', async (by, value) => {
    const place = [value, '019a0000-0000-7000-8000-000000000000', ...(by === 'CREATED' ? [] : [by])]
    const asked = listJobs(bench.as(operator), { orderBy: { by, direction: 'DESCENDING' } }, 1, writeCursor(place))
    await expect(asked).rejects.toMatchObject({ problems: [{ path: 'after' }] })
  })
})

test('the newest that wait are listed the same with a long queue behind them', async () => {
  const { pool } = bench.database
  const lists = () => Promise.all([analyst, bob].map((who) => names({ filter: { states: ['QUEUED'] } }, who)))
  const before = await lists()
  expect(before).toEqual([expect.toSatisfy((list) => list.length === 5), ['train-20000']])
  await pool.query(
    `INSERT INTO queue (job_id, lane_id, place, priority) SELECT uuidv7(), 0, now(), 0 FROM generate_series(1, 1000)`,
  )
  expect(await lists()).toEqual(before)
  await pool.query('DELETE FROM queue WHERE lane_id = 0')
})

test('jobs are counted by state, up to a thousand, those that may be seen', async () => {
  const counts = async (who: typeof alice, wanted = {}) =>
    Object.fromEntries((await countJobs(bench.as(who), wanted)).map(({ state, count }) => [state, count]))
  expect(await counts(analyst)).toEqual({ QUEUED: 100, RUNNING: 50, COMPLETED: 1000, FAILED: 1000, CANCELLED: 0 })
  expect(await counts(bob)).toEqual({ QUEUED: 1, RUNNING: 1, COMPLETED: 0, FAILED: 198, CANCELLED: 0 })
  expect(await counts(analyst, { filter: { states: ['FAILED'] }, search: { text: 'train-12' } })).toEqual({
    FAILED: 111,
  })
})

test('a start and an end of a job are written in place, past the indexes', async () => {
  const { pool } = bench.database
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`UPDATE jobs SET started_at = now(), finished_at = now() WHERE name = 'train-777'`)
    const { rows } = await client.query(`SELECT pg_stat_get_xact_tuples_hot_updated('jobs'::regclass)::integer AS hot`)
    expect(rows).toEqual([{ hot: 1 }])
    await client.query('ROLLBACK')
  } finally {
    client.release()
  }
})
